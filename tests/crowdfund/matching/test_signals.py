"""Signals: what is listed for a person to look at, and everything harmless that is not."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from markupsafe import Markup

from civic.core.money import GBP, Money
from civic.crowdfund.matching.rules.gifts import Gift
from civic.crowdfund.matching.rules.signals import KINDS, signals
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, PerBacker, Ratio
from civic.crowdfund.matching.rules.traces import Organisers, Trace, plain_address
from civic.crowdfund.matching.wording import SIGNAL_NAMES, SIGNAL_REASONS, signal_sentence
from tests.conftest import NOW
from tests.crowdfund.matching.test_formulas import scheme

TARGETS = {number: GBP(1_000) for number in range(1, 8)}
POUND_FOR_POUND = scheme(Ratio(100))
NOTHING = Money(0)
ORGANISERS = {
    campaign: Organisers(
        campaign * 10, frozenset({f"organiser {campaign}"}), frozenset({f"boss{campaign}@example.org"})
    )
    for campaign in TARGETS
}


class Street:
    """Gifts of people who are as different as people are, unless a test says otherwise."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self.numbers = count(1)

    def gives(self, pounds=10, *, campaign=1, person="", email="", card=None, at=None, joined=None, excluded=False):
        """`at` and `joined` are hours from now; nobody joined lately unless it says so."""
        number = next(self.numbers)
        since = NOW + timedelta(hours=number if at is None else at)
        gift = Gift(number, campaign, person or f"person {number}", GBP(pounds), since, is_excluded=excluded)
        self.traces.append(
            Trace(
                gift,
                email or f"person{number}@example.com",
                f"card {number}" if card is None else card,
                None if joined is None else NOW + timedelta(hours=joined),
            )
        )
        return number

    def found(self, made=POUND_FOR_POUND, kind=None):
        found = signals(made, self.traces, TARGETS, ORGANISERS)
        return [each for each in found if kind is None or each.kind == kind]


@pytest.fixture
def street() -> Street:
    return Street()


def test_an_ordinary_street_has_no_signals(street):
    for number in range(40):
        street.gives(5 + number, campaign=1 + number % 3, at=number * 5, joined=-500 if number % 2 else None)
    assert street.found() == []
    assert street.found(scheme(Ratio(100, GBP(20), GBP(30)))) == []
    assert street.found(scheme(LumpSum(GBP(500), percent=10))) == []


def test_a_gift_that_is_not_matched_is_no_signal(street):
    street.gives(30, campaign=1, person="organiser 1", excluded=True)
    assert street.found() == []


# Circles.


def test_organisers_who_give_to_each_other_are_a_circle(street):
    there = street.gives(50, campaign=2, person="organiser 1")
    back = street.gives(30, campaign=1, email="Boss2+gift@example.org")
    street.gives(20, campaign=1)
    (found,) = street.found()
    assert (found.kind, found.campaigns, found.gifts, found.effect) == ("circle", (1, 2), (there, back), GBP(80))
    assert found.key == "circle:1:2"
    assert found.facts == {"campaigns": 2, "given": GBP(80), "gifts": 2}


@pytest.mark.parametrize("length", [3, 4])
def test_a_longer_circle_is_found_up_to_four(street, length):
    for campaign in range(1, length + 1):
        street.gives(25, campaign=campaign % length + 1, person=f"organiser {campaign}")
    (found,) = street.found()
    assert found.campaigns == tuple(range(1, length + 1))
    assert found.effect == GBP(25) * length


def test_a_circle_of_five_is_no_circle_and_neither_is_a_line(street):
    for campaign in range(1, 6):
        street.gives(25, campaign=campaign % 5 + 1, person=f"organiser {campaign}")
    assert street.found() == []


def test_a_tenner_among_neighbours_is_no_circle(street):
    street.gives(10, campaign=2, person="organiser 1")
    street.gives(500, campaign=1, person="organiser 2")
    assert street.found() == []
    street.gives(10, campaign=2, person="organiser 1")  # two tenners are what one gift of £20 is
    assert [each.kind for each in street.found()] == ["circle"]


def test_two_campaigns_of_one_organisation_are_no_circle(street):
    street.gives(50, campaign=2, person="organiser 1")
    street.gives(50, campaign=1, person="organiser 2")
    together = {1: ORGANISERS[1], 2: Organisers(10, ORGANISERS[2].persons, ORGANISERS[2].emails)}
    assert signals(POUND_FOR_POUND, street.traces, TARGETS, together) == []


# Organisers and their own campaign.


def test_an_organisers_own_account_address_and_card_are_found(street):
    street.gives(20, campaign=5, person="organiser 1", card="blue")  # so that the card is known
    mine = [
        street.gives(10, campaign=1, person="organiser 1"),
        street.gives(11, campaign=1, email="boss1+x@EXAMPLE.org"),
        street.gives(12, campaign=1, card="blue"),
    ]
    street.gives(13, campaign=1)
    (found,) = street.found()
    assert (found.kind, found.campaigns, found.gifts, found.effect) == ("own", (1,), tuple(mine), GBP(33))
    assert found.facts == {"gifts": 3, "given": GBP(33), "by_card": 1}


