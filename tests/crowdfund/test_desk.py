"""The organiser's desk, the public ledger and the page about fees."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from civic.core.clock import in_london
from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.models import Milestone
from civic.crowdfund.queries import books, desk
from civic.crowdfund.rules import due
from civic.ledger.actions import post
from tests.crowdfund.test_talk import backed
from tests.support.page import words_of
from tests.support.sql import statements


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


# What is due.


def facts(**more: Any) -> due.Facts:
    return due.Facts(**{
        "stage": "open", "opened_on": date(2026, 11, 20), "finished_at": None, "news_at": None, "report_at": None,
        "has_final_report": False, "overdue_milestones": 0, "payee": "active", **more,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ({}, []),
        ({"payee": "none"}, ["payee"]),
        ({"opened_on": date(2026, 11, 2)}, ["news"]),
        ({"opened_on": date(2026, 11, 3)}, []),
        ({"overdue_milestones": 1}, ["milestones"]),
        ({"stage": "failed", "payee": "none", "opened_on": date(2026, 1, 1)}, []),
        ({"stage": "delivered", "payee": "none", "opened_on": date(2026, 1, 1)}, []),
    ],
)
def test_what_is_due_follows_from_what_was_told(more, names):
    assert due.due(facts(**more), date(2026, 11, 23)) == names


def test_a_report_is_due_ninety_days_after_the_money_and_after_each_report(now):
    paid, today = now - timedelta(days=90), in_london(now).date()
    told = {"stage": "funded", "news_at": now, "finished_at": paid}
    assert due.due(facts(**told), today) == ["report"]
    assert due.due(facts(**told), today - timedelta(days=1)) == []
    assert due.due(facts(**told, report_at=now - timedelta(days=10)), today) == []
    assert due.due(facts(**told, has_final_report=True), today) == []


def test_pledges_are_counted_by_the_week_in_london_and_empty_weeks_show(make, now):
    campaign = make.campaign("live")
    for n, days in enumerate((21, 20, 2)):
        backed(campaign, f"{n}@example.org", now=now, authorised_at=now - timedelta(days=days))
    backed(campaign, "gone@example.org", now=now, status="cancelled")
    found = desk.weeks(campaign, now)
    assert [(each.begins_on, each.pledges, each.amount) for each in found] == [
        (date(2026, 11, 2), 2, GBP(40)),
        (date(2026, 11, 9), 0, GBP(0)),
        (date(2026, 11, 16), 1, GBP(20)),
        (date(2026, 11, 23), 0, GBP(0)),
    ]


def test_the_desk_shows_figures_and_what_is_due_and_no_address(client, make, now):
    owner = make.member()
    campaign = make.campaign("live", owner=owner)
    db.session.add(Milestone(campaign_id=campaign.id, position=0, title="First spade", due_on=date(2026, 11, 1)))
    backed(campaign, "maya@example.org", now=now, name="Maya P.")
    backed(campaign, "secret@example.org", now=now)
    make.sign_in(client, owner)
    with statements() as seen:
        page = client.get(f"/en/campaigns/{campaign.slug}/desk")
    seen.at_most(11)
    assert "Say where the money is to go" in page.text and "The day has passed" in page.text
    assert "The best week began on 23 November 2026, with £40." in page.text
    assert page.link("Say which are done")
    page = client.get(f"/en/campaigns/{campaign.slug}/desk/backers")
    assert "Maya P." in page.text and "Anonymous" in page.text and "£20" in page.text
    assert "@example.org" not in page.html


def test_staff_look_at_the_desk_and_do_not_speak_for_it(client, make):
    campaign = make.campaign("live")
    make.sign_in(client, make.staff("funds_officer"))
    page = client.get(f"/en/campaigns/{campaign.slug}/desk")
    assert page.status == 200 and "Write news" not in page.text
    assert client.get(f"/en/campaigns/{campaign.slug}/updates/new").status == 404


@pytest.mark.parametrize("status", ["live", "collecting", "shortfall", "funded", "delivered", "failed", "refunding"])
def test_the_desk_stands_in_every_state(client, make, status):
    owner = make.member()
    campaign = make.campaign(status, owner=owner)
    make.sign_in(client, owner)
    assert client.get(f"/en/campaigns/{campaign.slug}/desk").status == 200


# The public ledger.


def moved(campaign: Any, now: Any) -> None:
    account = f"campaign:{campaign.id}"
    for n, minor in enumerate((2_000, 3_050)):
        post(
            "charge",
            f"ch_{n}",
            {"clearing:sandbox": Money(minor), account: Money(-minor)},
            at=now,
            memo="pledge:secret",
        )
    post("refund", "re_1", {account: Money(1_000), "balance:sandbox": Money(-1_000)}, at=now, memo="Maya asked")
    post("fee_recharge", account, {account: Money(116), "fees:sandbox": Money(-116)}, at=now)
    post("transfer", "tr_1", {account: Money(3_934), "balance:sandbox": Money(-3_934)}, at=now)


def test_the_ledger_tells_every_movement_without_names_and_ends_at_nothing(client, make, now):
    campaign = make.campaign("funded")
    moved(campaign, now)
    page = client.get(f"/en/campaigns/{campaign.slug}/ledger")
    facts = {words_of(k): words_of(v) for k, v in zip(page.all("dt"), page.all("dd"), strict=True)}
    assert facts == {
        "Taken from cards": "£50.50",
        "Given back to backers": "−£10",
        "Cost of charging the cards": "−£1.16",
        "Paid to the organisation": "−£39.34",
        "Held for the organisation now": "£0",
    }
    for secret in ("ch_0", "secret", "Maya", "sandbox"):
        assert secret not in page.main
    assert "A backer’s card was charged" in page.text


def test_the_file_adds_up_to_the_page(client, make, now):
    campaign = make.campaign("funded")
    moved(campaign, now)
    text = client.client.get(f"/en/campaigns/{campaign.slug}/ledger.csv").text
    head, *lines = text.splitlines()
    assert head == "date,kind,amount_gbp" and len(lines) == 5
    assert sum(Decimal(line.split(",")[2]) for line in lines) == 0
    assert books.books(campaign).held == Money(0)
    assert books.books(campaign).taken + books.books(campaign).given_back == Money(4_050)


def test_before_any_money_moved_the_ledger_explains_why_it_is_empty(client, make):
    page = client.get(f"/en/campaigns/{make.campaign('live').slug}/ledger")
    assert "Pledges are promises" in page.text


def test_many_movements_come_in_pages_and_few_statements(client, make, now):
    campaign = make.campaign("funded")
    for n in range(60):
        post("charge", f"ch_{n}", {"clearing:x": Money(100), f"campaign:{campaign.id}": Money(-100)}, at=now)
    with statements() as seen:
        page = client.get(f"/en/campaigns/{campaign.slug}/ledger")
    seen.at_most(4)
    assert len(page.all("tbody")[0]) == 50
    assert len(client.click("Next page").all("tbody")[0]) == 10


# Fees.


def test_the_fees_page_works_the_cost_out_to_the_penny_and_is_linked_from_every_page(client, make):
    page = client.get("/en/fees")
    assert "£10 Cost of the card payment£0.35 Arrives£9.65" in [words_of(row) for row in page.all("tbody")[0]]
    for words in ("Refunds", "Complaints", "private person’s bank account", "If too much or too little is raised"):
        assert words in page.text
    assert client.get("/en/").link("Fees").href == "/en/fees"
