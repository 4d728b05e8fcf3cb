"""Who is asked to judge, who cannot be, and what an interest does at once."""

import pytest

from civic.accounts.models import User
from civic.assessment import queries
from civic.assessment.actions import assigning, interests, items, panels, scoring
from civic.assessment.events import ItemReopened
from civic.assessment.models import Declaration, Item, Score
from civic.assessment.queries.items import active_of, assignments_of, could_be_asked, once_in, waiting_for
from civic.assessment.queries.panels import assessors_of, loads_of, seat_of
from civic.assessment.refusals import (
    AlreadyAsked,
    ChangedMeanwhile,
    HasInterest,
    HasSeenScores,
    IsParty,
    LiftsOwn,
    NothingToLift,
    NothingToShare,
    NotOnPanel,
    NotToBeAssessed,
    OwnInterest,
    PanelNotOpen,
    StandsAlready,
    WasRecused,
)
from civic.core import announcements, subjects
from civic.core.db import db
from civic.core.states import IllegalMove, history


@pytest.fixture(autouse=True)
def _in_request(in_request):
    """Refusals are said in a language."""


@pytest.fixture
def panel(make):
    return make.panel(assessors=4)


@pytest.fixture
def people(panel):
    return sitting_on(panel)


def sitting_on(panel):
    return [db.session.get_one(User, row.user_id) for row in assessors_of(panel)]


def states(item):
    return [each.status for each in assignments_of(item)]


def declare(item, user, has_interest=True, words="They are my neighbours."):
    return interests.declare(item.subject, user=user, has_interest=has_interest, words=words, now=item.added_at)


def refused(error, item, user, by, now):
    before = states(item)
    with pytest.raises(error):
        assigning.assign(item, user, by=by, now=now)
    assert states(item) == before


# Asking by hand.


def test_only_who_sits_on_the_open_panel_is_asked_and_once(make, now, panel, people):
    item, by = make.item(panel), make.runner()
    refused(NotOnPanel, item, make.staff("assessor"), by, now)
    assert assigning.assign(item, people[0], by=by, now=now).status == "assigned"
    refused(AlreadyAsked, item, people[0], by, now)
    panels.unseat(seat_of(panel.id, people[3].id), why="Leaves.", by=by, now=now)
    refused(NotOnPanel, item, people[3], by, now)
    panels.close(panel, by=by, now=now)
    refused(PanelNotOpen, item, people[1], by, now)


def test_nobody_is_asked_about_what_they_have_an_interest_in_or_stand_behind(make, now, panel, people, demo):
    item, by = make.item(panel, "demo:5"), make.runner()
    declare(item, people[0])
    refused(HasInterest, item, people[0], by, now)
    demo.parties[5] = {people[1].id}
    refused(IsParty, item, people[1], by, now)


def test_who_was_taken_off_for_an_interest_is_never_asked_again_even_once_it_is_lifted(make, now, panel, people):
    item, by = make.item(panel), make.runner()
    make.assignment(item, people[0], "recused")
    interests.lift(item.subject, people[0], why="Another person of the same name.", by=by, now=now)
    assert not queries.has_interest(item.subject, people[0].id)
    refused(WasRecused, item, people[0], by, now)


def test_who_may_have_read_the_scores_of_others_cannot_judge_blindly_any_more(make, now):
    officer = make.staff("funds_officer")
    plain = make.staff("assessor")
    panel = make.panel(assessors=[make.staff("assessor"), make.staff("assessor"), officer, plain])
    item, by = make.item(panel), make.runner()
    first, second = sitting_on(panel)[:2]
    sitting = [person for person in sitting_on(panel) if person.id not in (officer.id, plain.id)]
    first, second = sitting
    for person in (first, second):
        make.send(make.assignment(item, person), 3)
    assert item.status == "scored"
    refused(HasSeenScores, item, officer, by, now)
    assigning.assign(item, plain, by=by, now=now)
    assert (item.status, item.result_bps) == ("waiting", None)
    declare(item, plain)
    assert item.status == "scored"
    declare(item, first)
    assert item.status == "waiting"
    assert assigning.plan(panel).unfilled == [item.id], "nobody blind is left"


def test_an_agreed_or_withdrawn_item_asks_nobody_more(make, now, panel, people):
    by = make.runner()
    agreed = make.item(panel)
    for person in people[:2]:
        make.send(make.assignment(agreed, person), 3)
    from civic.assessment.actions import moderating

    moderating.let_mean_stand(agreed, by=by, now=now)
    refused(NotToBeAssessed, agreed, people[2], by, now)
    gone = make.item(panel, "demo:77")
    items.withdraw("demo:77", why="Withdrawn.", by=by, now=now)
    refused(NotToBeAssessed, gone, people[2], by, now)


