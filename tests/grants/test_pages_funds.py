"""Funds at the desk: begun, given money by two people, shared out; every figure leads to entries that come to it."""

import csv
import io
from datetime import date

import pytest

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.grants.actions import funds as actions
from civic.grants.models import BudgetChange, Fund
from civic.grants.queries import figures
from civic.grants.queries import funds as queries
from civic.grants.rules.amounts import Amounts

FUND = {"title": "Food on the high street", "summary": "For markets.", "managed_by": "funds_officer", "consultees": "2"}


def test_a_fund_is_begun_and_has_no_money_yet(people, as_):
    client = as_(people.officer)
    client.get("/en/staff/grants/funds/new")
    client.submit("Begin the fund", FUND)
    page = client.follow()
    assert "No budget is booked yet" in page.text and page.path.endswith("/funds/food-on-the-high-street")
    fund = queries.fund_by_slug("food-on-the-high-street")
    assert (fund.consultees, fund.managed_by, fund.status) == (2, "funds_officer", "open")
    client.get("/en/staff/grants/funds/new")
    client.submit("Begin the fund", FUND)
    assert client.follow().path.endswith("/funds/food-on-the-high-street-2")


def test_what_is_missing_is_said_and_what_was_typed_is_kept(people, as_):
    client = as_(people.officer)
    client.get("/en/staff/grants/funds/new")
    page = client.submit("Begin the fund", FUND | {"title": "", "consultees": "12"})
    assert page.status == 422
    assert "Enter a title." in page.text and "Enter a number from 0 to 9." in page.text
    assert "For markets." in page.html and db.session.query(Fund).count() == 0


def test_nobody_overwrites_what_a_colleague_changed_meanwhile(people, as_, make):
    fund = make.fund(title="Old title")
    first, second = as_(people.officer), as_(people.second_officer)
    for client in (first, second):
        client.get(f"/en/staff/grants/funds/{fund.slug}/edit")
    first.submit("Save the fund", title="First title")
    assert first.last.status == 303
    page = second.submit("Save the fund", title="Second title")
    assert page.status == 409 and "How it stands now" in page.text and "First title" in page.text
    assert 'value="Second title"' in page.html
    second.submit("Save the fund")
    assert second.last.status == 303 and queries.fund_by_slug(fund.slug).title == "Second title"


def test_how_many_views_are_needed_does_not_change_while_somebody_waits_for_them(people, as_, make):
    decision = make.decision(views=[])
    slug = decision.award.pot.fund.slug
    client = as_(people.officer)
    client.get(f"/en/staff/grants/funds/{slug}/edit")
    page = client.submit("Save the fund", consultees="0")
    assert page.status == 409 and "Change this number once it is decided" in page.text
    client.submit("Save the fund", consultees="1", title="Another title")
    assert client.last.status == 303


def test_one_proposes_a_budget_and_somebody_else_books_it(people, as_, make):
    fund = make.fund(budget=Amounts())
    client = as_(people.officer)
    client.get(f"/en/staff/grants/funds/{fund.slug}/budget/new")
    typed = {"spending": "capital", "amount": "560,000", "number": "MD1596", "source": "https://example.org/md1596"}
    day = {"decided_on-day": "5", "decided_on-month": "2", "decided_on-year": "2016"}
    client.submit("Propose it", typed | day)
    page = client.follow()
    assert "You proposed this yourself, so somebody else must book it." in page.text and "Book it" not in page.main
    change = db.session.query(BudgetChange).filter_by(fund_id=fund.id).one()
    assert (change.amount, change.decided_on, change.status) == (GBP(560_000), date(2016, 2, 5), "proposed")
    assert not figures.of_fund(fund).budget
    client = as_(people.finance)
    client.get(f"/en/staff/grants/budgets/{change.id}")
    client.submit("Book it")
    assert "£0 of £560,000 is promised or paid" in client.follow().text
    assert figures.of_fund(fund).budget == Amounts.of(560_000_00, 0)


def test_who_proposed_a_budget_can_take_it_back(people, as_, make):
    fund = make.fund(budget=Amounts())
    client = as_(people.officer)
    client.get(f"/en/staff/grants/funds/{fund.slug}/budget/new")
    page = client.submit("Propose it", {"spending": "revenue", "amount": "0", "source": "md1561"})
    assert page.status == 422 and "Enter an address that begins with https://" in page.text
    day = {"decided_on-day": "5", "decided_on-month": "2", "decided_on-year": "2016"}
    client.submit("Propose it", {"amount": "140000", "number": "MD1561", "source": ""} | day)
    client.follow()
    client.submit("Take it back", why="The wrong fund.")
    assert "It is not booked." in client.follow().text
    assert db.session.query(BudgetChange).filter_by(fund_id=fund.id).one().status == "declined"


