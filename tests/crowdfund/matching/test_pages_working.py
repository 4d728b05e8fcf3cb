"""The working for everybody: every state, to the penny as page and file, and nothing of anybody who gave."""

import csv
import io
from datetime import timedelta

import pytest

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund import events
from civic.crowdfund.matching import listeners
from civic.crowdfund.matching.actions import exclusions, schemes
from civic.crowdfund.matching.models import MatchEntry, MatchPart
from civic.crowdfund.matching.queries import lines
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, PerBacker, Ratio
from civic.grants.models import Award
from tests.support.sql import statements

CAPPED = Ratio(50, per_gift=GBP(10), per_person=GBP(15), per_campaign=GBP(40))


def address(campaign, scheme, ending="", query=""):
    return f"/en/campaigns/{campaign.slug}/match/{scheme.slug}{ending}{query}"


def file_of(client, campaign, scheme):
    page = client.get(address(campaign, scheme, ".csv"))
    assert page.status == 200 and page.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(page.html.removeprefix("\ufeff"))))


def pence(text):
    pounds, _, rest = text.partition(".")
    return int(pounds) * 100 + int(rest)


@pytest.fixture
def told(avenue):
    """A scheme of two funders with a campaign whose gifts meet every limit."""
    campaign = avenue.live(target=GBP(1_000))
    scheme = avenue.running(campaign, formula=CAPPED, contributions=(GBP(30), GBP(10)))
    first = avenue.gift(campaign, Money(33_33), email="ada@example.org")
    for pounds, email in ((12, "ada@example.org"), (20, "ben@example.org"), (10, "cem@example.org")):
        avenue.gift(campaign, GBP(pounds), email=email)
    avenue.becomes(first, amount_minor=40_00)
    for name in ("dee", "eva", "flo"):
        avenue.gift(campaign, GBP(20), email=f"{name}@example.org")
    db.session.commit()
    return scheme, campaign


def test_every_line_of_page_and_file_is_what_stands_in_the_books_to_the_penny(avenue, client, told):
    scheme, campaign = told
    entries = db.session.query(MatchEntry).filter_by(scheme_id=scheme.id).order_by(MatchEntry.since).all()
    rows = file_of(client, campaign, scheme)
    assert [pence(row["added_gbp"]) for row in rows] == [each.amount_minor for each in entries]
    assert [pence(row["rule_gives_gbp"]) for row in rows] == [each.full_minor for each in entries]
    assert [row["reason"] for row in rows] == [each.cap for each in entries]
    assert sum(pence(row["amount_gbp"]) for row in rows) == 40_00 + 12_00 + 20_00 + 10_00 + 60_00
    payers = [f"paid_by: {funder.name}" for funder in avenue.scheme(scheme).funders]
    for row in rows:
        assert sum(pence(row[name]) for name in payers) == pence(row["added_gbp"])
    shown = avenue.shown(campaign)
    assert {name.removeprefix("paid_by: "): sum(pence(row[name]) for row in rows) for name in payers} == shown
    assert pence(rows[-1]["added_so_far_gbp"]) == sum(shown.values()) == avenue.match(campaign).minor
    page = client.get(address(campaign, scheme))
    for row in rows:
        assert f"£{pence(row['amount_gbp']) // 100}" in page.text
    assert "£40 added so far" in page.text
    assert "All 7 gifts together" in page.text


def test_gifts_have_numbers_and_a_raise_stands_where_it_came(client, told):
    scheme, campaign = told
    rows = file_of(client, campaign, scheme)
    assert [(row["gift"], row["part"]) for row in rows] == [
        ("1", "0"), ("2", "0"), ("3", "0"), ("4", "0"), ("1", "1"), ("5", "0"), ("6", "0"), ("7", "0"),
    ]  # fmt: skip
    page = client.get(address(campaign, scheme))
    assert "Gift 1 raised" in page.text


