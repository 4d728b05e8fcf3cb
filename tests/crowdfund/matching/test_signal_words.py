"""Signals in words: what was seen and why anybody looks, with numbers and without names."""

import pytest
from markupsafe import Markup

from civic.core.money import GBP
from civic.crowdfund.matching.rules.signals import KINDS
from civic.crowdfund.matching.rules.terms import LumpSum, Ratio
from civic.crowdfund.matching.rules.traces import plain_address
from civic.crowdfund.matching.wording import SIGNAL_NAMES, SIGNAL_REASONS, signal_sentence
from tests.crowdfund.matching.people import Street
from tests.crowdfund.matching.test_formulas import scheme


@pytest.fixture
def street() -> Street:
    return Street()


def everything(street) -> list:
    street.gives(50, campaign=2, person="organiser 1")
    street.gives(50, campaign=1, person="organiser 2")
    for campaign in (3, 4, 5):
        street.gives(25, campaign=(campaign - 2) % 3 + 3, person=f"organiser {campaign}")
    street.gives(20, campaign=6, person="organiser 7", card="blue")
    street.gives(20, campaign=7, card="blue")
    for number in range(5):
        street.gives(50, campaign=6, joined=number, at=number + 1)
        street.gives(50, campaign=6, card="red", at=50 + number / 10)
        street.gives(50, campaign=7, joined=90, at=100 + number / 10)
    return [
        *street.found(scheme(Ratio(100, per_gift=GBP(50), per_person=GBP(60)))),
        *street.found(scheme(LumpSum(GBP(500), amount=GBP(240)))),
    ]


def test_every_kind_is_said_in_words_that_accuse_nobody(in_request, street):
    found = everything(street)
    assert {each.kind for each in found} == set(KINDS) == set(SIGNAL_NAMES) == set(SIGNAL_REASONS)
    for each in found:
        said = str(signal_sentence(each))
        assert "%" not in said and "GBP" not in said and "Sentence" not in said
        assert f"It makes a difference of £{each.effect.minor // 100:,}" in said
        assert Markup("{}").format(signal_sentence(each))
        for name in ("organiser 1", "person", "example", "red", "blue"):
            assert name not in str(each.facts)
            assert name not in each.key


def test_the_words_of_some(in_request, street):
    said = [str(signal_sentence(each)) for each in everything(street)]
    for expected in (
        "Organisers of two campaigns have given £100 to each other’s campaigns. It makes a difference of £100.",
        "Organisers of 3 campaigns have given £75 to each other’s campaigns, in a circle. It makes a difference of £75.",
        "£20 came from people who run this campaign: by account, by address or by card. 1 gift came with a card that an "
        "organiser has used, under another name. It makes a difference of £20.",
        "5 gifts of £50, or a little less, came from one card within an hour. It makes a difference of £200.",
    ):
        assert expected in said


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Ada@Example.org ", "ada@example.org"),
        ("ada+garden@example.org", "ada@example.org"),
        ("a.d.a@gmail.com", "ada@gmail.com"),
        ("a.da+x@googlemail.com", "ada@gmail.com"),
        ("a.da@example.org", "a.da@example.org"),
        ("", ""),
        ("ada", ""),
    ],
)
def test_an_address_without_what_its_owner_can_change(typed, plain):
    assert plain_address(typed) == plain
