"""Kept sums: after any history they are what they count."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.core.states import can
from civic.crowdfund.actions import funders, totals
from civic.crowdfund.actions.pledges import abandon
from civic.crowdfund.models import CampaignTotal, OfflinePledge, Pledge
from civic.crowdfund.queries import figures
from civic.crowdfund.rules import counting
from civic.crowdfund.rules.progress import share_bps

PENCE = st.integers(100, 20_000)
MOVES = sorted({verb for _, verb in Pledge.TRANSITIONS})
STEPS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from([*MOVES, "amount", "tip", "part"]), PENCE), min_size=1, max_size=30
)


def live(campaign: Any, steps: list[tuple[int, str, int]], pledges: list[Pledge], now: Any) -> None:
    """Play a history over five pledges, in whatever order; what no table of states allows is left out."""
    for which, verb, pence in steps:
        pledge = pledges[which]
        before = totals.sums_of(pledge)
        if verb == "amount" and pledge.status in ("awaiting_card", "authorised"):
            pledge.amount_minor = pence
        elif verb == "tip" and pledge.status in ("awaiting_card", "authorised"):
            pledge.tip_minor = min(pence, pledge.amount_minor)
        elif verb == "part" and pledge.status in counting.COLLECTED:
            pledge.collected_minor = max(pledge.collected_minor - pence, 0)
        elif verb in MOVES and can(pledge, verb):
            pledge.status = Pledge.TRANSITIONS[pledge.status, verb]
            if verb in ("collect", "win", "restore"):
                pledge.collected_minor = pledge.total.minor
            if pledge.status == "refunded":
                pledge.collected_minor = 0
        totals.follow(pledge, before)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_history_the_kept_sums_are_what_they_count(make, now, steps):
    campaign = make.campaign("live")
    pledges = [make.pledge(campaign, status="awaiting_card") for _ in range(5)]
    live(campaign, steps, pledges, now)
    assert list(totals.wrong_totals()) == []
    kept = figures.kept(campaign.id)
    assert kept.reached_bps == share_bps(figures.progress(campaign).counted, campaign.target)
    assert kept.collected_minor <= kept.pledged_minor
    assert not totals.recount(campaign.id)


def test_sums_that_went_wrong_are_told_and_made_again(make):
    campaign = make.campaign("live")
    make.pledge(campaign, amount=GBP(30))
    totals.add(campaign.id, pledged_minor=7, follows=2)
    assert list(totals.wrong_totals()) == [
        f"campaign {campaign.slug}: kept sums differ from what they count: pledged_minor 3007 for 3000, follows 2 for 0"
    ]
    assert totals.recount(campaign.id)
    assert list(totals.wrong_totals()) == []
    assert figures.progress(campaign).pledged == GBP(30)


def test_the_share_reached_follows_every_part_that_counts(make):
    campaign = make.campaign("live", target=GBP(1000))
    totals.add(campaign.id, pledged_minor=99_899)
    assert figures.kept(campaign.id).reached_bps == 9989
    totals.add(campaign.id, offline_minor=50, match_minor=51)
    assert figures.kept(campaign.id).reached_bps == 10_000
    assert figures.progress(campaign).is_reached
    totals.add(campaign.id, comments=1)
    assert figures.kept(campaign.id).reached_bps == 10_000


def test_a_funders_money_counts_while_it_stands(make, now):
    campaign = make.campaign("live")
    award = {"kind": "award", "source": "award:1", "key": "a1", "funder": "Mayor of London"}
    funders.promise(campaign.id, **award, amount=GBP(70), now=now)
    funders.promise(campaign.id, **award, amount=GBP(50), now=now)
    assert not totals.recount(campaign.id)
    assert figures.progress(campaign).match == GBP(50)
    assert funders.release(campaign.id, "award:1", now=now) == GBP(50)
    assert funders.release(campaign.id, "award:1", now=now) == GBP(0)
    assert not totals.recount(campaign.id)
    assert figures.progress(campaign).match == GBP(0)


def test_once_closed_the_figures_are_those_that_decided(make):
    campaign = make.campaign("collecting", pledged_at_close_minor=90_000, offline_at_close_minor=10_000)
    make.pledge(campaign, status="dropped", amount=GBP(900))
    progress = figures.progress(campaign)
    assert (progress.pledged, progress.offline, progress.percent) == (GBP(900), GBP(100), 100)
    told = figures.figures(campaign)
    assert (told.dropped, told.dropped_backers, told.collected) == (GBP(900), 1, GBP(0))


def test_a_refund_takes_from_the_campaign_first_and_then_from_the_tip():
    assert [counting.for_campaign(minor, 200) for minor in (2200, 2000, 700, 200, 100, 0)] == [2000, 1800, 500, 0, 0, 0]


def test_opening_the_sums_twice_keeps_them(make):
    campaign = make.campaign("live")
    totals.add(campaign.id, follows=3)
    totals.open(campaign.id)
    assert figures.kept(campaign.id).follows == 3


def test_a_campaign_without_sums_has_none_yet(make):
    assert figures.progress(make.campaign("draft")).counted == Money(0)


def test_what_is_abandoned_never_counted(make, now):
    campaign = make.campaign("live")
    make.pledge(campaign, status="awaiting_card", created_at=campaign.opened_at)
    assert abandon(now) == 1
    assert list(totals.wrong_totals()) == []


def test_past_campaigns_came_with_sums_alone(make):
    campaign = make.campaign("funded", imported_from="a list")
    db.session.get_one(CampaignTotal, campaign.id).pledged_minor = 75_757_00
    db.session.flush()
    assert list(totals.wrong_totals()) == []
    assert db.session.query(OfflinePledge).count() == 0
