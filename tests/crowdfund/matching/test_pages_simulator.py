"""The simulator as a page: known numbers, every rule and choice, an address that can be kept, and nothing of anybody who gave."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries import prospects
from civic.crowdfund.matching.rules.terms import Fixed, LumpSum, PerBacker, Ratio
from tests.support.page import words_of
from tests.support.sql import statements

PATH = "/en/staff/match/simulator"
POUND_FOR_POUND = {
    "kind": "ratio",
    "ratio_pence_per_pound": "1",
    "pot": "1000",
    "which": "all",
    "days": "1",
    "counts_past": "no",
}


@pytest.fixture
def desk(avenue, client, make):
    """A page client that those who run funds use; people of other roles sign in over it."""
    make.sign_in(client, avenue.officer)
    return client


@pytest.fixture
def street(avenue):
    """Two campaigns of which each is given £10 in a day, with ten days left; the first lacks £90 and the second £150."""
    facts = {
        "opened_at": avenue.now - timedelta(days=3),
        "closes_at": avenue.now + timedelta(days=10, minutes=10),
    }
    found = [
        avenue.make.campaign("live", title=title, target=target, **facts)
        for title, target in (("Bench", GBP(110)), ("Fountain", GBP(200)))
    ]
    for each in found:
        avenue.gift(each, GBP(10), email=f"secret-{each.slug}@example.org")
    avenue.now = facts["closes_at"] - timedelta(days=10)
    db.session.commit()
    return found


def ask(client, **values):
    asked = POUND_FOR_POUND | values
    return client.get(PATH, query_string={name: value for name, value in asked.items() if value is not None})


def rows_of(page):
    """The words of each row of the table of campaigns, in one line."""
    table = next(each for each in page.all("table") if "at its close" in words_of(each.find("caption")))
    return [words_of(row) for row in table.find("tbody")]


def typed(page, name):
    return [each.get("value") for each in page.all("input") if each.get("name") == name]


def test_known_numbers(desk, street):
    page = ask(desk)
    assert page.status == 200
    assert "£200 is matched, and £800 is left in the pot when the last campaign closes." in page.text
    assert "Until it closes, each campaign is given the same gifts as in the last day, again and again" in page.text
    assert "For each £1 that is given by card, £1 is added." in page.text
    bench, fountain = rows_of(page)
    for row, words in (
        (bench, ("Bench", "£110", "£100", "£210", "Reaches its target without match funding too")),
        (fountain, ("Fountain", "£110", "£100", "£210", "£200", "Reaches its target only with match funding")),
    ):
        assert [each for each in words if each not in row] == []
    assert "1 campaign reaches its target only with it" in page.text


def test_the_pot_that_is_empty_is_said_with_its_moment(desk, street):
    page = ask(desk, pot="30")
    # The third gift that is expected takes the last penny: the second on Bench, two days from now but for its minutes.
    assert "£30 is matched, and the pot is empty on 25 November 2026" in page.text
    assert "Whoever gives after that is not matched, unless somebody cancels before." in page.text
    assert "Does not reach its target" in page.text


def test_gifts_that_stand_are_matched_where_that_is_asked(desk, street):
    assert "£220 is matched" in ask(desk, counts_past="yes").text
    assert "Nothing is matched." in ask(desk, days="0").text
    assert "£20 is matched" in ask(desk, days="0", counts_past="yes").text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "per_backer", "per_backer_each": "5", "per_backer_least": "10"}, "£100 is matched"),
        ({"kind": "per_backer", "per_backer_each": "5", "per_backer_least": "10.01"}, "Nothing is matched."),
        ({"kind": "lump_sum", "lump_sum_each": "50", "lump_sum_percent": "30"}, "£100 is matched"),
        ({"kind": "fixed", "fixed_each": "25", "fixed_backers": "2"}, "£50 is matched"),
        ({"kind": "ratio", "ratio_pence_per_pound": "0.50", "ratio_per_campaign": "20"}, "£40 is matched"),
    ],
)
def test_every_rule_can_be_tried(desk, street, values, words):
    assert words in ask(desk, **values).text


def test_only_the_chosen_campaigns_are_tried_and_the_address_can_be_kept(desk, street):
    page = ask(desk, which="chosen", campaigns=[str(street[1].id), "999999", "x"])
    assert "£100 is matched" in page.text and len(rows_of(page)) == 1
    again = desk.submit("Work it out")
    assert again.status == 200 and "£100 is matched" in again.text
    assert len(rows_of(again)) == 1


def test_what_could_not_be_asked_is_said_at_its_field_and_kept(desk, street):
    for values, words in (
        ({"pot": "much"}, "Enter an amount in pounds"),
        ({"pot": "0"}, "Enter an amount in pounds"),
        ({"days": "61"}, "Enter a number of days from 0 to 60."),
        ({"days": "-1"}, "Enter a number of days from 0 to 60."),
        ({"days": ""}, "Enter a whole number"),
        ({"which": "chosen"}, "Choose at least one campaign."),
        ({"which": None}, "Choose which campaigns."),
        ({"which": "scheme"}, "There is a problem"),
        ({"ratio_pence_per_pound": "0"}, "Choose from 1p to £10 for each pound."),
        ({"ratio_pence_per_pound": ""}, "Enter an amount in pounds"),
        ({"ratio_per_gift": "20", "ratio_per_campaign": "10"}, "It could never be given in full"),
        ({"kind": "lump_sum", "lump_sum_each": "5"}, "Say at least one thing"),
        ({"kind": "other"}, "There is a problem"),
    ):
        page = ask(desk, **values)
        assert page.status == 422, values
        assert words in page.text, (values, page.errors)
        assert "What it would come to" not in page.text
        assert typed(page, "pot") == [values.get("pot", "1000")]


def test_a_campaign_that_closed_meanwhile_is_no_error(avenue, desk, street, make):
    avenue.now += timedelta(days=11)
    make.sign_in(desk, avenue.officer)
    assert "No campaign takes pledges now" in ask(desk).text
    other = avenue.live()
    db.session.commit()
    page = ask(desk, which="chosen", campaigns=[str(street[0].id)])
    assert page.status == 200 and "No campaign to try it on" in page.text
    assert other.title in page.text


def test_it_begins_with_what_a_scheme_says(avenue, desk, street):
    scheme = avenue.running(street[1], formula=Ratio(50, per_gift=GBP(20)), contributions=(GBP(60), GBP(40)))
    db.session.commit()
    page = desk.get(f"{PATH}?scheme={scheme.slug}")
    assert (typed(page, "pot"), typed(page, "ratio_pence_per_pound")) == (["100"], ["0.50"])
    assert "This scheme runs or ran already." in page.text
    page = desk.submit("Work it out", days="1")
    # £5 for the gift that stands, and £5 for each of ten more; what the scheme has added already is not counted twice.
    assert "£55 is matched" in page.text and len(rows_of(page)) == 1
    assert "£165" in rows_of(page)[0]
    for formula in (PerBacker(GBP(5), GBP(10)), LumpSum(GBP(50), percent=10), Fixed(GBP(25), backers=2)):
        draft = avenue.draft(formula)
        db.session.commit()
        desk.get(f"{PATH}?scheme={draft.slug}")
        assert desk.submit("Work it out", which="all").status == 200
    assert desk.get(f"{PATH}?scheme=nothing").status == 404


def test_a_draft_is_made_of_what_was_tried(desk, street):
    ask(desk, ratio_per_gift="20.50", which="chosen", campaigns=[str(street[0].id)], counts_past="yes")
    answer = desk.submit("Make a draft of this")
    assert answer.status == 303
    address = urlsplit(answer.location)
    assert address.path == "/en/staff/match/new"
    assert parse_qs(address.query) == {
        "kind": ["ratio"],
        "ratio_pence_per_pound": ["1"],
        "ratio_per_gift": ["20.50"],
        "pot": ["1000"],
        "counts_past": ["yes"],
        "campaigns": [street[0].slug],
    }
    assert db.session.query(MatchScheme).count() == 0
    assert desk.post(f"{PATH}/draft", {"kind": "ratio", "pot": "x"}).status == 422


def test_many_campaigns_have_an_end(avenue, desk, street, monkeypatch):
    monkeypatch.setattr(prospects, "MOST_CAMPAIGNS", 1)
    monkeypatch.setattr("civic.crowdfund.matching.manage.simulator.MOST_CAMPAIGNS", 1)
    page = ask(desk)
    assert "campaigns are tried at once: those that close next" in page.text
    assert len(rows_of(page)) == 1


def test_more_gifts_than_anybody_waits_for_are_not_tried(desk, street, monkeypatch):
    monkeypatch.setattr("civic.crowdfund.matching.rules.simulation.MOST_GIFTS", 19)
    page = ask(desk)
    assert page.status == 422 and "more gifts than can be tried at once" in page.text
    assert ask(desk, days="2").status == 200


def test_it_asks_the_database_little_however_many_gifts_there_are(avenue, desk, street):
    scheme = avenue.running(*street)
    for size in (0, 12):
        for _ in range(size):
            avenue.gift(street[0], GBP(1))
        db.session.commit()
        for path in (PATH, f"{PATH}?scheme={scheme.slug}"):
            desk.get(path)
            with statements() as asked:
                assert desk.get(path).status == 200
            asked.at_most(8)
        values = {"scheme": scheme.slug, "which": "scheme"}
        with statements() as asked:
            assert ask(desk, **values).status == 200
        asked.at_most(8)


def test_nothing_of_a_backer_is_on_the_page(avenue, desk, street, make):
    for person in (avenue.officer, avenue.approver):
        make.sign_in(desk, person)
        page = ask(desk)
        assert page.status == 200
        assert "secret-" not in page.html and "example.org" not in page.main
    assert "Make a draft of this" not in page.text


def test_only_those_who_run_funds_or_approve_may_try(avenue, desk, street, make):
    for role in ("funds_officer", "approver", "consultee", "finance_officer", "moderator"):
        make.sign_in(desk, make.staff(role))
        allowed = role in ("funds_officer", "approver")
        assert (desk.get(PATH).status == 200) is allowed, role
        drafts = role == "funds_officer"
        assert (desk.post(f"{PATH}/draft", POUND_FOR_POUND).status == 303) is drafts, role


@pytest.mark.parametrize("language", ["ar", "xx"])
def test_it_is_in_order_in_every_language(desk, street, language):
    assert desk.get(PATH.replace("/en/", f"/{language}/"), query_string=POUND_FOR_POUND).status == 200