def test_a_reduction_below_what_is_set_aside_is_refused_in_words(people, as_, make):
    pot = make.pot(amounts=Amounts.of(300_000_00, 0))
    client = as_(people.officer)
    client.get(f"/en/staff/grants/funds/{pot.fund.slug}/budget/new")
    typed = {"direction": "less", "spending": "capital", "amount": "1", "number": "MD2605"}
    client.submit("Propose it", typed | {"decided_on-day": "1", "decided_on-month": "3", "decided_on-year": "2020"})
    path = client.follow().path
    client = as_(people.approver)
    client.get(path)
    page = client.submit("Book it")
    assert page.status == 409 and "There is not enough capital left for that. Nothing was changed." in page.text


def test_money_is_set_aside_and_taken_back(people, as_, make):
    pot = make.pot(amounts=Amounts())
    client = as_(people.officer)
    client.get(f"/en/staff/grants/pots/{pot.id}")
    client.submit("Save", direction="more", capital="150000", revenue="£50,000.50", why="For round 4")
    client.follow()
    assert queries.left_in(pot.id) == Amounts.of(150_000_00, 50_000_50)
    client.submit("Save", direction="less", capital="1", revenue="", why="Not needed")
    client.follow()
    page = client.submit("Save", direction="less", capital="150000", why="Not needed")
    assert page.status == 422 and "There is not enough capital left for that." in page.text
    assert 'value="150000"' in page.html
    page = client.submit("Save", direction="more", capital="", revenue="", why="")
    assert "Say why." in page.text
    assert queries.left_in(pot.id) == Amounts.of(149_999_00, 50_000_50)


def test_a_closed_fund_sets_nothing_aside_and_takes_no_recommendation(people, as_, make):
    decision = make.decision()
    pot, fund = decision.award.pot, decision.award.pot.fund
    client = as_(people.officer)
    client.get(f"/en/staff/grants/funds/{fund.slug}/status")
    page = client.submit("Close the fund")
    assert page.status == 422 and "Say why." in page.text
    client.submit("Close the fund", why="The programme ended.")
    assert "The fund is closed." in client.follow().text
    client.get(f"/en/staff/grants/pots/{pot.id}")
    page = client.submit("Save", direction="more", capital="1", why="x")
    assert "This fund is closed. Reopen it before you promise more of its money." in page.text
    client.submit("Save", direction="less", capital="1", why="x")
    assert client.last.status == 303
    with pytest.raises(Exception, match="FundClosed"):
        make.decision(pot=pot)
    client.get(f"/en/staff/grants/funds/{fund.slug}/status")
    client.submit("Open it again", why="A last round.")
    assert "The fund is open again." in client.follow().text


@pytest.fixture
def busy(make, things):
    """A fund of which every figure is something."""
    award = make.award("completed")
    pot, fund = award.pot, award.pot.fund
    make.award("approved", pot=pot)
    make.award("agreed", pot=pot)
    make.award("released", pot=pot)
    make.award("stopped", pot=pot)
    return fund


def money_in(page, caption: str) -> Money:
    words = page.h1.removeprefix(f"{caption}: £").replace(",", "")
    pounds, _, pence = words.partition(".")
    return Money(int(pounds) * 100 + int(pence or 0))


@pytest.mark.parametrize("figure", figures.FIGURES)
def test_every_figure_is_the_sum_of_the_entries_behind_it(people, as_, busy, figure):
    told = figures.of_fund(busy)
    client = as_(people.finance)
    for spending in ("capital", "revenue"):
        path = f"/en/staff/grants/funds/{busy.slug}/entries/{figure}"
        page = client.get(f"{path}?spending={spending}")
        assert page.status == 200
        page = client.get(f"{path}.csv?spending={spending}")
        rows = list(csv.DictReader(io.StringIO(page.html.removeprefix("\ufeff"))))
        total = sum(round(float(row[spending]) * 100) for row in rows)
        assert Money(total) == getattr(getattr(told, figure), spending)
    places = told.unallotted + told.left + told.reserved + told.committed + told.paid
    assert places == told.budget


def test_entries_turn_their_pages_and_say_where_each_happened(people, as_, make):
    pot = make.pot(amounts=Amounts())
    slug = pot.fund.slug
    for number in range(60):
        actions.allot(pot, Amounts.of(100, 0), why=f"Part {number}", by=people.officer, now=make.now)
    client = as_(people.officer)
    page = client.get(f"/en/staff/grants/funds/{slug}/entries/left")
    assert page.h1 == "Set aside, promised to nobody: £60" and page.main.count("Set aside for a pot") == 25
    page = client.click("Next page")
    assert page.main.count("Set aside for a pot") == 25
    assert client.get(f"/en/staff/grants/funds/{slug}/entries/nothing").status == 404


def test_the_finance_desk_tells_these_accounts_apart_from_our_money(people, as_, busy):
    page = as_(people.finance).get("/en/staff/money")
    assert "Public money that the authority holds" in page.text
    assert "none of this is money of ours" in page.text
    assert "In pots of rounds and programmes" in page.text
    assert "£0 in our account at the provider" in page.text
    page = as_(people.finance).get("/en/staff/money/transactions")
    assert "Award paid by the authority" in page.text and "Pot" in page.text
