"""The terms of a scheme: kept and read again, impossible ones found, and said in plain words that are true."""

import pytest
from hypothesis import given
from markupsafe import Markup

from civic.core.i18n import speaking
from civic.core.money import GBP, Money
from civic.crowdfund.matching.rules import words
from civic.crowdfund.matching.rules.formulas import REASONS
from civic.crowdfund.matching.rules.terms import (
    KINDS,
    Fixed,
    Funder,
    LumpSum,
    PerBacker,
    Ratio,
    Scheme,
    faults,
    kept,
    kind_of,
    numbers,
    read,
)
from tests.crowdfund.matching.cases import MANY, formulas

EVERY = (
    Fixed(GBP(250), backers=20),
    Ratio(100, GBP(50), GBP(100), GBP(500), GBP(5_000)),
    LumpSum(GBP(1_000), percent=25, amount=GBP(500), backers=30),
    PerBacker(GBP(5), least=GBP(10), per_campaign=GBP(1_000), per_person_in_scheme=GBP(25)),
)


@MANY
@given(formulas)
def test_terms_are_read_as_they_were_kept(formula):
    assert read(kind_of(formula), kept(formula)) == formula
    assert all(value is None or type(value) is int for value in kept(formula).values())


def test_sums_are_kept_in_pence_under_names_that_say_so():
    assert kept(EVERY[1]) == {
        "pence_per_pound": 100,
        "per_gift_minor": 5_000,
        "per_person_minor": 10_000,
        "per_person_in_scheme_minor": 50_000,
        "per_campaign_minor": 500_000,
    }
    assert read("ratio", {"pence_per_pound": 50}) == Ratio(50)
    assert set(KINDS) == {kind_of(formula) for formula in EVERY} == set(words.KIND_NAMES)


def test_the_pot_is_what_all_have_put_in():
    assert Scheme(EVERY[0], (Funder(1, GBP(10)), Funder(2, GBP("5.50")))).pot == GBP("15.50")
    assert Scheme(EVERY[0], ()).pot == Money(0)


def test_a_limit_that_is_not_there_is_out_of_reach():
    assert numbers(Ratio(100)).per_gift > GBP(10_000_000).minor
    assert numbers(Ratio(100, per_gift=GBP(1))).per_gift == 100


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        *((formula, []) for formula in EVERY),
        (Ratio(100), []),
        (Ratio(0), [("pence_per_pound", "rate")]),
        (Ratio(1_001), [("pence_per_pound", "rate")]),
        (Ratio(100, per_gift=GBP(0)), [("per_gift", "nothing")]),
        (Ratio(100, per_gift=GBP(5), per_person=GBP(4)), [("per_gift", "out_of_reach")]),
        (Ratio(100, per_person=GBP(5), per_campaign=GBP(4)), [("per_person", "out_of_reach")]),
        (Ratio(100, per_gift=GBP(5), per_person_in_scheme=GBP(4)), [("per_gift", "out_of_reach")]),
        (Fixed(GBP(0)), [("each", "nothing")]),
        (Fixed(GBP(1), backers=0), [("backers", "backers")]),
        (LumpSum(GBP(1)), [("", "condition")]),
        (LumpSum(GBP(1), percent=0), [("percent", "percent")]),
        (LumpSum(GBP(1), percent=101), [("percent", "percent")]),
        (LumpSum(GBP(1), backers=0), [("backers", "backers")]),
        (LumpSum(GBP(1), amount=GBP(0)), [("amount", "nothing")]),
        (PerBacker(GBP(5), GBP(0)), [("least", "nothing")]),
        (PerBacker(GBP(5), GBP(1), per_campaign=GBP(4)), [("each", "out_of_reach")]),
    ],
)
def test_what_makes_a_formula_impossible(formula, expected):
    assert list(faults(formula)) == expected
    assert all(code in words.FAULTS for _, code in expected)


# In words.


def said(formula) -> str:
    return str(words.formula_sentence(formula))


def rules(formula, *pounds) -> str:
    funders = tuple(Funder(number, GBP(each)) for number, each in enumerate(pounds or (100,), 1))
    return " ".join(str(each) for each in words.rule_sentences(Scheme(formula, funders)))