def test_an_officer_with_an_interest_has_no_hand_in_it(make, now, panel, people, demo):
    item, officer = make.item(panel, "demo:8"), make.staff("funds_officer")
    mine = make.assignment(item, people[0], "assigned")
    for hidden in (lambda: demo.parties.update({8: {officer.id}}), lambda: declare(item, officer)):
        hidden()
        refused(OwnInterest, item, people[1], officer, now)
        with pytest.raises(OwnInterest):
            assigning.release(mine, why="x", by=officer, now=now)
        demo.parties.clear()


def test_what_was_sent_is_not_taken_off_anybody(make, now, panel, people):
    item, by = make.item(panel), make.runner()
    sent = make.send(make.assignment(item, people[0]), 1)
    with pytest.raises(IllegalMove):
        assigning.release(sent, why="Too low.", by=by, now=now)
    unsent = make.assignment(item, people[1])
    assigning.release(unsent, why="On leave.", by=by, now=now)
    assert states(item) == ["submitted", "released"]
    assert history(unsent)[-1].why == "On leave."
    assert make.assignment(item, people[1], "assigned").status == "assigned"


def test_taking_off_the_last_who_is_missing_lets_the_others_count(make, now, panel, people):
    item, by = make.item(panel), make.runner()
    late = make.assignment(item, people[2])
    for person in people[:2]:
        make.send(make.assignment(item, person), 4)
    assert item.status == "waiting"
    assigning.release(late, why="Ill.", by=by, now=now)
    assert (item.status, item.result_bps) == ("scored", 8000)


# Sharing out.


def test_sharing_out_asks_everybody_alike_and_leaves_out_who_must_be(make, now, panel, people, demo):
    by = make.runner()
    made = [make.item(panel, f"demo:{number}") for number in range(1, 9)]
    declare(made[0], people[0])
    demo.parties[2] = {people[1].id}
    make.assignment(made[2], people[2], "assigned")
    seen = assigning.edition_of_plan(assigning.plan(panel))
    assert assigning.balance(panel, by=by, now=now, seen=seen) == []
    assert sorted(loads_of(panel).values()) == [4, 4, 4, 4]
    asked = {item.subject: {each.user_id for each in active_of(item)} for item in made}
    assert all(len(each) == 2 for each in asked.values())
    assert people[0].id not in asked["demo:1"]
    assert people[1].id not in asked["demo:2"]
    assert people[2].id in asked["demo:3"]
    with pytest.raises(NothingToShare):
        assigning.balance(panel, by=by, now=now)


def test_a_slow_kind_of_thing_is_shared_out_the_same(make, now, panel, people, app, monkeypatch):
    from tests.assessment.demo import registered

    by, slow = make.runner(), registered(app, monkeypatch, quick=False)
    item = make.item(panel, "demo:4")
    slow.parties[4] = {people[0].id, people[1].id}
    assigning.balance(panel, by=by, now=now)
    assert {each.user_id for each in active_of(item)} == {people[2].id, people[3].id}
    assert subjects.behind(people[0].id, ["demo:4", "demo:5"]) == {"demo:4"}


def test_items_without_enough_people_are_told(make, now, demo):
    panel, by = make.panel(assessors=2), make.runner()
    first, _ = sitting_on(panel)
    item, other = make.item(panel, "demo:1"), make.item(panel, "demo:2")
    declare(item, first)
    assert assigning.balance(panel, by=by, now=now) == [item]
    assert len(active_of(item)) == 1
    assert len(active_of(other)) == 2


def test_what_is_shared_out_is_what_was_shown(make, now, panel):
    by, _ = make.runner(), make.item(panel)
    seen = assigning.edition_of_plan(assigning.plan(panel))
    make.item(panel)
    with pytest.raises(ChangedMeanwhile):
        assigning.balance(panel, by=by, now=now, seen=seen)
    panels.close(panel, by=by, now=now)
    with pytest.raises(PanelNotOpen):
        assigning.balance(panel, by=by, now=now)


def test_who_could_be_asked_are_those_not_asked_with_least_first(make, panel, people):
    one, other = make.item(panel), make.item(panel)
    make.assignment(one, people[0], "assigned")
    make.assignment(other, people[1], "assigned")
    make.assignment(other, people[2], "recused")
    assert [(each[0], each[2]) for each in could_be_asked(other)] == [(people[3].id, 0), (people[0].id, 1)]
    assert waiting_for(people[0].id) == 1


# Interests.


def test_saying_that_one_has_none_lets_one_read_on(make, now, panel, people):
    item = make.item(panel)
    mine = make.assignment(item, people[0], "assigned")
    declare(item, people[0], has_interest=False, words="")
    assert mine.status == "reading"
    assert not queries.has_interest(item.subject, people[0].id)


