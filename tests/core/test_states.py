"""States: the table is the only way, and every move leaves a trace."""

import pytest

from civic.core.db import db
from civic.core.states import IllegalMove, advance, can, history


class Lamp:
    """A thing with states, without a table of its own."""

    TRANSITIONS = {("off", "light"): "on", ("on", "quench"): "off"}
    __tablename__ = "lamp"

    def __init__(self) -> None:
        self.id, self.status = 1, "off"


def test_every_state_and_verb_is_walked(in_request, now):
    for state in ("off", "on"):
        for verb in ("light", "quench", "break"):
            lamp = Lamp()
            lamp.status = state
            if (state, verb) in Lamp.TRANSITIONS:
                assert can(lamp, verb)
                advance(lamp, verb, by=None, now=now)
                assert lamp.status == Lamp.TRANSITIONS[state, verb]
            else:
                assert not can(lamp, verb)
                with pytest.raises(IllegalMove):
                    advance(lamp, verb, by=None, now=now)
                assert lamp.status == state


def test_each_move_is_on_record(in_request, now):
    lamp = Lamp()
    advance(lamp, "light", by=None, now=now, why="it is dark")
    advance(lamp, "quench", by=None, now=now)
    db.session.flush()
    assert [(move.before, move.verb, move.after, move.why) for move in history(lamp)] == [
        ("off", "light", "on", "it is dark"),
        ("on", "quench", "off", ""),
    ]
