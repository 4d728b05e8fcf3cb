"""Who acts for whom, and the moves after the shortlist."""

import pytest

from civic.challenge.applying.actions import outcomes
from civic.challenge.applying.queries import seats as startup_seats
from civic.challenge.queries import seats
from civic.core.states import IllegalMove, history


def test_a_partner_is_acted_for_by_those_who_have_a_seat(make):
    partner, stranger = make.challenge_partner(), make.member()
    person = make.partner_member(partner)
    assert seats.partners_of(person.id) == [partner]
    assert seats.people_of_partner(partner.id) == [person.id]
    assert seats.acts_for_partner(partner.id, person.id)
    assert not seats.acts_for_partner(partner.id, stranger.id)


def test_a_startup_is_acted_for_by_the_members_of_its_organisation(make):
    owner, stranger = make.member(), make.member()
    startup = make.startup(owner=owner)
    assert startup_seats.startups_of(owner.id) == [startup]
    assert startup_seats.people_of_startup(startup.id) == [owner.id]
    assert startup_seats.acts_for_startup(startup.id, owner.id)
    assert not startup_seats.acts_for_startup(startup.id, stranger.id)


def test_a_match_is_recorded_with_its_reason_and_can_be_lost(make, now):
    application, by = make.challenge_application(status="shortlisted"), make.staff("challenge_manager")
    outcomes.match(application, now=now, by=by, why="It was ranked first.")
    assert (application.status, application.matched_at) == ("matched", now)
    outcomes.lose(application, "They declined.", now=now, by=None)
    assert application.status == "lost"
    assert [move.why for move in history(application)] == ["It was ranked first.", "They declined."]


def test_whoever_is_left_without_a_place_reads_why_and_may_still_be_matched(make, now):
    application = make.challenge_application(status="shortlisted")
    outcomes.leave(application, "Another startup was ranked higher.", now=now, by=None)
    assert (application.status, application.feedback) == ("unmatched", "Another startup was ranked higher.")
    assert outcomes.match(application, now=now, by=None).status == "matched"


def test_nothing_that_was_not_shortlisted_is_matched(make, now):
    with pytest.raises(IllegalMove):
        outcomes.match(make.challenge_application(status="submitted"), now=now, by=None)