def test_an_interest_takes_it_out_of_sight_at_once_and_the_item_needs_somebody_else(make, now, panel, people):
    item = make.item(panel)
    make.send(make.assignment(item, people[0]), 5)
    make.send(make.assignment(item, people[1]), 1)
    assert (item.status, item.result_bps, item.spread_bps) == ("scored", 6000, 8000)
    declare(item, people[1])
    assert (item.status, item.result_bps) == ("waiting", None)
    assert states(item) == ["submitted", "recused"]
    assert queries.has_interest(item.subject, people[1].id)
    assert db.session.query(Score).count() == 6, "what was scored is kept"
    assert queries.who_assessed(item.subject) == {people[0].id, people[1].id}
    make.send(make.assignment(item, people[2]), 4)
    assert (item.status, item.result_bps) == ("scored", 9000)


def test_with_enough_others_the_result_is_worked_out_anew_without_them(make, now, panel, people):
    item = make.item(panel)
    for person in people[1:3]:
        make.assignment(item, person)
    make.send(make.assignment(item, people[0]), 0)
    for each in active_of(item)[:2]:
        make.send(each, 4)
    assert item.result_bps == 5333
    assert item.round == 1
    declare(item, people[0])
    assert (item.status, item.result_bps, item.spread_bps, item.round) == ("scored", 8000, 0, 2)


def test_an_interest_before_anything_was_sent_can_complete_the_item(make, now, panel, people):
    item = make.item(panel)
    make.assignment(item, people[2], "assigned")
    for person in people[:2]:
        make.send(make.assignment(item, person), 3)
    assert item.status == "waiting"
    declare(item, people[2])
    assert item.status == "scored"


def test_an_agreed_result_falls_with_a_conflict_and_the_packages_above_hear_of_it(
    make, now, panel, people, monkeypatch
):
    heard = []
    monkeypatch.setitem(announcements._listeners, ItemReopened, [heard.append])
    item = make.item(panel)
    for person in people[:2]:
        make.send(make.assignment(item, person), 3)
    from civic.assessment.actions import moderating

    moderating.let_mean_stand(item, by=make.runner(), now=now)
    panels.close(panel, by=make.runner(), now=now)
    declare(item, people[0])
    assert item.status == "waiting"
    assert heard == [ItemReopened(item.subject)]
    assert queries.result_of(item.subject) is None


def test_anybody_declares_about_anything_also_where_nothing_is_assessed(make, now, demo):
    approver = make.staff("approver")
    interests.declare("demo:99", user=approver, has_interest=True, words="My sister works there.", now=now)
    assert queries.has_interest("demo:99", approver.id)
    assert demo.held == [99], "what its own package locks first was locked first"
    with pytest.raises(StandsAlready):
        interests.declare("demo:99", user=approver, has_interest=False, words="", now=now)
    interests.declare("demo:99", user=approver, has_interest=True, words="And my brother.", now=now)
    assert db.session.query(Declaration).count() == 2


def test_who_stands_behind_something_cannot_say_they_have_no_interest(make, now, demo):
    person = make.staff("approver")
    demo.parties[3] = {person.id}
    with pytest.raises(OwnInterest):
        interests.declare("demo:3", user=person, has_interest=False, words="", now=now)


def test_an_interest_is_lifted_by_somebody_else_with_a_reason(make, now, demo):
    person, by = make.staff("approver", "funds_officer"), make.runner()
    with pytest.raises(NothingToLift):
        interests.lift("demo:1", person, why="None.", by=by, now=now)
    interests.declare("demo:1", user=person, has_interest=True, words="I thought so.", now=now)
    with pytest.raises(LiftsOwn):
        interests.lift("demo:1", person, why="It is over.", by=person, now=now)
    other = make.staff("funds_officer")
    interests.declare("demo:1", user=other, has_interest=True, words="I too.", now=now)
    with pytest.raises(OwnInterest):
        interests.lift("demo:1", person, why="It is over.", by=other, now=now)
    lifted = interests.lift("demo:1", person, why="Somebody of the same name.", by=by, now=now)
    assert (lifted.lifted_by_id, lifted.has_interest) == (by.id, False)
    assert not queries.has_interest("demo:1", person.id)
    with pytest.raises(NothingToLift):
        interests.lift("demo:1", person, why="Again.", by=by, now=now)


def test_an_item_says_whether_others_may_ever_have_read_its_scores(make, panel, people):
    one, other = make.item(panel), make.item(panel)
    for person in people[:2]:
        make.send(make.assignment(one, person), 3)
    assert once_in([one.id, other.id]) == {one.id}
    assert isinstance(one, Item)
    assert scoring.draft_of(active_of(one)[0]) == {}
