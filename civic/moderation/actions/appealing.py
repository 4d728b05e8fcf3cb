"""Appeals: whoever is concerned asks once that somebody else looks at a removal or a suspension again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core import audit
from civic.core.db import db
from civic.core.states import advance
from civic.moderation import refusals
from civic.moderation.actions import people
from civic.moderation.actions.cases import answer_reports, hold_author, show, text_of
from civic.moderation.actions.deciding import hold_case, record
from civic.moderation.actions.telling import tell_author
from civic.moderation.models import Appeal, Case, Decision, Suspension
from civic.moderation.queries.cases import open_appeal
from civic.notifications.actions import tell


def appeal(case: Case, *, words: str, language: str, by: User, now: datetime) -> Appeal:
    """Ask that somebody else looks again at the removal of one's own words. Raises CannotAppeal and AppealedBefore."""
    case = hold_case(case.id)
    removal = last_removal(case)
    if removal is None or case.author_id != by.id:
        raise refusals.CannotAppeal()
    if db.session.scalar(select(Appeal.id).where(Appeal.decision_id == removal.id)) is not None:
        raise refusals.AppealedBefore()
    if case.status != "removed":
        raise refusals.CannotAppeal()
    new = insert(Appeal).values(
        case_id=case.id, decision_id=removal.id, author_id=by.id, words=words, language=language, at=now,
        against_id=removal.by_id, outcome="", answer="", answer_language="",
    )  # fmt: skip
    made = db.session.scalar(new.returning(Appeal.id))
    advance(case, "appeal", by=by, now=now)
    case.version, case.opened_at = case.version + 1, now
    db.session.flush()
    return db.session.get_one(Appeal, made)


def last_removal(case: Case) -> Decision | None:
    """The removal that stands, if one does."""
    removals = select(Decision).where(Decision.case_id == case.id, Decision.verb == "remove")
    return db.session.scalars(removals.order_by(Decision.id.desc()).limit(1)).one_or_none()


def decide_appeal(
    case: Case, verb: str, *, version: int, words: str, language: str, by: User, now: datetime
) -> Decision | None:
    """Uphold a removal or restore the text; never by whoever removed it. Raises Stale, Taken and NeedsSomebodyElse."""
    assert verb in ("uphold", "restore"), verb
    case = hold_case(case.id)
    asked = open_appeal(case)
    if asked is None or case.version != version or case.status != "appealed":
        raise refusals.Stale()
    if by.id in (asked.against_id, asked.author_id, case.author_id):
        raise refusals.NeedsSomebodyElse()
    if case.claimed_by_id not in (None, by.id) and case.claimed_until is not None and case.claimed_until > now:
        raise refusals.Taken()
    is_gone = text_of(case.thing) is None
    decision = None if is_gone else record(case, verb, rule="", words=words, language=language, by=by, now=now)
    advance(case, "close" if is_gone else verb, by=by, now=now, why=words)
    _answer(asked, words, language, by, now)
    asked.outcome = "closed" if is_gone else case.status
    case.decided_at, case.version = now, case.version + 1
    case.claimed_by_id = case.claimed_until = None
    db.session.flush()
    if verb == "restore" and not is_gone:
        show(case.thing, "shown")
        # Who reported it was not right after all: their record says so.
        answer_reports(case, "reverse", by=by, now=now)
    if decision is not None:
        tell_author("moderation.appeal_decided", case, decision=decision, by=by, now=now)
    return decision


def _answer(asked: Appeal, words: str, language: str, by: User, now: datetime) -> None:
    asked.decided_by_id, asked.decided_at, asked.answer, asked.answer_language = by.id, now, words, language


# Against a suspension.


def appeal_suspension(suspension: Suspension, *, words: str, language: str, by: User, now: datetime) -> Appeal:
    """Ask that somebody else looks again at one's own suspension while it holds. Raises CannotAppeal and AppealedBefore."""
    suspension = _hold_suspension(suspension)
    if suspension.person_id != by.id:
        raise refusals.CannotAppeal()
    if db.session.scalar(select(Appeal.id).where(Appeal.suspension_id == suspension.id)) is not None:
        raise refusals.AppealedBefore()
    if not suspension.holds(now):
        raise refusals.CannotAppeal()
    asked = Appeal(
        suspension_id=suspension.id, author_id=by.id, words=words, language=language, at=now,
        against_id=suspension.by_id,
    )  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    return asked


def decide_suspension_appeal(
    suspension: Suspension, verb: str, *, words: str, language: str, by: User, now: datetime
) -> Appeal:
    """Uphold a suspension or end it; never by whoever imposed it. Raises Stale and NeedsSomebodyElse."""
    assert verb in ("uphold", "restore"), verb
    suspension = _hold_suspension(suspension)
    waiting = select(Appeal).where(Appeal.suspension_id == suspension.id, Appeal.outcome == "")
    asked = db.session.scalars(waiting.execution_options(populate_existing=True)).one_or_none()
    if asked is None:
        raise refusals.Stale()
    if by.id in (asked.against_id, suspension.by_id, suspension.person_id):
        raise refusals.NeedsSomebodyElse()
    _answer(asked, words, language, by, now)
    asked.outcome = "restored" if verb == "restore" else "upheld"
    if verb == "restore" and suspension.holds(now):
        people.end(suspension, why=words, by=by, now=now)
    db.session.flush()
    on = ("account_user", suspension.person_id)
    audit.record(f"moderation.{verb}_suspension", on=on, by=by, now=now, why=words)
    tell("moderation.appeal_decided", [suspension.person_id], about=f"person:{suspension.person_id}", now=now, by=by.id,
         suspension=suspension.id)  # fmt: skip
    return asked


def _hold_suspension(suspension: Suspension) -> Suspension:
    """A suspension as it is now, until the transaction ends."""
    hold_author(suspension.person_id)
    db.session.refresh(suspension, with_for_update=True)
    return suspension
