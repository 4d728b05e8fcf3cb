"""Every state × every verb: of calls, applications and interviews."""

from datetime import timedelta

import pytest

from civic.challenge.applying.models import Call, ChallengeApplication, Interview
from civic.challenge.applying.rules.choices import APPLICATION_STATES, CALL_STATES, INTERVIEW_STATES
from civic.core.db import db
from civic.core.states import IllegalMove, advance, can, history

VERBS = {
    model: sorted({verb for _state, verb in model.TRANSITIONS}) for model in (Call, ChallengeApplication, Interview)
}


def walk(row, verb, now):
    """Try a verb; whether the table allows it, with one line of history where it does."""
    before, allowed = row.status, can(row, verb)
    _ready(row, verb, now)
    if not allowed:
        with pytest.raises(IllegalMove):
            advance(row, verb, by=None, now=now)
        assert row.status == before and history(row) == []
        return
    advance(row, verb, by=None, now=now)
    db.session.flush()
    assert row.status == row.TRANSITIONS[(before, verb)]
    assert [(each.before, each.verb, each.after) for each in history(row)] == [(before, verb, row.status)]


def _ready(row, verb, now):
    if isinstance(row, ChallengeApplication):
        row.submitted_at = row.submitted_at or (now if verb == "submit" else None)
        row.feedback = row.feedback or ("Why." if verb in ("rule_out", "pass_over") else "")
        row.matched_at = row.matched_at or (now if verb == "match" else None)
    elif isinstance(row, Call):
        row.unsealed_at = row.unsealed_at or (now if verb == "unseal" and row.status == "open" else None)
        row.shortlisted_at = row.shortlisted_at or now
    elif verb == "hold" and row.status == "planned":
        row.record = "They showed it."


@pytest.mark.parametrize("verb", VERBS[ChallengeApplication])
@pytest.mark.parametrize("status", APPLICATION_STATES)
def test_applications(make, now, status, verb):
    walk(make.challenge_application(status=status), verb, now)


@pytest.mark.parametrize("verb", VERBS[Call])
@pytest.mark.parametrize("status", CALL_STATES)
def test_calls(make, now, status, verb):
    walk(make.call(status=status), verb, now)


@pytest.mark.parametrize("verb", VERBS[Interview])
@pytest.mark.parametrize("status", INTERVIEW_STATES)
def test_interviews(make, now, status, verb):
    made = Interview(
        application_id=make.challenge_application().id, status=status, at=now + timedelta(days=1), place="Here",
        record="They showed it." if status == "held" else "", planned_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    walk(made, verb, now)


def test_every_state_is_reached_and_no_table_knows_a_state_that_is_none():
    for model, states, first in (
        (Call, CALL_STATES, "draft"), (ChallengeApplication, APPLICATION_STATES, "draft"), (Interview, INTERVIEW_STATES, "planned"),
    ):  # fmt: skip
        reached = {first, *model.TRANSITIONS.values()}
        assert reached == set(states)
        assert {state for state, _verb in model.TRANSITIONS} <= set(states)