def test_every_reason_is_said_in_words(client, told):
    scheme, campaign = told
    page = client.get(address(campaign, scheme))
    for words in (
        "This is the most that is added to one gift.",
        "The most that is added for one campaign had been reached.",
        "This is what was left for this person in this campaign.",
    ):
        assert words in page.text, words
    assert "For each £1 that is given by card, £0.50 is added." in page.text
    assert "£0 of £40 is left in the pot." in page.text
    assert "Decision" in page.text and scheme.decision_number in page.text


def test_the_number_of_a_gift_stays_when_another_is_cancelled_and_tells_nobody_apart(avenue, client):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    first = avenue.gift(campaign, GBP(5))
    avenue.gift(campaign, GBP(7))
    avenue.becomes(first, status="cancelled", ended_at=avenue.now)
    db.session.commit()
    assert [(row["gift"], row["amount_gbp"]) for row in file_of(client, campaign, scheme)] == [("2", "7.00")]


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        (PerBacker(GBP(5), GBP(20)), "this person’s gifts did not come to £20 yet"),
        (Ratio(1, per_campaign=GBP(1)), "comes to less than a penny"),
        (LumpSum(GBP(30), percent=1, backers=2), ""),
        (Fixed(GBP(30), backers=2), ""),
    ],
)
def test_every_rule_has_a_page_that_adds_up(avenue, client, formula, reason):
    campaign = avenue.live(target=GBP(1_000))
    scheme = avenue.running(campaign, formula=formula)
    for pence_ in (5, 25_00, 25_00):
        pledge = avenue.gift(campaign, GBP(1))
        avenue.becomes(pledge, amount_minor=100 + pence_)
    excluded = avenue.gift(campaign, GBP(9))
    exclusions.exclude(scheme, excluded.id, why="x", by=avenue.officer, now=avenue.now)
    db.session.commit()
    page, rows = client.get(address(campaign, scheme)), file_of(client, campaign, scheme)
    assert page.status == 200 and reason in page.text
    assert "Our staff decided that this gift does not count here." in page.text
    assert sum(pence(row["added_gbp"]) for row in rows) == avenue.match(campaign).minor
    assert len(rows) == db.session.query(MatchPart).filter_by(scheme_id=scheme.id).count()
    counted = [int(row["backers_so_far"]) for row in rows]
    assert counted == sorted(counted) and counted[-1] == 3
    assert rows[-1]["reason"] == "excluded" and rows[-1]["counted_so_far_gbp"] == rows[-2]["counted_so_far_gbp"]


def test_the_state_is_told_from_the_promise_to_the_payment(avenue, client, monkeypatch):
    monkeypatch.setattr("civic.grants.actions.telling.send", lambda *a, **k: None)
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    gift = avenue.gift(campaign, GBP(10))
    told = []

    def look():
        db.session.commit()
        told.append(client.get(address(campaign, scheme)).text)

    look()
    listeners.closing(events.CampaignClosing(campaign.id, avenue.now))
    avenue.becomes(gift, status="charging")
    look()
    avenue.becomes(gift, status="collected", collected_minor=10_00)
    listeners.secured(events.CampaignSecured(campaign.id, avenue.now))
    look()
    award = db.session.query(Award).one()
    avenue.plan(award)
    avenue.agree(award)
    look()
    avenue.pay(award)
    look()
    for page, words in zip(
        told,
        (
            "Promised, if the campaign reaches its target",
            "Promised; the cards of the backers are being charged",
            "Owed: the campaign goes ahead",
            "Agreed, and not paid yet",
            "Paid",
        ),
        strict=True,
    ):
        assert words in page
    avenue.becomes(gift, status="refunded", collected_minor=0)
    look()
    assert "The gift was not paid in full, or was given back." in told[-1]
    assert "£0 added" in told[-1]


def test_a_campaign_that_failed_says_where_everything_went(avenue, client):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    avenue.gift(campaign, GBP(10))
    listeners.ended(events.CampaignEnded(campaign.id, "expire", avenue.now))
    db.session.commit()
    page = client.get(address(campaign, scheme))
    assert "Everything that had been added to it has gone back into the pot." in page.text
    assert "There is nothing to work out any more." in page.text