def test_an_organiser_may_back_others_and_a_guest_without_a_card_is_nobody(street):
    street.gives(200, campaign=2, person="organiser 1", card="")
    street.gives(10, campaign=1, card="")
    street.gives(10, campaign=1, email="")
    assert street.found() == []
    erased = {1: Organisers(10, frozenset({"organiser 1"}), frozenset({""}))}
    assert signals(POUND_FOR_POUND, [replace(each, email="") for each in street.traces], TARGETS, erased) == []


# One card, several names.


def test_a_family_that_shares_a_card_is_left_alone(street):
    street.gives(10, person="mother", card="family")
    street.gives(10, person="son", card="family")
    assert street.found(scheme(Ratio(100, per_person=GBP(20)))) == []
    assert street.found(POUND_FOR_POUND) == []  # no limit for a person: nothing is got by two names
    assert street.found(scheme(PerBacker(GBP(5), least=GBP(15)))) == []


def test_a_couple_that_shares_a_card_once_and_has_others_is_left_alone(street):
    for name in ("ada", "ben"):
        street.gives(10, person=name, card="joint")
        street.gives(15, person=name)
    assert street.found(scheme(Ratio(100, per_person=GBP(25)))) == []
    assert street.found(scheme(PerBacker(GBP(5), least=GBP(20)))) == []


def test_one_card_under_several_names_is_found_where_it_passes_the_limit_of_a_person(street):
    made = scheme(Ratio(100, per_person=GBP(20)))
    mine = [street.gives(15, person=name, card="red") for name in ("ada", "ben", "cem")]
    street.gives(15)
    (found,) = street.found(made)
    assert (found.kind, found.campaigns, found.gifts, found.effect) == ("card", (1,), tuple(mine), GBP(25))
    assert found.facts == {"people": 3, "gifts": 3, "given": GBP(45)}


def test_it_is_found_over_campaigns_where_the_limit_is_over_campaigns(street):
    made = scheme(Ratio(100, per_person_in_scheme=GBP(20)))
    for campaign in (1, 2):
        street.gives(15, campaign=campaign, person=f"name {campaign}", card="red")
    (found,) = street.found(made)
    assert (found.campaigns, found.effect) == ((1, 2), GBP(10))


def test_it_is_found_where_names_are_counted(street):
    for name in ("ada", "ben"):
        street.gives(15, person=name, card="red")
    assert street.found(scheme(PerBacker(GBP(5), least=GBP(10))))[0].effect == GBP(5)
    assert street.found(scheme(Fixed(GBP(100), backers=2)))[0].effect == GBP(100)
    street.gives(15)
    assert street.found(scheme(Fixed(GBP(100), backers=2))) == []  # two others would have been enough


def test_one_person_with_one_card_and_people_without_fingerprints_are_no_signal(street):
    made = scheme(Ratio(100, per_person=GBP(20)))
    street.gives(15, person="ada", card="red")
    street.gives(15, person="ada", card="red")
    street.gives(15, card="")
    street.gives(15, card="")
    assert street.found(made) == []


# Many new accounts at once.


def test_five_new_accounts_of_one_day_are_a_cohort(street):
    mine = [street.gives(10, joined=hour, at=hour + 1) for hour in (0, 5, 10, 15, 20)]
    street.gives(10, at=30)
    (found,) = street.found()
    assert (found.kind, found.gifts, found.effect) == ("cohort", tuple(mine), GBP(50))
    assert found.facts == {"accounts": 5, "backers": 6, "since": NOW, "until": NOW + timedelta(hours=20)}
    assert found.key == f"cohort:1:{mine[0]}"


@pytest.mark.parametrize(
    "people",
    [
        [{"joined": hour, "at": hour + 1} for hour in (0, 5, 10, 15)],  # four: a household
        [{"joined": hour, "at": hour + 1} for hour in (0, 10, 20, 30, 40)],  # over two days
        [{"joined": 0, "at": 49 + hour} for hour in range(5)],  # made together, and gave days later
        [{"joined": -900, "at": hour} for hour in range(5)],  # old accounts
        [{"joined": None, "at": hour} for hour in range(5)],  # guests
        [{"joined": hour, "at": hour + 1, "campaign": hour % 3 + 1} for hour in range(7)],  # to three campaigns
        [{"joined": 0, "at": hour, "person": "ada"} for hour in range(7)],  # one person, seven gifts
        [{"joined": hour + 1, "at": hour} for hour in range(7)],  # guests who made an account afterwards
    ],
)
def test_no_cohort(street, people):
    for each in people:
        street.gives(10, **each)
    assert street.found(kind="cohort") == []


