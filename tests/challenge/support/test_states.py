"""Every state × every verb: what the table allows happens and leaves a line of history, everything else is refused."""

import pytest

from civic.challenge.support.models import (
    ChallengeOutcome,
    DemoDay,
    DemoRegistration,
    Mentor,
    Mentoring,
    PlanAction,
    SupportSession,
)
from civic.challenge.support.rules import choices
from civic.core.states import IllegalMove, advance, can, history

TABLES = {
    PlanAction: choices.ACTION_STATES,
    Mentor: choices.MENTOR_STATES,
    Mentoring: choices.PAIR_STATES,
    SupportSession: choices.SESSION_STATES,
    DemoDay: choices.DAY_STATES,
    DemoRegistration: choices.PLACE_STATES,
    ChallengeOutcome: choices.OUTCOME_STATES,
}
EVERY = [
    (model, state, verb)
    for model, states in TABLES.items()
    for state in states
    for verb in sorted({verb for _, verb in model.TRANSITIONS})
]


def test_tables_name_no_state_that_the_database_refuses():
    for model, states in TABLES.items():
        named = {before for before, _ in model.TRANSITIONS} | set(model.TRANSITIONS.values())
        assert named <= set(states), model.__name__


@pytest.mark.parametrize("model,state,verb", EVERY, ids=lambda each: getattr(each, "__name__", each))
def test_a_verb_does_what_the_table_says_or_nothing(model, state, verb):
    row = model(status=state)
    assert can(row, verb) == ((state, verb) in model.TRANSITIONS)
    if not can(row, verb):
        with pytest.raises(IllegalMove):
            advance(row, verb, by=None, now=None)
        assert row.status == state


def test_a_move_leaves_a_line_of_history(make, now):
    pair = make.mentoring(make.journey())
    session = make.support_session(pair)
    advance(session, "cancel", by=None, now=now, why="Ill")
    assert [(each.before, each.verb, each.after, each.why) for each in history(session)] == [
        ("booked", "cancel", "cancelled", "Ill")
    ]
