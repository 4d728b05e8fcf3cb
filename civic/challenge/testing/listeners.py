"""What grants tell: it moves tests, and a test may have something against it."""

from collections.abc import Callable
from typing import Any

from civic.challenge.applying.models import KIND
from civic.challenge.testing.actions import changes, milestones, offering, planning, subsidy
from civic.challenge.testing.actions.telling import tell_side
from civic.challenge.testing.models import Milestone, TestGrant
from civic.challenge.testing.queries import changes as change_queries
from civic.challenge.testing.queries import spending
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.refusals import GrantStays, PartnerSignsOff, ReportByLines, SignedItOff
from civic.challenge.testing.wording.agreement import sections
from civic.core.db import db, locked
from civic.core.states import advance, can
from civic.core.subjects import number_of
from civic.grants import events
from civic.grants.models import Award, Instalment, Report
from civic.grants.rules.amounts import Amounts


def decided(event: events.AwardDecided) -> None:
    """Section 37(3) of the Subsidy Control Act: not before the startup has confirmed, and not beyond the ceiling."""
    if (found := _held(event)) is not None:
        test, award = found
        subsidy.must_fit(test, award, now=event.now)


def changed(event: events.AwardChanged) -> None:
    """Before the agreement a later decision makes it no larger than the notification says; afterwards it stays as it was signed."""
    if (found := _held(event)) is None:
        return
    test, award = found
    if test.status != "planned":
        raise GrantStays()
    subsidy.must_fit(test, award, now=event.now)


def turned_down(event: events.AwardTurnedDown) -> None:
    """The recommendation came to nothing; another may follow."""
    if (found := _held(event)) is not None:
        offering.end(found[0], "turned down", now=event.now)


def change_turned_down(event: events.ChangeTurnedDown) -> None:
    """The end that a side had asked for was refused: the test goes on."""
    found, change = _held(event), change_queries.of_decision(event.decision_id)
    if found is not None and change is not None:
        changes.lapse(found[0], change, event.why, now=event.now)


def released(event: events.AwardReleased) -> None:
    """Declined, expired or cancelled before anything was paid: the match is lost, unless the test had begun."""
    if (found := _held(event)) is None:
        return
    test, award = found
    if test.status == "planned":
        offering.end(test, event.why, now=event.now)
        offering.lose(test, event.why, now=event.now)
    else:
        _over(test, award, "stop", event.now)


def finished(event: events.AwardFinished) -> None:
    """Everything is paid and reported, or it was stopped."""
    if (found := _held(event)) is not None:
        test, award = found
        _over(test, award, "finish" if award.status == "completed" else "stop", event.now)


def agreement_begins(event: events.AgreementBegins) -> None:
    """What an agreement about a test says besides: milestones, sign-off, budget, subsidy; as a change that was agreed makes them."""
    test = _of(event)
    if test is None:
        return
    change = change_queries.open_of(test.id)
    steps = None
    if change is not None and change.kind == "milestones" and change.status == "agreed":
        steps = changes.steps_of(change)
        event.instalments.extend(_as_instalments(test, steps))
    event.sections.extend(sections(test, steps))


def agreement_moved(event: events.AgreementMoved) -> None:
    """Offered: it must say what was planned. In force: the test begins, or its change takes effect. Taken back: nothing changes."""
    if (found := _held(event)) is None:
        return
    test, award = found
    change = change_queries.of_agreement(event.agreement_id)
    if event.verb == "withdraw" and change is not None:
        changes.lapse(test, change, "The new version was taken back.", now=event.now)
    elif event.verb == "offer" and change is None:
        planning.must_match(test, award)
    elif event.verb == "enter" and can(test, "start"):
        planning.must_match(test, award)
        subsidy.give(test, award, now=event.now)
        test.started_at = event.now
        advance(test, "start", by=None, now=event.now)
        tell_side(test, "partner", "moved", now=event.now, what="running")
    elif event.verb == "enter" and change is not None:
        changes.carry_out(test, award, change, now=event.now)


def instalment_moved(event: events.InstalmentMoved) -> None:
    """Nothing is claimed or paid that the partner has not signed off; a claim that goes back opens the milestone again."""
    if _of(event) is None:
        return
    found = queries.milestone_of_instalment(event.instalment_id)
    milestone: Milestone | None = locked(Milestone, found.id) if found else None
    if milestone is None:
        raise PartnerSignsOff()
    if event.verb == "return":
        milestones.reopen(milestone, why=event.why, by=None, now=event.now)
        return
    if milestone.status != "signed_off":
        raise PartnerSignsOff()
    if event.verb == "instruct" and milestone.signed_off_by_id == event.by_id:
        raise SignedItOff()


def reported(event: events.ReportSubmitted) -> None:
    """Spending is told by budget lines, and they are what the report says."""
    if _of(event) is None:
        return
    report = db.session.get_one(Report, event.report_id)
    if spending.told_in(report.id) != report.spent.total or not spending.of_reports([report.id]):
        raise ReportByLines()


def _of(event: Any) -> TestGrant | None:
    number = number_of(event.subject, KIND)
    found = queries.of_award(event.award_id) if number is not None else None
    return found


def _held(event: Any) -> tuple[TestGrant, Award] | None:
    found = _of(event)
    if found is None:
        return None
    test: TestGrant = locked(TestGrant, found.id)
    return test, db.session.get_one(Award, event.award_id)


def _over(test: TestGrant, award: Award, verb: str, now: Any) -> None:
    test.ended_at = now
    advance(test, verb, by=None, now=now)
    if verb == "stop":
        milestones.cancel_open(test, award, now=now)
    changes.close_open(test, "The test is over.", now=now)
    for side in ("startup", "partner", "manager"):
        tell_side(test, side, "moved", now=now, what=test.status)


def _as_instalments(test: TestGrant, steps: Any) -> list[Instalment]:
    """How it would be paid, for the text alone: what is fixed, and the rest as it was asked for. Nothing is kept."""
    found = []
    for each in queries.milestones_of(test.id):
        if each.status == "signed_off" and each.instalment_id is not None:
            found.append(db.session.get_one(Instalment, each.instalment_id))
    for step in steps:
        amounts = Amounts.only(test.spending, step.amount)
        found.append(
            Instalment(
                title=step.title,
                condition=step.evidence,
                due_on=step.due_on,
                status="planned",
                capital_minor=amounts.capital.minor,
                revenue_minor=amounts.revenue.minor,
            )
        )
    return found


LISTENERS: dict[type, list[Callable[[Any], None]]] = {
    events.AwardDecided: [decided],
    events.AwardChanged: [changed],
    events.AwardTurnedDown: [turned_down],
    events.ChangeTurnedDown: [change_turned_down],
    events.AwardReleased: [released],
    events.AwardFinished: [finished],
    events.AgreementBegins: [agreement_begins],
    events.AgreementMoved: [agreement_moved],
    events.InstalmentMoved: [instalment_moved],
    events.ReportSubmitted: [reported],
}
"""For the manifest."""
