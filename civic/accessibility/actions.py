"""What can be done: keep preferences, report a barrier, answer and summarise a report."""

from datetime import date, datetime

from civic.accessibility import wording
from civic.accessibility.display import PREFERENCE
from civic.accessibility.models import BarrierReport
from civic.accessibility.rules import Display
from civic.accounts.models import User
from civic.core import audit, mail
from civic.core.db import db
from civic.core.states import advance


def keep_preferences(user: User, display: Display, *, language: str) -> None:
    """Keep with an account how pages are shown to it, and in which language we speak to it."""
    user.preferences = {**user.preferences, PREFERENCE: str(display)}
    user.language = language


def report_barrier(
    *,
    happened: str,
    wanted: str,
    page: str,
    contact_by: str,
    email: str,
    phone: str,
    language: str,
    by: User | None,
    now: datetime,
) -> BarrierReport:
    """Record a barrier; whoever left an address is told at once that it arrived."""
    report = BarrierReport(
        happened=happened, wanted=wanted, page=page, contact_by=contact_by, email=email, phone=phone, language=language,
        reporter_id=by.id if by else None, created_at=now, answered_at=None, summary_published_at=None,
    )  # fmt: skip
    db.session.add(report)
    db.session.flush()
    if report.email:
        _write(report, "barrier_report_received", now=now)
    return report


def answer(report: BarrierReport, verb: str, *, why: str, by: User, now: datetime) -> None:
    """Move a report on, with the reason; whoever left an address is told. Raises IllegalMove."""
    before = report.status
    advance(report, verb, by=by, now=now, why=why)
    report.answered_at = None if report.is_open else now
    audit.record(
        f"barrier_report.{verb}",
        on=report,
        by=by,
        now=now,
        why=why,
        before={"status": before},
        after={"status": report.status},
    )
    if report.email:
        _write(report, "barrier_report_answered", now=now, why=why)


def summarise(
    report: BarrierReport,
    summary: str,
    *,
    published: bool,
    by: User,
    now: datetime,
    language: str = "en",
    criterion: str = "",
    meanwhile: str = "",
    fix_by: date | None = None,
) -> None:
    """Write what the public register says of a report, and whether it says it; the rest stands in the accessibility statement
    while it is a known problem."""
    before = {"summary": report.summary, "published": report.summary_published_at is not None}
    report.summary, report.summary_language = summary, language
    report.criterion, report.meanwhile, report.fix_by = criterion, meanwhile, fix_by
    report.summary_published_at = (report.summary_published_at or now) if published else None
    after = {"summary": summary, "published": published, "criterion": criterion, "meanwhile": meanwhile}
    after["fix_by"] = fix_by.isoformat() if fix_by else ""
    audit.record("barrier_report.summarise", on=report, by=by, now=now, before=before, after=after)


def _write(report: BarrierReport, message: str, *, now: datetime, why: str = "") -> None:
    mail.send(
        f"accessibility/{message}", to=report.email, language=report.language, now=now, person_id=report.reporter_id,
        report=report, why=why, state_words=wording.STATES,
    )  # fmt: skip
