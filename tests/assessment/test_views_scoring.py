"""An assessor's pages: declare, read, score, check, send; nothing typed is lost."""

import pytest

from civic.accounts.models import User
from civic.assessment.actions import items, panels, scoring
from civic.assessment.queries import criteria_of
from civic.assessment.queries.panels import assessors_of, seat_of
from civic.assessment.rules.scoring import Mark
from civic.core.db import db, transaction
from tests.assessment.demo import CONTENT
from tests.support.sql import statements

WHY = "They name who gains from it, and how many people."


@pytest.fixture
def panel(in_request, make):
    with transaction():
        return make.panel(title="Make London, round 7")


@pytest.fixture
def people(panel):
    return [db.session.get_one(User, row.user_id) for row in assessors_of(panel)]


@pytest.fixture
def mine(make, panel, people):
    with transaction():
        return make.assignment(make.item(panel, "demo:1", title="A bandstand for all"), people[0], "assigned")


def address(assignment, rest=""):
    return f"/en/staff/assessment/assignments/{assignment.id}{rest}"


def fields(panel, value=3, words=WHY):
    """The form filled for every criterion."""
    return {
        f"{name}_{each.id}": given
        for each in criteria_of(panel)
        for name, given in (("score", value), ("words", words))
    }


def test_an_assessor_declares_reads_scores_checks_and_sends(client, make, panel, people, mine):
    make.sign_in(client, people[0])
    page = client.get("/en/staff/assessment/mine")
    assert "Make London, round 7" in page.text
    assert "Say whether you have an interest" in page.text
    page = client.click("A bandstand for all")
    assert "Friends of the Bandstand" in page.text
    assert CONTENT not in page.html
    client.submit("Go on", has_interest="no")
    page = client.follow()
    assert CONTENT in page.text
    assert "Who is better off, and how many?" in page.text
    assert "Everybody near" in page.text
    client.submit("Save and go on later", {f"words_{criteria_of(panel)[0].id}": "Half a thought"})
    page = client.follow()
    assert "What you typed is kept. Nobody else sees it." in page.text
    page = client.get(address(mine))
    assert "Half a thought" in page.html
    client.submit("Check and send my scores", fields(panel))
    page = client.follow()
    assert page.h1 == "Check your scores"
    assert page.text.count(WHY) == 3
    client.submit("Send my scores")
    page = client.follow()
    assert "Your scores are sent. Thank you." in page.text
    assert "1 of 1 assessor is in." in page.text
    assert page.text.count(WHY) == 3
    assert "Check and send" not in page.text
    page = client.get("/en/staff/assessment/mine?show=sent")
    assert "A bandstand for all" in page.text
    assert "Sent on" in page.text
    assert "Nothing to assess" in client.get("/en/staff/assessment/mine").text


def test_an_interest_ends_it_at_once(client, make, panel, people, mine):
    make.sign_in(client, people[0])
    client.get(address(mine))
    page = client.submit("Go on", has_interest="yes")
    assert page.status == 422
    assert "Say what your interest is." in page.text
    client.submit("Go on", has_interest="yes", words="My brother chairs it.")
    page = client.follow()
    assert "Thank you for saying so." in page.text
    page = client.get(address(mine))
    assert "You declared an interest, so you see no more of this" in page.text
    assert CONTENT not in page.html
    assert client.get(f"/en/staff/assessment/items/{mine.item_id}/scores").status == 404


def test_what_is_missing_is_said_at_each_field_and_what_was_typed_is_kept(client, make, panel, people, mine):
    reading(make, mine, people[0])
    first, second, third = (each.id for each in criteria_of(panel))
    make.sign_in(client, people[0])
    client.get(address(mine))
    page = client.submit(
        "Check and send my scores", {f"score_{first}": 4, f"words_{first}": WHY, f"words_{second}": "Short."}
    )
    assert page.status == 422
    assert "Choose a score for “Deliverability”." in page.text
    assert "Say in at least 20 characters why you give this score for “Deliverability”." in page.text
    assert "Choose a score for “Value for money”." in page.text
    assert "“Benefit to the neighbourhood”" not in page.text
    assert scoring.draft_of(mine) == {first: Mark(4, WHY), second: Mark(None, "Short."), third: Mark(None, "")}
    page = client.submit("Check and send my scores", {f"words_{third}": "x" * 4001})
    assert page.status == 422
    assert "Use 4000 characters or fewer." in page.text


def reading(make, assignment, person):
    from civic.assessment.actions import interests
    from civic.assessment.models import Item

    subject = db.session.get_one(Item, assignment.item_id).subject
    with transaction():
        interests.declare(subject, user=person, has_interest=False, words="", now=make.now)


