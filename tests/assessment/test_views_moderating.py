"""The pages after the scores: side by side, meetings, agreements, the ranked list, comparing, and interests."""

import pytest

from civic.accounts.models import User
from civic.assessment.actions import interests, moderating, panels
from civic.assessment.models import AgreedScore, Item
from civic.assessment.queries import criteria_of, has_interest
from civic.assessment.queries.interests import latest
from civic.assessment.queries.panels import assessors_of
from civic.core.db import db, transaction
from civic.core.money import GBP
from tests.support.sql import statements

BASE = "/en/staff/assessment"
WHY = "They name who gains from it, and how many people."


@pytest.fixture(autouse=True)
def _in_request(in_request):
    """Refusals are said in a language."""


@pytest.fixture
def officer(make, client):
    person = make.runner()
    make.sign_in(client, person)
    return person


@pytest.fixture
def panel(make):
    with transaction():
        return make.panel(title="Make London, round 7")


def sitting_on(panel):
    return [db.session.get_one(User, row.user_id) for row in assessors_of(panel)]


def assessed(make, panel, *values, **facts):
    with transaction():
        return make.assessed(panel, *values, **facts)


# Side by side.


def test_once_all_are_in_everybody_who_scored_sees_who_said_what(client, make, panel):
    item = assessed(
        make,
        panel,
        5,
        1,
        subject="demo:1",
        words=("I see a whole street of gain in this.", "Nobody there has asked for any of it."),
    )
    for person in (*sitting_on(panel), make.runner(), make.staff("approver")):
        make.sign_in(client, person)
        page = client.get(f"{BASE}/items/{item.id}/scores")
        assert "I see a whole street of gain in this." in page.text
        assert "Nobody there has asked for any of it." in page.text
        assert (
            "The mean is 60.00%, but the assessors are 80 of 100 points apart: a meeting must talk about it."
            in page.text
        )
    for person in (make.staff("assessor"), make.staff("consultee"), make.staff("finance_officer")):
        make.sign_in(client, person)
        assert client.get(f"{BASE}/items/{item.id}/scores").status == 404


def test_an_item_is_talked_about_and_agreed_beside_the_originals(client, make, panel, officer):
    item = assessed(make, panel, 5, 1, subject="demo:1", title="A bandstand for all")
    page = client.get(f"{BASE}/panels/{panel.id}")
    assert "1 to talk about" in page.text
    client.click("Talk about what assessors see differently")
    page = client.click("A bandstand for all")
    page = client.click("Write down what was agreed")
    assert "Write the meeting down first." in page.text
    client.click("Write down a meeting")
    first, _second = sitting_on(panel)
    day = {"held_on-day": "20", "held_on-month": "11", "held_on-year": "2026"}
    page = client.submit("Keep the meeting", people=[first.id], **dict.fromkeys(day, ""))
    assert page.status == 422
    assert "Enter the day of the meeting." in page.text
    assert "at least two people" in page.text
    page = client.submit("Keep the meeting", {**day, "held_on-year": "2099"}, people=[first.id])
    assert "This day is still to come." in page.text
    client.submit(
        "Keep the meeting",
        {**day, "people": [first.id], "others": "Geraldine Achebe (chair)\n\n", "notes": "All went well."},
    )
    page = client.follow()
    assert "Meeting of 20 November 2026" in page.text
    assert "Geraldine Achebe (chair)" in page.text
    client.click("A bandstand for all")
    page = client.submit("Keep what was agreed")
    assert page.status == 422
    assert "Choose a score for “Deliverability”." in page.text
    chosen = {f"score_{each.id}": 4 for each in criteria_of(panel)}
    page = client.submit("Keep what was agreed", chosen)
    assert "Say in at least 20 characters why" in page.text
    client.submit("Keep what was agreed", chosen | {f"words_{each.id}": WHY for each in criteria_of(panel)})
    page = client.follow()
    assert "A meeting agreed a result of 80.00%." in page.text
    assert page.text.count("Agreed in the meeting") >= 3
    assert f"written down by {officer.display_name}" in page.text
    client.click("See the meeting")
    assert "All went well." in client.last.text
    assert "A bandstand for all" in client.last.text
    assert (item.status, db.session.query(AgreedScore).count()) == ("agreed", 3)


