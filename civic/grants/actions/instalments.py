"""Instalments: planned, claimed with evidence, instructed by one officer, paid by another, confirmed by who got it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import audit
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.errors import Conflict
from civic.core.states import IllegalMove, advance, can
from civic.grants import events
from civic.grants.actions import books, telling
from civic.grants.actions.editions import ChangedMeanwhile, edition_of, must_be_seen
from civic.grants.actions.standing import hold, must_be_impartial
from civic.grants.models import Award, Instalment
from civic.grants.queries import awards as queries
from civic.grants.queries import decisions
from civic.grants.refusals import NeedsSomebodyElse, NotAnAmount, TooMuchBack
from civic.grants.rules.amounts import Amounts, together


@dataclass(frozen=True)
class Planned:
    """A part of the money: what it is for, what must be shown first, and when it is meant to be paid."""

    title: str
    amounts: Amounts
    due_on: date
    condition: str = ""


class DoesNotAddUp(Conflict):
    """Instalments are exactly the award."""

    sentence, field = _l("The instalments must add up to what the award gives, in capital and in revenue."), "capital"


class NotAgreed(Conflict):
    """Nothing is paid before both sides have signed."""

    sentence = _l("Both sides must sign the agreement first.")


PLANNED = ("id", "title", "condition", "capital_minor", "revenue_minor", "due_on")
"""What an officer plans of an instalment."""


def plan(
    award: Award, parts: Sequence[Planned], *, language: str, by: Any, now: datetime, seen: str | None = None
) -> list[Instalment]:
    """Set out how an award is paid; what is claimed, being paid or paid already stays.

    Raises DoesNotAddUp, NotAnAmount, ChangedMeanwhile, IsTheirOwn, HasInterest.
    """
    award = hold(award)
    must_be_impartial(award.subject, by)
    if award.status not in ("approved", "announced", "due", "agreed"):
        raise IllegalMove()
    standing = [each for each in queries.instalments_of(award.id) if each.status not in ("planned", "cancelled")]
    if seen is not None and seen != edition_of(queries.planned_of(award.id), PLANNED):
        raise ChangedMeanwhile()
    if any(not part.amounts or not part.amounts.is_sound for part in parts):
        raise NotAnAmount()
    if together(each.amounts for each in standing) + together(part.amounts for part in parts) != award.amounts:
        raise DoesNotAddUp()
    first = max((each.position for each in standing), default=0) + 1
    made = _set_out(award, parts, first=first, language=language)
    told = [[each.title, each.capital_minor, each.revenue_minor, each.due_on.isoformat()] for each in made]
    audit.record("instalments.planned", on=award, by=by, now=now, after={"instalments": told})
    return made


def _set_out(award: Award, parts: Sequence[Planned], *, first: int, language: str) -> list[Instalment]:
    """The planned instalments as they are wanted; those that stand are changed in their order, with what was written beside them."""
    known = queries.planned_of(award.id)
    for each in known[len(parts) :]:
        db.session.delete(each)
    known += [Instalment(award_id=award.id, status="planned") for _ in range(len(parts) - len(known))]
    made = known[: len(parts)]
    for position, (each, part) in enumerate(zip(made, parts, strict=True), first):
        each.position, each.title, each.condition, each.language = position, part.title, part.condition, language
        each.capital_minor, each.revenue_minor = part.amounts.capital.minor, part.amounts.revenue.minor
        each.due_on = part.due_on
    db.session.add_all(made)
    db.session.flush()
    return made


WRITTEN = ("claim", "claim_language")
"""What a recipient writes of an instalment before they claim it."""


def write(instalment: Instalment, *, words: str, language: str, seen: str | None = None) -> None:
    """Keep what the recipient has written so far; raises ChangedMeanwhile, and IllegalMove once it is claimed."""
    _, instalment = _held(instalment)
    if instalment.status != "planned":
        raise IllegalMove()
    must_be_seen(instalment, WRITTEN, seen)
    instalment.claim, instalment.claim_language = words, language


def claim(instalment: Instalment, *, words: str, language: str, by: Any, now: datetime) -> None:
    """Say as the recipient that the condition is met; evidence is added beside it. Raises NotAgreed, IllegalMove."""
    award, instalment = _held(instalment)
    _must_be_agreed(award, instalment)
    advance(instalment, "claim", by=by, now=now)
    instalment.claim, instalment.claim_language, instalment.answer = words, language, ""
    instalment.claimed_by_id, instalment.claimed_at = by.id, now
    audit.record("instalment.claimed", on=instalment, by=by, now=now)
    announce(events.InstalmentMoved(award.id, award.subject, instalment.id, "claim", by.id, now))


def send_back(instalment: Instalment, *, why: str, by: Any, now: datetime) -> None:
    """Return a claim with what is missing."""
    award, instalment = _held(instalment)
    must_be_impartial(award.subject, by)
    advance(instalment, "return", by=by, now=now, why=why)
    instalment.answer = why
    audit.record("instalment.returned", on=instalment, by=by, now=now, why=why)
    announce(events.InstalmentMoved(award.id, award.subject, instalment.id, "return", by.id, now, why))
    telling.tell_recipients(award, "claim_returned", now=now, instalment=instalment, why=why)


def instruct(instalment: Instalment, *, by: Any, now: datetime) -> None:
    """Tell the finance officers to pay: the evidence is enough, or none is needed.

    Raises NotAgreed, NeedsSomebodyElse for who claimed it, IsTheirOwn, HasInterest, IllegalMove.
    """
    award, instalment = _held(instalment)
    must_be_impartial(award.subject, by)
    _must_be_agreed(award, instalment)
    if by.id == instalment.claimed_by_id:
        raise NeedsSomebodyElse("instructed")
    advance(instalment, "instruct", by=by, now=now)
    instalment.instructed_by_id, instalment.instructed_at = by.id, now
    instalment.approved_by = sorted(decisions.deciders_of(award.id))
    instalment.reference = f"CL{award.id:05d}-{instalment.id:06d}"
    audit.record("instalment.instructed", on=instalment, by=by, now=now, after={"reference": instalment.reference})
    announce(events.InstalmentMoved(award.id, award.subject, instalment.id, "instruct", by.id, now))


def recall(instalment: Instalment, *, why: str, by: Any, now: datetime) -> None:
    """Take an instruction back that was not carried out yet."""
    award, instalment = _held(instalment)
    must_be_impartial(award.subject, by)
    advance(instalment, "recall", by=by, now=now, why=why)
    instalment.instructed_by_id = instalment.instructed_at = None
    audit.record("instalment.recalled", on=instalment, by=by, now=now, why=why)


def pay(instalment: Instalment, *, paid_on: date, bank_reference: str, by: Any, now: datetime) -> None:
    """Record that the authority's bank has paid it. Raises NeedsSomebodyElse for who decided the award or gave the instruction."""
    award, instalment = _held(instalment)
    must_be_impartial(award.subject, by)
    if not can(instalment, "pay"):
        raise IllegalMove()
    instalment.approved_by = sorted(decisions.deciders_of(award.id) | set(instalment.approved_by))
    if by.id in instalment.approved_by:
        raise NeedsSomebodyElse("approved")
    if by.id == instalment.instructed_by_id:
        raise NeedsSomebodyElse("instructed")
    instalment.paid_by_id, instalment.paid_on, instalment.bank_reference = by.id, paid_on, bank_reference
    instalment.payments += 1
    advance(instalment, "pay", by=by, now=now, why=bank_reference)
    ref = f"instalment:{instalment.id}:{instalment.payments}"
    memo = instalment.reference or ""
    books.move(
        award.pot_id, instalment.amounts, "committed", "paid", kind="grant_paid", ref=ref, at=now, by=by, memo=memo
    )
    told = {"total_minor": instalment.amounts.total.minor, "bank_reference": bank_reference}
    audit.record("instalment.paid", on=instalment, by=by, now=now, after=told)
    announce(events.AwardPaid(award.id, award.subject, instalment.amounts.total, now))
    telling.tell_recipients(award, "instalment_paid", now=now, instalment=instalment)


