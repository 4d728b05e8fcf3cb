"""The simulation: what follows from the assumption, to the penny and the same each time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.core.i18n import speaking
from civic.core.money import GBP, Money
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.simulation import (
    Assumption,
    Prospect,
    assumption_sentence,
    forecast_sentence,
    simulate,
)
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, PerBacker, Ratio
from tests.conftest import NOW
from tests.crowdfund.matching import oracle
from tests.crowdfund.matching.cases import CAMPAIGNS, MANY, PEOPLE, schemes
from tests.crowdfund.matching.test_formulas import scheme

DAY = timedelta(days=1)
NOTHING = Money(0)


def ago(number, pounds, *, hours, campaign=1, person="") -> Gift:
    return Gift(number, campaign, person or f"person {number}", GBP(pounds), NOW - timedelta(hours=hours))


def prospect(*gifts: Gift, number=1, target=1_000, days=10, age=30, counted=None) -> Prospect:
    raised = sum((gift.amount for gift in gifts), NOTHING)
    counted = raised if counted is None else GBP(counted)
    return Prospect(number, GBP(target), counted, NOW - age * DAY, NOW + days * DAY, gifts)


def run(made, *prospects, days=7, counts_past=False):
    return simulate(made, prospects, assumption=Assumption(days, counts_past), now=NOW)


def test_gifts_go_on_as_in_the_last_days_until_the_close():
    here = prospect(ago(1, 10, hours=30), ago(2, 20, hours=6), days=7)
    forecast = run(scheme(Ratio(100)), here, days=2)
    (outlook,) = forecast.campaigns
    # £10 at 18, 66, 114 and 162 hours from now; £20 at 42, 90 and 138; the close is at 168.
    assert (outlook.gifts, outlook.expected, outlook.match) == (7, GBP(100), GBP(100))
    assert (outlook.without, outlook.with_match) == (GBP(130), GBP(230))
    assert (forecast.total, forecast.left, forecast.empty_at) == (GBP(100), GBP(900), None)


def test_the_pot_is_empty_with_the_gift_that_takes_the_last_penny():
    here = prospect(ago(1, 10, hours=30), ago(2, 20, hours=6), days=7)
    forecast = run(scheme(Ratio(100), 30), here, days=2)
    assert (forecast.empty_at, forecast.total, forecast.left) == (NOW + timedelta(hours=42), GBP(30), NOTHING)
    cut = run(scheme(Ratio(100), 35), here, days=2)
    assert (cut.empty_at, cut.total) == (NOW + timedelta(hours=66), GBP(35))


def test_what_was_given_longer_ago_is_no_sign_of_what_comes():
    here = prospect(ago(1, 500, hours=72), ago(2, 20, hours=6), days=4)
    assert run(scheme(Ratio(100)), here, days=2).campaigns[0].expected == GBP(40)


def test_days_end_where_they_began():
    """A gift of just two days ago is one of the days before: else it would come twice in a round."""
    here = prospect(ago(1, 500, hours=48), ago(2, 20, hours=0), days=4)
    assert run(scheme(Ratio(100)), here, days=2).campaigns[0].expected == GBP(20)


def test_a_gift_that_staff_decided_against_is_not_matched_and_not_expected_again():
    left_out = replace(ago(1, 10, hours=3), is_excluded=True)
    forecast = run(scheme(Ratio(100)), prospect(left_out, ago(2, 20, hours=6), days=1), days=1, counts_past=True)
    assert (forecast.total, forecast.campaigns[0].expected) == (GBP(40), GBP(20))


def test_a_pot_in_which_nothing_was_is_not_emptied():
    here = prospect(ago(1, 10, hours=3))
    assert run(scheme(Ratio(100), 0), here, counts_past=True).empty_at is None
    assert run(scheme(Ratio(100), 0), here).empty_at is None


def test_a_young_campaign_repeats_what_there_was_and_never_more_than_once_a_day():
    gifts = (ago(1, 10, hours=40), ago(2, 10, hours=2))
    assert run(scheme(Ratio(100)), prospect(*gifts, age=2, days=4), days=30).campaigns[0].gifts == 4
    # Two hours after its launch, ten gifts are ten a day and not a hundred and twenty.
    hectic = prospect(*(ago(number, 10, hours=1) for number in range(10)), age=0, days=4)
    assert run(scheme(Ratio(100)), hectic, days=30).campaigns[0].gifts == 40


def test_nobody_gives_any_more():
    here = prospect(ago(1, 10, hours=30), ago(2, 20, hours=6))
    assert run(scheme(Ratio(100)), here, days=0).total == NOTHING
    past = run(scheme(Ratio(100)), here, days=0, counts_past=True)
    assert (past.total, past.campaigns[0].gifts, past.campaigns[0].without) == (GBP(30), 0, GBP(30))


def test_gifts_that_stand_already_come_first_where_they_count():
    here = prospect(ago(1, 10, hours=30), ago(2, 20, hours=6), days=7)
    forecast = run(scheme(Ratio(100), 25), here, counts_past=True)
    assert forecast.empty_at == NOW - timedelta(hours=6)
    assert forecast.campaigns[0].match == GBP(25)


def test_a_campaign_that_has_closed_or_has_no_gifts_expects_none():
    closed, empty = prospect(ago(1, 10, hours=3), days=-1), prospect(number=2)
    assert [each.gifts for each in run(scheme(Ratio(100)), closed, empty).campaigns] == [0, 0]


def test_who_reaches_the_target_without_and_with_the_match():
    steady = [
        prospect(ago(number, 10, hours=12, campaign=number), number=number, target=target, days=10, age=1, counted=10)
        for number, target in ((1, 110), (2, 200), (3, 1_000))
    ]
    forecast = run(scheme(Ratio(100)), *steady, days=1)
    assert [(each.reaches_without, each.reaches) for each in forecast.campaigns] == [
        (True, True),
        (False, True),
        (False, False),
    ]
    assert forecast.helped == 1
    assert [each.share_bps for each in forecast.campaigns] == [3_333, 3_333, 3_333]


def test_each_round_brings_new_people_and_those_who_gave_twice_give_twice_again():
    ada = [ago(number, 10, hours=hours, person="ada") for number, hours in ((1, 20), (2, 4))]
    forecast = run(scheme(Ratio(100, per_person=GBP(15))), prospect(*ada, days=3), days=1)
    assert forecast.total == GBP(45)
    everywhere = [
        prospect(ago(number, 10, hours=4, campaign=number, person="ada"), number=number, days=1) for number in (1, 2)
    ]
    known = run(scheme(Ratio(100, per_person_in_scheme=GBP(15))), *everywhere, days=0, counts_past=True)
    assert known.total == GBP(15)


@pytest.mark.parametrize(
    ("formula", "total"),
    [
        (Fixed(GBP(100), backers=3), GBP(100)),
        (LumpSum(GBP(50), percent=3), GBP(50)),
        (LumpSum(GBP(50), percent=99), NOTHING),
        (PerBacker(GBP(5), least=GBP(10)), GBP(20)),
        (PerBacker(GBP(5), least=GBP(11)), NOTHING),
    ],
)
def test_every_formula_can_be_tried(formula, total):
    assert run(scheme(formula), prospect(ago(1, 10, hours=12), days=4), days=1).total == total


gifts_before = st.lists(
    st.tuples(
        st.sampled_from(CAMPAIGNS), st.sampled_from(PEOPLE), st.integers(1, 700).map(Money), st.integers(0, 10 * 24)
    ),
    max_size=20,
)


@MANY
@given(schemes, gifts_before, st.integers(0, 9), st.integers(-1, 12), st.booleans())
def test_the_forecast_is_what_the_slow_oracle_says_of_the_gifts_that_are_expected(made, told, days, left, counts_past):
    gifts = [
        Gift(number, campaign, person, amount, NOW - timedelta(hours=hours))
        for number, (campaign, person, amount, hours) in enumerate(told, 1)
    ]
    prospects = [
        prospect(*(gift for gift in gifts if gift.campaign == each), number=each, target=17, days=left)
        for each in CAMPAIGNS
    ]
    forecast = run(made, *prospects, days=days, counts_past=counts_past)
    coming = expected_by_hand(prospects, days)
    past = gifts if counts_past else []
    answer = oracle.answer(made, [*past, *coming], {each: GBP(17) for each in CAMPAIGNS})
    assert forecast.total.minor == sum(each.amount for each in answer)
    for each in forecast.campaigns:
        assert each.match.minor == sum(one.amount for one in answer if one.campaign == each.id)
        assert each.gifts == sum(gift.campaign == each.id for gift in coming)
    assert (forecast.empty_at is not None) == (forecast.left == NOTHING and bool(forecast.total))


def expected_by_hand(prospects, days):
    """The same gifts, written down one by one; numbers keep the order of gifts at the same moment."""
    coming = []
    for each in prospects:
        for again in range(1, 40 if days else 1):
            for gift in each.gifts:
                since = gift.since + again * days * DAY
                if NOW - days * DAY < gift.since and since < each.closes_at:
                    person = f"{gift.person} {gift.campaign} {again}"
                    coming.append(Gift(gift.id * 1_000 + again, gift.campaign, person, gift.amount, since))
    return coming


@MANY
@given(schemes, gifts_before, st.randoms())
def test_the_same_question_has_the_same_answer(made, told, chance):
    gifts = [
        Gift(number, campaign, person, amount, NOW - timedelta(hours=hours))
        for number, (campaign, person, amount, hours) in enumerate(told, 1)
    ]
    shuffled = list(gifts)
    chance.shuffle(shuffled)
    one, other = (
        run(made, *(prospect(*(gift for gift in each if gift.campaign == c), number=c) for c in CAMPAIGNS))
        for each in (gifts, shuffled)
    )
    assert one == other


# In words.


def test_the_assumption_is_said(in_request):
    assert str(assumption_sentence(Assumption(14))) == (
        "Until it closes, each campaign is given the same gifts as in the last 14 days, again and again, by new people. "
        "Only new gifts are matched."
    )
    assert "in the last day," in str(assumption_sentence(Assumption(1)))
    assert str(assumption_sentence(Assumption(0, counts_past=True))) == (
        "Nobody gives anything more. Gifts that stand already are matched too."
    )


def test_the_forecast_is_said(in_request):
    here = prospect(ago(1, 10, hours=30), ago(2, 20, hours=6), days=7)
    assert str(forecast_sentence(run(scheme(Ratio(100)), here, days=2))) == (
        "£100 is matched, and £900 is left in the pot when the last campaign closes."
    )
    assert str(forecast_sentence(run(scheme(Ratio(100), 30), here, days=2))) == (
        "£30 is matched, and the pot is empty on 25 November 2026, 6:00am."
    )
    assert str(forecast_sentence(run(scheme(Ratio(100)), here, days=0))) == "Nothing is matched."
    with speaking("ar"):
        assert "\u2068£100\u2069" in str(forecast_sentence(run(scheme(Ratio(100)), here, days=2)))
