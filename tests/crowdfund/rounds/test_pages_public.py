"""Rounds for everybody: where each is, who can apply, every date, how it is judged, and what it pledged."""

from datetime import timedelta

import pytest

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.rounds.actions import rounds
from civic.crowdfund.rounds.models import Application
from civic.grants.actions import awards
from civic.grants.rules.amounts import Amounts
from tests.crowdfund.rounds.town import again
from tests.support.sql import statements


def address(town, rest=""):
    return f"/en/rounds/{town.round.slug}{rest}"


def test_an_open_round_says_until_when_how_much_and_for_whom(clocked, arrive):
    page = arrive().get(address(clocked))
    assert "You can apply until 3 December 2026, 11:59pm." in page.text
    assert "10 days left" in page.text
    assert "£110,000 of the fund Crowdfund London is set aside for this round." in page.text
    assert "£80,000 of it is capital" in page.text
    assert "£5,000 at most" in page.text and "You need not raise anything yourself" in page.text
    assert "Your turnover is less than £50,000 a year." in page.text
    assert "The project is in Greater London." in page.text
    assert page.link("Apply").href == address(clocked, "/applications/new")


def test_every_date_stands_in_order_with_what_happens(clocked, arrive):
    text = arrive().get(address(clocked)).text
    told = [
        "Applications open.",
        "Your campaign must be open for pledges by now.",
        "Applications close. Until this minute they are sealed: nobody reads them.",
        "Assessors have judged every application.",
        "It is decided who gets a pledge.",
        "The pledges are announced",
        "must have reached their target by now.",
        "The last day for payments.",
        "The last report about what came of it.",
    ]
    places = [text.index(each, text.index("All times are London time")) for each in told]
    assert places == sorted(places)


def test_criteria_stand_with_the_weights_of_this_round(clocked, arrive):
    text = arrive().get(address(clocked)).text
    assert "Local support" in text and "60%" in text and "40%" in text
    assert "The weights are this round’s own." in text


def test_questions_say_which_answers_are_public(clocked, arrive):
    text = arrive().get(address(clocked)).text
    assert "What difference will it make? 50 words at most. Everybody can read the answer" in text
    assert "Has your group a bank account of its own? Yes or no." in text


@pytest.mark.parametrize(
    "days, sentence, act",
    (
        (-10, "You can tell us your idea until 24 November 2026, 12:00pm.", "Tell us your idea first"),
        (-30, "You can apply from 18 November 2026, 12:00pm.", "Write a draft"),
        (11, "Applications are closed and being judged. The pledges are announced on 13 December 2026.", None),
    ),
)
def test_the_page_says_where_the_round_is(clocked, arrive, days, sentence, act):
    clocked.now += timedelta(days=days)
    page = arrive().get(address(clocked))
    assert sentence in page.text
    if act:
        assert page.link(act)
    else:
        assert "Apply to this round" not in page.text


def test_a_round_that_asks_for_ideas_first_says_so(clocked, arrive):
    clocked.round.needs_expression = True
    page = arrive().get(address(clocked))
    assert "You can apply once we have answered your idea." in page.text
    assert page.link("Tell us your idea first").href == address(clocked, "/expressions/new")
    clocked.now -= timedelta(days=30)
    page = arrive().get(address(clocked))
    assert "You can tell us your idea from 3 November 2026, 12:00pm." in page.text


def test_a_draft_is_a_preview_for_those_who_run_it_and_nothing_for_others(clocked, arrive, make):
    draft = clocked.round_of(is_open=False, title="Secret spring")
    path = f"/en/rounds/{draft.slug}"
    assert arrive().get(path).status == 404
    for other in (make.member(), clocked.consultee, make.staff("challenge_manager")):
        assert arrive(other).get(path).status == 404
    page = arrive(clocked.officer).get(path)
    assert "This is a preview. Nobody else sees the round before it opens." in page.text
    assert "Secret spring" not in arrive().get("/en/rounds").text


def test_a_round_that_was_called_off_says_why(clocked, arrive):
    rounds.cancel(clocked.round, why="The fund was needed elsewhere.", by=clocked.officer, now=clocked.now)
    page = arrive().get(address(clocked))
    assert "This round was called off." in page.text
    assert "The fund was needed elsewhere." in page.text


def announced(town, **facts):
    """A pledge to a campaign, made public."""
    application = town.applied(town.campaign(title="A roof for the market", borough="E09000023"), **facts)
    person = town.make.member(name="Lone Applicant")
    alone = town.letter(town.application(None, capital=3_000_00, tier=0, by=person, title="A bench for the hill"))
    from civic.crowdfund.rounds.actions import applying

    applying.submit(again(alone), by=person, now=town.now)
    town.applied()
    town.after_the_deadline()
    town.announced(application, capital=8_000_00, revenue=0)
    town.announced(alone, capital=3_000_00)
    db.session.commit()
    return application, alone


