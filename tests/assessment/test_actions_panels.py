"""Preparing, opening and closing a panel, and what is put before it."""

import pytest

from civic.assessment import queries
from civic.assessment.actions import interests, items, panels
from civic.assessment.actions.panels import CriterionPlan
from civic.assessment.queries.items import active_of, assignments_of
from civic.assessment.queries.panels import assessors_of, seat_of
from civic.assessment.refusals import (
    CannotAssess,
    ChangedMeanwhile,
    CriteriaFixed,
    ElsewhereAssessed,
    NotReady,
    PanelClosed,
    SitsAlready,
    WouldLackAssessors,
)
from civic.core.db import db
from civic.core.money import GBP
from civic.core.states import IllegalMove, history

ASKED = (GBP(1000), GBP(500))


@pytest.fixture(autouse=True)
def _in_request(in_request):
    """Refusals are said in a language."""


def criteria(panel):
    return [(each.key, each.title, each.weight) for each in queries.criteria_of(panel)]


def enter(panel, subject="demo:1", **facts):
    told = {"title": "A bandstand", "language": "en", "recipient": "Friends", "asked": ASKED} | facts
    return items.enter(panel, subject, **told, now=panel.created_at)


def test_a_panel_is_found_by_its_owner(make):
    panel = make.panel("draft", owner="round:7")
    assert queries.panel_of("round:7") is panel
    assert queries.panel_of("round:8") is None
    assert (panel.quorum, panel.scale, panel.gap, panel.status) == (2, 5, 20, "draft")


def test_criteria_are_set_in_their_order_and_keep_their_keys(make, now):
    panel, by = make.panel("draft", criteria=()), make.runner()
    panels.set_criteria(panel, [CriterionPlan("Value", 20), CriterionPlan("Value", 30)], by=by, now=now)
    assert criteria(panel) == [("value", "Value", 20), ("value-2", "Value", 30)]
    first, second = map(panels.plan_of, queries.criteria_of(panel))
    ids = {each.key: each.id for each in queries.criteria_of(panel)}
    renamed = CriterionPlan("Worth", 5, key=first.key, anchors={"0": "None", "5": "All", "9": "Beyond the scale"})
    panels.set_criteria(panel, [second, renamed], by=by, now=now)
    assert criteria(panel) == [("value-2", "Value", 30), ("value", "Worth", 5)]
    assert {each.key: each.id for each in queries.criteria_of(panel)} == ids
    assert queries.criteria_of(panel)[1].anchors == {"0": "None", "5": "All"}
    panels.remove_criterion(queries.criteria_of(panel)[0], by=by, now=now)
    assert criteria(panel) == [("value", "Worth", 5)]


def test_one_criterion_is_put_in_its_place_unless_it_changed_meanwhile(make, now):
    panel, by = make.panel("draft"), make.runner()
    last = queries.criteria_of(panel)[2]
    seen = panels.edition_of(last)
    plan = CriterionPlan("Value for every pound", 25, key=last.key)
    panels.put_criterion(panel, plan, seen=seen, place=1, by=by, now=now)
    assert queries.criteria_of(panel)[0].title == "Value for every pound"
    with pytest.raises(ChangedMeanwhile):
        panels.put_criterion(panel, plan, seen=seen, place=1, by=by, now=now)
    panels.put_criterion(panel, CriterionPlan("Local support", 10), seen="", place=99, by=by, now=now)
    assert [each.title for each in queries.criteria_of(panel)][-1] == "Local support"


@pytest.mark.parametrize("status", ["open", "closed"])
def test_nobody_moves_the_criteria_once_the_panel_has_opened(make, now, status):
    panel, by = make.panel(status), make.runner()
    before = criteria(panel)
    with pytest.raises(CriteriaFixed):
        panels.set_criteria(panel, [CriterionPlan("Other", 1)], by=by, now=now)
    with pytest.raises(CriteriaFixed):
        panels.remove_criterion(queries.criteria_of(panel)[0], by=by, now=now)
    for fact in ({"scale": 4}, {"quorum": 3}, {"gap": 50}, {"publishes_scores": True}):
        with pytest.raises(CriteriaFixed):
            panels.tell(panel, fact, seen=panels.edition_of_settings(panel), by=by, now=now)
    assert criteria(panel) == before
    panels.tell(panel, {"title": "Round 7"}, seen=panels.edition_of_settings(panel), by=by, now=now)
    assert panel.title == "Round 7"


def test_settings_are_not_overwritten_by_somebody_who_did_not_see_them(make, now):
    panel, by = make.panel("draft"), make.runner()
    seen = panels.edition_of_settings(panel)
    panels.tell(panel, {"scale": 3, "gap": 30}, seen=seen, by=by, now=now)
    assert queries.criteria_of(panel)[0].anchors == {"0": "Nobody"}
    with pytest.raises(ChangedMeanwhile):
        panels.tell(panel, {"scale": 5}, seen=seen, by=by, now=now)


