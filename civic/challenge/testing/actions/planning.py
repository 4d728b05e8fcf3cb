"""The plan of a test, by startup and manager together: milestones and budget, each exactly the grant; fixed with the agreement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from civic.challenge.testing.actions.holding import held
from civic.challenge.testing.models import BudgetLine, Milestone, TestGrant
from civic.challenge.testing.queries import changes, spending
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.refusals import (
    DoesNotAddUp,
    InThePast,
    NotInOrder,
    NotPlannedYet,
    PlanDiffers,
    PlanIsFixed,
)
from civic.challenge.testing.rules import plans
from civic.challenge.testing.rules.plans import Line, Step
from civic.core import audit
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.money import Money
from civic.grants.actions import agreements, instalments, reports
from civic.grants.actions.editions import ChangedMeanwhile, edition_of
from civic.grants.actions.instalments import Planned
from civic.grants.models import Agreement, Award
from civic.grants.queries import agreements as agreement_queries
from civic.grants.queries import awards as award_queries
from civic.grants.queries.file import file_of
from civic.grants.rules.amounts import Amounts
from civic.grants.wording.agreement import first_text

STEPS = ("id", "title", "evidence", "due_on", "amount_minor")
"""What is planned of a milestone."""
LINES = ("id", "category", "title", "amount_minor")
"""What is planned of a budget line."""


def plan_milestones(
    test: TestGrant, steps: Sequence[Step], *, language: str, by: Any, now: datetime, seen: str | None = None
) -> list[Milestone]:
    """Say what is shown by when, and what is paid for it. Raises DoesNotAddUp, NotInOrder, InThePast, PlanIsFixed, ChangedMeanwhile."""
    _, test = held(test)
    _must_be_open(test)
    known = queries.milestones_of(test.id)
    _must_be_seen(known, STEPS, seen)
    must_be_sound(steps, test.grant, now)
    made = set_out(test, known, steps, language=language)
    audit.record("test_grant.planned", on=test, by=by, now=now, after={"milestones": [each.title for each in steps]})
    return made


def plan_budget(
    test: TestGrant, lines: Sequence[Line], *, language: str, by: Any, now: datetime, seen: str | None = None
) -> None:
    """Say what the grant is spent on. Raises DoesNotAddUp, PlanIsFixed, ChangedMeanwhile."""
    _, test = held(test)
    _must_be_open(test)
    known = queries.lines_of(test.id)
    _must_be_seen(known, LINES, seen)
    set_budget(test, [(None, line) for line in lines], language=language)
    audit.record("test_grant.budgeted", on=test, by=by, now=now, after={"lines": [each.title for each in lines]})


def must_be_sound(steps: Sequence[Step], grant: Money, now: datetime) -> None:
    """Raise what is wrong with a plan of milestones."""
    if not plans.adds_up(steps, grant):
        raise DoesNotAddUp()
    if not plans.in_order(steps):
        raise NotInOrder()
    if steps[0].due_on < london_today(now):
        raise InThePast()


def set_out(test: TestGrant, known: list[Milestone], steps: Sequence[Step], *, language: str) -> list[Milestone]:
    """The planned milestones as they are wanted; those that stand are changed in their order."""
    first = min((each.position for each in known), default=1)
    for each in known[len(steps) :]:
        db.session.delete(each)
    made = known[: len(steps)]
    made += [Milestone(test_id=test.id) for _ in range(len(steps) - len(made))]
    for position, (each, step) in enumerate(zip(made, steps, strict=True), first):
        if each.id is not None and each.due_on != step.due_on:
            each.turn += 1
        each.position, each.title, each.evidence, each.language = position, step.title, step.evidence, language
        each.due_on, each.amount_minor = step.due_on, step.amount.minor
    db.session.add_all(made)
    db.session.flush()
    return made


def set_budget(test: TestGrant, lines: Sequence[tuple[int | None, Line]], *, language: str) -> None:
    """The budget as it is wanted: (number of the line that it was, line); a line of which reports tell stays, with nothing in it."""
    if not plans.adds_up([line for _, line in lines], test.grant):
        raise DoesNotAddUp()
    known = {each.id: each for each in queries.lines_of(test.id)}
    told = spending.has_spending(list(known))
    kept = set()
    for position, (number, line) in enumerate(lines, 1):
        row = known.get(number or 0)
        if row is None or row.id in kept:
            row = BudgetLine(test_id=test.id)
            db.session.add(row)
        else:
            kept.add(row.id)
        row.position, row.category, row.title, row.language = position, line.category, line.title, language
        row.amount_minor = line.amount.minor
    for number, row in known.items():
        if number in kept:
            continue
        if number in told:
            row.position, row.amount_minor = len(lines) + 1, 0
        else:
            db.session.delete(row)
    db.session.flush()


# The agreement.


def write_agreement(test: TestGrant, *, language: str, by: Any, now: datetime) -> Agreement:
    """Put the plan into an agreement: instalments and reports in grants, and a first text that an officer may better.

    Raises NotPlannedYet, and what grants have against it (it must be announced first).
    """
    award, test = held(test)
    _must_be_open(test)
    steps = queries.milestones_of(test.id)
    lines = queries.lines_of(test.id)
    grant = test.grant
    if not plans.adds_up([each.step for each in steps], grant) or not plans.adds_up(
        [each.line for each in lines], grant
    ):
        raise NotPlannedYet()
    parts = [planned(test, each.step) for each in steps]
    made = instalments.plan(award, parts, language=language, by=by, now=now)
    for milestone, instalment in zip(steps, made, strict=True):
        milestone.instalment_id = instalment.id
    reports.schedule(award, plans.report_days([each.step for each in steps]), by=by, now=now)
    db.session.flush()
    return _drafted(award, language=language, by=by, now=now)


def write_amendment(test: TestGrant, *, language: str, by: Any, now: datetime) -> Agreement:
    """Put an agreed change of the milestones into a new version; it takes effect once both sides have signed it."""
    award, test = held(test)
    change = changes.open_of(test.id)
    if change is None or change.kind != "milestones" or change.status != "agreed":
        raise NotPlannedYet()
    agreement = _drafted(award, language=language, by=by, now=now, amends=True)
    change.agreement_id = agreement.id
    db.session.flush()
    return agreement


def planned(test: TestGrant, step: Step) -> Planned:
    """A milestone as grants plan its payment."""
    return Planned(step.title, Amounts.only(test.spending, step.amount), step.due_on, step.evidence)


def must_match(test: TestGrant, award: Award) -> None:
    """What is offered to be signed is what was planned. Raises PlanDiffers, NotPlannedYet."""
    steps = [each for each in queries.milestones_of(test.id) if each.status != "cancelled"]
    if not steps or not plans.adds_up(
        [each.line for each in queries.lines_of(test.id) if each.amount], award.amounts.total
    ):
        raise NotPlannedYet()
    parts = {each.id: each for each in award_queries.instalments_of(award.id) if each.status != "cancelled"}
    told = {each.instalment_id: (each.amount, each.due_on) for each in steps}
    if told != {number: (each.amounts.total, each.due_on) for number, each in parts.items()}:
        raise PlanDiffers()


def _drafted(award: Award, *, language: str, by: Any, now: datetime, amends: bool = False) -> Agreement:
    text = first_text(file_of(award))
    return agreements.draft(award, text=text, language=language, by=by, now=now, amends=amends)


def _must_be_open(test: TestGrant) -> None:
    version = agreement_queries.open_of(test.award_id)
    if test.status != "planned" or (version is not None and version.status == "offered"):
        raise PlanIsFixed()


def _must_be_seen(rows: Sequence[Any], fields: tuple[str, ...], seen: str | None) -> None:
    if seen is not None and seen != edition_of(rows, fields):
        raise ChangedMeanwhile()