def test_before_the_first_gift_the_page_says_so(avenue, client):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    db.session.commit()
    page = client.get(address(campaign, scheme))
    assert "No gift has been matched yet" in page.text
    assert file_of(client, campaign, scheme) == []


def test_what_is_not_public_is_not_there(avenue, client):
    campaign, other = avenue.live(), avenue.live()
    draft, scheme = avenue.draft(), avenue.running(campaign)
    schemes.enrol(draft, campaign, by=avenue.officer, now=avenue.now)
    db.session.commit()
    for path in (
        address(campaign, draft),
        address(campaign, draft, ".csv"),
        address(other, scheme),
        f"/en/match/{draft.slug}",
        "/en/match/nothing",
    ):
        assert client.get(path).status == 404, path


def test_a_long_working_is_read_page_by_page_with_running_sums(avenue, client, monkeypatch):
    monkeypatch.setattr(lines, "lines", lambda place, at=None, whole=lines.lines: whole(place, at=at, size=3))
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    for _ in range(8):
        avenue.gift(campaign, GBP(1))
    db.session.commit()
    page, seen = client.get(address(campaign, scheme)), []
    while True:
        seen += [number for number in range(1, 9) if f"Gift {number} " in page.text.replace("\n", " ")]
        assert "All 8 gifts together" in page.text
        following = [link for link in page.links if link.href and "at=" in link.href and "Next" in link.text]
        if not following:
            break
        page = client.get(following[0].href.split("#")[0])
    assert seen == list(range(1, 9))


def test_a_page_costs_the_same_whatever_the_number_of_gifts(avenue, client):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    for size in (1, 12):
        for _ in range(size):
            avenue.gift(campaign, GBP(1))
        db.session.commit()
        with statements() as asked:
            assert client.get(address(campaign, scheme)).status == 200
        asked.at_most(6)
        with statements() as asked:
            assert client.get(f"/en/match/{scheme.slug}").status == 200
        asked.at_most(6)
        with statements() as asked:
            assert client.get("/en/match").status == 200
        asked.at_most(4)


def test_the_sentence_before_a_gift_costs_one_statement(avenue, client):
    campaign = avenue.live()
    db.session.commit()
    path = f"/en/campaigns/{campaign.slug}/pledges/new"
    counted = []
    for _ in range(2):
        client.get(path)
        with statements() as asked:
            assert client.get(path).status == 200
        counted.append(len(asked))
        avenue.running(campaign)
        db.session.commit()
    assert counted[0] == counted[1] <= 4


def test_a_campaign_shows_each_funder_with_the_way_to_the_working(avenue, client):
    campaign = avenue.live()
    scheme = avenue.running(campaign, contributions=(GBP(60), GBP(40)))
    avenue.gift(campaign, GBP(10))
    db.session.commit()
    page = client.get(f"/en/campaigns/{campaign.slug}")
    assert [link.href for link in page.links if link.text == "Patron 0"] == [address(campaign, scheme)] * 2
    assert "Worked out by a published rule" in page.text


@pytest.mark.parametrize("role", ["", "funds_officer", "approver", "finance_officer", "moderator", "administrator"])
def test_nothing_of_a_backer_is_public_in_whatever_role_one_looks(avenue, client, make, role):
    campaign, giver = avenue.live(), make.member(name="Wilhelmina Backer", email="wilhelmina@example.org")
    scheme = avenue.running(campaign)
    avenue.gift(campaign, GBP(5), email="nobody-knows@example.org", shown_name="Secret Person", is_anonymous=True)
    avenue.gift(campaign, GBP(7), by=giver)
    if role:
        make.sign_in(client, make.staff(role))
    db.session.commit()
    parts = [part.person for part in db.session.query(MatchPart)]
    for path in ("/en/match", f"/en/match/{scheme.slug}", address(campaign, scheme), address(campaign, scheme, ".csv")):
        page = client.get(path)
        assert page.status == 200
        for words in ("nobody-knows", "wilhelmina", "Wilhelmina", "Secret Person", "fingerprint", *parts):
            assert words not in page.html, (path, words)