def test_what_everybody_gave_needs_no_words_and_is_filled_in(client, make, panel, officer):
    with transaction():
        item = make.item(panel)
        for person, values in zip(sitting_on(panel), ((5, 3, 2), (1, 3, 2)), strict=True):
            make.send(make.assignment(item, person), *values)
        make.meeting(panel)
    first, second, third = (each.id for each in criteria_of(panel))
    page = client.get(f"{BASE}/items/{item.id}/agreement")
    values = page.forms[-1].values()
    assert (values.get(f"score_{first}"), values[f"score_{second}"], values[f"score_{third}"]) == (None, ["3"], ["2"])
    client.submit("Keep what was agreed", {f"score_{first}": 3, f"words_{first}": WHY})
    page = client.follow()
    assert page.text.count("Everybody gave this.") == 2
    client.get(f"{BASE}/items/{item.id}/agreement")
    client.submit("Keep what was agreed", {f"score_{first}": 4, f"words_{first}": WHY})
    page = client.follow()
    assert "What was agreed before" in page.text


def test_an_interest_of_somebody_at_the_meeting_is_said(client, make, panel, officer):
    with transaction():
        item = make.assessed(panel, 5, 1, subject="demo:1")
        chair = make.staff("approver", name="Geraldine Achebe")
        make.meeting(panel, people=[(chair.id, "Geraldine Achebe"), (None, "A note taker")])
        interests.declare("demo:1", user=chair, has_interest=True, words="My street.", now=make.now)
    page = client.get(f"{BASE}/items/{item.id}/agreement")
    assert "has an interest in this, and must have left while it was talked about: Geraldine Achebe" in page.text


def test_the_mean_stands_for_one_or_for_all_that_were_shown(client, make, panel, officer):
    near = [assessed(make, panel, 3, 3, subject=f"demo:{number}") for number in (1, 2, 3)]
    far = assessed(make, panel, 5, 0, subject="demo:9")
    client.get(f"{BASE}/items/{near[0].id}/scores")
    client.submit("Let the mean stand")
    assert "The mean stands: the result is 60.00%." in client.follow().text
    page = client.post(f"{BASE}/items/{far.id}/mean")
    assert page.status == 409
    assert "Talk about it in a meeting" in page.text
    page = client.get(f"{BASE}/panels/{panel.id}/means")
    assert "For these 2 items" in page.text
    with transaction():
        moderating.let_mean_stand(near[1], by=officer, now=make.now)
    page = client.submit("Let the mean stand for 2 items")
    assert page.status == 409
    client.submit("Let the mean stand for 1 item")
    assert "1 item is agreed." in client.follow().text
    assert [each.status for each in (*near, far)] == ["agreed", "agreed", "agreed", "scored"]
    assert "Nothing to agree like this" in client.get(f"{BASE}/panels/{panel.id}/means").text


def test_after_the_close_nothing_is_agreed_and_everything_can_be_read(client, make, panel, officer):
    item = assessed(make, panel, 5, 1)
    with transaction():
        meeting = make.meeting(panel)
        panels.close(panel, by=officer, now=make.now)
    for path in (f"items/{item.id}/agreement", f"panels/{panel.id}/meetings/new", f"panels/{panel.id}/means"):
        assert client.get(f"{BASE}/{path}").status == 403
    for path in (
        f"items/{item.id}/agreement",
        f"items/{item.id}/mean",
        f"panels/{panel.id}/meetings",
        f"panels/{panel.id}/means",
    ):
        assert client.post(f"{BASE}/{path}").status == 403
    for path in (f"items/{item.id}/scores", f"panels/{panel.id}/moderation", f"meetings/{meeting.id}"):
        assert client.get(f"{BASE}/{path}").status == 200


