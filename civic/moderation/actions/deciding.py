"""Deciding: a moderator keeps or removes a text and says why; its author and those who reported it are told.

Every decision names the version of the case that the moderator saw: of two who act at once, one acts and the other is told.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, text

from civic.accounts.models import User
from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import advance
from civic.moderation import refusals
from civic.moderation.actions import people
from civic.moderation.actions.cases import answer_reports, hold_author, show, text_of
from civic.moderation.actions.telling import tell_author, tell_reporters
from civic.moderation.models import Case, Decision, Report

CLAIM = timedelta(minutes=15)
"""How long a case that a moderator has taken is theirs alone."""
BULK_LOCK = 20_260_914
MOST_AT_ONCE = 100
REPORT_VERBS = {"keep": "dismiss", "remove": "uphold", "close": "close", "withdraw": "close"}


def hold_case(case_id: int) -> Case:
    """A case as it is now, held together with its author's other texts until the transaction ends."""
    author_id = db.session.scalar(select(Case.author_id).where(Case.id == case_id))
    hold_author(author_id)
    case: Case = locked(Case, case_id)
    return case


def claim(case: Case, *, by: User, now: datetime) -> None:
    """Take a case for a quarter of an hour, so that nobody does the same work twice. Raises Taken and Stale."""
    case = hold_case(case.id)
    _refuse_others_claims(case, by, now)
    if case.status not in ("open", "appealed"):
        raise refusals.Stale()
    case.claimed_by_id, case.claimed_until = by.id, now + CLAIM
    db.session.flush()


def release(case: Case, *, by: User, now: datetime) -> None:
    """Give a case back; one that somebody else has taken stays theirs."""
    case = hold_case(case.id)
    if case.claimed_by_id == by.id:
        case.claimed_by_id = case.claimed_until = None
        db.session.flush()


def decide(
    case: Case,
    verb: str,
    *,
    version: int,
    rule: str = "",
    words: str,
    language: str,
    by: User,
    now: datetime,
    warn: bool = False,
) -> Decision | None:
    """Keep or remove a text, or close a case whose text is gone. Raises Stale, Taken, NeedsARule and NeedsSomebodyElse.

    With `warn` the author is warned in the same words. Nothing is decided (None) where the text is gone.
    """
    assert verb in ("keep", "remove"), verb
    case = hold_case(case.id)
    _refuse(case, by, now, version=version, status="open")
    if verb == "remove" and not rule:
        raise refusals.NeedsARule()
    found = text_of(case.thing)
    was_hidden = case.is_waiting or case.is_folded
    if found is None:
        finish(case, "close", by=by, now=now, why=words)
        return None
    rule = rule if verb == "remove" else ""
    decision = record(case, verb, rule=rule, words=words, language=language, by=by, now=now)
    reporters = standing_reporters(case)
    finish(case, verb, by=by, now=now, why=words)
    show(case.thing, "removed" if verb == "remove" else "shown", rule)
    if warn and verb == "remove" and case.author_id is not None:
        author = db.session.get_one(User, case.author_id)
        people.warn(author, words=words, language=language, by=by, now=now, case=case)
    if verb == "remove" or was_hidden:
        tell_author("moderation.decided", case, decision=decision, by=by, now=now)
    tell_reporters(case, reporters, decision=decision, by=by, now=now)
    return decision


def record(case: Case, verb: str, *, rule: str, words: str, language: str, by: User, now: datetime) -> Decision:
    """Write a decision down, here and in the audit log."""
    decision = Decision(
        case_id=case.id, verb=verb, rule=rule, words=words, language=language, by_id=by.id, at=now,
        waited_since=case.opened_at,
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    audit.record(f"moderation.{verb}", on=case, by=by, now=now, why=words, after={"thing": case.thing, "rule": rule})
    return decision


def standing_reporters(case: Case) -> list[int | None]:
    """Whoever waits for an answer to a report in this case."""
    waiting = select(Report.reporter_id).where(Report.case_id == case.id, Report.status == "standing")
    return list(db.session.scalars(waiting))


def finish(case: Case, verb: str, *, by: User, now: datetime, why: str = "") -> None:
    """Move a case and the reports that stand in it."""
    advance(case, verb, by=by, now=now, why=why)
    answer_reports(case, REPORT_VERBS[verb], by=by, now=now)
    case.decided_at, case.is_folded, case.is_waiting, case.waits_for = now, False, False, ""
    case.claimed_by_id = case.claimed_until = None
    case.weight, case.version = 0, case.version + 1
    case.reports = 0
    db.session.flush()


class Picked(NamedTuple):
    """A case as it was seen in the list."""

    case_id: int
    version: int


class Done(NamedTuple):
    """What became of many cases: those decided, and those that were left with the reason."""

    decided: list[int]
    left: dict[int, object]


def decide_many(
    picked: Iterable[Picked], verb: str, *, rule: str = "", words: str, language: str, by: User, now: datetime
) -> Done:
    """Decide many cases for one reason, each only as it was seen; what changed meanwhile is left. Raises NeedsARule."""
    if verb == "remove" and not rule:
        raise refusals.NeedsARule()
    # One such act at a time: two of them could wait for each other's texts.
    db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": BULK_LOCK})
    wanted = {each.case_id: each.version for each in list(picked)[:MOST_AT_ONCE]}
    cases = list(db.session.scalars(select(Case).where(Case.id.in_(wanted))))
    # Authors are held in one order.
    for author in sorted({(each.author_id or 0) % 2**31 for each in cases}):
        hold_author(author)
    done = Done([], {})
    for case in sorted(cases, key=lambda each: each.id):
        try:
            decide(case, verb, version=wanted[case.id], rule=rule, words=words, language=language, by=by, now=now)
            done.decided.append(case.id)
        except (refusals.Stale, refusals.Taken, refusals.NeedsSomebodyElse) as left:
            done.left[case.id] = left.sentence
    return done


def _refuse(case: Case, by: User, now: datetime, *, version: int, status: str) -> None:
    if case.author_id == by.id:
        raise refusals.NeedsSomebodyElse()
    if case.version != version or case.status != status:
        raise refusals.Stale()
    _refuse_others_claims(case, by, now)


def _refuse_others_claims(case: Case, by: User, now: datetime) -> None:
    if case.claimed_by_id not in (None, by.id) and case.claimed_until is not None and case.claimed_until > now:
        raise refusals.Taken()
