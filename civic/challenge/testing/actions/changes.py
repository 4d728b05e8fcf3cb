"""Changes of a running test: asked for by one side, agreed by the others, and carried out; nobody speaks for two sides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from civic.accounts.models import User
from civic.challenge.applying.queries.seats import acts_for_startup
from civic.challenge.testing.actions import milestones, planning
from civic.challenge.testing.actions.holding import held, part
from civic.challenge.testing.actions.telling import tell_side
from civic.challenge.testing.models import Change, ChangeYes, Milestone, TestGrant
from civic.challenge.testing.queries import changes as queries
from civic.challenge.testing.queries import tests as test_queries
from civic.challenge.testing.refusals import OneChangeAtATime, SomethingIsHandedIn, SpeaksAlready
from civic.challenge.testing.rules import changes as rules
from civic.challenge.testing.rules import plans
from civic.challenge.testing.rules.choices import SIDES
from civic.challenge.testing.rules.plans import Line, Step
from civic.core import audit
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.states import IllegalMove, advance, can
from civic.grants.actions import decisions, instalments, reports
from civic.grants.actions.standing import must_be_impartial
from civic.grants.models import Award
from civic.grants.proposing import Terms
from civic.grants.queries import awards as award_queries
from civic.grants.rules.amounts import Amounts


@dataclass(frozen=True)
class Wish:
    """What is asked for: rows of milestones or of the budget, what the solution becomes, or that it stops."""

    kind: str
    why: str
    what: str = ""
    language: str = "en"
    steps: Sequence[Step] = ()
    lines: Sequence[tuple[int | None, Line]] = field(default_factory=tuple)


def ask(test: TestGrant, wish: Wish, *, side: str, by: Any, now: datetime) -> Change:
    """Ask for a change for one side. Raises OneChangeAtATime, SomethingIsHandedIn, DoesNotAddUp, NotInOrder, InThePast, IllegalMove."""
    award, test = held(test)
    if test.status != "running" or not rules.may_ask(wish.kind, side):
        raise IllegalMove()
    _must_speak_for(test, side, by)
    if queries.open_of(test.id) is not None:
        raise OneChangeAtATime()
    change = Change(
        test_id=test.id, kind=wish.kind, side=side, why=wish.why, what=wish.what, language=wish.language,
        plan=_planned(test, award, wish, now), asked_by_id=by.id, asked_at=now,
    )  # fmt: skip
    db.session.add(change)
    db.session.flush()
    audit.record("test_change.asked", on=change, by=by, now=now, why=wish.why, after={"kind": wish.kind})
    _tell_others(test, change, "asked", by=by, now=now)
    _say_yes(test, award, change, side, by=by, now=now)
    return change


def agree(change: Change, *, side: str, by: Any, now: datetime) -> None:
    """Say yes to it for one side.

    Raises SpeaksAlready, BothSides, SomethingIsHandedIn, IllegalMove, and what grants have against an end.
    """
    award, test, change = part(change)
    if change.status != "asked" or side not in rules.missing(change.kind, queries.yes_of(change.id)):
        raise IllegalMove()
    _must_speak_for(test, side, by)
    if any(each.person_id == by.id for each in queries.yes_of(change.id).values()):
        raise SpeaksAlready()
    _say_yes(test, award, change, side, by=by, now=now)


def decline(change: Change, *, side: str, why: str, language: str, by: Any, now: datetime) -> None:
    """Say no to it for one side, and say why; the test goes on as it was agreed."""
    _, test, change = part(change)
    if side not in rules.missing(change.kind, queries.yes_of(change.id)):
        raise IllegalMove()
    _must_speak_for(test, side, by)
    _end(test, change, "decline", why, language=language, by=by, now=now)


def withdraw(change: Change, *, side: str, by: Any, now: datetime) -> None:
    """Take one's own side's request back before it is agreed."""
    _, test, change = part(change)
    if change.side != side or not can(change, "withdraw"):
        raise IllegalMove()
    _must_speak_for(test, side, by)
    change.ended_at = now
    advance(change, "withdraw", by=by, now=now)
    audit.record("test_change.withdrawn", on=change, by=by, now=now)


# What happens by itself.


def lapse(test: TestGrant, change: Change, why: str, *, now: datetime) -> None:
    """The new version was taken back, or the end was refused: nothing changes."""
    if can(change, "lapse"):
        _end(test, change, "lapse", why, language="en", by=None, now=now)


def carry_out(test: TestGrant, award: Award, change: Change, *, now: datetime) -> None:
    """A new version is in force, or the test was stopped: the change is done."""
    change = locked(Change, change.id)
    if change.kind == "milestones":
        _move_milestones(test, award, change, now)
    _done(test, change, now)


def close_open(test: TestGrant, why: str, *, now: datetime) -> None:
    """The test is over, and with it whatever was asked for."""
    found = queries.open_of(test.id)
    if found is None:
        return
    change: Change = locked(Change, found.id)
    if change.kind == "stop" and change.status == "agreed":
        _done(test, change, now)
    elif change.status == "agreed":
        _end(test, change, "lapse", why, language="en", by=None, now=now)
    else:
        _end(test, change, "decline", why, language="en", by=None, now=now)


def steps_of(change: Change) -> list[Step]:
    """The milestones that were asked for."""
    return [Step(title, evidence, date.fromisoformat(day), Money(minor)) for title, evidence, day, minor in change.plan]


def lines_of(change: Change) -> list[tuple[int | None, Line]]:
    """The budget that was asked for."""
    return [(number, Line(category, title, Money(minor))) for number, category, title, minor in change.plan]


def movable(test: TestGrant, award: Award) -> list[Milestone]:
    """The milestones that a change may move: none that waits to be judged or paid. Raises SomethingIsHandedIn."""
    found = test_queries.milestones_of(test.id)
    planned = [each for each in found if each.status == "planned"]
    waiting = {each.id for each in award_queries.planned_of(award.id)}
    if any(each.status == "handed_in" for each in found) or waiting != {each.instalment_id for each in planned}:
        raise SomethingIsHandedIn()
    return planned


def _planned(test: TestGrant, award: Award, wish: Wish, now: datetime) -> list[Any]:
    if wish.kind == "milestones":
        movable(test, award)
        planning.must_be_sound(wish.steps, award.amounts.total - _fixed(test), now)
        return [[each.title, each.evidence, each.due_on.isoformat(), each.amount.minor] for each in wish.steps]
    if wish.kind == "budget":
        if not plans.adds_up([line for _, line in wish.lines], test.grant):
            raise planning.DoesNotAddUp()
        return [[number, line.category, line.title, line.amount.minor] for number, line in wish.lines]
    return []


def _fixed(test: TestGrant) -> Money:
    """What milestones come to that no change moves any more."""
    rows = test_queries.milestones_of(test.id)
    return sum((each.amount for each in rows if each.status == "signed_off"), Money(0))


def _say_yes(test: TestGrant, award: Award, change: Change, side: str, *, by: Any, now: datetime) -> None:
    db.session.add(ChangeYes(change_id=change.id, side=side, person_id=by.id, at=now))
    db.session.flush()
    if not rules.is_agreed(change.kind, queries.yes_of(change.id)):
        return
    advance(change, "agree", by=by, now=now)
    audit.record("test_change.agreed", on=change, by=by, now=now)
    if change.kind == "milestones":
        movable(test, award)
        for told in ("startup", "manager"):
            tell_side(test, told, "change", now=now, by=by, change=change.id, what="agreed")
    elif change.kind == "stop":
        # Only grants end an award: consulted on and decided like any other change of it.
        terms = Terms(Amounts(), change.why, language=change.language)
        change.decision_id = decisions.recommend_change(award, terms, by=by, now=now).id
        _tell_others(test, change, "agreed", by=by, now=now)
    else:
        if change.kind == "pivot":
            test.pivots += 1
        else:
            planning.set_budget(test, lines_of(change), language=change.language)
        _done(test, change, now)


def _move_milestones(test: TestGrant, award: Award, change: Change, now: datetime) -> None:
    known, steps = movable(test, award), steps_of(change)
    made = planning.set_out(test, known, steps, language=change.language)
    manager = queries.yes_of(change.id)["manager"].person_id
    by = db.session.get_one(User, manager)
    parts = [planning.planned(test, step) for step in steps]
    for milestone in made:
        milestone.instalment_id = None
    db.session.flush()
    for milestone, instalment in zip(
        made, instalments.plan(award, parts, language=change.language, by=by, now=now), strict=True
    ):
        milestone.instalment_id = instalment.id
    sent = {each.kind for each in award_queries.reports_of(award.id) if each.status not in ("due", "waived")}
    if "final" not in sent:
        reports.schedule(award, plans.report_days(steps), by=by, now=now)
    db.session.flush()


def _done(test: TestGrant, change: Change, now: datetime) -> None:
    change.ended_at = now
    advance(change, "carry_out", by=None, now=now)
    _tell_others(test, change, "done", by=None, now=now)


def _end(test: TestGrant, change: Change, verb: str, why: str, *, language: str, by: Any | None, now: datetime) -> None:
    change.answer, change.answer_language, change.ended_at = why or "–", language, now
    advance(change, verb, by=by, now=now, why=why)
    audit.record("test_change.declined", on=change, by=by, now=now, why=why)
    _tell_others(test, change, "declined", by=by, now=now)


def _must_speak_for(test: TestGrant, side: str, by: Any) -> None:
    if side == "partner":
        milestones.must_speak_for_partner(test, by)
    elif side == "manager":
        must_be_impartial(test.subject, by)
    else:
        assert acts_for_startup(test.startup_id, by.id), "the door lets nobody else speak for the startup"


def _tell_others(test: TestGrant, change: Change, what: str, *, by: Any | None, now: datetime) -> None:
    for side in SIDES:
        tell_side(test, side, "change", now=now, by=by, change=change.id, what=what)
