"""Schemes: written by one person, approved by another within a limit, filled from their funds, joined and left by campaigns."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.core.errors import Forbidden
from civic.core.money import GBP
from civic.core.states import IllegalMove
from civic.crowdfund.actions import settlement
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.matching.actions import drafts, schemes
from civic.crowdfund.matching.actions.drafts import Payer
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.refusals import Impossible, JoinedAlready, NobodyPays, NotADraft, NotOpen, StandsBehind
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, Ratio
from civic.grants.queries import funds
from civic.grants.refusals import BeyondLimit, IsTheirOwn, NeedsSomebodyElse, NoDelegation, NotEnough
from civic.grants.rules.amounts import Amounts


def propose(avenue, scheme):
    drafts.propose(scheme, why="It doubles what neighbours give.", by=avenue.officer, now=avenue.now)


def approve(avenue, scheme, by=None):
    schemes.approve(scheme, number="DD1", by=by or avenue.mayor, now=avenue.now)


def test_two_people_stand_behind_a_promise_and_its_money_is_set_aside_at_once(avenue):
    first, second = avenue.live(), avenue.live()
    scheme = avenue.draft(Ratio(50), GBP(600), GBP(400))
    schemes.enrol(scheme, first, by=avenue.officer, now=avenue.now)
    schemes.enrol(scheme, second, by=avenue.officer, now=avenue.now)
    propose(avenue, scheme)
    assert not scheme.is_public
    approve(avenue, scheme)
    running = avenue.scheme(scheme)
    assert (running.status, running.decision_number, running.is_public) == ("running", "DD1", True)
    assert [funds.balance_of(each.pot_id).left for each in running.funders] == [
        Amounts.of(0, 600_00),
        Amounts.of(0, 400_00),
    ]
    assert avenue.shown(first) == avenue.shown(second) == {"Patron 0": 0, "Patron 1": 0}
    assert avenue.problems() == []


def test_who_proposed_it_does_not_approve_it_even_past_the_code(avenue):
    both = avenue.make.staff("funds_officer", "approver")
    scheme = avenue.draft()
    drafts.propose(scheme, why="x", by=both, now=avenue.now)
    with pytest.raises(NeedsSomebodyElse):
        approve(avenue, scheme, both)
    with pytest.raises(sa.exc.IntegrityError, match="four_eyes"), db.session.begin_nested():
        db.session.execute(
            sa.text("UPDATE match_scheme SET approved_by_id = proposed_by_id WHERE id = :id"), {"id": scheme.id}
        )


def test_the_whole_pot_needs_a_grade_that_reaches_it(avenue):
    scheme = avenue.draft(Ratio(100), GBP(30_000), GBP(30_000))
    propose(avenue, scheme)
    with pytest.raises(NoDelegation):
        approve(avenue, scheme, avenue.make.staff("approver"))
    with pytest.raises(BeyondLimit):
        approve(avenue, scheme, avenue.approver_of("assistant_director"))
    approve(avenue, scheme)


def test_nobody_approves_a_scheme_in_which_a_campaign_of_their_own_is(avenue):
    organisation = avenue.make.organisation(owner=avenue.mayor, status="verified")
    mine = avenue.make.campaign("live", organisation=organisation)
    scheme = avenue.draft()
    with pytest.raises(IsTheirOwn):
        schemes.enrol(scheme, mine, by=avenue.mayor, now=avenue.now)
    schemes.enrol(scheme, mine, by=avenue.officer, now=avenue.now)
    propose(avenue, scheme)
    with pytest.raises(StandsBehind):
        schemes.must_be_apart(scheme, avenue.mayor)
    with pytest.raises(Forbidden):
        approve(avenue, scheme)


def test_a_fund_without_the_money_promises_nothing(avenue):
    scheme = avenue.draft(Ratio(100), GBP(200_000))
    propose(avenue, scheme)
    with pytest.raises(NotEnough), db.session.begin_nested():
        approve(avenue, scheme)
    assert avenue.scheme(scheme).status == "proposed"
    assert avenue.problems() == []


def test_what_was_proposed_is_not_changed_any_more(avenue):
    scheme = avenue.draft()
    propose(avenue, scheme)
    about = {"title": "Another", "summary": "", "language": "en"}
    for refused in (
        lambda: drafts.describe(scheme, **about),
        lambda: drafts.set_rule(scheme, Ratio(200), counts_past=True),
        lambda: drafts.set_funders(scheme, [], now=avenue.now),
    ):
        with pytest.raises(NotADraft):
            refused()
    drafts.send_back(scheme, why="Too much.", by=avenue.officer, now=avenue.now)
    drafts.describe(scheme, **about)
    drafts.set_rule(scheme, Ratio(200), counts_past=True)
    written = avenue.scheme(scheme)
    assert (written.title, written.formula, written.counts_past) == ("Another", Ratio(200), True)


def test_nobody_overwrites_what_a_colleague_changed_meanwhile(avenue):
    scheme = avenue.draft()
    about, rule = edition(scheme, drafts.ABOUT), edition(scheme, drafts.RULE)
    payers = queries.mark_of_funders(scheme.funders)
    drafts.set_rule(scheme, Ratio(50), counts_past=False, seen=rule)
    drafts.describe(scheme, title="Mine", summary="", language="en", seen=about)
    with pytest.raises(ChangedMeanwhile):
        drafts.describe(scheme, title="Yours", summary="", language="en", seen=about)
    with pytest.raises(ChangedMeanwhile):
        drafts.set_rule(scheme, Ratio(25), counts_past=False, seen=rule)
    drafts.set_funders(scheme, [Payer(avenue.fund, "Mine", GBP(5))], now=avenue.now, seen=payers)
    with pytest.raises(ChangedMeanwhile):
        drafts.set_funders(scheme, [], now=avenue.now, seen=payers)
    assert (avenue.scheme(scheme).title, avenue.scheme(scheme).formula) == ("Mine", Ratio(50))


def test_a_funder_that_is_taken_off_a_draft_leaves_no_empty_pot_in_its_fund(avenue):
    scheme = avenue.draft(Ratio(100), GBP(600), GBP(400))
    other = scheme.funders[1].pot.fund
    drafts.set_funders(scheme, [Payer(other, "Alone", GBP(400))], now=avenue.now)
    assert [pot.owner for pot in funds.pots_of(other)] == [f"scheme:{scheme.id}:{other.id}:0"]
    assert [pot.owner for pot in funds.pots_of(avenue.fund) if pot.owner.startswith("scheme")] == []


def test_a_campaign_that_closed_before_the_approval_is_left_out_with_its_gifts(avenue):
    open_one = avenue.live()
    closed_one = avenue.make.campaign("live", closes_at=avenue.now + timedelta(days=1))
    for campaign in (open_one, closed_one):
        avenue.gift(campaign, GBP(30))
    scheme = avenue.draft(counts_past=True)
    for campaign in (open_one, closed_one):
        schemes.enrol(scheme, campaign, by=avenue.officer, now=avenue.now)
    propose(avenue, scheme)
    avenue.now += timedelta(days=2)
    approve(avenue, scheme)
    assert (avenue.match(open_one), avenue.match(closed_one)) == (GBP(30), GBP(0))
    assert avenue.place(scheme, closed_one).status == "left"
    assert avenue.shown(closed_one) == {}
    assert avenue.problems() == []


def test_a_rule_that_can_never_work_is_not_written(avenue):
    with pytest.raises(Impossible) as refused:
        avenue.draft(LumpSum(GBP(100)))
    assert refused.value.faults == [("", "condition")]
    with pytest.raises(Impossible):
        avenue.draft(Fixed(GBP(0)))
    scheme = avenue.draft()
    drafts.set_funders(scheme, [], now=avenue.now)
    with pytest.raises(NobodyPays):
        propose(avenue, avenue.scheme(scheme))


def test_only_campaigns_that_take_pledges_join_and_only_once(avenue):
    scheme, campaign = avenue.draft(), avenue.live()
    with pytest.raises(NotOpen):
        schemes.enrol(scheme, avenue.make.campaign("in_review"), by=avenue.officer, now=avenue.now)
    schemes.enrol(scheme, campaign, by=avenue.officer, now=avenue.now)
    with pytest.raises(JoinedAlready):
        schemes.enrol(scheme, campaign, by=avenue.officer, now=avenue.now)


def test_a_campaign_that_joins_later_is_matched_from_then_on_or_from_its_first_gift_as_the_scheme_says(avenue):
    late, all_of_it = avenue.live(), avenue.live()
    for campaign in (late, all_of_it):
        avenue.gift(campaign, GBP(30))
    new, past = avenue.running(), avenue.running(counts_past=True)
    schemes.enrol(new, late, by=avenue.officer, now=avenue.now)
    schemes.enrol(past, all_of_it, by=avenue.officer, now=avenue.now)
    assert (avenue.match(late), avenue.match(all_of_it)) == (GBP(0), GBP(30))
    avenue.gift(late, GBP(5))
    avenue.gift(all_of_it, GBP(5))
    assert (avenue.match(late), avenue.match(all_of_it)) == (GBP(5), GBP(35))
    assert avenue.problems() == []


def test_a_campaign_is_taken_out_until_something_was_promised_to_it(avenue):
    empty, matched = avenue.live(), avenue.live()
    scheme = avenue.running(empty, matched)
    avenue.gift(matched, GBP(10))
    schemes.take_out(scheme, empty, why="A mistake.", by=avenue.officer, now=avenue.now)
    assert avenue.shown(empty) == {}
    with pytest.raises(IllegalMove):
        schemes.take_out(scheme, matched, why="A mistake.", by=avenue.officer, now=avenue.now)
    draft, third = avenue.draft(), avenue.live()
    schemes.enrol(draft, third, by=avenue.officer, now=avenue.now)
    schemes.take_out(draft, third, why="A mistake.", by=avenue.officer, now=avenue.now)
    schemes.enrol(draft, third, by=avenue.officer, now=avenue.now)  # a draft promised nothing: it may come back
    assert avenue.problems() == []


def test_an_ended_scheme_matches_no_more_and_keeps_what_it_promised(avenue):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    stays, goes = avenue.gift(campaign, GBP(10)), avenue.gift(campaign, GBP(7))
    schemes.end(scheme, why="The year is over.", by=avenue.officer, now=avenue.now)
    avenue.gift(campaign, GBP(50))
    avenue.becomes(stays, amount_minor=20_00)
    assert avenue.match(campaign) == GBP(17)
    avenue.becomes(goes, status="cancelled", ended_at=avenue.now)
    assert avenue.match(campaign) == GBP(10)
    assert avenue.problems() == []


def test_a_withdrawn_campaign_gives_everything_back_and_others_may_have_it(avenue):
    first, second = avenue.live(), avenue.live()
    scheme = avenue.running(first, second, contributions=(GBP(50),))
    avenue.gift(first, GBP(40))
    avenue.gift(second, GBP(30))
    assert (avenue.match(first), avenue.match(second)) == (GBP(40), GBP(10))
    settlement.withdraw(first, by=avenue.officer, why="Sold", now=avenue.now)
    assert (avenue.match(first), avenue.match(second)) == (GBP(0), GBP(30))
    assert avenue.reserved(scheme) == [Amounts.of(0, 30_00)]
    assert avenue.problems() == []


def test_what_never_ran_is_thrown_away(avenue):
    scheme = avenue.draft()
    drafts.discard(scheme, by=avenue.officer, now=avenue.now)
    with pytest.raises(NotADraft):
        propose(avenue, scheme)