def test_what_one_has_an_interest_in_stands_in_no_list_that_would_tell_how_it_went(client, make, panel, officer, demo):
    hidden, shown = (assessed(make, panel, 5, 1, subject=f"demo:{n}", title=f"Thing {n}") for n in (1, 2))
    near = assessed(make, panel, 3, 3, subject="demo:3", title="Thing 3")
    with transaction():
        marks = make.marks(panel, 3, words=WHY)
        meeting = make.meeting(panel)
        moderating.agree(hidden, marks, meeting, by=officer, now=make.now)
        moderating.agree(shown, marks, meeting, by=officer, now=make.now)
    partial = make.staff("funds_officer")
    demo.parties.update({1: {partial.id}, 3: {partial.id}})
    make.sign_in(client, partial)
    for path in (f"meetings/{meeting.id}", f"panels/{panel.id}/items?show=agreed"):
        page = client.get(f"{BASE}/{path}")
        assert "Thing 2" in page.text
        assert "Thing 1" not in page.text
    assert "Thing 3" not in client.get(f"{BASE}/panels/{panel.id}/items?show=scored").text
    assert "Nothing to agree like this" in client.get(f"{BASE}/panels/{panel.id}/means").text
    far = assessed(make, panel, 5, 0, subject="demo:4", title="Thing 4")
    demo.parties[4] = {partial.id}
    assert "Thing 4" not in client.get(f"{BASE}/panels/{panel.id}/moderation").text
    assert "1 to talk about" not in client.get(f"{BASE}/panels/{panel.id}").text
    page = client.get(f"{BASE}/panels/{panel.id}/items")
    assert page.text.count("You stand behind this") == 3
    assert {far.status, near.status} == {"scored"}


# The ranked list.


@pytest.fixture
def ranked(make, panel):
    with transaction():
        for number, (value, capital, revenue) in enumerate(((5, 500, 0), (4, 300, 100), (3, 400, 0), (2, 100, 0)), 1):
            make.assessed(
                panel,
                value,
                value,
                subject=f"demo:{number}",
                title=f"Thing {number}",
                asked=(GBP(capital), GBP(revenue)),
            )
        make.item(panel, "demo:9", title="Not all in")
    return panel


def test_the_ranked_list_says_where_the_money_ends(client, make, ranked, officer):
    page = client.get(f"{BASE}/panels/{ranked.id}/ranking")
    assert "Here the money ends" not in page.text
    assert page.text.index("Thing 1") < page.text.index("Thing 4") < page.text.index("Not all in")
    page = client.submit("Show where it ends", capital="1000", revenue="100")
    assert "The money pays for the first 2 items." in page.text
    assert "£200 of capital and £0 of revenue would be left." in page.text
    assert "Below the line 1 item would by itself fit into that." in page.text
    words = page.text
    assert words.index("Thing 2") < words.index("Here the money ends") < words.index("Thing 3")
    assert "£1,200" in words
    for typed, sentence in (
        ({"capital": "10000", "revenue": "100"}, "The money pays for all 4 items with a result."),
        ({"capital": "0", "revenue": "0"}, "The money does not pay for the first in the list."),
    ):
        client.get(f"{BASE}/panels/{ranked.id}/ranking")
        assert sentence in client.submit("Show where it ends", typed).text


@pytest.mark.parametrize(
    "typed", [{"capital": "12"}, {"capital": "x", "revenue": "1"}, {"capital": "1.234", "revenue": "-5"}]
)
def test_amounts_that_cannot_be_read_are_told(client, ranked, officer, typed):
    client.get(f"{BASE}/panels/{ranked.id}/ranking")
    page = client.submit("Show where it ends", typed)
    assert page.status == 422
    assert "There is a problem" in page.text
    assert "Thing 1" in page.text


def test_a_long_ranked_list_asks_few_questions(client, make, panel, officer):
    with transaction():
        facts = {
            "panel_id": panel.id,
            "language": "en",
            "recipient": "Friends",
            "status": "scored",
            "round": 1,
            "spread_bps": 0,
            "added_at": make.now,
        }
        amounts = {"asked_capital_minor": 100, "asked_revenue_minor": 5}
        rows = [
            facts | amounts | {"subject": f"demo:{n}", "title": f"Thing {n}", "result_bps": n % 97 * 100}
            for n in range(1, 301)
        ]
        db.session.execute(Item.__table__.insert(), rows)
    address = f"{BASE}/panels/{panel.id}/ranking?capital=100&revenue=10"
    client.get(address)
    with statements() as sent:
        page = client.get(address)
    sent.at_most(4)
    assert page.html.count(">Within</strong>") == 99, (
        "33 places that three share each; the next three ask for more than is left"
    )