def test_a_formula_in_words(in_request):
    fixed, ratio, _, per_backer = EVERY
    assert said(fixed) == "Each campaign gets £250 once it has 20 backers."
    assert said(Fixed(GBP(250))) == "Each campaign gets £250 once it has 1 backer."
    assert said(ratio) == (
        "For each £1 that is given by card, £1 is added. At most £50 is added to one gift. "
        "At most £100 is added to what one person gives to one campaign. "
        "At most £500 is added to what one person gives to all campaigns together. "
        "At most £5,000 is added for one campaign."
    )
    assert said(Ratio(50)) == "For each £1 that is given by card, £0.50 is added."
    assert said(per_backer) == (
        "For each person who gives a campaign £10 or more by card, £5 is added, once. "
        "For one person, at most £25 is added in all campaigns together. At most £1,000 is added for one campaign."
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"percent": 25}, "once 25% of its target has been given by card."),
        ({"amount": GBP(500)}, "once £500 has been given by card."),
        ({"backers": 30}, "once it has 30 backers."),
        (
            {"percent": 25, "amount": GBP(500)},
            "once 25% of its target, and at least £500, has been given by card.",
        ),
        ({"percent": 25, "backers": 30}, "once 25% of its target has been given by card, and it has 30 backers."),
        ({"amount": GBP(500), "backers": 1}, "once £500 has been given by card, and it has 1 backer."),
        (
            {"percent": 25, "amount": GBP(500), "backers": 30},
            "once 25% of its target, and at least £500, has been given by card, and it has 30 backers.",
        ),
    ],
)
def test_every_combination_of_conditions_is_a_sentence_of_its_own(in_request, asked, expected):
    assert said(LumpSum(GBP(1_000), **asked)) == f"A campaign gets £1,000 {expected}"


def test_everything_that_the_code_does_is_promised(in_request):
    everything = rules(EVERY[1], 900, 100)
    for promise in (
        "in the order in which their cards were saved",
        "what it was raised by counts from then on",
        "rounded down, gift by gift",
        "in this order: the gift, the person in this campaign, the person in all campaigns, the campaign and what is left in the pot.",
        "There is £1,000 in the pot.",
        "all that is left is added; after that, nothing is",
        "in proportion to what it has put into the pot",
        "cancelled or lowered before the campaign closes",
        "Once the campaign has closed, nothing more is added",
        "If the campaign does not reach its target, nothing is paid",
        "Our staff can decide that a gift does not count here.",
    ):
        assert promise in everything
    assert "%" not in everything.replace("25%", "")


def test_nothing_is_promised_that_does_not_exist(in_request):
    assert "limits are looked at" not in rules(Ratio(100))
    assert "Each funder" not in rules(Ratio(100))
    assert "penny" not in rules(EVERY[3])
    assert "in this order: the campaign and what is left in the pot." in rules(Ratio(100, per_campaign=GBP(5)))
    assert "it keeps the sum" in rules(EVERY[0])
    assert "it keeps the sum" not in rules(EVERY[3])


@pytest.mark.parametrize("formula", EVERY)
@pytest.mark.parametrize("cap", REASONS)
def test_every_reason_has_its_sentence(in_request, formula, cap):
    for amount in (GBP(0), GBP(3)):
        sentence = words.reason_sentence(cap, formula, amount=amount)
        assert (sentence is None) == (cap == "")
        assert "%(" not in str(sentence or "")


def test_a_reason_says_whether_something_or_nothing_was_left(in_request):
    some, none = (str(words.reason_sentence("pot", EVERY[1], amount=GBP(each))) for each in (3, 0))
    assert (some, none) == ("This is what was left in the pot.", "The pot was empty.")
    assert "£10" in str(words.reason_sentence("too_small", EVERY[3], amount=GBP(0)))
    assert "counted already" in str(words.reason_sentence("person", EVERY[3], amount=GBP(0)))


def test_sums_stay_whole_from_right_to_left_and_in_pages(in_request):
    with speaking("ar"):
        assert "\u2068£250\u2069" in said(EVERY[0])
        assert "<bdi>£250</bdi>" in Markup("{}").format(words.formula_sentence(EVERY[0]))
    assert "bdi" not in Markup("{}").format(words.formula_sentence(EVERY[0]))
    listed = Markup(" ").join(words.rule_sentences(Scheme(EVERY[1], (Funder(1, GBP(1)),))))
    assert "the campaign and what is left in the pot" in listed
