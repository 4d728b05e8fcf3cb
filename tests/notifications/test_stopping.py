"""One click: letters are stopped without a session and without a form's token, and never by looking (RFC 8058)."""

import pytest

from civic.core.db import db
from civic.notifications import actions, queries
from civic.notifications.links import stop_url
from civic.notifications.rules import Wishes
from tests.support.client import PageClient

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
SECRET = "a secret that is long enough to keep"


@pytest.fixture
def person(make):
    reader = make.member()
    db.session.commit()
    return reader


@pytest.fixture
def link(app, person):
    """The path of a link that stops letters."""

    def made(scope="kinds", value="demo.answer", language="en"):
        with app.test_request_context(f"/{language}/"):
            app.preprocess_request()
            return stop_url(person.id, scope, value).removeprefix("http://localhost")

    return made


def test_a_mail_service_stops_letters_with_one_click(app, person, link):
    answer = app.test_client().post(link(), data=ONE_CLICK)
    assert (answer.status_code, answer.text, answer.location) == (200, "stopped", None)
    assert "Set-Cookie" not in answer.headers
    assert queries.paces_of(person.id) == {"demo.answer": "never"}
    assert app.test_client().post(link(), data=ONE_CLICK).status_code == 200


@pytest.mark.parametrize("method", ("GET", "HEAD"))
def test_looking_stops_nothing(client, person, link, method):
    for scope in ("kinds", "weekly", "all"):
        assert client.open(method, link(scope)).status == 200
    assert queries.paces_of(person.id) == {}
    assert queries.wishes_of(person.id) == Wishes()


@pytest.mark.parametrize("language", ("en", "pl", "ar", "xx"))
@pytest.mark.parametrize(
    ("scope", "value"),
    [
        ("kinds", "demo.answer,demo.follow,demo.gone"),
        ("about", "thread:1"),
        ("about", "thread:9"),
        ("weekly", ""),
        ("all", ""),
    ],
)
def test_the_page_of_a_link_is_in_order_before_and_after(client, make, person, link, language, scope, value):
    make.news(person, facts={"title": "12"})
    db.session.commit()
    path = link(scope, value, language)
    assert client.get(path).status == 200
    for act in ("stop", "undo", "everything", "undo_everything"):
        assert client.post(path, {"act": act}, token=False).location == path
        assert client.get(path).status == 200


def test_a_person_stops_and_takes_it_back_without_signing_in(client, person, link):
    page = client.get(link())
    assert "Stop these emails?" in page.text
    assert "Answers" in page.text
    client.submit("Stop these emails")
    assert "These emails are stopped" in client.follow().text
    assert queries.paces_of(person.id) == {"demo.answer": "never"}
    client.submit("Send them to me again")
    assert "Stop these emails?" in client.follow().text
    assert queries.paces_of(person.id) == {}
    client.submit("Stop all emails with news")
    client.follow()
    assert queries.wishes_of(person.id).paused
    client.submit("Send me emails again")
    client.follow()
    assert queries.wishes_of(person.id) == Wishes()


def test_a_link_about_a_thing_silences_it_and_says_what_it_was(client, make, person, link, now):
    make.news(person, facts={"title": "Bus lanes"})
    db.session.commit()
    assert "News of Bus lanes" in client.get(link("about", "thread:1")).text
    client.submit("Stop these emails")
    (silence,) = queries.silences_of(person.id)
    assert (silence.about, silence.facts) == ("thread:1", {"title": "Bus lanes"})
    actions.tell("demo.answer", [person.id], about="thread:1", now=now, title="silent")
    assert queries.news_of(person.id).items[0].facts["title"] == "Bus lanes"


def test_a_link_that_was_altered_or_made_for_something_else_is_refused(app, person, link):
    good = link()
    client = PageClient(app)
    altered = good[:-2] + ("A" if good[-2] != "A" else "B") + good[-1]
    foreign = good.replace("/unsubscribe/", "/account/notifications/address/")
    for path in (altered, foreign):
        assert client.get(path).status == 400
        assert client.post(path, ONE_CLICK, token=False).status == 400
    assert queries.paces_of(person.id) == {}


def test_a_link_of_somebody_who_is_gone_leads_nowhere(client, make, app, person, link):
    path = link()
    db.session.delete(person)
    db.session.commit()
    assert client.get(path).status == 404


def test_a_link_is_not_clicked_for_ever(app, rate_limits, link):
    # Twice as many as are allowed: the limit counts by the clock, and a new span of time may begin in between.
    clicks = [app.test_client().post(link(), data=ONE_CLICK).status_code for _ in range(61)]
    assert clicks[0] == 200
    assert 429 in clicks


# --- what the mail service says of an address -------------------------------------------------------------------


@pytest.fixture
def says(app, monkeypatch):
    """Tell the house of an address as a mail service does."""
    monkeypatch.setitem(app.config, "MAIL_BOUNCE_SECRET", SECRET)

    def send(told, secret=SECRET):
        return (
            app.test_client()
            .post("/mail/bounces", json=told, headers={"Authorization": f"Bearer {secret}"})
            .status_code
        )

    return send


def test_a_bounce_is_taken_with_the_secret_and_the_answer_tells_nothing(says, person):
    assert says({"address": person.email, "kind": "hard"}) == 204
    assert says({"address": "nobody@example.org", "kind": "hard"}) == 204
    assert queries.standing_of(person).is_unreachable


@pytest.mark.parametrize("secret", ("", "wrong", SECRET + "x", "żółw".encode().decode("latin-1")))
def test_a_bounce_without_the_secret_is_refused(says, person, secret):
    assert says({"address": person.email}, secret) == 403
    assert not queries.standing_of(person).is_unreachable


@pytest.mark.parametrize(
    "told",
    (None, [], "x", {}, {"address": 7}, {"address": "a@example.org", "kind": "strange"}, {"address": "a", "kind": []}),
)
def test_a_bounce_that_says_nothing_is_refused(says, told):
    assert says(told) == 400


def test_without_a_secret_there_is_no_such_address(app, isolated, person):
    answer = app.test_client().post(
        "/mail/bounces", json={"address": person.email}, headers={"Authorization": "Bearer "}
    )
    assert answer.status_code == 404
    assert not queries.standing_of(person).is_unreachable
