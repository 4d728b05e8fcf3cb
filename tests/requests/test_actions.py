"""Requests: asked for, moved on, told of, and forgotten."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from civic.core import tokens
from civic.core.db import db
from civic.core.states import IllegalMove, history
from civic.requests import actions, links
from civic.requests.actions import Wish
from civic.requests.jobs import forget_contacts
from civic.requests.models import STATUSES, FormatRequest
from civic.requests.queries import waiting
from civic.requests.things import thing_of

VERBS = ("accept", "make", "send", "decline", "withdraw")
BY_POST = Wish(
    "braille", "email", "en", name="Ada", email="ada@example.org", phone="020 7946 0999", address="1 Road, London"
)


def test_a_request_is_due_by_the_published_standard_and_its_person_is_told(in_request, make, now, outbox):
    survey = make.survey()
    asked = actions.ask(BY_POST, about=thing_of(f"survey:{survey.id}"), now=now)
    assert (asked.status, asked.due_on, asked.title) == ("new", date(2026, 12, 7), "Cleaner streets")
    assert (asked.email, asked.phone, asked.address) == ("ada@example.org", "", "1 Road, London")
    (message,) = outbox()
    assert message.to_address == "ada@example.org"
    assert "Braille on paper" in message.text and "7 December 2026" in message.text
    token = message.text.split("/format-requests/")[1].split()[0]
    assert links.behind(token).id == asked.id


def test_what_does_not_belong_to_the_chosen_way_is_not_kept(in_request, make, now, outbox):
    wish = Wish(
        "easy_read", "phone", "pl", into="French", email="a@example.org", phone="020 7946 0999", address="1 Road"
    )
    asked = actions.ask(wish, about=None, now=now)
    assert (asked.email, asked.phone, asked.address, asked.into) == ("", "020 7946 0999", "", "")
    assert outbox() == []


def test_only_what_everybody_may_read_is_named(in_request, make):
    draft, public = make.survey(status="draft"), make.survey()
    assert thing_of(f"survey:{draft.id}") is None
    assert thing_of(f"survey:{public.id}").url.endswith(public.slug)
    for name in (
        "",
        "survey",
        "survey:",
        "survey:x",
        "survey:-1",
        "survey:99999999999999999999",
        "nothing:1",
        "survey:٣",
    ):
        assert thing_of(name) is None


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", STATUSES)
def test_every_state_and_every_verb(in_request, make, now, status, verb):
    asked, staff = make.format_request(status), make.staff("assistant")
    after = FormatRequest.TRANSITIONS.get((status, verb))
    if after is None:
        with pytest.raises(IllegalMove):
            actions.move(asked.id, verb, by=staff, now=now, why="For a reason.")
        return
    actions.move(asked.id, verb, by=staff, now=now, why="For a reason.")
    db.session.flush()
    assert asked.status == after
    assert (asked.done_at is not None) == (after in ("sent", "declined", "withdrawn"))
    assert [move.verb for move in history(asked)] == [verb]


def test_the_person_reads_the_reason_of_a_no_in_their_language(in_request, make, now, outbox):
    asked = make.format_request(language="pl")
    actions.move(asked.id, "decline", by=make.staff(), now=now, why="We have no machine for it.")
    (message,) = outbox()
    assert message.language == "pl"
    assert "We have no machine for it." in message.text
    assert "/pl/format-requests/" in message.text


def test_nobody_is_told_that_they_withdrew(in_request, make, now, outbox):
    actions.move(make.format_request().id, "withdraw", by=None, now=now)
    assert outbox() == []


def test_what_is_new_or_late_waits_for_staff(in_request, make, now):
    today = now.date()
    make.format_request()
    make.format_request("accepted")
    make.format_request("accepted", due_on=today - timedelta(days=1))
    make.format_request("made", due_on=today)
    make.format_request("sent", due_on=today - timedelta(days=9))
    assert waiting(today) == 2


def test_name_and_addresses_are_forgotten_thirty_days_after_it_is_done(in_request, make, now, monkeypatch):
    person = make.member()
    old = make.format_request(
        "sent", done_at=now - timedelta(days=31), wanted="Please ring twice", requester_id=person.id
    )
    recent = make.format_request("sent", done_at=now - timedelta(days=29))
    unfinished = make.format_request("accepted", created_at=now - timedelta(days=99))
    monkeypatch.setattr("civic.core.clock.now", lambda: now)
    forget_contacts()
    rows = {row.id: row for row in db.session.scalars(select(FormatRequest))}
    gone = rows[old.id]
    assert (gone.name, gone.email, gone.phone, gone.address, gone.wanted, gone.requester_id) == (
        "",
        "",
        "",
        "",
        "",
        None,
    )
    assert (gone.format, gone.forgotten_at) == ("large_print", now)
    assert rows[recent.id].email and rows[unfinished.id].address


def test_a_link_is_for_one_request_and_nothing_else(in_request, make):
    asked = make.format_request()
    with pytest.raises(tokens.BadToken):
        links.behind(tokens.sign("surveys.draft", asked.id))
    with pytest.raises(tokens.BadToken):
        links.behind(links.token_of(asked)[:-1] + "x")


def test_staff_who_write_a_request_down_are_on_record(in_request, make, now):
    from civic.core.audit import AuditEntry

    staff = make.staff("assistant")
    asked = actions.ask(BY_POST, about=None, now=now, mode="phone", taken_by=staff)
    db.session.commit()
    entry: Any = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "format_request.take")).one()
    assert (entry.actor_id, entry.thing_id, asked.mode) == (staff.id, str(asked.id), "phone")
