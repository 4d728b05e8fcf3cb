"""Questions about single cases, reports and texts."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Published
from civic.core.moderated import kind_of
from civic.core.pages import Page, page_of
from civic.moderation.models import Appeal, Case, Decision, Report, ScreenedText, StaffNote

BEYOND = 2**62


def case_by_id(case_id: int) -> Case | None:
    """The case with this number."""
    return db.session.get(Case, case_id) if 0 < case_id < BEYOND else None


def report_by_id(report_id: int) -> Report | None:
    """The report with this number."""
    return db.session.get(Report, report_id) if 0 < report_id < BEYOND else None


class Reportable(NamedTuple):
    """A text by its name."""

    thing: str
    text: Published


def reportable(thing: str) -> Reportable | None:
    """A text that the person here can see, and so report; None where there is none for them."""
    try:
        kind, number = kind_of(thing)
    except LookupError:
        return None
    text = kind.load([number]).get(number)
    if text is None or text.shown not in ("shown", "folded") or not kind.may_see(number):
        return None
    return Reportable(thing, text)


class Said(NamedTuple):
    """One report as moderators read it."""

    report: Report
    reporter: str
    upheld: int
    dismissed: int


def reports_on(case: Case, size: int = 200) -> list[Said]:
    """The reports on a text, those that count most first, each with its reporter's record."""
    theirs = aliased(Report)
    upheld = select(func.count()).where(theirs.reporter_id == Report.reporter_id, theirs.status == "upheld")
    dismissed = select(func.count()).where(theirs.reporter_id == Report.reporter_id, theirs.status == "dismissed")
    rows = db.session.execute(
        select(Report, User.display_name, upheld.scalar_subquery(), dismissed.scalar_subquery())
        .outerjoin(User, User.id == Report.reporter_id)
        .where(Report.case_id == case.id)
        .order_by(Report.counted.desc(), Report.id)
        .limit(size)
    )
    return [Said(report, name or "", *records) for report, name, *records in rows]


class Decided(NamedTuple):
    """A decision, who made it, and the appeal against it."""

    decision: Decision
    by: str
    appeal: Appeal | None


def decisions_on(things: Iterable[str]) -> list[Decided]:
    """What was decided about texts, the latest first."""
    rows = db.session.execute(
        select(Decision, User.display_name, Appeal)
        .join(Case, Case.id == Decision.case_id)
        .outerjoin(User, User.id == Decision.by_id)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .where(Case.thing.in_(list(things)))
        .order_by(Decision.id.desc())
        .limit(100)
    )
    return [Decided(decision, name or "", appeal) for decision, name, appeal in rows]


def versions_of(thing: str, size: int = 20) -> list[ScreenedText]:
    """What a text said at each time it was published or changed, the latest first."""
    mine = select(ScreenedText).where(ScreenedText.thing == thing).order_by(ScreenedText.id.desc())
    return list(db.session.scalars(mine.limit(size)))


def notes_on(*, case_id: int | None = None, person_id: int | None = None) -> list[tuple[StaffNote, str]]:
    """What moderators wrote for each other about a case or a person, with who wrote it."""
    about = StaffNote.case_id == case_id if case_id is not None else StaffNote.person_id == person_id
    rows = db.session.execute(
        select(StaffNote, User.display_name)
        .outerjoin(User, User.id == StaffNote.by_id)
        .where(about)
        .order_by(StaffNote.id.desc())
        .limit(100)
    )
    return [(note, name or "") for note, name in rows]


def open_appeal(case: Case) -> Appeal | None:
    """The appeal that waits for somebody, if one does."""
    waiting = select(Appeal).where(Appeal.case_id == case.id, Appeal.outcome == "")
    return db.session.scalars(waiting.order_by(Appeal.id.desc()).limit(1)).one_or_none()


# One's own.


def cases_of(person_id: int, at: str | None = None) -> Page:
    """What moderators have to do with a person's own words, the latest first: what they removed, restored or have not seen yet."""
    mine = select(Case).where(
        Case.author_id == person_id,
        or_(Case.status.in_(("removed", "appealed", "upheld", "restored")), Case.is_waiting, Case.is_resubmitted),
    )
    return page_of(mine, [Case.id.desc()], at=at, size=20, scalars=True)


def my_reports(person_id: int, size: int = 50) -> list[Report]:
    """What a person reported, the latest first."""
    mine = select(Report).where(Report.reporter_id == person_id).order_by(Report.id.desc())
    return list(db.session.scalars(mine.limit(size)))


def latest_of(person_id: int, size: int = 20) -> list[Case]:
    """The latest cases about a person's texts."""
    theirs = select(Case).where(Case.author_id == person_id).order_by(Case.id.desc())
    return list(db.session.scalars(theirs.limit(size)))
