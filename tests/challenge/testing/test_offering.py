"""Offering a test grant: who gets one, and the law before any money."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.challenge.testing.actions import offering
from civic.challenge.testing.actions.subsidy import forget_declared
from civic.challenge.testing.models import DeclaredAid, SubsidyNotice
from civic.challenge.testing.queries import subsidy
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.refusals import (
    AlreadyOffered,
    BeyondCeiling,
    NoPot,
    NotDeclared,
    NotMatched,
)
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.core.money import GBP, Money
from civic.core.states import IllegalMove
from civic.grants.actions import awards, decisions
from civic.grants.models import Award, Decision
from civic.grants.queries.funds import balance_of
from civic.grants.refusals import IsTheirOwn, NotEnough

pytestmark = pytest.mark.usefixtures("in_request")


@pytest.fixture
def people(make):
    return make.test_people


def award_of(test):
    return db.session.get_one(Award, test.award_id)


def test_only_matched_applications_are_offered_a_grant_and_each_once(make, people):
    make.test_pot()
    application = make.matched_application()
    other = make.challenge_application(people.challenge, call=people.call, startup=make.startup(), status="shortlisted")
    with pytest.raises(NotMatched):
        offering.offer(other, make.test_terms(), by=people.manager, now=make.now)
    offering.offer(application, make.test_terms(), by=people.manager, now=make.now)
    with pytest.raises(AlreadyOffered):
        offering.offer(application, make.test_terms(), by=people.manager, now=make.now)


def test_nothing_is_offered_from_an_empty_or_missing_pot(make, people):
    application = make.matched_application()
    with pytest.raises(NoPot):
        offering.offer(application, make.test_terms(), by=people.manager, now=make.now)
    make.test_pot(GBP(10_000))
    with pytest.raises(NotEnough):
        offering.offer(application, make.test_terms(), by=people.manager, now=make.now)


def test_several_are_offered_together_or_none(make, people):
    make.test_pot(GBP(20_000))
    applications = [make.matched_application(make.startup()) for _ in range(2)]
    applications.append(make.challenge_application(people.challenge, call=people.call, status="lost"))
    db.session.commit()
    with pytest.raises(NotMatched):
        offering.offer_together(applications, make.test_terms(), by=people.manager, now=make.now)
    db.session.rollback()
    assert queries.of_application(applications[0].id) is None


def test_a_manager_of_the_startup_cannot_offer_it_money(make, people):
    make.test_pot()
    both = make.staff("challenge_manager")
    application = make.matched_application(make.startup(owner=both))
    with pytest.raises(IsTheirOwn):
        offering.offer(application, make.test_terms(), by=both, now=make.now)


def test_a_refused_recommendation_ends_the_offer_and_it_can_be_made_again(make, people):
    test = make.test_grant(upto="declared")
    decision = db.session.scalars(select(Decision)).one()
    decisions.give_view(decision, view="supports", words="", language="en", by=people.consultee, now=make.now)
    decisions.refuse(decision, reasons="Not yet.", by=people.approver, now=make.now)
    test = queries.fresh(test.id)
    assert test.status == "ended" and test.application.status == "matched"
    first = test.award_id
    offering.offer(test.application, make.test_terms(), by=people.manager, now=make.now)
    test = queries.fresh(test.id)
    assert test.status == "planned" and test.award_id != first
    states = db.session.scalars(select(SubsidyNotice.status).order_by(SubsidyNotice.id)).all()
    assert states == ["void", "notified"]


@pytest.mark.parametrize("upto", ["offered", "declared", "planned", "decided", "announced", "written"])
def test_a_startup_may_decline_until_both_sides_have_signed(make, people, upto, problems):
    test = make.test_grant(upto=upto)
    offering.decline(test, words="We moved away.", by=people.owner, now=make.now)
    test = queries.fresh(test.id)
    assert test.status == "ended" and test.application.status == "lost"
    assert balance_of(test.award.pot_id).left.total == GBP(150_000)
    assert problems() == []


def test_an_offer_that_runs_out_loses_the_match(make, people):
    test = make.test_grant(upto="announced")
    award = award_of(test)
    award.expires_at = make.now
    assert awards.expire(award.id, now=make.now)
    test = queries.fresh(test.id)
    assert test.status == "ended" and test.application.status == "lost"


# The subsidy.


def test_nothing_is_decided_before_the_startup_has_confirmed(make):
    test = make.test_grant()
    with pytest.raises(NotDeclared):
        make.decide_test(test)


def test_nothing_is_decided_over_the_ceiling_and_a_corrected_declaration_lets_it_go_on(make):
    test = make.test_grant()
    day = london_today(make.now) - timedelta(days=10)
    assert not make.declared(test, (day, Money(300_000_01))).fits
    with pytest.raises(BeyondCeiling):
        make.decide_test(test)
    db.session.rollback()
    found = make.declared(queries.fresh(test.id), (day, GBP(300_000)))
    assert found.fits and found.left == Money(0)
    assert make.decide_test(test).status == "approved"


def test_earlier_test_grants_of_this_house_count_by_themselves_and_once(make, problems):
    first = make.test_grant("running")
    notice = subsidy.notice_of(first.award_id)
    assert notice is not None and notice.status == "given" and notice.given_on == london_today(make.now)
    second = make.test_grant(startup=first.startup)
    found = make.declared(second, (london_today(make.now), GBP(285_000)))
    assert found.earlier == GBP(300_000) and found.fits
    assert subsidy.check_of(notice, london_today(make.now)).earlier == Money(0)
    assert problems() == []


def test_two_offers_that_fit_alone_do_not_both_come_into_force(make):
    first = make.test_grant(upto="written")
    second = make.test_grant(startup=first.startup, upto="written")
    day = london_today(make.now)
    make.declared(first, (day, GBP(300_000)))
    make.declared(second, (day, GBP(300_000)))
    make.sign_test(first)
    with pytest.raises(BeyondCeiling):
        make.sign_test(second)


def test_a_test_that_was_stopped_counts_with_what_was_paid(make):
    test = make.test_grant("stopped")
    again = make.test_grant(startup=test.startup)
    assert make.declared(again).earlier == GBP(5_000)


def test_what_is_given_is_not_declared_again(make):
    test = make.test_grant("running")
    with pytest.raises(IllegalMove):
        make.declared(test)


def test_what_was_declared_is_forgotten_once_the_law_needs_it_no_more(make):
    test = make.test_grant("running")
    notice = subsidy.notice_of(test.award_id)
    again = make.test_grant(startup=test.startup)
    make.declared(again, (london_today(make.now), GBP(20)))
    offering.decline(again, words="", by=make.owner_of(again), now=make.now)
    db.session.add(DeclaredAid(notice_id=notice.id, given_on=notice.given_on, giver="Elsewhere", amount_minor=5))
    db.session.flush()
    almost = london_minute(notice.given_on.replace(year=notice.given_on.year + 3))
    assert forget_declared(almost, 3) == 0
    assert forget_declared(almost + timedelta(days=1), 3) == 2
    assert subsidy.notice_of(test.award_id).status == "given" and subsidy.aids_of(notice.id) == []
