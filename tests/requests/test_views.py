"""Asking for a format as anybody, following it, and handling it as staff."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.requests import links
from civic.requests.models import FormatRequest
from tests.support.pdf import Pdf
from tests.support.sql import statements

LANGUAGES = ("en", "pl", "ar", "xx")
ROLES = ("assistant", "researcher", "funds_officer", "challenge_manager", "moderator", "administrator")
FILLED = {"format": "bsl", "contact_by": "email", "email": "ada@example.org"}
NAUGHTY = [
    "<script>alert(1)</script>",
    "'; DROP TABLE format_request; --",
    "\u202eevil",
    "{{ 7*7 }}",
    "%(number)s %s",
    "\x00nul",
]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def requests() -> list[FormatRequest]:
    return list(db.session.scalars(select(FormatRequest).order_by(FormatRequest.id)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_in_every_language(client, make, app, language):
    survey = make.survey()
    client.get(f"/{language}/format-requests/new?thing=survey:{survey.id}")
    with app.test_request_context(f"/{language}/"):
        token = links.token_of(make.format_request("accepted"))
    client.get(f"/{language}/format-requests/{token}")
    make.sign_in(client, make.staff("assistant"))
    asked = make.format_request(
        thing=f"survey:{survey.id}", title="Cleaner streets", title_language="en", due_on=make.now.date()
    )
    for path in ("", "?status=sent", "/new", f"/{asked.id}", f"/{asked.id}/letter"):
        assert client.get(f"/{language}/staff/requests{path}").status == 200


def test_a_visitor_asks_follows_and_withdraws(client, make, outbox):
    survey = make.survey()
    page = client.get(f"/en/format-requests/new?thing=survey:{survey.id}")
    assert "Cleaner streets" in page.text and "within 10 working days" in page.text
    client.submit("Send my request", FILLED | {"wanted": "The questions, please"})
    page = client.follow()
    assert "We have your request" in page.text and "7 December 2026" in page.text
    (asked,) = requests()
    assert (asked.thing, asked.format, asked.mode, asked.requester_id) == (f"survey:{survey.id}", "bsl", "web", None)
    assert "/format-requests/" in outbox()[0].text
    client.submit("I no longer need it")
    assert "Your request is withdrawn." in client.follow().text
    assert requests()[0].status == "withdrawn"


def test_a_members_request_is_on_their_card_and_begins_with_their_address(client, make):
    member = make.member(email="ada@example.org")
    make.sign_in(client, member)
    client.get("/en/format-requests/new")
    client.submit("Send my request", {"format": "easy_read", "contact_by": "email"})
    assert (requests()[0].requester_id, requests()[0].email) == (member.id, "ada@example.org")


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({}, "Choose what you need."),
        ({"format": "bsl"}, "Choose how we should reach you."),
        ({"format": "bsl", "contact_by": "email"}, "Enter an email address, or choose another way."),
        ({"format": "bsl", "contact_by": "bsl", "email": "nonsense"}, "correct format"),
        ({"format": "bsl", "contact_by": "relay", "phone": "12"}, "Enter a phone number we can ring"),
        ({"format": "braille", "contact_by": "phone", "phone": "020 7946 0123"}, "Enter a full postal address"),
        ({"format": "bsl", "contact_by": "post", "address": "London"}, "Enter a full postal address"),
        ({"format": "summary", "contact_by": "email", "email": "a@example.org"}, "Say which language you need."),
    ],
)
def test_a_refused_request_comes_back_with_everything_that_was_typed(client, filled, sentence):
    client.get("/en/format-requests/new")
    page = client.submit("Send my request", filled | {"wanted": "Kept words"})
    assert page.status == 422 and page.title.startswith("Error:")
    assert sentence in page.text
    values = page.forms[-1].values()
    assert values["wanted"] == ["Kept words"]
    assert all(values[name] == [value] for name, value in filled.items())
    assert requests() == []


def test_a_machine_is_thanked_and_forgotten(client):
    client.get("/en/format-requests/new")
    client.submit("Send my request", FILLED | {"website": "http://spam.example"})
    assert "We have your request" in client.follow().text
    assert requests() == []


def test_requests_are_limited(client, rate_limits):
    answers = [client.post("/en/format-requests", FILLED | {"language": "en"}).status for _ in range(11)]
    assert answers == [303] * 10 + [429]


@pytest.mark.parametrize("text", NAUGHTY)
def test_what_people_type_is_text_and_nothing_else(client, make, text):
    client.get("/en/format-requests/new")
    client.submit("Send my request", FILLED | {"wanted": f"x {text}", "name": f"Ada {text}"})
    make.sign_in(client, make.staff("assistant"))
    client.get(f"/en/staff/requests/{requests()[0].id}")
    client.get(f"/en/staff/requests/{requests()[0].id}/letter")


def test_a_link_shows_nothing_of_the_person(client, make, in_request):
    asked = make.format_request("declined", wanted="My secret")
    page = client.get(f"/en/format-requests/{links.token_of(asked)}")
    assert not any(told in page.html for told in ("Ada", "reader@", "Marylebone", "My secret"))
    assert client.get("/en/format-requests/nonsense", checked=False).status == 400


@pytest.mark.parametrize("role", ROLES)
def test_staff_who_make_formats_may_and_nobody_else(client, make, role):
    asked = make.format_request()
    assert client.get("/en/staff/requests").status in (302, 303)
    make.sign_in(client, make.staff(role))
    assert client.get(f"/en/staff/requests/{asked.id}").status == 200


@pytest.mark.parametrize("role", ["assessor", "consultee", "approver", "finance_officer"])
def test_other_staff_may_not(client, make, role):
    asked = make.format_request()
    make.sign_in(client, make.staff(role))
    assert client.get("/en/staff/requests").status == 403
    assert client.post(f"/en/staff/requests/{asked.id}/moves", {"verb": "accept"}).status == 403


def test_staff_write_down_a_call_and_see_it_through(client, make, outbox):
    make.sign_in(client, make.staff("assistant"))
    client.get("/en/staff/requests/new")
    assert client.submit("Record the request", {"format": "braille"}).status == 422
    typed = {"mode": "phone", "format": "braille", "contact_by": "phone", "phone": "020 7946 0999", "name": "Ada"}
    client.submit("Record the request", typed | {"address": "1 Marylebone Road\nLondon NW1 5LS"})
    page = client.follow()
    assert "By phone" in page.text and "Marylebone" in page.text
    for verb, state in (("accept", "Being made"), ("make", "Made"), ("send", "Sent")):
        client.submit("Record", {"verb": verb})
        assert state in client.follow().text
    assert outbox() == []
    assert requests()[0].status == "sent"


def test_a_no_needs_its_reason_and_a_second_click_changes_nothing(client, make, outbox):
    asked = make.format_request()
    make.sign_in(client, make.staff("assistant"))
    client.get(f"/en/staff/requests/{asked.id}")
    assert "Say why we decline it." in client.submit("Record and tell the person", {"verb": "decline"}).text
    client.submit("Record and tell the person", {"verb": "decline", "why": "It exists: see the link."})
    client.follow()
    assert client.post(f"/en/staff/requests/{asked.id}/moves", {"verb": "decline", "why": "Again"}).status == 409
    assert len(outbox()) == 1


def test_the_queue_shows_what_is_late_and_what_closes_before_it_is_due(client, make, now):
    survey = make.survey(closes_at=now + timedelta(days=2))
    named = {"thing": f"survey:{survey.id}", "title": "Cleaner streets", "title_language": "en"}
    late = make.format_request("accepted", due_on=(now - timedelta(days=1)).date())
    soon = make.format_request(**named)
    make.format_request("sent")
    make.sign_in(client, make.staff("assistant"))
    page = client.get("/en/staff/requests")
    rows = [line for line in page.text.splitlines() if line.strip()]
    assert page.text.index(f"{late.id}: Large print") < page.text.index(f"{soon.id}: Large print"), rows
    assert "Overdue" in page.text and "Before it is due" in page.text
    front = client.get("/en/staff")
    assert "Requests for formats" in front.text


def test_the_queue_asks_the_same_however_long_it_is(client, make):
    surveys = [make.survey() for _ in range(5)]
    make.sign_in(client, make.staff("assistant"))

    def cost() -> int:
        with statements() as sent:
            client.get("/en/staff/requests")
        return len(sent)

    for survey in surveys[:1]:
        make.format_request(thing=f"survey:{survey.id}", title="One", title_language="en")
    few = cost()
    for survey in surveys * 6:
        make.format_request(thing=f"survey:{survey.id}", title="More", title_language="en")
    assert cost() == few <= 6


def test_the_letter_is_a_tagged_pdf_in_the_persons_language(client, make):
    asked = make.format_request("sent", language="pl", title="Czyste ulice", title_language="pl")
    make.sign_in(client, make.staff("assistant"))
    answer = client.client.get(f"/en/staff/requests/{asked.id}/letter.pdf")
    assert answer.mimetype == "application/pdf"
    document = Pdf(answer.data)
    assert document.catalog["Lang"] == "pl"
    assert "Marylebone Road" in document.tree.words and "Czyste ulice" in document.tree.words
    assert not document.tangled


def test_every_page_leads_to_the_form(client):
    page = client.get("/en/accessibility-statement")
    assert page.link("Ask for another format").href.startswith("/en/format-requests/new")