def test_after_the_announcement_every_pledge_stands_with_sum_borough_and_state(clocked, arrive):
    application, _alone = announced(clocked)
    page = arrive().get(address(clocked))
    assert "3 projects applied. 2 of them got a pledge, £11,000 in all." in page.text
    assert page.link("A roof for the market").href == address(clocked, f"/projects/{application.id}")
    assert "£8,000" in page.text and "Lewisham" in page.text and "Waits for the target" in page.text
    assert "Pledges went to 2 boroughs" in page.text
    assert "Lone Applicant" not in page.html
    assert "You cannot apply to this round any more." in page.text


def test_before_the_announcement_nothing_is_told_of_what_was_decided(clocked, arrive):
    application = clocked.applied(clocked.campaign(title="A roof for the market"))
    clocked.after_the_deadline()
    clocked.given(application)
    page = arrive().get(address(clocked))
    assert "roof" not in page.html and "applied" not in page.text.split("Every date")[0].split("Contents")[1]
    assert arrive().get(address(clocked, f"/projects/{application.id}")).status == 404


def test_a_project_with_a_pledge_shows_its_public_answers_and_no_others(clocked, arrive):
    application, alone = announced(clocked, answers={"difference": "Neighbours will meet.", "bank": "yes"})
    page = arrive().get(address(clocked, f"/projects/{application.id}"))
    assert "Neighbours will meet." in page.text and "£8,000, all of it capital" in page.text
    assert "bank account" not in page.text
    assert page.link("Its campaign: how far it is, and what backers were told")
    page = arrive().get(address(clocked, f"/projects/{alone.id}"))
    assert "An individual" in page.text and "Lone Applicant" not in page.html and "Rosa" not in page.html


def test_no_project_stands_under_another_round_or_without_a_pledge(clocked, arrive):
    application, _alone = announced(clocked)
    other = clocked.round_of()
    losing = next(each for each in db.session.query(Application) if each.status == "submitted")
    assert arrive().get(f"/en/rounds/{other.slug}/projects/{application.id}").status == 404
    assert arrive().get(address(clocked, f"/projects/{losing.id}")).status == 404
    assert arrive().get(address(clocked, "/projects/99999999999999999999")).status == 404


def test_a_pledge_that_ended_says_so(clocked, arrive):
    application, _alone = announced(clocked)
    awards.release(application.name, "ended", now=clocked.now)
    page = arrive().get(address(clocked))
    assert "Ended, not paid" in page.text and "1 of them got a pledge, £3,000 in all." in page.text
    assert "Ended, not paid" in arrive().get(address(clocked, f"/projects/{application.id}")).text


def test_the_list_says_what_is_open_coming_and_past(clocked, arrive):
    rounds.tell(clocked.round_of(is_open=False, title="Never opened"), {}, by=clocked.officer, now=clocked.now)
    later = clocked.round_of(
        title="Next spring",
        budget=Amounts.of(1, 1),
        needs_expression=False,
        expressions_open_at=None,
        expressions_close_at=None,
        applications_open_at=clocked.now + timedelta(days=2),
    )
    past = clocked.round_of(title="Last year", budget=Amounts.of(1, 1))
    past.announced_at = clocked.now
    page = arrive().get("/en/rounds")
    for earlier, after in (("Open now", "Make London"), ("Coming", later.title), ("Past rounds", past.title)):
        assert page.text.index(earlier) < page.text.index(after)
    assert "Never opened" not in page.text
    assert page.link("Make London").href == address(clocked)


def test_an_empty_house_says_what_one_can_do_instead(isolated, client, make):
    page = client.get("/en/rounds")
    assert "No round has been opened yet" in page.text


def test_a_round_costs_few_statements_and_need_not_be_fetched_twice(clocked, arrive):
    announced(clocked)
    visitor = arrive()
    with statements() as seen:
        first = visitor.client.get(address(clocked))
    seen.at_most(6)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert visitor.client.get(address(clocked), headers=tag).status_code == 304
    rounds.tell(clocked.round, {"theme": "Something else."}, by=clocked.officer, now=clocked.now)
    db.session.commit()
    assert visitor.client.get(address(clocked), headers=tag).status_code == 200
    with statements() as seen:
        visitor.client.get("/en/rounds")
    seen.at_most(2)


@pytest.mark.parametrize("language", ("pl", "ar", "xx"))
def test_rounds_speak_every_language(clocked, arrive, language):
    application, _alone = announced(clocked)
    for path in ("rounds", f"rounds/{clocked.round.slug}", f"rounds/{clocked.round.slug}/projects/{application.id}"):
        assert arrive().get(f"/{language}/{path}").status == 200


@pytest.mark.parametrize("slug", ("A", "%27", "..", "x" * 3000, "a--b", "über"))
def test_what_could_be_no_address_is_not_looked_for(clocked, arrive, slug):
    assert arrive().get(f"/en/rounds/{slug}").status == 404


def test_amounts_of_one_kind_are_told_plainly(clocked, arrive):
    only = clocked.round_of(title="Tools", budget=Amounts(capital=GBP(10)))
    assert "All of it is capital" in arrive().get(f"/en/rounds/{only.slug}").text
