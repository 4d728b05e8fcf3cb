"""Proof: the house dies at any named place between the close and the last penny, and all ends as if it had not."""

from typing import Any

import pytest

from civic.core.db import transaction
from civic.core.money import GBP
from civic.crowdfund.actions import shortfall
from civic.crowdfund.queries import settlement as queries
from civic.ledger.queries import all_balances
from civic.payments import checkpoints
from tests.crowdfund.street import Street, street

OURS = ("closing.decided", "closing.before_commit", "settling.decided", "paying.posted", "paying.requested")
CHARGING = tuple(each for each in checkpoints.CHECKPOINTS if each.startswith(("claim", "create", "confirm")))
GIVING_UP = tuple(each for each in checkpoints.CHECKPOINTS if each.startswith("cancel"))
GAPS = {"a minute": {"minutes": 1}, "25 hours": {"hours": 25}}


@pytest.fixture(params=GAPS)
def gap(request) -> dict[str, int]:
    """How long nobody starts the house again."""
    return GAPS[request.param]


@pytest.fixture
def here(in_request, make, now):
    with street(in_request, make, now) as made:
        yield made


def outcome(here: Street, campaign: Any, *pledges: Any) -> dict[str, Any]:
    """What is true in the end, without the moments at which it became so."""
    with transaction():
        books = queries.books(campaign.id)
        balances = {name: money for name, money in all_balances().items() if money}
        transfers = [
            (each.status, each.amount) for each in queries.transfers_of(campaign.id) if each.status != "declined"
        ]
    return {
        "campaign": here.state(campaign),
        "pledges": here.states(*pledges),
        "taken": sorted(here.world.taken().values()),
        "books": books,
        "balances": balances,
        "transfers": transfers,
    }


def lived_through(here: Street, place: str = "", gap: dict[str, int] | None = None) -> dict[str, Any]:
    """A campaign of which all but £4 comes, paid out; the house dies at a place on the way."""
    campaign = here.campaign()
    pledges = [here.pledge(campaign, GBP(96), tip=GBP(1)), here.pledge(campaign, GBP(4), card="stolen_later")]
    died = False
    here.to_the_close(campaign)
    for step in (lambda: None, lambda: here.to_the_end_of_grace(campaign), lambda: here.world.advance(days=8)):
        step()
        died = dies_on_the_way(here, place, gap or {}, died)
    assert died or not place, f"nobody passed {place}"
    here.minutes(3)
    here.release(campaign)
    here.minutes(2)
    here.is_in_order()
    return outcome(here, campaign, *pledges)


def test_it_ends_well_undisturbed(here: Street):
    end = lived_through(here)
    assert end["campaign"] == "funded"
    assert end["pledges"] == ["collected", "dropped"]
    assert end["taken"] == [9700]
    assert end["balances"].get("campaign:1") is None


@pytest.mark.parametrize("place", [*OURS, *CHARGING, *GIVING_UP])
def test_it_ends_the_same_wherever_the_house_dies(here: Street, place, gap):
    end = lived_through(here, place, gap)
    assert end["campaign"] == "funded"
    assert end["pledges"] == ["collected", "dropped"]
    assert end["taken"] == [9700]
    assert [status for status, _ in end["transfers"]] == ["sent"]
    assert end["books"].collected == GBP(96)
    assert end["books"].owed == GBP(0)


@pytest.mark.parametrize("place", ["closing.decided", "settling.decided", *CHARGING, *GIVING_UP])
def test_everybody_gets_their_money_back_once_wherever_the_house_dies(here: Street, place, gap):
    campaign = here.campaign()
    pledges = [here.pledge(campaign, GBP(50), tip=GBP(1)), here.pledge(campaign, GBP(50), card="stolen_later")]
    here.to_the_close(campaign)
    died = dies_on_the_way(here, place, gap, False)
    here.to_the_end_of_grace(campaign)
    died = dies_on_the_way(here, place, gap, died)
    here.minutes(3)
    assert here.state(campaign) == "shortfall"
    with transaction():
        facts = {"choice": "refund", "days": None, "why": "It cannot be built."}
        decision = shortfall.propose(campaign, **facts, by=here.officer, now=here.now())
    with transaction():
        shortfall.decide(decision, by=here.second, now=here.now())
    died = dies_on_the_way(here, place, gap, died)
    here.minutes(4)
    assert died, f"nobody passed {place}"
    assert here.state(campaign) == "failed"
    assert here.states(*pledges) == ["refunded", "dropped"]
    assert here.owed(campaign) == GBP(0)
    here.is_in_order()


def dies_on_the_way(here: Street, place: str, gap: dict[str, int], died: bool) -> bool:
    """Some minutes, in one of which the house dies if it has not yet."""
    for _ in range(5):
        if died or not place:
            here.minute()
        elif here.crash(place):
            died = True
            here.world.advance(**gap)
    return died


@pytest.mark.parametrize("place", ["closing.decided", "closing.before_commit"])
def test_a_close_that_dies_has_decided_nothing(here: Street, place):
    campaign = here.campaign()
    pledge = here.pledge(campaign, GBP(100))
    here.to_the_close(campaign)
    assert here.crash(place)
    assert here.state(campaign) == "live"
    assert here.states(pledge) == ["authorised"]
    assert here.problems() == []
