"""Lists: kept, sent, changed until the closing second, taken back; nobody ranks strangers, twice, or from both sides."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.challenge.matching.actions import ranking as actions
from civic.challenge.matching.models import Choice, Ranking
from civic.challenge.matching.queries.inputs import inputs_of
from civic.challenge.matching.queries.lists import choices_of, partners_standing, startups_standing
from civic.challenge.matching.refusals import ConflictOfInterest, NotOffered, RankingClosed
from civic.core.db import db
from civic.core.errors import Conflict
from civic.core.states import IllegalMove

pytestmark = pytest.mark.usefixtures("in_request")
SECOND = timedelta(seconds=1)


@pytest.fixture
def made(make):
    return make.shortlist(2, 2)


def rank(made, startup, challenges, now, **about):
    numbers = [made.of(startup, each).id for each in challenges]
    about = {"send": True, "by": made.founder(startup)} | about
    return actions.save_for_startup(made.call, made.startups[startup].id, numbers, now=now, **about)


def choose(made, challenge, startups, now, **about):
    numbers = [made.of(each, challenge).id for each in startups]
    about = {"send": True, "by": made.partner(challenge)} | about
    return actions.save_for_partner(made.call, made.challenges[challenge].id, numbers, now=now, **about)


def test_a_list_is_kept_sent_and_changed(made, now):
    ranking = rank(made, 0, [1], now, send=False)
    assert ranking.status == "draft" and choices_of(ranking) == [made.of(0, 1).id]
    ranking = rank(made, 0, [1, 0], now)
    assert (ranking.status, ranking.sent_at) == ("sent", now)
    ranking = rank(made, 0, [0], now + SECOND)
    assert choices_of(ranking) == [made.of(0, 0).id] and ranking.sent_at == now + SECOND
    assert db.session.query(Ranking).count() == 1


def test_only_a_list_that_was_sent_counts_and_who_is_left_out_is_not_acceptable(made, now):
    rank(made, 0, [1], now)
    rank(made, 1, [0, 1], now, send=False)
    choose(made, 1, [1, 0], now)
    inputs, (first, second), (care, bus) = inputs_of(made.call), made.startups, made.challenges
    assert inputs["startups"] == {str(first.id): [str(bus.id)], str(second.id): []}
    assert inputs["challenges"][str(bus.id)]["ranks"] == [str(second.id), str(first.id)]
    assert inputs["challenges"][str(care.id)] == {"places": 1, "minimum": 0, "closed": False, "ranks": []}


def test_an_empty_list_says_that_nobody_is_acceptable(made, now):
    assert rank(made, 0, [], now).status == "sent"


def test_until_the_closing_second_and_not_one_more(made, now):
    closes = made.call.ranks_close_at
    assert rank(made, 0, [0], closes - SECOND).status == "sent"
    for late in (closes, closes + SECOND):
        with pytest.raises(RankingClosed):
            rank(made, 0, [1], late)
        with pytest.raises(RankingClosed):
            choose(made, 0, [1], late)
        with pytest.raises(RankingClosed):
            actions.take_back(made.call, db.session.scalars(select(Ranking)).one(), by=made.founder(0), now=late)


@pytest.mark.parametrize(
    "status, moment", [("assessing", True), ("matched", True), ("closed", True), ("shortlisted", False)]
)
def test_only_while_the_shortlist_waits_for_its_match(made, now, status, moment):
    made.call.status = status
    made.call.ranks_close_at = made.call.ranks_close_at if moment else None
    db.session.flush()
    with pytest.raises(RankingClosed):
        rank(made, 0, [0], now)


def test_nobody_ranks_strangers_or_anybody_twice(made, make, now):
    other = make.shortlist(1, 1)
    for numbers in ([other.of(0, 0).id], [made.of(1, 0).id], [made.of(0, 0).id] * 2, [10**9]):
        with pytest.raises(NotOffered):
            actions.save_for_startup(made.call, made.startups[0].id, numbers, send=True, by=made.founder(0), now=now)
    made.of(0, 0).status = "withdrawn"
    db.session.flush()
    with pytest.raises(NotOffered):
        rank(made, 0, [0], now)
    assert db.session.query(Choice).count() == 0


def test_who_acts_for_a_startup_ranks_for_no_partner(made, make, now):
    person = made.partner(0)
    make.joins(made.startups[1], person)
    with pytest.raises(ConflictOfInterest):
        choose(made, 0, [0, 1], now)
    assert rank(made, 1, [0], now, by=person).status == "sent"  # for the startup they may


def test_a_stale_page_overwrites_nothing(made, now):
    seen = rank(made, 0, [0], now, send=False).version
    rank(made, 0, [1], now, send=False, seen=seen)
    with pytest.raises(Conflict):
        rank(made, 0, [0, 1], now, seen=seen)
    assert choices_of(db.session.scalars(select(Ranking)).one()) == [made.of(0, 1).id]


def test_two_first_drafts_at_the_same_page_do_not_overwrite_each_other(made, now):
    rank(made, 0, [0], now, send=False, seen=0)
    with pytest.raises(Conflict):
        rank(made, 0, [1], now, send=False, seen=0)


def test_what_was_sent_is_taken_back_before_it_is_a_draft(made, now):
    ranking = rank(made, 0, [0], now)
    with pytest.raises(Conflict):
        rank(made, 0, [1], now, send=False)
    actions.take_back(made.call, ranking, by=made.founder(0), now=now)
    assert ranking.status == "draft"
    with pytest.raises(IllegalMove):
        actions.take_back(made.call, ranking, by=made.founder(0), now=now)
    assert inputs_of(made.call)["startups"][str(made.startups[0].id)] == []


def test_staff_see_who_has_sent_and_nothing_else(made, now):
    rank(made, 0, [0], now)
    choose(made, 1, [1], now, send=False)
    assert [each.status for each in startups_standing(made.call)].count("sent") == 1
    assert sorted(each.status for each in partners_standing(made.call)) == ["", "draft"]
    assert all(each.people == 1 and each.offers == 2 for each in startups_standing(made.call))
