"""Who is told: once when lists open, once before they close, and both sides when the match is public."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.challenge.matching.actions.asking import ask
from civic.challenge.matching.actions.ranking import save_for_startup
from civic.challenge.matching.notices import NOTICES
from civic.challenge.matching.queries.asking import calls_that_take_lists
from civic.core.db import db
from civic.core.i18n import speaking
from civic.notifications.models import Notification

pytestmark = pytest.mark.usefixtures("in_request")
DRAW = {each.key: each.draw for each in NOTICES}


def drawn(language="en"):
    with speaking(language):
        rows = db.session.scalars(select(Notification).order_by(Notification.id))
        return [DRAW[each.notice](each.facts) for each in rows]


def test_everybody_who_has_a_list_to_send_is_asked_once_and_once_more_before_it_is_late(make, now, told):
    made = make.shortlist(2, 1)
    conflicted = make.joins(made.startups[0], make.member())
    make.partner_member(made.challenges[0].partner, person=conflicted)
    save_for_startup(made.call, made.startups[1].id, [made.of(1, 0).id], send=True, by=made.founder(1), now=now)
    for _ in range(3):
        ask(made.call.id, now=now)
    asked = {made.founder(0).id, conflicted.id, made.partner(0).id}
    assert sorted(told()) == sorted(("challenge_matching.open", each) for each in asked)
    soon = made.call.ranks_close_at - timedelta(days=2)
    for _ in range(3):
        ask(made.call.id, now=soon)
    assert [notice for notice, _ in told()].count("challenge_matching.closing") == 3
    ask(made.call.id, now=made.call.ranks_close_at)
    assert len(told()) == 6
    said = drawn()
    assert any("Rank the challenges" in each.sentence for each in said) and any("“" in each.sentence for each in said)
    assert all("/lists/" in each.url for each in said)


def test_who_acts_for_two_startups_is_asked_for_both(make, now, told):
    made = make.shortlist(2, 1)
    person = make.joins(made.startups[0], made.founder(1))
    ask(made.call.id, now=now)
    assert told().count(("challenge_matching.open", person.id)) == 2


def test_only_calls_that_take_lists_are_looked_at(make, now):
    made, other = make.shortlist(1, 1), make.shortlist(1, 1)
    other.call.ranks_close_at = now
    db.session.flush()
    assert calls_that_take_lists(now) == [made.call.id]


def test_both_sides_read_what_came_of_it_in_their_language(make):
    made = make.ranked([[0], [0]], [[1, 0]])
    make.match_run(made, "published")
    sentences = {each.sentence for each in drawn()}
    title = made.challenges[0].title
    assert (
        f"You are matched with “{title}”." in sentences and f"It is public with whom “{title}” is matched." in sentences
    )
    assert any("You are not matched." in each for each in sentences)
    assert all("/result/" in each.url for each in drawn("ar"))


def test_what_is_no_longer_true_is_not_told(make, now):
    made = make.shortlist(1, 1)
    ask(made.call.id, now=now)
    made.call.status = "matched"
    db.session.flush()
    assert drawn() == [None, None]
    assert DRAW["challenge_matching.startup"]({"run": 10**9, "startup": 1}) is None
    assert DRAW["challenge_matching.partner"]({"run": 10**9, "challenge": 1}) is None
    assert DRAW["challenge_matching.open"]({"call": 10**9, "startup": 1}) is None
