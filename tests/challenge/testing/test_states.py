"""Every state × every verb: what a test, a milestone and a change let happen to them, and what they refuse."""

from collections.abc import Callable
from typing import Any

import pytest

from civic.challenge.testing.actions import changes, milestones, offering, planning, spending
from civic.challenge.testing.actions.changes import Wish
from civic.challenge.testing.models import Change, Milestone, SubsidyNotice, TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.rules.choices import CHANGE_STATES, MILESTONE_STATES, NOTICE_STATES, TEST_STATES
from civic.core.db import db
from civic.core.errors import CivicError
from civic.grants.queries import awards as award_queries

pytestmark = pytest.mark.usefixtures("in_request")

# Who has spoken, what was judged: each act as a page would ask for it, in the name of somebody who may.
ACTS: dict[str, tuple[set[str], Callable[[Any, Any], Any]]] = {
    "declare": ({"planned"}, lambda make, test: make.declared(test)),
    "plan": ({"planned"}, lambda make, test: make.plan_test(test)),
    "decline": (
        {"planned"},
        lambda make, test: offering.decline(test, words="", by=make.test_people.owner, now=make.now),
    ),
    "offer again": (
        {"ended"},
        lambda make, test: offering.offer(test.application, make.test_terms(), by=make.test_people.manager, now=make.now),
    ),
    "hand in": ({"running"}, lambda make, test: make.reach_milestone(test, 3, signed=False)),
    "write evidence": (
        {"running"},
        lambda make, test: milestones.write(make.milestone(test, 3), words="x", language="en"),
    ),
    "report": ({"running"}, lambda make, test: make.spent(test, 0)),
    "ask for a pivot": (
        {"running"},
        lambda make, test: changes.ask(
            test, Wish("pivot", "x", "y"), side="startup", by=make.test_people.owner, now=make.now
        ),
    ),
    "ask to stop": (
        {"running"},
        lambda make, test: changes.ask(test, Wish("stop", "x"), side="manager", by=make.test_people.manager, now=make.now),
    ),
    "amend": (set(), lambda make, test: planning.write_amendment(test, language="en", by=make.test_people.manager, now=make.now)),
    "ask back": (
        {"stopped"},
        lambda make, test: spending.ask_back(
            test, kind="underspend", why="x", language="en", by=make.test_people.manager, now=make.now
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("state", TEST_STATES)
def test_a_test_lets_happen_what_its_state_allows_and_nothing_else(make, state, problems):
    test = make.test_grant(state)
    if state == "ended":
        # It was declined, so the match is lost with it; as after a refused recommendation it would be matched still.
        test.application.status = "matched"
        db.session.commit()
    done = set()
    for name, (_allowed, act) in ACTS.items():
        try:
            act(make, queries.fresh(test.id))
            db.session.flush()
            done.add(name)
        except (CivicError, StopIteration, IndexError):
            pass
        db.session.rollback()
    final = {"report"} if state == "stopped" else set()  # the final report is still owed
    assert done - final == {name for name, (allowed, _act) in ACTS.items() if state in allowed}
    assert problems() == []


@pytest.mark.parametrize(
    ("model", "states"),
    [
        (TestGrant, TEST_STATES),
        (Milestone, MILESTONE_STATES),
        (Change, CHANGE_STATES),
        (SubsidyNotice, NOTICE_STATES),
    ],
)
def test_every_state_can_be_reached_and_every_move_leads_to_a_state(model, states):
    moves = model.TRANSITIONS
    assert {before for before, _ in moves} | set(moves.values()) == set(states)
    reached = {states[0]}
    while new := {after for (before, _), after in moves.items() if before in reached} - reached:
        reached |= new
    assert reached == set(states)


VERBS = {
    "hand_in": lambda make, step: milestones.hand_in(
        step, words="x", language="en", by=make.test_people.owner, now=make.now
    ),
    "return": lambda make, step: milestones.send_back(
        step, why="x", language="en", by=make.test_people.signer, now=make.now
    ),
    "sign_off": lambda make, step: milestones.sign_off(
        step, words="", language="en", as_role="Head", by=make.test_people.signer, now=make.now
    ),
    "reopen": lambda make, step: milestones.reopen(step, why="x", by=None, now=make.now),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", MILESTONE_STATES)
def test_a_milestone_moves_only_as_its_table_says(make, state, verb):
    test = make.test_grant("stopped" if state == "cancelled" else "running")
    place = 2 if state == "cancelled" else 1
    if state in ("handed_in", "signed_off"):
        make.reach_milestone(test, signed=state == "signed_off")
        db.session.commit()
    step = make.milestone(test, place)
    assert step.status == state
    expected = Milestone.TRANSITIONS.get((state, verb))
    try:
        VERBS[verb](make, step)
        assert make.milestone(test, place).status == expected
    except CivicError:
        assert expected is None


@pytest.mark.parametrize("verb", ["agree", "decline", "withdraw"])
@pytest.mark.parametrize("state", CHANGE_STATES)
def test_a_change_moves_only_as_its_table_says(make, state, verb):
    people, test = make.test_people, make.test_grant("running")
    wish = Wish("stop", "x") if state == "agreed" else Wish("pivot", "x", "y")
    change = changes.ask(test, wish, side="startup", by=people.owner, now=make.now)
    no = {"why": "No.", "language": "en"}
    if state in ("done", "agreed"):
        if state == "done":
            changes.agree(change, side="partner", by=people.signer, now=make.now)
        changes.agree(change, side="manager", by=people.manager, now=make.now)
    elif state == "declined":
        changes.decline(change, side="partner", **no, by=people.signer, now=make.now)
    elif state == "withdrawn":
        changes.withdraw(change, side="startup", by=people.owner, now=make.now)
    db.session.commit()
    assert change.status == state
    acts: dict[str, Callable[[], Any]] = {
        "agree": lambda: changes.agree(change, side="partner", by=people.signer, now=make.now),
        "decline": lambda: changes.decline(change, side="partner", **no, by=people.signer, now=make.now),
        "withdraw": lambda: changes.withdraw(change, side="startup", by=people.owner, now=make.now),
    }
    if state == "asked":
        acts[verb]()
        assert change.status == {"agree": "asked", "decline": "declined", "withdraw": "withdrawn"}[verb]
        return
    with pytest.raises(CivicError):
        acts[verb]()
    assert [each.status for each in award_queries.instalments_of(test.award_id)] == ["planned"] * 3
