"""Funding agreements: drafted, offered, signed by both sides; each version is kept, and its text is fixed once it is offered."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from civic.core import audit
from civic.core.announcements import announce as tell
from civic.core.db import db, locked
from civic.core.errors import Conflict
from civic.core.states import IllegalMove, advance, can
from civic.grants import events
from civic.grants.actions import books, telling
from civic.grants.actions.editions import must_be_seen
from civic.grants.actions.standing import hold, must_be_impartial
from civic.grants.models import Agreement, Award
from civic.grants.queries import agreements as queries
from civic.grants.queries import awards as award_queries
from civic.grants.refusals import Expired, IsTheirOwn, NeedsSomebodyElse, NotPlanned


class NothingToAgree(Conflict):
    """The agreement in force covers the whole award already."""

    sentence = _l("The agreement in force covers the whole award already.")


class OutOfDate(Conflict):
    """What was drafted says something else than what was decided since."""

    sentence = _l("The award has changed since this version was written. A new version is needed.")


@dataclass(frozen=True)
class Signer:
    """Who signs, as it will stand under the agreement: the account, the full name, and in which position."""

    by: Any
    name: str
    position: str


WRITTEN = ("text", "language")
"""What an officer writes of a version."""


def draft(
    award: Award,
    *,
    text: str,
    language: str,
    by: Any,
    now: datetime,
    seen: str | None = None,
    amends: bool = False,
) -> Agreement:
    """Write the next version, or change the one that is not offered yet.

    With `amends` a version may change what was agreed besides the amounts (days, conditions). Raises ChangedMeanwhile, IllegalMove,
    NothingToAgree, IsTheirOwn, HasInterest.
    """
    award = hold(award)
    must_be_impartial(award.subject, by)
    if award.status not in ("due", "agreed"):
        raise IllegalMove()
    agreement = queries.open_of(award.id)
    if not award.amounts - award.agreed and not (amends or agreement):
        raise NothingToAgree()
    if agreement is not None and agreement.status == "offered":
        raise IllegalMove()
    must_be_seen(agreement, WRITTEN, seen)
    if agreement is None:
        last = db.session.scalar(select(func.max(Agreement.version)).where(Agreement.award_id == award.id))
        agreement = Agreement(award_id=award.id, version=(last or 0) + 1, made_at=now)
        db.session.add(agreement)
    agreement.text, agreement.language, agreement.made_by_id = text, language, by.id
    agreement.capital_minor, agreement.revenue_minor = award.capital_minor, award.revenue_minor
    db.session.flush()
    audit.record("agreement.drafted", on=agreement, by=by, now=now, after={"version": agreement.version})
    return agreement


def offer(agreement: Agreement, *, by: Any, now: datetime) -> None:
    """Send it to the recipient to be read and signed; from now on its text is fixed.

    Raises NotPlanned while instalments do not add up to the award, OutOfDate where the award has changed since it was drafted.
    """
    award, agreement = _held(agreement)
    must_be_impartial(award.subject, by)
    if agreement.amounts != award.amounts:
        raise OutOfDate()
    if award_queries.planned(award.id) != award.amounts:
        raise NotPlanned()
    advance(agreement, "offer", by=by, now=now)
    agreement.offered_at, agreement.sha256 = now, fingerprint(agreement.text)
    audit.record("agreement.offered", on=agreement, by=by, now=now, after={"sha256": agreement.sha256})
    tell(events.AgreementMoved(award.id, award.subject, agreement.id, "offer", by.id, now))
    telling.tell_recipients(award, "agreement_offered", now=now)


def withdraw(agreement: Agreement, *, by: Any, now: datetime, why: str = "") -> None:
    """Take a version back that is not in force; what was signed under it counts no more."""
    award, agreement = _held(agreement)
    must_be_impartial(award.subject, by)
    advance(agreement, "withdraw", by=by, now=now, why=why)
    audit.record("agreement.withdrawn", on=agreement, by=by, now=now, why=why)
    tell(events.AgreementMoved(award.id, award.subject, agreement.id, "withdraw", by.id, now))


def take_back_open(award: Award, *, by: Any | None, now: datetime, why: str) -> None:
    """A locked award has ended: what was not in force yet never will be."""
    agreement = queries.open_of(award.id)
    if agreement is not None:
        advance(agreement, "withdraw", by=by, now=now, why=why)


def sign_for_recipient(agreement: Agreement, signer: Signer, *, now: datetime) -> None:
    """Sign as the recipient; the door has made sure that the person may bind them. Raises Expired, OutOfDate, IllegalMove."""
    award, agreement = _to_be_signed(agreement, now)
    if agreement.recipient_signed_at is not None:
        raise IllegalMove()
    if agreement.authority_signed_by_id == signer.by.id:
        raise NeedsSomebodyElse("signed")
    agreement.recipient_signed_by_id, agreement.recipient_signed_at = signer.by.id, now
    agreement.recipient_name, agreement.recipient_position = signer.name, signer.position
    _signed(award, agreement, "recipient", signer, now)


def sign_for_authority(agreement: Agreement, signer: Signer, *, now: datetime) -> None:
    """Sign for the authority; raises IsTheirOwn for who signed for the recipient, HasInterest, Expired, OutOfDate, IllegalMove."""
    award, agreement = _to_be_signed(agreement, now)
    must_be_impartial(award.subject, signer.by)
    if agreement.authority_signed_at is not None:
        raise IllegalMove()
    if agreement.recipient_signed_by_id == signer.by.id:
        raise IsTheirOwn()
    agreement.authority_signed_by_id, agreement.authority_signed_at = signer.by.id, now
    agreement.authority_name, agreement.authority_position = signer.name, signer.position
    _signed(award, agreement, "authority", signer, now)


def fingerprint(text: str) -> str:
    """By what a text is known: SHA-256 of it, in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _to_be_signed(agreement: Agreement, now: datetime) -> tuple[Award, Agreement]:
    award, agreement = _held(agreement)
    if agreement.status != "offered" or award.status not in ("due", "agreed"):
        raise IllegalMove()
    if agreement.amounts != award.amounts:
        raise OutOfDate()
    assert agreement.sha256 == fingerprint(agreement.text), "the text of an offered agreement was changed"
    if award.status == "due" and award.expires_at is not None and now >= award.expires_at:
        raise Expired()
    return award, agreement


