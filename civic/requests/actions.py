"""What can be done: ask for a format, move a request on, and forget how to reach people once it is done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from civic.core import audit, mail
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.states import advance
from civic.requests import queries, wording
from civic.requests.links import link_to
from civic.requests.models import FormatRequest
from civic.requests.rules import BY_MAIL, BY_PHONE, IN_A_LANGUAGE, POSTED, due_on
from civic.requests.things import Thing


@dataclass(frozen=True)
class Wish:
    """What somebody asks for, and how they are reached; what does not belong to the chosen way is not kept."""

    format: str
    contact_by: str
    language: str
    into: str = ""
    wanted: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


def ask(
    wish: Wish, *, about: Thing | None, now: datetime, mode: str = "web", requester: Any = None, taken_by: Any = None
) -> FormatRequest:
    """Write a request down with the day by which we promise it; whoever left an e-mail address is told at once."""
    posted = wish.contact_by == "post" or wish.format in POSTED
    asked = FormatRequest(
        thing=about.name if about else "",
        title=about.title.text if about else "",
        title_language=about.title.language if about else "",
        format=wish.format,
        into=wish.into if wish.format in IN_A_LANGUAGE else "",
        wanted=wish.wanted,
        language=wish.language,
        mode=mode,
        contact_by=wish.contact_by,
        name=wish.name,
        email=wish.email if wish.contact_by in BY_MAIL else "",
        phone=wish.phone if wish.contact_by in BY_PHONE else "",
        address=wish.address if posted else "",
        requester_id=requester.id if requester else None,
        taken_by_id=taken_by.id if taken_by else None,
        created_at=now,
        due_on=due_on(london_today(now), current_app.config["FORMAT_REQUEST_DAYS"]),
        done_at=None,
        forgotten_at=None,
    )
    db.session.add(asked)
    db.session.flush()
    if taken_by is not None:
        audit.record("format_request.take", on=asked, by=taken_by, now=now, after={"mode": mode, "format": wish.format})
    if asked.email:
        _write(asked, "received", now=now)
    return asked


def move(request_id: int, verb: str, *, by: Any, now: datetime, why: str = "") -> FormatRequest:
    """Move a request on; whoever left an e-mail address is told. Raises IllegalMove."""
    asked = queries.locked_request(request_id)
    before = asked.status
    after = asked.TRANSITIONS.get((before, verb), before)
    asked.done_at = now if after not in ("new", "accepted", "made") else asked.done_at
    advance_held(asked, verb, by=by, now=now, why=why)
    audit.record(
        f"format_request.{verb}", on=asked, by=by, now=now, why=why,
        before={"status": before}, after={"status": asked.status},
    )  # fmt: skip
    if asked.email and verb != "withdraw":
        _write(asked, "moved", now=now, why=why)
    return asked


def advance_held(asked: FormatRequest, verb: str, *, by: Any, now: datetime, why: str) -> None:
    """The move itself; state and the moment of being done are written together, as the database wants them."""
    with db.session.no_autoflush:
        advance(asked, verb, by=by, now=now, why=why)


def forget(now: datetime) -> int:
    """Delete name, addresses, number and account of requests that were done long enough ago; gives how many."""
    old = queries.done_before(now - timedelta(days=current_app.config["FORMAT_CONTACT_DAYS"]))
    for asked in old:
        asked.name = asked.email = asked.phone = asked.address = asked.wanted = ""
        asked.requester_id, asked.forgotten_at = None, now
    db.session.flush()
    return len(old)


def _write(asked: FormatRequest, message: str, *, now: datetime, why: str = "") -> None:
    mail.send(
        f"requests/{message}", to=asked.email, language=asked.language, now=now, person_id=asked.requester_id,
        asked=asked, link=link_to(asked), why=why, formats=wording.FORMATS, explained=wording.STATES_EXPLAINED,
    )  # fmt: skip
