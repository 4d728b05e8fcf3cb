"""Addresses that take no letters: noted when a mail service says so, used again when their owner confirms them."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.accounts.queries import people
from civic.accounts.rules.emails import normalised
from civic.core import mail
from civic.core.db import db
from civic.core.i18n import speaking
from civic.notifications.actions.choosing import pause
from civic.notifications.links import confirm_url
from civic.notifications.models import MailBounce

KINDS = ("hard", "soft", "complaint")


def note_bounce(email: str, kind: str, *, now: datetime) -> bool:
    """Note what a mail service says of an address; tells whether anything was kept.

    `hard`: nobody is there, so no letter goes there until its owner confirms it again. `complaint`: its owner called our letters
    unwanted, so only what is owed is sent. `soft`: a full box, a slow server; nothing is kept, for it will pass.
    """
    assert kind in KINDS
    address = normalised(email)
    person = people.user_by_email(address) if address else None
    if person is None or kind == "soft":
        return False
    if kind == "complaint":
        pause(person.id)
        return True
    noted = insert(MailBounce).values(person_id=person.id, email=person.email, at=now)
    db.session.execute(
        noted.on_conflict_do_update(index_elements=["person_id"], set_={"email": person.email, "at": now})
    )
    return True


def ask_to_confirm(person: User, *, now: datetime) -> None:
    """Send a link with which a person shows that letters reach them again."""
    with speaking(person.language):
        link = confirm_url(person)
    mail.send(
        "notifications/confirm_address",
        to=person.email,
        language=person.language,
        person_id=person.id,
        now=now,
        link=link,
    )


def confirm_address(person_id: int) -> None:
    """Write to a person's address again."""
    db.session.execute(delete(MailBounce).where(MailBounce.person_id == person_id))
