"""Monitoring reports: asked for on agreed days, written by the recipient, read by an officer, reminded of by themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import audit
from civic.core.announcements import announce
from civic.core.clock import london_today
from civic.core.db import db, locked
from civic.core.errors import Conflict
from civic.core.states import IllegalMove, advance, can
from civic.grants import events
from civic.grants.actions import telling
from civic.grants.actions.editions import ChangedMeanwhile, edition_of, must_be_seen
from civic.grants.actions.standing import hold, must_be_impartial
from civic.grants.models import Award, Report
from civic.grants.queries import awards as queries
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.reporting import is_reminder_due


class MoreThanPaid(Conflict):
    """Nobody has spent what they were not paid."""

    sentence, field = _l("That is more than was paid so far under this award."), "capital"


class OneFinalReport(Conflict):
    """The last report is the final one, and there is one."""

    sentence = _l("There must be one final report, and it comes last.")


SCHEDULED = ("id", "kind", "due_on")
"""What an officer asks for of a report."""


def schedule(
    award: Award, days: Sequence[tuple[date, str]], *, by: Any, now: datetime, seen: str | None = None
) -> list[Report]:
    """Say when the recipient reports: (day, "progress" or "final"); reports that were sent stay.

    Raises OneFinalReport, ChangedMeanwhile.
    """
    award = hold(award)
    must_be_impartial(award.subject, by)
    if award.status not in ("approved", "announced", "due", "agreed"):
        raise IllegalMove()
    if seen is not None and seen != edition_of(queries.due_of(award.id), SCHEDULED):
        raise ChangedMeanwhile()
    ordered = sorted(days)
    kinds = [kind for _, kind in ordered]
    written = [each for each in queries.reports_of(award.id) if each.status != "due"]
    has_final = any(each.kind == "final" and each.status != "waived" for each in written)
    if kinds.count("final") + has_final != 1 or (not has_final and kinds[-1] != "final"):
        raise OneFinalReport()
    made = _set_out(award, ordered)
    told = [[day.isoformat(), kind] for day, kind in ordered]
    audit.record("reports.scheduled", on=award, by=by, now=now, after={"reports": told})
    return made


def _set_out(award: Award, ordered: Sequence[tuple[date, str]]) -> list[Report]:
    """The reports to ask for; one of the same kind that is being written keeps its words and gets the new day."""
    due = queries.due_of(award.id)
    made = []
    for day, kind in ordered:
        known = next((each for each in due if each.kind == kind), None)
        report = known or Report(award_id=award.id, kind=kind, status="due")
        if known is not None:
            due.remove(known)
        if report.due_on != day:
            report.due_on, report.reminded_on = day, None
        made.append(report)
    for each in due:
        db.session.delete(each)
    db.session.add_all(made)
    db.session.flush()
    return made


REPORTING = ("agreed", "stopped")
"""While an award is in one of these states its recipient reports."""
WRITTEN = ("text", "language", "spent_capital_minor", "spent_revenue_minor")
"""What a recipient writes of a report."""


def write(report: Report, *, text: str, language: str, spent: Amounts, seen: str | None = None) -> None:
    """Keep what the recipient has written so far; raises ChangedMeanwhile, and IllegalMove once it is sent."""
    award, report = _held(report)
    if report.status != "due" or award.status not in REPORTING:
        raise IllegalMove()
    must_be_seen(report, WRITTEN, seen)
    report.text, report.language = text, language
    report.spent_capital_minor, report.spent_revenue_minor = spent.capital.minor, spent.revenue.minor


def submit(report: Report, *, text: str, language: str, spent: Amounts, by: Any, now: datetime) -> None:
    """Report as the recipient what was done and spent so far; raises MoreThanPaid, IllegalMove."""
    award, report = _held(report)
    if award.status not in REPORTING:
        raise IllegalMove()
    if not spent.fits(queries.paid(award.id)):
        raise MoreThanPaid()
    advance(report, "submit", by=by, now=now)
    report.text, report.language, report.answer = text, language, ""
    report.spent_capital_minor, report.spent_revenue_minor = spent.capital.minor, spent.revenue.minor
    report.submitted_by_id, report.submitted_at = by.id, now
    audit.record("report.submitted", on=report, by=by, now=now, after={"spent_minor": spent.total.minor})
    announce(events.ReportSubmitted(award.id, award.subject, report.id, now))


def send_back(report: Report, *, why: str, by: Any, now: datetime) -> None:
    """Return a report with questions."""
    award, report = _held(report)
    must_be_impartial(award.subject, by)
    advance(report, "return", by=by, now=now, why=why)
    report.answer, report.read_by_id, report.read_at = why, by.id, now
    audit.record("report.returned", on=report, by=by, now=now, why=why)
    telling.tell_recipients(award, "report_returned", now=now, report=report, why=why)


def accept(report: Report, *, by: Any, now: datetime) -> None:
    """A report says what it should."""
    award, report = _held(report)
    must_be_impartial(award.subject, by)
    advance(report, "accept", by=by, now=now)
    report.read_by_id, report.read_at = by.id, now
    audit.record("report.accepted", on=report, by=by, now=now)


def waive(report: Report, *, why: str, by: Any, now: datetime) -> None:
    """Do without a report, and say why."""
    award, report = _held(report)
    must_be_impartial(award.subject, by)
    advance(report, "waive", by=by, now=now, why=why)
    report.answer, report.read_by_id, report.read_at = why, by.id, now
    audit.record("report.waived", on=report, by=by, now=now, why=why)


def waive_open(award: Award, *, by: Any | None, now: datetime, why: str) -> None:
    """The award has ended early: progress reports are no longer asked for; the final one still is."""
    for each in queries.reports_of(award.id):
        if each.kind == "progress" and can(each, "waive"):
            advance(each, "waive", by=by, now=now, why=why)


def remind(report_id: int, *, now: datetime) -> bool:
    """Remind the recipient where it is time to; False where it is not (any more)."""
    award, report = _held(db.session.get_one(Report, report_id))
    today = london_today(now)
    if report.status != "due" or award.status not in REPORTING:
        return False
    if not is_reminder_due(report.due_on, report.reminded_on, today):
        return False
    report.reminded_on = today
    telling.tell_recipients(award, "report_reminder", now=now, report=report, is_late=today > report.due_on)
    return True


def _held(report: Report) -> tuple[Award, Report]:
    award = hold(db.session.get_one(Award, report.award_id))
    held: Report = locked(Report, report.id)
    held.award = award
    return award, held
