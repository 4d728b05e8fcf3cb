"""What is due next in tests, and by whom; and which milestones may have to be asked for."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import and_, or_, select

from civic.assessment import queries as assessment
from civic.challenge.due import Due
from civic.challenge.testing.models import Change, Milestone, SubsidyNotice, TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.queries.changes import sides_of
from civic.challenge.testing.rules import changes as change_rules
from civic.challenge.testing.rules.chasing import PATIENCE, SOON
from civic.challenge.testing.wording import CHANGES
from civic.core.clock import london_today
from civic.core.db import db
from civic.grants.models import Report
from civic.grants.rules.reporting import EARLY

AT_ONCE = 200
"""Of so many tests at most a page of what is due tells."""


def to_chase(now: datetime) -> list[int]:
    """Milestones of running tests about which somebody may have to be reminded."""
    today = london_today(now)
    mine = select(Milestone.id).join(TestGrant, TestGrant.id == Milestone.test_id)
    waiting = or_(
        and_(Milestone.status == "planned", Milestone.due_on <= today + SOON),
        and_(Milestone.status == "handed_in", Milestone.handed_in_at <= now - PATIENCE + timedelta(days=1)),
    )
    return list(db.session.scalars(mine.where(TestGrant.status == "running", waiting).order_by(Milestone.id)))


def due_for(person_id: int, now: datetime) -> list[Due]:
    """What somebody must do next for their startups and partners, the nearest day first."""
    startups = list(db.session.scalars(queries.of_startups(person_id).order_by(TestGrant.id.desc()).limit(AT_ONCE)))
    partners = list(db.session.scalars(queries.of_partners(person_id).order_by(TestGrant.id.desc()).limit(AT_ONCE)))
    hidden = assessment.hidden_among({each.subject for each in partners}, person_id) if partners else {}
    partners = [each for each in partners if each.subject not in hidden]
    return _sorted([*_of_side(startups, "startup", now), *_of_side(partners, "partner", now)])


def due_for_manager(now: datetime, person_id: int | None = None) -> list[Due]:
    """What the managers must do next in every test that is not over; for one of them, without what they have an interest in."""
    mine = queries.whole().where(TestGrant.status.in_(("planned", "running")))
    found = list(db.session.scalars(mine.order_by(TestGrant.id).limit(AT_ONCE)))
    hidden = assessment.hidden_among({each.subject for each in found}, person_id) if person_id else {}
    return _sorted(_of_side([each for each in found if each.subject not in hidden], "manager", now))


def _sorted(found: list[Due] | Iterator[Due]) -> list[Due]:
    return sorted(found, key=lambda each: (each.on is None, each.on or date.max))


def _of_side(tests: list[TestGrant], side: str, now: datetime) -> Iterator[Due]:
    if not tests:
        return
    numbers = [each.id for each in tests]
    known = {each.id: each for each in tests}
    yield from _declarations(known, side)
    yield from _milestones(known, queries.by_test(numbers), side, now)
    yield from _reports(known, side, now)
    yield from _changes(known, numbers, side)


def _declarations(known: dict[int, TestGrant], side: str) -> Iterator[Due]:
    if side != "startup":
        return
    mine = select(SubsidyNotice.test_id).where(
        SubsidyNotice.test_id.in_(list(known)), SubsidyNotice.status == "notified"
    )
    for number in db.session.scalars(mine.order_by(SubsidyNotice.id)):
        url = url_for("testing.show_declaration", test_id=number)
        yield _due(known[number], side, _("Confirm which subsidies you were given before"), url)


def _milestones(
    known: dict[int, TestGrant], rows: dict[int, list[Milestone]], side: str, now: datetime
) -> Iterator[Due]:
    today = london_today(now)
    for number, test in known.items():
        for each in rows.get(number, []):
            url = url_for("testing.show_milestone", test_id=number, milestone_id=each.id)
            if test.status != "running":
                continue
            if side == "startup" and each.status == "planned":
                yield _due(test, side, _("Hand in the milestone “%(title)s”", title=each.title), url, each.due_on)
                break  # one after the other
            if side == "partner" and each.status == "handed_in":
                yield _due(
                    test, side, _("Sign off the milestone “%(title)s”, or return it", title=each.title), url, _by(each)
                )
            if side == "manager" and each.status == "planned" and each.due_on < today:
                url = url_for("manage_testing.show_test", test_id=number)
                yield _due(test, side, _("The milestone “%(title)s” is late", title=each.title), url, each.due_on)


def _by(milestone: Milestone) -> date | None:
    return london_today(milestone.handed_in_at) + PATIENCE if milestone.handed_in_at else None


def _reports(known: dict[int, TestGrant], side: str, now: datetime) -> Iterator[Due]:
    of_award = {each.award_id: each for each in known.values() if each.status in ("running", "stopped")}
    if side == "partner" or not of_award:
        return
    mine = select(Report).where(Report.award_id.in_(list(of_award)))
    if side == "startup":
        near = london_today(now) + EARLY
        for report in db.session.scalars(
            mine.where(Report.status == "due", Report.due_on <= near).order_by(Report.due_on)
        ):
            test = of_award[report.award_id]
            url = url_for("testing.show_report", test_id=test.id, report_id=report.id)
            yield _due(test, side, _("Report what was spent"), url, report.due_on)
        return
    for report in db.session.scalars(mine.where(Report.status == "submitted").order_by(Report.id)):
        test = of_award[report.award_id]
        url = url_for("manage_testing.show_test", test_id=test.id)
        yield _due(test, side, _("Read a report on spending"), url)


def _changes(known: dict[int, TestGrant], numbers: list[int], side: str) -> Iterator[Due]:
    mine = select(Change).where(Change.test_id.in_(numbers), Change.status == "asked").order_by(Change.id)
    asked = list(db.session.scalars(mine))
    agreed = sides_of([each.id for each in asked]) if asked else {}
    for each in asked:
        if side in change_rules.missing(each.kind, agreed.get(each.id, set())):
            url = url_for("testing.show_change", test_id=each.test_id, change_id=each.id)
            sentence = _("Agree to a change or decline it: %(what)s", what=str(CHANGES[each.kind]))
            yield _due(known[each.test_id], side, sentence, url)


def _due(test: TestGrant, side: str, sentence: str, url: str, on: date | None = None) -> Due:
    startup = test.startup.organisation.name
    about = test.challenge.title if side == "startup" else f"{startup}: {test.challenge.title}"
    return Due(side, sentence, about, test.challenge.language, url, on)
