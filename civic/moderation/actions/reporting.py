"""Reporting: one standing report a person and text, weighed at once; taking it back."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core.db import db
from civic.core.errors import NotFound
from civic.core.manifest import Published
from civic.core.states import advance
from civic.moderation import refusals
from civic.moderation.actions.cases import hold_author, latest_words, open_case, text_of, weigh_again
from civic.moderation.models import Case, Report
from civic.moderation.queries.people import reporter_record
from civic.moderation.rules.weighing import weight_of

HOURLY = 20


def report(thing: str, *, rule: str, words: str, language: str, by: User, now: datetime) -> Report:
    """Tell moderators that a text breaks a house rule. Raises OwnText, ReportedBefore, AnsweredBefore and TooManyReports.

    After a decision the same person cannot report the same words again, for it answered their report too; changed words they can.
    """
    text = _there(thing)
    if text.author_id == by.id:
        raise refusals.OwnText()
    hold_author(text.author_id)
    text = _there(thing)  # its author may have taken it back while we waited for them
    lately = select(func.count()).where(Report.reporter_id == by.id, Report.at > now - timedelta(hours=1))
    if (db.session.scalar(lately) or 0) >= HOURLY:
        raise refusals.TooManyReports()
    seen = latest_words(thing)
    _refuse_again(thing, by, seen)
    case = open_case(thing, author_id=text.author_id, place="", language=text.language, now=now, is_reported=True)
    said = _said_again(thing, case, rule, words, by, now) or _said(thing, case, rule, words, language, by, now)
    said.words_seen = seen
    if case.status == "open":
        case.version += 1
        weigh_again(text.author_id, case, now)
    return said


def _there(thing: str) -> Published:
    text = text_of(thing)
    if text is None or text.shown == "removed":
        raise NotFound()
    return text


def _refuse_again(thing: str, by: User, seen: int) -> None:
    """One report stands at a time; what was decided about these very words is decided."""
    mine = select(Report.status, Report.words_seen).where(Report.thing == thing, Report.reporter_id == by.id)
    for status, words_seen in db.session.execute(mine):
        if status == "standing":
            raise refusals.ReportedBefore()
        if status != "withdrawn" and words_seen >= seen:
            raise refusals.AnsweredBefore()


def _said(thing: str, case: Case, rule: str, words: str, language: str, by: User, now: datetime) -> Report:
    record = reporter_record(by.id)
    weight = weight_of(
        upheld=record.upheld, decided=record.upheld + record.dismissed, created_at=by.created_at, now=now
    )
    new = insert(Report).values(
        case_id=case.id, thing=thing, reporter_id=by.id, status="standing", rule=rule, words=words, language=language,
        at=now, weight=weight, counted=0, words_seen=0,
    )  # fmt: skip
    added = db.session.scalar(new.on_conflict_do_nothing().returning(Report.id))
    if added is None:
        raise refusals.ReportedBefore()
    return db.session.get_one(Report, added)


def _said_again(thing: str, case: Case, rule: str, words: str, by: User, now: datetime) -> Report | None:
    """A report that was taken back stands again, with what is said now."""
    mine = select(Report).where(Report.thing == thing, Report.reporter_id == by.id, Report.status == "withdrawn")
    said = db.session.scalars(mine.with_for_update()).one_or_none()
    if said is not None:
        said.case_id, said.rule, said.words, said.at = case.id, rule, words, now
        advance(said, "report", by=by, now=now)
    return said


def withdraw(said: Report, *, by: User, now: datetime) -> None:
    """Take a report back; a case in which nothing else is left is closed. Raises CannotWithdraw."""
    case = db.session.get_one(Case, said.case_id)
    hold_author(case.author_id)
    db.session.refresh(said, with_for_update=True)
    db.session.refresh(case, with_for_update=True)
    if said.status == "withdrawn":
        return
    if said.status != "standing":
        raise refusals.CannotWithdraw()
    advance(said, "withdraw", by=by, now=now)
    db.session.execute(update(Report).where(Report.id == said.id).values(counted=0))
    if case.status != "open":
        return
    case.version += 1
    weigh_again(case.author_id, case, now)
    case.is_reported = case.reports > 0
    if not (case.reports or case.is_waiting or case.is_alike or case.is_folded):
        advance(case, "close", by=by, now=now)