def test_cohorts_that_overlap_are_one_and_others_are_apart(street):
    for hour in (0, 6, 12, 18, 24, 30, 36, 200, 201, 202, 203, 204):
        street.gives(10, joined=hour, at=hour + 1)
    assert sorted(len(each.gifts) for each in street.found(kind="cohort")) == [5, 7]


# Gifts in pieces.

CAPPED = scheme(Ratio(50, per_gift=GBP(25)))  # matched in full up to £50


def test_five_gifts_at_the_limit_from_one_card_in_an_hour_are_found(street):
    mine = [
        street.gives(pounds, card="red", at=1 + number / 10) for number, pounds in enumerate((50, 50, "47.50", 49, 50))
    ]
    (found,) = street.found(CAPPED)
    assert (found.kind, found.gifts) == ("split", tuple(mine))
    assert found.facts == {"gifts": 5, "size": GBP(50), "one_card": 1}
    assert found.effect == GBP("123.25") - GBP(25)  # one gift of the whole would have brought £25


def test_five_gifts_at_the_limit_from_new_accounts_in_an_hour_are_found(street):
    for number in range(5):
        street.gives(50, joined=-30 * number, at=1 + number / 10)  # new or not: only those of the last two days
    assert street.found(CAPPED, "split") == []
    for number in range(5):
        street.gives(50, joined=number - 20, at=1 + number / 10)
    (found,) = street.found(CAPPED, "split")
    assert found.facts["one_card"] == 0
    assert len(found.gifts) >= 5


@pytest.mark.parametrize(
    "gifts",
    [
        [{"pounds": 50, "at": 1 + n / 10} for n in range(9)],  # nine friends with cards of their own
        [{"pounds": 50, "card": "red", "at": 1 + n / 10} for n in range(4)],
        [{"pounds": 50, "card": "red", "at": n} for n in range(9)],  # one an hour
        [{"pounds": 40, "card": "red", "at": 1 + n / 10} for n in range(9)],  # not at the limit
        [{"pounds": 51, "card": "red", "at": 1 + n / 10} for n in range(9)],  # above it
    ],
)
def test_no_split(street, gifts):
    for each in gifts:
        street.gives(**each)
    assert street.found(CAPPED) == []


def test_where_no_gift_has_a_limit_nothing_is_split(street):
    for number in range(9):
        street.gives(50, card="red", person="ada", at=1 + number / 10)
    assert street.found(POUND_FOR_POUND) == []
    # With a limit for the person too, one person gains nothing by pieces.
    assert street.found(scheme(Ratio(50, per_gift=GBP(25), per_person=GBP(25)))) == []


# Over the threshold.

THRESHOLD = scheme(LumpSum(GBP(500), amount=GBP(100)))


def test_a_threshold_passed_with_organisers_and_new_accounts_is_found(street):
    street.gives(60, at=-100)
    mine = [
        street.gives(20, at=1, person="organiser 3"),
        street.gives(10, at=2, joined=1),
        street.gives(15, at=3, joined=0),
    ]
    (found,) = street.found(THRESHOLD)
    assert (found.kind, found.campaigns, found.gifts, found.effect) == ("rush", (1,), tuple(mine), GBP(500))
    assert found.facts == {"gifts": 3, "given": GBP(45), "new": 2, "earned_at": NOW + timedelta(hours=3)}


def test_a_threshold_that_others_pass_anyway_is_no_signal(street):
    street.gives(50, at=-100)
    for number in range(3):
        street.gives(20, at=number, joined=number - 1)
    assert [each.kind for each in street.found(THRESHOLD)] == ["rush"]
    street.gives(50, at=90)
    assert street.found(THRESHOLD) == []


def test_one_or_two_new_neighbours_are_how_campaigns_grow(street):
    street.gives(70, at=-100)
    street.gives(20, at=1, joined=0)
    street.gives(20, at=2, joined=1)
    assert street.found(THRESHOLD) == []
    assert street.found(scheme(Fixed(GBP(100)))) == []


def test_what_was_given_earlier_or_later_is_no_rush(street):
    for number in range(3):
        street.gives(30, at=number, joined=number - 1)
    street.gives(10, at=48)
    for number in range(3):
        street.gives(30, at=49 + number, joined=48)
    assert street.found(THRESHOLD) == []


# Of all of them.


def test_what_most_depends_on_comes_first_and_nothing_counts_for_more_than_was_given(street):
    street.gives(30, campaign=1, person="organiser 1")
    street.gives(60, campaign=2, person="organiser 2")
    assert [(each.kind, each.effect) for each in street.found()] == [("own", GBP(60)), ("own", GBP(30))]
    assert [each.effect for each in street.found(scheme(Ratio(100), 40))] == [GBP(30), GBP(10)]
    empty = Street()
    empty.gives(40, campaign=3)
    empty.gives(30, campaign=1, person="organiser 1")
    assert empty.found(scheme(Ratio(100), 40)) == []  # the pot was empty: nothing depends on it


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
