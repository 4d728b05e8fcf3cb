"""Gifts matched as they come: to the penny, within every limit, reserved at once, and given back when they go."""

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.matching.actions import gifts, schemes
from civic.crowdfund.matching.models import MatchEntry
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, PerBacker, Ratio
from civic.grants.rules.amounts import Amounts
from tests.support.sql import statements


def test_a_gift_is_matched_the_moment_it_stands_and_the_page_shows_it_with_the_crowd(avenue):
    campaign = avenue.live()
    scheme = avenue.running(campaign, formula=Ratio(50))
    pledge = avenue.gift(campaign, Money(33_33))
    assert avenue.match(campaign) == Money(16_66)
    assert avenue.reserved(scheme) == [Amounts.of(0, 16_66)]
    assert avenue.shown(campaign) == {"Patron 0": 16_66}
    avenue.becomes(pledge, status="cancelled", ended_at=avenue.now)
    assert avenue.match(campaign) == GBP(0)
    assert avenue.reserved(scheme) == [Amounts()]
    assert avenue.problems() == []


def test_a_raise_comes_last_and_takes_nobodys_place(avenue):
    first, second = avenue.live(), avenue.live()
    scheme = avenue.running(first, second, contributions=(GBP(100),))
    early = avenue.gift(first, GBP(1))
    avenue.gift(second, GBP(80))
    avenue.becomes(early, amount_minor=500_00)
    assert (avenue.match(first), avenue.match(second)) == (GBP(20), GBP(80))
    assert avenue.entries(scheme)[-1] == (first.id, 19_00, "pot")
    assert avenue.problems() == []


def test_when_a_gift_goes_those_who_waited_are_matched(avenue):
    first, second = avenue.live(), avenue.live()
    avenue.running(first, second, contributions=(GBP(100),))
    early = avenue.gift(first, GBP(90))
    avenue.gift(second, GBP(80))
    assert avenue.match(second) == GBP(10)
    avenue.becomes(early, amount_minor=30_00)
    assert (avenue.match(first), avenue.match(second)) == (GBP(30), GBP(70))
    avenue.becomes(early, status="cancelled", ended_at=avenue.now)
    assert (avenue.match(first), avenue.match(second)) == (GBP(0), GBP(80))
    assert avenue.problems() == []


def test_every_limit_says_why_less_was_given(avenue):
    campaign, other = avenue.live(), avenue.live()
    formula = Ratio(100, per_gift=GBP(10), per_person=GBP(15), per_person_in_scheme=GBP(20), per_campaign=GBP(40))
    scheme = avenue.running(campaign, other, formula=formula, contributions=(GBP(42),))
    avenue.gift(campaign, GBP(30), email="ada@example.org")
    avenue.gift(campaign, GBP(30), email="Ada@example.org")
    avenue.gift(other, GBP(30), email="ada@example.org")
    for name in ("ben", "cem", "dee", "eva"):
        avenue.gift(campaign, GBP(10), email=f"{name}@example.org")
    avenue.gift(other, GBP(10))
    assert [(pence, cap) for _, pence, cap in avenue.entries(scheme)] == [
        (10_00, "gift"),
        (5_00, "person"),
        (5_00, "person_in_scheme"),
        (10_00, ""),
        (10_00, ""),
        (2_00, "pot"),
        (0, "pot"),
        (0, "pot"),
    ]
    assert avenue.problems() == []


def test_one_person_with_an_account_and_as_a_guest_is_one_person(avenue):
    campaign, member = avenue.live(), avenue.make.member()
    scheme = avenue.running(campaign, formula=PerBacker(GBP(5), GBP(10)))
    avenue.gift(campaign, GBP(6), by=member)
    avenue.gift(campaign, GBP(6), email=member.email.upper())
    assert avenue.match(campaign) == GBP(5)
    assert len({entry.person for entry in db.session.query(MatchEntry).filter_by(scheme_id=scheme.id)}) == 1
    assert member.email not in str([entry.person for entry in db.session.query(MatchEntry)])


