"""Scores, what they come to, and what a meeting makes of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from civic.accounts.models import User
from civic.assessment import queries
from civic.assessment.actions import interests, moderating, panels, scoring
from civic.assessment.events import ItemAssessed
from civic.assessment.models import AgreedScore, Score
from civic.assessment.queries.items import active_of
from civic.assessment.queries.panels import assessors_of, seat_of
from civic.assessment.queries.results import marks_of
from civic.assessment.refusals import (
    AlreadySent,
    ChangedMeanwhile,
    MustBeTalkedAbout,
    NotAllIn,
    NotComplete,
    NotDeclared,
    NotOnPanel,
    NotToBeAssessed,
    NotYours,
    OwnInterest,
    PanelNotOpen,
    TooFewPeople,
    WrongMeeting,
)
from civic.assessment.rules.scoring import Mark
from civic.core import announcements
from civic.core.db import db
from civic.core.states import IllegalMove

WHY = "They name who gains from it, and how."


@pytest.fixture(autouse=True)
def _in_request(in_request):
    """Refusals are said in a language."""


@pytest.fixture
def panel(make):
    return make.panel(assessors=3)


@pytest.fixture
def people(panel):
    return [db.session.get_one(User, row.user_id) for row in assessors_of(panel)]


@pytest.fixture
def mine(make, panel, people):
    """An assignment that is being read."""
    return make.assignment(make.item(panel, "demo:1"), people[0])


@pytest.fixture
def heard(monkeypatch):
    said = []
    monkeypatch.setitem(announcements._listeners, ItemAssessed, [said.append])
    return said


def kept():
    return db.session.query(Score).count()


# Drafts and sending.


def test_a_draft_is_kept_half_done_and_seen_by_nobody(make, panel, people, mine, now):
    first = queries.criteria_of(panel)[0].id
    scoring.save_draft(mine, {first: Mark(None, "Hm.")}, by=people[0], now=now)
    assert scoring.draft_of(mine) == {first: Mark(None, "Hm.")}
    assert kept() == 0
    seen = scoring.edition_of(mine)
    scoring.save_draft(mine, {first: Mark(4, "")}, by=people[0], now=now, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        scoring.save_draft(mine, {first: Mark(1, "")}, by=people[0], now=now, seen=seen)
    assert scoring.draft_of(mine) == {first: Mark(4, "")}


def test_scores_are_sent_whole_or_not_at_all(make, panel, people, mine, now):
    whole = make.marks(panel, 3, words=WHY)
    first, second, third = list(whole)
    wrong = (
        {},
        {first: whole[first]},
        whole | {second: Mark(None, WHY)},
        whole | {second: Mark(6, WHY)},
        whole | {second: Mark(-1, WHY)},
        whole | {third: Mark(3, "Too short a reason.")},
        whole | {third: Mark(3, " " * 30 + "x")},
    )
    for values in wrong:
        with pytest.raises(NotComplete):
            scoring.submit(mine, values, by=people[0], now=now)
        assert (mine.status, kept()) == ("reading", 0)
    with pytest.raises(NotComplete):
        scoring.submit(mine, whole | {9999: Mark(3, WHY)}, by=people[0], now=now)
    scoring.submit(mine, whole, by=people[0], now=now)
    assert (mine.status, mine.sent, kept()) == ("submitted", 1, 3)
    assert scoring.draft_of(mine) == {}


def test_what_is_sent_is_what_was_checked(make, panel, people, mine, now):
    seen = scoring.edition_of(mine)
    scoring.save_draft(mine, make.marks(panel, 1, words=WHY), by=people[0], now=now)
    with pytest.raises(ChangedMeanwhile):
        scoring.submit(mine, make.marks(panel, 5, words=WHY), by=people[0], now=now, seen=seen)


def test_nobody_scores_for_another_before_declaring_twice_or_after_the_close(make, panel, people, mine, now):
    whole, by = make.marks(panel, 3, words=WHY), make.runner()

    def tried(assignment, person):
        scoring.submit(assignment, whole, by=person, now=now)

    for error, prepare in (
        (NotYours, lambda: (mine, people[1])),
        (NotDeclared, lambda: (make.assignment(make.item(panel), people[0], "assigned"), people[0])),
        (AlreadySent, lambda: (make.send(make.assignment(make.item(panel), people[0]), 3), people[0])),
    ):
        with pytest.raises(error):
            tried(*prepare())
    with pytest.raises(OwnInterest):
        tried(make.assignment(make.item(panel), people[0], "recused"), people[0])
    panels.unseat(seat_of(panel.id, people[2].id), why="Leaves.", by=by, now=now)
    panels.close(panel, by=by, now=now)
    with pytest.raises(PanelNotOpen):
        tried(mine, people[0])
    with pytest.raises(PanelNotOpen):
        scoring.save_draft(mine, {}, by=people[0], now=now)
    panels.reopen(panel, why="An appeal.", by=by, now=now)
    tried(mine, people[0])


def test_who_left_the_panel_or_came_to_stand_behind_it_sends_nothing(make, panel, people, mine, now, demo):
    whole = make.marks(panel, 3, words=WHY)
    demo.parties[1] = {people[0].id}
    with pytest.raises(OwnInterest):
        scoring.submit(mine, whole, by=people[0], now=now)
    demo.parties.clear()
    seat_of(panel.id, people[0].id).removed_at = now
    db.session.flush()
    with pytest.raises(NotOnPanel):
        scoring.submit(mine, whole, by=people[0], now=now)


def test_what_was_taken_off_or_withdrawn_is_scored_by_nobody(make, panel, people, mine, now):
    from civic.assessment.actions import assigning, items

    whole = make.marks(panel, 3, words=WHY)
    gone = make.assignment(make.item(panel, "demo:2"), people[0])
    items.withdraw("demo:2", why="Gone.", by=None, now=now)
    assigning.release(mine, why="On leave.", by=make.runner(), now=now)
    for each in (mine, gone):
        with pytest.raises(NotToBeAssessed):
            scoring.submit(each, whole, by=people[0], now=now)


def test_scores_are_taken_after_their_day_and_known_as_late(make, panel, people, mine, now):
    panel.due_at = now - timedelta(days=1)
    db.session.flush()
    make.send(mine, 3)
    other = make.assignment(make.item(panel), people[1])
    found = {each.user_id: each for each in queries.standing(panel, now).people}
    assert (found[people[0].id].given, found[people[0].id].sent, found[people[0].id].late) == (1, 1, 1)
    assert (found[people[1].id].given, found[people[1].id].sent, found[people[1].id].late) == (1, 0, 1)
    assert queries.standing(panel).people[1].late == 0, "without a moment nobody is overdue"
    assert other.status == "reading"


def test_an_item_is_scored_when_the_last_is_in_and_there_are_enough(make, panel, people, mine):
    whole = queries.item_of("demo:1")
    assert active_of(whole) == [mine]
    make.send(mine, 5, 3, 1)
    assert whole.status == "waiting", "one is not enough"
    make.send(make.assignment(whole, people[1]), 4, 4, 4)
    assert whole.status == "scored"
    # (50·5 + 30·3 + 20·1) / 500 = 72 %; 80 %; the mean is 76 %
    assert (whole.result_bps, whole.spread_bps) == (7600, 800)


def test_what_was_sent_by_mistake_is_written_anew_and_both_are_kept(make, panel, people, mine, now):
    by, item, partial = make.runner(), queries.item_of("demo:1"), make.staff("funds_officer")
    make.send(mine, 0, words=WHY)
    interests.declare("demo:1", user=partial, has_interest=True, words="Mine.", now=now)
    with pytest.raises(OwnInterest):
        scoring.give_back(mine, why="x", by=partial, now=now)
    scoring.give_back(mine, why="They pressed too early.", by=by, now=now)
    assert mine.status == "reading"
    assert {mark.value for mark in scoring.draft_of(mine).values()} == {0}
    make.send(mine, 5)
    make.send(make.assignment(item, people[1]), 5)
    assert (item.result_bps, kept()) == (10_000, 9)
    assert [score.round for score in marks_of(item)[mine.id]] == [2, 2, 2]
    with pytest.raises(NotToBeAssessed):
        scoring.give_back(mine, why="Too late.", by=by, now=now)
    other = make.assignment(make.item(panel), people[0])
    with pytest.raises(IllegalMove):
        scoring.give_back(other, why="Not sent.", by=by, now=now)


# Meetings.


@pytest.fixture
def apart(make, panel, people):
    """An item whose assessors are far apart."""
    item = make.item(panel, "demo:4")
    make.send(make.assignment(item, people[0]), 5)
    make.send(make.assignment(item, people[1]), 1)
    return item


def test_a_meeting_agrees_a_score_beside_the_originals(make, panel, apart, now, heard):
    meeting, before = make.meeting(panel), kept()
    moderating.agree(apart, make.marks(panel, 4, 3, 2, words=WHY), meeting, by=make.runner(), now=now)
    # (50·4 + 30·3 + 20·2) / 500 = 66 %
    assert (apart.status, apart.result_bps, apart.spread_bps) == ("agreed", 6600, 8000)
    assert kept() == before
    assert heard == [ItemAssessed("demo:4")]
    result = queries.result_of("demo:4")
    assert [(each.title.text, each.agreed, each.mean) for each in result.criteria] == [
        ("Benefit to the neighbourhood", 4, Decimal("3.00")),
        ("Deliverability", 3, Decimal("3.00")),
        ("Value for money", 2, Decimal("3.00")),
    ]
    assert result.is_agreed
    assert make.runner().id in queries.who_assessed("demo:4")


def test_a_later_meeting_agrees_anew_and_everything_is_kept(make, panel, apart, now, heard):
    for value in (2, 3):
        moderating.agree(apart, make.marks(panel, value, words=WHY), make.meeting(panel), by=make.runner(), now=now)
    assert (apart.result_bps, len(heard)) == (6000, 2)
    assert db.session.query(AgreedScore).count() == 6
    assert {each.agreed for each in queries.result_of("demo:4").criteria} == {3}


def test_an_agreed_score_says_why_unless_everybody_gave_it(make, panel, people, now):
    item, meeting, by = make.item(panel), make.meeting(panel), make.runner()
    make.send(make.assignment(item, people[0]), 5, 3, 1)
    make.send(make.assignment(item, people[1]), 1, 3, 1)
    first, second, third = (each.id for each in queries.criteria_of(panel))
    agreed = {first: Mark(4, WHY), second: Mark(3, ""), third: Mark(1, "")}
    for wrong in (
        agreed | {first: Mark(4, "Short.")},
        agreed | {second: Mark(2, "")},
        agreed | {second: Mark(6, WHY)},
        {first: Mark(4, WHY)},
        agreed | {999: Mark(1, WHY)},
    ):
        with pytest.raises(NotComplete):
            moderating.agree(item, wrong, meeting, by=by, now=now)
    moderating.agree(item, agreed, meeting, by=by, now=now)
    assert item.status == "agreed"


def test_nothing_is_agreed_before_all_are_in_elsewhere_or_by_who_has_an_interest(make, panel, apart, mine, now, demo):
    marks, meeting, by = make.marks(panel, 3, words=WHY), make.meeting(panel), make.runner()
    with pytest.raises(NotAllIn):
        moderating.agree(queries.item_of("demo:1"), marks, meeting, by=by, now=now)
    with pytest.raises(NotAllIn):
        moderating.let_mean_stand(queries.item_of("demo:1"), by=by, now=now)
    with pytest.raises(WrongMeeting):
        moderating.agree(apart, marks, make.meeting(make.panel()), by=by, now=now)
    officer = make.staff("funds_officer")
    demo.parties[4] = {officer.id}
    with pytest.raises(OwnInterest):
        moderating.agree(apart, marks, meeting, by=officer, now=now)
    panels.close(panel, by=by, now=now)
    with pytest.raises(PanelNotOpen):
        moderating.agree(apart, marks, meeting, by=by, now=now)
    with pytest.raises(PanelNotOpen):
        make.meeting(panel)
    assert apart.status == "scored"


def test_a_meeting_takes_two(make, panel, now):
    with pytest.raises(TooFewPeople):
        moderating.hold_meeting(
            panel, held_on=date(2026, 11, 20), people=[(None, "Alone")], notes="", by=make.runner(), now=now
        )


def test_the_mean_stands_only_where_assessors_are_near_enough(make, panel, people, apart, now, heard):
    by = make.runner()
    with pytest.raises(MustBeTalkedAbout):
        moderating.let_mean_stand(apart, by=by, now=now)
    near = make.item(panel, "demo:6")
    for person in people[:2]:
        make.send(make.assignment(near, person), 3, 3, 4)
    moderating.let_mean_stand(near, by=by, now=now)
    assert (near.status, near.result_bps, heard) == ("agreed", 6400, [ItemAssessed("demo:6")])
    assert {each.agreed for each in queries.result_of("demo:6").criteria} == {None}
    with pytest.raises(NotToBeAssessed):
        moderating.let_mean_stand(near, by=by, now=now)


def test_all_other_means_stand_at_once_but_for_ones_own_interests(make, panel, people, apart, now, demo):
    by = make.runner()
    near = [make.item(panel, f"demo:{number}") for number in (11, 12, 13)]
    for item in near:
        for person in people[:2]:
            make.send(make.assignment(item, person), 3)
    demo.parties[12] = {by.id}
    seen = moderating.edition_of_means(moderating.means_for(panel, by))
    assert moderating.let_means_stand(panel, by=by, now=now, seen=seen) == 2
    assert [each.status for each in near] == ["agreed", "scored", "agreed"]
    assert apart.status == "scored"
    with pytest.raises(ChangedMeanwhile):
        moderating.let_means_stand(panel, by=make.staff("funds_officer"), now=now, seen=seen)


def test_what_was_agreed_before_a_conflict_counts_no_more(make, panel, people, apart, now):
    moderating.agree(apart, make.marks(panel, 5, words=WHY), make.meeting(panel), by=make.runner(), now=now)
    interests.declare("demo:4", user=people[1], has_interest=True, words="A cousin.", now=now)
    assert apart.status == "waiting"
    make.send(make.assignment(apart, people[2]), 5)
    assert (apart.status, apart.result_bps) == ("scored", 10_000)
    assert {each.agreed for each in queries.result_of("demo:4").criteria} == {None}


# What others ask.


def test_scores_are_published_only_once_agreed_and_where_the_panel_does(make, now):
    for publishes in (False, True):
        panel = make.panel(publishes_scores=publishes)
        item = make.assessed(panel, 4, 4, subject=f"demo:{70 + publishes}")
        assert queries.published_scores(item.subject) == []
        moderating.let_mean_stand(item, by=make.runner(), now=now)
        assert bool(queries.published_scores(item.subject)) == publishes
    panel = make.panel(publishes_scores=True)
    item = make.item(panel, "demo:80")
    for row, value in zip(assessors_of(panel), (4, 3), strict=True):
        make.send(make.assignment(item, db.session.get_one(User, row.user_id)), value, 4, 4)
    moderating.let_mean_stand(item, by=make.runner(), now=now)
    assert queries.published_scores("demo:80")[:2] == [
        {"title": "Benefit to the neighbourhood", "language": "en", "weight": 50, "value": "3.50", "scale": 5},
        {"title": "Deliverability", "language": "en", "weight": 30, "value": 4, "scale": 5},
    ]


def test_a_thing_that_nobody_assesses_has_no_result_and_no_assessors(demo):
    assert queries.item_of("demo:404") is None
    assert queries.result_of("demo:404") is None
    assert queries.published_scores("demo:404") == []
    assert queries.who_assessed("demo:404") == frozenset()
    assert not queries.has_interest("demo:404", 1)


def test_a_panel_knows_how_far_it_is(make, panel, people, apart, mine):
    make.item(panel)
    found = queries.standing(panel)
    assert (found.waiting, found.scored, found.agreed, found.lacking, found.to_talk) == (2, 1, 0, 2, 1)
    assert found.items == 3


def test_the_ranked_list_is_in_order_and_tells_a_reader_nothing_of_their_own(make, now, demo):
    panel = make.panel()
    for number, value in ((1, 5), (2, 4), (3, 4), (4, 1)):
        make.assessed(panel, value, value, subject=f"demo:{number}", title=f"Thing {9 - number}")
    make.item(panel, "demo:5", title="Unscored")
    reader = make.staff("funds_officer")
    rows = queries.ranked(panel, reader)
    assert [(each.subject, each.rank, each.result_bps) for each in rows] == [
        ("demo:1", 1, 10_000),
        ("demo:3", 2, 8000),
        ("demo:2", 2, 8000),
        ("demo:4", 4, 2000),
        ("demo:5", None, None),
    ]
    assert queries.ranked(panel) == rows
    demo.parties[1] = {reader.id}
    interests.declare("demo:3", user=reader, has_interest=True, words="A friend.", now=now)
    rows = queries.ranked(panel, reader)
    assert [(each.subject, each.rank, each.result_bps, each.status, each.hidden) for each in rows] == [
        ("demo:2", 1, 8000, "scored", ""),
        ("demo:4", 2, 2000, "scored", ""),
        ("demo:5", None, None, "waiting", ""),
        ("demo:3", None, None, "", "interest"),
        ("demo:1", None, None, "", "party"),
    ]