def test_a_panel_opens_with_criteria_and_enough_assessors_only(make, now):
    by = make.runner()
    for lacks, gaps in (
        ({"criteria": (), "assessors": 0}, ["criteria", "assessors"]),
        ({"assessors": 1}, ["assessors"]),
        ({"criteria": ()}, ["criteria"]),
        ({"assessors": 2, "quorum": 3}, ["assessors"]),
    ):
        panel = make.panel("draft", **lacks)
        with pytest.raises(NotReady) as refused:
            panels.open(panel, by=by, now=now)
        assert refused.value.gaps == gaps
    panel = make.panel("draft")
    panels.open(panel, by=by, now=now)
    with pytest.raises(IllegalMove):
        panels.open(panel, by=by, now=now)
    panels.close(panel, by=by, now=now)
    panels.reopen(panel, why="An appeal was upheld.", by=by, now=now)
    assert [(move.verb, move.why) for move in history(panel)][-1] == ("reopen", "An appeal was upheld.")


def test_a_seat_needs_a_role_that_assesses(make, now):
    panel, by = make.panel("draft"), make.runner()
    for role in ("assessor", "funds_officer", "challenge_manager"):
        assert panels.seat(panel, make.staff(role), by=by, now=now).id
    suspended = make.staff("assessor")
    suspended.status = "suspended"
    for person in (make.member(), make.staff("approver"), make.staff("researcher"), suspended):
        with pytest.raises(CannotAssess):
            panels.seat(panel, person, by=by, now=now)
    with pytest.raises(SitsAlready):
        panels.seat(panel, db.session.get(type(by), assessors_of(panel)[0].user_id), by=by, now=now)
    with pytest.raises(PanelClosed):
        panels.seat(make.panel("closed"), make.staff("assessor"), by=by, now=now)


def test_who_leaves_the_panel_frees_what_was_not_sent_and_leaves_what_was(make, now):
    panel, by = make.panel(assessors=3), make.runner()
    leaving, staying = (db.session.get(type(by), row.user_id) for row in assessors_of(panel)[:2])
    sent, unsent, undeclared = (make.item(panel) for _ in range(3))
    make.send(make.assignment(sent, leaving), 4)
    make.assignment(unsent, leaving)
    make.assignment(undeclared, leaving, "assigned")
    panels.unseat(seat_of(panel.id, leaving.id), why="Leaves City Hall.", by=by, now=now)
    assert [each.status for item in (sent, unsent, undeclared) for each in assignments_of(item)] == [
        "submitted",
        "released",
        "released",
    ]
    with pytest.raises(WouldLackAssessors):
        panels.unseat(seat_of(panel.id, staying.id), why="Too.", by=by, now=now)
    again = panels.seat(panel, leaving, by=by, now=now)
    assert make.assignment(unsent, leaving).status == "reading"
    assert again.removed_at is None


def test_a_thing_is_entered_once_and_told_anew_until_scores_come_in(make, now):
    panel = make.panel()
    item = enter(panel)
    assert enter(panel, title="A larger bandstand", asked=(GBP(2000), GBP(0))) is item
    assert (item.title, item.asked) == ("A larger bandstand", (GBP(2000), GBP(0)))
    people = [db.session.get(type(make.runner()), row.user_id) for row in assessors_of(panel)]
    make.assignment(item, people[1])
    make.send(make.assignment(item, people[0]), 3)
    enter(panel, title="A palace")
    assert item.title == "A larger bandstand"
    with pytest.raises(ElsewhereAssessed):
        enter(make.panel())


def test_nothing_is_entered_in_a_panel_that_has_closed(make):
    with pytest.raises(PanelClosed):
        enter(make.panel("closed"))


def test_what_is_withdrawn_has_no_result_and_comes_back_with_its_scores(make, now):
    panel = make.panel()
    item = make.assessed(panel, 4, 4, agreed=True, subject="demo:9")
    assert queries.result_of("demo:9").is_agreed
    items.withdraw("demo:9", why="Not eligible.", by=None, now=now)
    items.withdraw("demo:9", why="Again.", by=None, now=now)
    items.withdraw("demo:404", why="Unknown.", by=None, now=now)
    assert (item.status, queries.result_of("demo:9")) == ("withdrawn", None)
    assert [move.why for move in history(item) if move.verb == "withdraw"] == ["Not eligible."]
    enter(panel, "demo:9")
    assert (item.status, item.result_bps) == ("scored", 8000)
    assert not queries.result_of("demo:9").is_agreed
    assert len(active_of(item)) == 2


def test_a_thing_that_came_back_while_one_was_missing_waits_for_them(make, now):
    panel = make.panel()
    item = make.item(panel, "demo:3")
    people = [db.session.get(type(make.runner()), row.user_id) for row in assessors_of(panel)]
    make.send(make.assignment(item, people[0]), 3)
    mine = make.assignment(item, people[1], "assigned")
    items.withdraw("demo:3", why="A mistake.", by=make.runner(), now=now)
    interests.declare("demo:3", user=people[1], has_interest=False, words="", now=now)
    assert mine.status == "reading"
    enter(panel, "demo:3")
    assert item.status == "waiting"
    make.send(mine, 3)
    assert item.status == "scored"