def bounce(instalment: Instalment, *, why: str, by: Any, now: datetime) -> None:
    """The bank sent it back: it waits to be paid again. Raises TooMuchBack where its money was given back by the recipient already."""
    award, instalment = _held(instalment)
    must_be_impartial(award.subject, by)
    if not instalment.amounts.fits(queries.may_come_back(award.id)):
        raise TooMuchBack()
    advance(instalment, "bounce", by=by, now=now, why=why)
    instalment.paid_by_id = instalment.paid_on = None
    instalment.bank_reference = ""
    ref = f"instalment:{instalment.id}:{instalment.payments}"
    books.move(
        award.pot_id, instalment.amounts, "paid", "committed", kind="grant_bounced", ref=ref, at=now, by=by, memo=why
    )
    audit.record("instalment.bounced", on=instalment, by=by, now=now, why=why)


def confirm(instalment: Instalment, *, by: Any, now: datetime) -> None:
    """Say as the recipient that the money has arrived; raises NeedsSomebodyElse for who recorded its payment."""
    _, instalment = _held(instalment)
    if by.id == instalment.paid_by_id:
        raise NeedsSomebodyElse("paid")
    advance(instalment, "confirm", by=by, now=now)
    instalment.confirmed_by_id, instalment.confirmed_at = by.id, now
    audit.record("instalment.confirmed", on=instalment, by=by, now=now)


def cancel_open(award: Award, *, by: Any | None, now: datetime) -> None:
    """The award has ended: what was not paid will not be."""
    for each in queries.instalments_of(award.id):
        if can(each, "cancel"):
            advance(each, "cancel", by=by, now=now)
    db.session.flush()


def _must_be_agreed(award: Award, instalment: Instalment) -> None:
    """Only what both sides signed is paid: instalments beyond it wait for the next version."""
    moving = queries.in_motion(award.id)
    if award.status != "agreed" or not (moving + instalment.amounts).fits(award.agreed):
        raise NotAgreed()


def _held(instalment: Instalment) -> tuple[Award, Instalment]:
    award = hold(db.session.get_one(Award, instalment.award_id))
    held: Instalment = locked(Instalment, instalment.id)
    held.award = award
    return award, held