def test_a_second_window_overwrites_nothing_and_loses_nothing(client, make, panel, people, mine):
    reading(make, mine, people[0])
    first = criteria_of(panel)[0].id
    make.sign_in(client, people[0])
    client.get(address(mine))
    with transaction():
        scoring.save_draft(mine, {first: Mark(5, "From the other window")}, by=people[0], now=make.now)
    page = client.submit("Save and go on later", {f"score_{first}": 1, f"words_{first}": "From this window"})
    assert page.status == 409
    assert "This was changed while you were typing." in page.text
    assert "From this window" in page.html
    assert "From the other window" in page.text
    assert scoring.draft_of(mine)[first].words == "From the other window"
    client.submit("Save and go on later")
    client.follow()
    assert scoring.draft_of(mine)[first] == Mark(1, "From this window")


def test_what_was_typed_stays_on_the_page_when_the_panel_closes_meanwhile(client, make, panel, people, mine):
    reading(make, mine, people[0])
    first = criteria_of(panel)[0].id
    make.sign_in(client, people[0])
    client.get(address(mine))
    with transaction():
        panels.close(panel, by=make.runner(), now=make.now)
    page = client.submit("Save and go on later", {f"words_{first}": "An hour of thought"})
    assert page.status == 409
    assert "The panel is not open" in page.text
    assert "An hour of thought" in page.html
    page = client.get(address(mine))
    assert "no more scores are taken" in page.text


def test_a_draft_that_changed_after_it_was_checked_is_not_sent(client, make, panel, people, mine):
    reading(make, mine, people[0])
    with transaction():
        scoring.save_draft(mine, make.marks(panel, 3, words=WHY), by=people[0], now=make.now)
    make.sign_in(client, people[0])
    client.get(address(mine, "/submission"))
    with transaction():
        scoring.save_draft(mine, make.marks(panel, 5, words=WHY), by=people[0], now=make.now)
    page = client.submit("Send my scores")
    assert page.status == 409
    assert "This was changed while you were typing." in page.text
    assert db.session.get_one(type(mine), mine.id).status == "reading"
    client.submit("Send my scores")
    assert "Your scores are sent. Thank you." in client.follow().text


def test_half_a_draft_cannot_be_checked(client, make, panel, people, mine):
    reading(make, mine, people[0])
    make.sign_in(client, people[0])
    page = client.get(address(mine, "/submission"))
    assert (page.status, page.location) == (303, address(mine))
    assert client.post(address(mine, "/submission"), {"seen": scoring.edition_of(mine)}).status == 409


def test_nobody_else_finds_it_and_nobody_off_the_panel(client, make, panel, people, mine):
    reading(make, mine, people[0])
    strangers = (people[1], make.staff("assessor"), make.runner(), make.staff("challenge_manager"))
    for person in strangers:
        make.sign_in(client, person)
        for path in ("", "/submission"):
            assert client.get(address(mine, path)).status == 404
        for path in ("/declaration", "/scores", "/submission"):
            assert client.post(address(mine, path), {"has_interest": "no"}).status == 404
    for person in (make.member(), make.staff("approver"), make.staff("researcher")):
        make.sign_in(client, person)
        assert client.get(address(mine)).status == 403
    seat_of(panel.id, people[0].id).removed_at = make.now
    make.sign_in(client, people[0])
    assert client.get(address(mine)).status == 404


def test_what_is_withdrawn_released_or_ones_own_shows_no_more_than_its_name(client, make, panel, people, mine, demo):
    reading(make, mine, people[0])
    make.sign_in(client, people[0])
    demo.parties[1] = {people[0].id}
    page = client.get(address(mine))
    assert "You stand behind this, so you cannot assess it." in page.text
    assert CONTENT not in page.html
    assert client.get(address(mine, "/submission")).status == 404
    assert client.post(address(mine, "/scores"), fields(panel)).status == 404
    demo.parties.clear()
    with transaction():
        items.withdraw("demo:1", why="Gone.", by=None, now=make.now)
    page = client.get(address(mine))
    assert "This was withdrawn" in page.text
    assert CONTENT not in page.html


def test_late_scores_are_taken_and_called_late(client, make, people, panel, mine):
    from datetime import timedelta

    reading(make, mine, people[0])
    panel.due_at = make.now - timedelta(days=2)
    with transaction():
        make.send(mine, 3)
    make.sign_in(client, people[0])
    assert "Sent late, on" in client.get("/en/staff/assessment/mine?show=sent").text


def test_a_long_list_is_asked_for_in_few_statements(client, make, panel, people):
    with transaction():
        for _ in range(30):
            make.assignment(make.item(panel), people[0], "assigned")
    make.sign_in(client, people[0])
    client.get("/en/staff/assessment/mine")
    with statements() as sent:
        page = client.get("/en/staff/assessment/mine")
    sent.at_most(4)
    assert page.text.count("Say whether you have an interest") == 25
    assert page.link("Next page")
