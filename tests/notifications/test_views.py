"""A person's own pages: what they were told, what they chose, what they silenced; and the account page that leads there."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.notifications import actions, queries
from civic.notifications.models import Notification
from civic.notifications.rules import Wishes
from tests.support.sql import statements

LANGUAGES = ("en", "pl", "ar", "xx")
NEWS = "/en/account/notifications"
CHOICES = "/en/account/notifications/choices"


@pytest.fixture
def person(make, client):
    """Somebody signed in."""
    reader = make.member()
    make.sign_in(client, reader)
    return reader


@pytest.mark.parametrize("path", (NEWS, CHOICES))
def test_visitors_are_shown_the_way_in(client, path):
    assert "/sign-in" in client.get(path).location


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_order_in_every_language(client, make, person, now, language):
    for notice in ("demo.answer", "demo.follow", "demo.decision"):
        make.news(person, notice=notice, facts={"title": "12", "words": "12", "language": "ar"})
    make.news(person, read_at=now, facts={"title": "13"})
    make.bounce(person)
    actions.silence(person.id, "thread:7", now=now, notice="demo.answer", facts={"title": "14"})
    actions.silence(person.id, "thread:8", now=now)
    db.session.commit()
    for path in ("/account/notifications", "/account/notifications/choices", "/account"):
        assert client.get(f"/{language}{path}").status == 200


def test_nothing_yet_is_said_kindly(client, person):
    assert "Nothing yet" in client.get(NEWS).text


def test_news_is_listed_newest_first_with_its_words_and_whether_it_is_new(client, make, person, now):
    make.news(person, facts={"title": "old"}, read_at=now)
    make.news(person, facts={"title": "new", "words": "Żółw", "language": "pl"})
    make.news(person, facts={"title": "gone", "gone": 1}, read_at=now)
    make.news(make.member(), facts={"title": "of somebody else"})
    db.session.commit()
    page = client.get(NEWS)
    assert page.text.index("News of new") < page.text.index("News of old")
    assert "gone" not in page.text
    assert "somebody else" not in page.text
    assert '<blockquote class="civic-quote" lang="pl" dir="ltr">Żółw</blockquote>' in page.html
    assert page.html.count(">New</strong>") == 1
    assert "1 notification is new" in page.text


def test_the_list_goes_on_page_by_page(client, make, person):
    for number in range(queries.A_PAGE + 3):
        make.news(person, facts={"title": f"number {number}"})
    db.session.commit()
    page = client.get(NEWS)
    assert "News of number 22" in page.text
    page = client.click("Older")
    assert "News of number 2" in page.text
    assert "News of number 3" not in page.text
    assert client.get(f"{NEWS}?at=nonsense", checked=False).status == 400


def test_all_of_it_is_marked_as_read(client, make, person):
    for _ in range(queries.A_PAGE + 3):
        make.news(person)
    db.session.commit()
    client.get(NEWS)
    client.click("Older")
    client.submit("Mark all as read")
    page = client.follow()
    assert ">New</strong>" not in page.html
    assert "Mark all as read" not in page.text
    assert client.post(f"{NEWS}/read", {"up_to": "x"}).status == 303
    assert client.post(f"{NEWS}/read", {"up_to": "9" * 30}).status == 303


def test_a_thing_is_silenced_from_its_news_and_heard_again(client, make, person, now):
    make.news(person, facts={"title": "Bus lanes"})
    db.session.commit()
    page = client.get(NEWS)
    client.submit(next(each for form in page.forms for each in form.buttons if each.startswith("Hear no more")))
    page = client.follow()
    assert "You hear no more of this." in page.text
    actions.tell("demo.answer", [person.id], about="thread:1", now=now, title="silent")
    db.session.commit()
    assert "News of silent" not in client.get(NEWS).text
    page = client.get(CHOICES)
    assert "News of Bus lanes" in page.text
    client.submit(next(each for form in page.forms for each in form.buttons if each.startswith("Hear of it again")))
    assert "You hear of it again" in client.follow().text
    assert queries.silences_of(person.id) == []


def test_nobody_silences_by_somebody_elses_news(client, make, person):
    row = make.news(make.member())
    db.session.commit()
    assert client.post(f"{NEWS}/{row.id}/silence", {}).status == 404
    assert queries.silences_of(person.id) == []


def test_choices_are_kept_and_shown_again(client, person):
    client.get(CHOICES)
    client.submit(
        "Save my choices",
        pace_demo_answer="weekly",
        pace_demo_follow="weekly",
        pace_demo_quiet="at_once",
        only_mine=True,
    )
    page = client.follow()
    assert "Your choices are saved" in page.text
    assert queries.paces_of(person.id) == {"demo.answer": "weekly", "demo.quiet": "at_once"}
    assert queries.wishes_of(person.id) == Wishes(only_mine=True)
    shown = next(form for form in page.forms if "pace_demo_answer" in form.names).values()
    assert (shown["pace_demo_answer"], shown["pace_demo_quiet"]) == (["weekly"], ["at_once"])


def test_a_pace_that_is_not_offered_is_refused_and_nothing_is_kept(client, person):
    sent = {"pace_demo_answer": "hourly", "pace_demo_follow": "weekly", "pace_demo_quiet": "never", "paused": "y"}
    page = client.post(CHOICES, sent)
    assert page.status == 422
    assert queries.paces_of(person.id) == {}
    assert queries.wishes_of(person.id) == Wishes()


def test_what_is_owed_is_named_and_not_asked_about(client, person):
    page = client.get(CHOICES)
    assert "These we send you in any case" in page.text
    assert "pace_demo_decision" not in page.html


def test_a_house_without_news_has_choices_all_the_same(client, app, person, monkeypatch):
    monkeypatch.setattr(app.extensions["civic"], "notices", {})
    client.get(CHOICES)
    client.submit("Save my choices", paused=True)
    assert queries.wishes_of(person.id).paused


def test_the_account_says_how_much_is_new_and_that_letters_come_back(client, make, person):
    assert "None new" in client.get("/en/account").text
    make.news(person)
    make.news(person)
    make.bounce(person)
    db.session.commit()
    page = client.get("/en/account")
    assert "2 new" in page.text
    assert "A letter to your email address came back" in page.text


def test_an_address_is_confirmed_by_a_link_and_not_by_looking(client, make, person, outbox):
    make.bounce(person)
    db.session.commit()
    client.get(NEWS)
    client.submit("Send me a link to confirm my address")
    link = next(word for word in outbox()[-1].text.split() if "/address/" in word)
    page = client.get(link)
    assert person.email in page.text
    assert queries.standing_of(person).is_unreachable
    client.submit("Write to this address again")
    assert not queries.standing_of(person).is_unreachable


def test_a_link_for_another_address_confirms_nothing(client, make, person, outbox):
    make.bounce(person)
    db.session.commit()
    client.get(NEWS)
    client.submit("Send me a link to confirm my address")
    link = next(word for word in outbox()[-1].text.split() if "/address/" in word)
    person.email = "other@example.org"
    db.session.commit()
    assert client.get(link).status == 404
    assert client.post(link, {}).status == 404


@pytest.mark.parametrize(("path", "ceiling"), [(NEWS, 4), (CHOICES, 4), ("/en/account", 5)])
def test_a_page_asks_few_questions_however_much_there_is(client, make, person, now, path, ceiling):
    for number in range(30):
        make.news(person, about=f"thread:{number}", facts={"title": f"n{number}"})
        actions.silence(person.id, f"campaign:{number}", now=now, notice="demo.answer", facts={"title": f"c{number}"})
    db.session.commit()
    client.get(path)
    with statements() as sent:
        client.get(path)
    sent.at_most(ceiling)


def test_old_marks_of_the_list_lead_to_old_news(client, make, person, now):
    for number in range(queries.A_PAGE * 2):
        make.news(person, at=now - timedelta(days=number), facts={"title": "x", "gone": 1})
    db.session.commit()
    assert "no longer there" in client.get(NEWS).text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notification)) == queries.A_PAGE * 2