def _signed(award: Award, agreement: Agreement, side: str, signer: Signer, now: datetime) -> None:
    told = {"side": side, "name": signer.name, "position": signer.position, "sha256": agreement.sha256}
    audit.record("agreement.signed", on=agreement, by=signer.by, now=now, after=told)
    if agreement.recipient_signed_at is not None and agreement.authority_signed_at is not None:
        _enter(award, agreement, by=signer.by, now=now)


def _enter(award: Award, agreement: Agreement, *, by: Any, now: datetime) -> None:
    """Both have signed: what was promised is an obligation from now on."""
    before = queries.in_force(award.id)
    if before is not None:
        advance(before, "supersede", by=by, now=now)
        db.session.flush()
    advance(agreement, "enter", by=by, now=now)
    newly = agreement.amounts - award.agreed
    ref = f"agreement:{agreement.id}"
    books.move(
        award.pot_id, newly, "reserved", "committed", kind="grant_committed", ref=ref, at=now, by=by, memo=award.title
    )
    award.agreed_capital_minor, award.agreed_revenue_minor = agreement.capital_minor, agreement.revenue_minor
    if can(award, "agree"):
        advance(award, "agree", by=by, now=now)
    audit.record(
        "agreement.in_force", on=agreement, by=by, now=now, after={"total_minor": agreement.amounts.total.minor}
    )
    db.session.flush()
    tell(events.AgreementMoved(award.id, award.subject, agreement.id, "enter", by.id, now))
    telling.tell_recipients(award, "agreement_in_force", now=now)


def _held(agreement: Agreement) -> tuple[Award, Agreement]:
    award = hold(db.session.get_one(Award, agreement.award_id))
    held: Agreement = locked(Agreement, agreement.id)
    held.award = award
    return award, held