@pytest.mark.parametrize(
    ("formula", "worth"),
    [
        (Fixed(GBP(25), backers=2), [0, 25_00, 25_00]),
        (LumpSum(GBP(40), percent=1, backers=3), [0, 0, 40_00]),
        (PerBacker(GBP(3), GBP(20)), [3_00, 6_00, 9_00]),
        (Ratio(25), [10_00, 20_00, 30_00]),
    ],
)
def test_each_formula_step_by_step(avenue, formula, worth):
    campaign = avenue.live(target=GBP(10_000))
    avenue.running(campaign, formula=formula)
    seen = []
    for _ in range(3):
        avenue.gift(campaign, GBP(40))
        seen.append(avenue.match(campaign).minor)
    assert seen == worth
    assert avenue.problems() == []


def test_funders_pay_by_what_they_put_in_and_every_penny_has_a_payer(avenue):
    campaign = avenue.live()
    scheme = avenue.running(campaign, contributions=(GBP(600), GBP(300), GBP(100)))
    avenue.gift(campaign, Money(100_01))
    assert avenue.shown(campaign) == {"Patron 0": 60_01, "Patron 1": 30_00, "Patron 2": 10_00}
    avenue.gift(campaign, GBP(5_000))
    assert avenue.shown(campaign) == {"Patron 0": 600_00, "Patron 1": 300_00, "Patron 2": 100_00}
    assert avenue.reserved(scheme) == [Amounts.of(0, 600_00), Amounts.of(0, 300_00), Amounts.of(0, 100_00)]
    assert avenue.problems() == []


def test_two_schemes_match_the_same_gift(avenue):
    campaign = avenue.live()
    avenue.running(campaign)
    avenue.running(campaign, formula=Fixed(GBP(25)))
    avenue.gift(campaign, GBP(10))
    assert avenue.match(campaign) == GBP(35)
    assert avenue.problems() == []


def test_a_gift_whose_card_fails_takes_its_match_along_and_a_refund_its_share(avenue):
    campaign = avenue.live()
    avenue.running(campaign)
    stays, fails = avenue.gift(campaign, GBP(20)), avenue.gift(campaign, GBP(10))
    avenue.becomes(stays, status="charging")
    avenue.becomes(stays, status="collected", collected_minor=20_00)
    avenue.becomes(fails, status="charging")
    avenue.becomes(fails, status="past_due")
    assert avenue.match(campaign) == GBP(30)
    avenue.becomes(fails, status="dropped", ended_at=avenue.now)
    assert avenue.match(campaign) == GBP(20)
    avenue.becomes(stays, status="partly_refunded", collected_minor=12_00)
    assert avenue.match(campaign) == GBP(12)
    assert avenue.problems() == []


def test_the_next_gift_costs_the_same_whatever_came_before(avenue):
    campaign = avenue.live()
    avenue.running(campaign, contributions=(GBP(5_000),))
    counts = []
    for size in (1, 15):
        for _ in range(size):
            avenue.gift(campaign, GBP(1))
        with statements() as seen:
            avenue.gift(campaign, GBP(1))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_kept_as_it_goes_is_worked_out_from_nothing_and_a_wrong_penny_is_found(avenue):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    avenue.gift(campaign, GBP(20))
    assert not gifts.rework(scheme, now=avenue.now)
    db.session.execute(sa.update(MatchEntry).values(amount_minor=19_99))
    told = avenue.problems()
    assert any("its funders pay 2000" in each for each in told)
    assert any("entries are not what the rule comes to" in each for each in told)


def test_schemes_of_drafts_and_past_ones_touch_no_gift(avenue):
    campaign = avenue.live()
    draft = avenue.draft()
    schemes.enrol(draft, campaign, by=avenue.officer, now=avenue.now)
    avenue.gift(campaign, GBP(20))
    assert avenue.match(campaign) == GBP(0)
    assert avenue.entries(draft) == []