def test_assessors_are_compared_in_sentences_first(client, make, panel, officer):
    for number, (one, other) in enumerate(((5, 4), (4, 3), (3, 2), (2, 1), (1, 5), (5, 4)), 1):
        assessed(make, panel, one, other, subject=f"demo:{number}")
    one, other = sitting_on(panel)
    page = client.get(f"{BASE}/panels/{panel.id}/comparison")
    assert (
        f"{other.display_name} scores on average 3.33 of 100 points lower than those who read the same items."
        in page.text
    )
    assert f"{one.display_name} scores on average 3.33 of 100 points higher" in page.text
    assert "points more generous than in the first" in page.text
    assert "that says little" not in page.text
    with transaction():
        few = make.panel()
        make.assessed(few, 3, 3)
    page = client.get(f"{BASE}/panels/{few.id}/comparison")
    assert "Only 1 item: that says little." in page.text
    assert "scores on average like those who read the same items" in page.text
    with transaction():
        none = make.panel()
    assert "Nothing to compare yet" in client.get(f"{BASE}/panels/{none.id}/comparison").text


def test_comparing_counts_nothing_of_what_the_reader_may_not_know(client, make, panel, officer, demo):
    assessed(make, panel, 5, 0, subject="demo:1")
    assessed(make, panel, 3, 2, subject="demo:2")
    assert "60 of 100 points" in client.get(f"{BASE}/panels/{panel.id}/comparison").text
    partial = make.staff("approver")
    demo.parties[1] = {partial.id}
    make.sign_in(client, partial)
    page = client.get(f"{BASE}/panels/{panel.id}/comparison")
    assert "20 of 100 points" in page.text
    assert "60 of 100 points" not in page.text
    assert "Only 1 item" in page.text


# Interests.


def test_anybody_with_a_part_in_public_money_declares_from_the_things_page(client, make, panel, demo):
    with transaction():
        make.item(panel, "demo:1", title="A bandstand for all")
    for kind in ("approver", "consultee", "finance_officer", "assessor"):
        person = make.staff(kind)
        make.sign_in(client, person)
        page = client.get(f"{BASE}/interests/demo:1")
        assert "A bandstand for all" in page.text
        page = client.submit("Keep my declaration")
        assert "Say whether you have an interest." in page.text
        client.submit("Keep my declaration", has_interest="no")
        assert "you said that you have no interest" in client.follow().text
        client.submit("Keep my declaration", has_interest="yes", words="I live in the same street.")
        page = client.follow()
        assert "Only another officer can lift it." in page.text
        assert "I live in the same street." in page.text
        assert has_interest("demo:1", person.id)
        assert client.post(f"{BASE}/interests/demo:1", {"has_interest": "no"}).status == 422
    make.sign_in(client, make.staff("researcher"))
    assert client.get(f"{BASE}/interests/demo:1").status == 403


@pytest.mark.parametrize(
    "name", ["demo:x", "demo:-1", "demo:01", "demo:", "other:1", "demo", "demo:99999999999999999999"]
)
def test_what_no_package_knows_is_not_there(client, officer, name):
    assert client.get(f"{BASE}/interests/{name}").status == 404


def test_what_is_not_assessed_is_called_by_its_kind_and_number(client, officer, demo):
    demo.parties[7] = {officer.id}
    page = client.get(f"{BASE}/interests/demo:7")
    assert "Demo 7" in page.text
    assert "You stand behind this" in page.text


def test_an_interest_is_lifted_by_another_officer_with_a_reason(client, make, panel, demo):
    first, second = make.staff("funds_officer", name="Shanelle Brathwaite"), make.staff("challenge_manager")
    with transaction():
        make.item(panel, "demo:1", title="A bandstand for all")
        interests.declare("demo:1", user=first, has_interest=True, words="A namesake of mine.", now=make.now)
    number = latest("demo:1", first.id).id
    make.sign_in(client, first)
    page = client.get(f"{BASE}/interests")
    assert "Your own" in page.text
    assert client.get(f"{BASE}/declarations/{number}/lifting").status == 403
    make.sign_in(client, second)
    client.get(f"{BASE}/interests")
    page = client.click("Lift Shanelle Brathwaite, A bandstand for all")
    assert "A namesake of mine." in page.text
    page = client.submit("Lift the interest")
    assert "Give a reason." in page.text
    client.submit("Lift the interest", why="It was another person.")
    assert "No interest is declared" in client.follow().text
    assert not has_interest("demo:1", first.id)
    assert client.get(f"{BASE}/declarations/{number}/lifting").status == 404
    make.sign_in(client, first)
    assert "An interest that you declared was lifted on" in client.get(f"{BASE}/interests/demo:1").text