def test_a_visitor_does_not_fetch_twice_what_is_the_same(avenue, client):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    avenue.gift(campaign, GBP(1))
    db.session.commit()
    for path in (address(campaign, scheme), f"/en/match/{scheme.slug}", "/en/match"):
        tag = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status == 304
        avenue.gift(campaign, GBP(1))
        db.session.commit()
        assert client.get(path, headers={"If-None-Match": tag}).status == 200


# Schemes for everybody.


def test_the_list_shows_what_runs_first_and_what_ended(avenue, client):
    assert "Nothing is matched yet" in client.get("/en/match").text
    ended, runs = avenue.running(avenue.live()), avenue.running(avenue.live(), formula=Ratio(25))
    avenue.draft()
    schemes.end(ended, why="Over.", by=avenue.officer, now=avenue.now)
    db.session.commit()
    page = client.get("/en/match")
    assert page.text.index(runs.title) < page.text.index(ended.title)
    assert "£0.25 is added" in page.text
    assert "ended on 23 November 2026" in page.text
    assert len([link for link in page.links if "/match/" in (link.href or "")]) == 2


def test_a_scheme_tells_rule_funders_and_campaigns(avenue, client):
    first, second = avenue.live(), avenue.live()
    scheme = avenue.running(first, second, contributions=(GBP(60), GBP(40)))
    avenue.gift(second, GBP(50))
    db.session.commit()
    page = client.get(f"/en/match/{scheme.slug}")
    assert "£50 of £100 is left in the pot." in page.text
    assert page.text.index(second.title) < page.text.index(first.title)
    assert "Patron 0" in page.text and "£30" in page.text and "£20" in page.text
    assert "If the campaign does not reach its target, nothing is paid" in page.text
    assert page.link(f"Check it {second.title}").href == address(second, scheme)
    avenue.now += timedelta(days=1)
    schemes.end(scheme, why="Over.", by=avenue.officer, now=avenue.now)
    db.session.commit()
    assert "No more gifts are matched. What was promised stays promised." in client.get(f"/en/match/{scheme.slug}").text


# Before a gift.


def offer_on(client, campaign):
    return client.get(f"/en/campaigns/{campaign.slug}/pledges/new").text


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (
            Ratio(50, per_gift=GBP(20)),
            "Match funding adds £0.50 to each £1 that is given here, up to £20 for a gift, while the pot lasts (£100 left).",
        ),
        (Ratio(100, per_person=GBP(5)), "For one person it adds up to £5 here."),
        (Ratio(100, per_campaign=GBP(60)), "while the pot lasts (£60 left)."),
        (PerBacker(GBP(5), GBP(10)), "Match funding adds £5 for each person who gives £10 or more here"),
        (LumpSum(GBP(50), amount=GBP(100)), "A campaign gets £50 once £100 has been given by card."),
    ],
)
def test_who_is_about_to_give_reads_one_calm_sentence(avenue, client, formula, words):
    campaign = avenue.live()
    avenue.running(campaign, formula=formula, contributions=(GBP(100),))
    db.session.commit()
    assert words in offer_on(client, campaign)


def test_nothing_is_said_where_nothing_is_left_or_nothing_runs(avenue, client):
    emptied, earned, ended, drafted = (avenue.live() for _ in range(4))
    avenue.running(emptied, contributions=(GBP(10),))
    avenue.gift(emptied, GBP(10))
    avenue.running(earned, formula=Fixed(GBP(10)))
    avenue.gift(earned, GBP(10))
    schemes.end(avenue.running(ended), why="Over.", by=avenue.officer, now=avenue.now)
    schemes.enrol(avenue.draft(), drafted, by=avenue.officer, now=avenue.now)
    db.session.commit()
    for campaign in (emptied, earned, ended, drafted):
        assert "Match funding" not in offer_on(client, campaign)
