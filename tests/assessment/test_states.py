"""Every state and every verb of panels, items and assignments; and what PostgreSQL itself refuses."""

import pytest
import sqlalchemy as sa

from civic.assessment.models import AgreedScore, Assignment, Criterion, Declaration, Item, Panel, Score
from civic.assessment.queries import criteria_of
from civic.assessment.rules.choices import ASSIGNMENT_STATES, ITEM_STATES, PANEL_STATES
from civic.core.db import db
from civic.core.states import IllegalMove, advance, can, history


def walk(row, model, states, prepare):
    """Try every verb in every state; only what the table knows moves, and each move is on record."""
    done = 0
    for state in states:
        for verb in sorted({verb for _, verb in model.TRANSITIONS}):
            prepare(state)
            wanted = model.TRANSITIONS.get((state, verb))
            assert can(row, verb) == (wanted is not None)
            if wanted is None:
                with pytest.raises(IllegalMove):
                    advance(row, verb, by=None, now=row_now)
                assert row.status == state
            else:
                if model is Item:
                    figures_for(row, wanted)
                advance(row, verb, by=None, now=row_now)
                assert row.status == wanted
                done += 1
    assert done == len(model.TRANSITIONS)
    assert set(model.TRANSITIONS.values()) <= set(states)


row_now = None


@pytest.fixture(autouse=True)
def _now(now):
    global row_now
    row_now = now


def figures_for(item, status):
    """An item that is in has its figures, and no other has."""
    item.result_bps = item.spread_bps = 5000 if status in ("scored", "agreed") else None


def test_every_move_of_a_panel(in_request, make):
    panel = make.panel("draft")

    def prepare(state):
        panel.status = state
        db.session.flush()

    walk(panel, Panel, PANEL_STATES, prepare)


def test_every_move_of_an_item(in_request, make):
    item = make.item(make.panel())

    def prepare(state):
        item.status = state
        figures_for(item, state)
        db.session.flush()

    walk(item, Item, ITEM_STATES, prepare)


def test_every_move_of_an_assignment(in_request, make, now):
    panel = make.panel()
    mine = make.assignment(make.item(panel), assessor(panel), "assigned")
    mine.submitted_at = now

    def prepare(state):
        mine.status = state
        db.session.flush()

    walk(mine, Assignment, ASSIGNMENT_STATES, prepare)
    assert len(history(mine)) == len(Assignment.TRANSITIONS)


def assessor(panel):
    from civic.accounts.models import User
    from civic.assessment.queries.panels import assessors_of

    return db.session.get_one(User, assessors_of(panel)[0].user_id)


@pytest.fixture
def whole(in_request, make):
    """A panel with an item that was agreed in a meeting."""
    from civic.assessment.actions import moderating

    panel = make.panel()
    item = make.assessed(panel, 5, 1)
    moderating.agree(item, make.marks(panel, 3), make.meeting(panel), by=make.runner(), now=make.now)
    return panel


@pytest.mark.parametrize("model", [Score, AgreedScore, Declaration])
def test_what_was_scored_agreed_and_declared_is_never_changed(whole, model):
    table = model.__table__
    assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) > 0
    for statement in (sa.update(table).values(language="pl"), sa.delete(table)):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.session.begin_nested():
            db.session.execute(statement)


@pytest.mark.parametrize("status", ["open", "closed"])
def test_criteria_stay_as_they_were_opened_whatever_the_code_does(in_request, make, status):
    panel = make.panel(status)
    one = criteria_of(panel)[0]
    more = Criterion.__table__.insert().values(
        panel_id=panel.id, position=9, key="more", title="More", guidance="", weight=1, anchors={}
    )
    for statement in (sa.update(Criterion.__table__).values(weight=99), sa.delete(Criterion.__table__), more):
        with pytest.raises(sa.exc.IntegrityError, match="criteria are fixed"), db.session.begin_nested():
            db.session.execute(statement)
    db.session.refresh(one)
    assert one.weight == 50


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "scored"},
        {"result_bps": 10_001, "spread_bps": 0, "status": "scored"},
        {"result_bps": 1, "status": "scored"},
        {"result_bps": 1, "spread_bps": 1},
        {"asked_capital_minor": -1},
        {"status": "odd"},
    ],
)
def test_an_item_has_figures_exactly_when_it_is_in(in_request, make, facts):
    make.item(make.panel())
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(Item.__table__).values(**facts))


@pytest.mark.parametrize(
    "facts", [{"quorum": 1}, {"scale": 0}, {"scale": 11}, {"gap": 0}, {"gap": 101}, {"status": "x"}]
)
def test_a_panel_keeps_its_bounds(in_request, make, facts):
    make.panel("draft")
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(Panel.__table__).values(**facts))


def test_nobody_lifts_their_own_interest_whatever_the_code_does(in_request, make, now):
    row = {"subject": "demo:1", "user_id": 7, "has_interest": False, "language": "en", "declared_at": now}
    for wrong in (
        {"words": "It is over.", "lifted_by_id": 7},
        {"words": "", "lifted_by_id": 8},
        {"words": "", "has_interest": True, "lifted_by_id": None},
        {"words": "So", "has_interest": True, "lifted_by_id": 8},
    ):
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(Declaration.__table__.insert().values(**(row | wrong)))
