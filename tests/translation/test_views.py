"""Members: what can be translated, how a thing is translated, suggesting, and what came of it."""

import pytest
from flask import url_for
from sqlalchemy import select

from civic.core.db import db
from civic.translation.actions.suggesting import approve, decline
from civic.translation.models import Translation
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")
POLISH = "Gdzie najpierw drzewa, woda i cień."


@pytest.fixture
def asked(make):
    return make.consultation(slug="heat")


def place(consultation, field=""):
    return f"/en/translations/consultation:{consultation.id}/pl" + (f"/{field}" if field else "")


def the_last():
    db.session.expire_all()
    return db.session.scalars(select(Translation).order_by(Translation.id.desc())).first()


def test_everybody_sees_what_can_be_translated_and_how_far_it_is(client, make, asked):
    make.translation(asked, "question", "Co Londyn powinien zrobić z upałem?")
    make.consultation("draft", question="Not for anybody yet")
    page = client.get("/en/translations?kind=consultation&language=pl")
    assert "1 of 8" in page.main and "Not for anybody yet" not in page.main
    for kind in (
        "problem",
        "challenge",
        "programme",
        "partner",
        "topic",
        "thread",
        "comment",
        "campaign",
        "round",
        "fund",
    ):
        assert client.get(f"/pl/translations?kind={kind}&language=ar").status == 200
    assert client.get("/en/translations?kind=nonsense&language=nonsense&below=x").status == 200


def test_a_visitor_reads_both_and_is_shown_the_way_in(client, make, asked):
    make.suggestion(asked, "summary", POLISH, by=make.settled_member(name="Amina Yusuf"), taken_by=make.translator())
    page = client.get(place(asked))
    assert POLISH in page.main and "Where trees, water and shade come first." in page.main
    assert "Amina Yusuf" in page.main and "Sign in to suggest a translation" in page.main
    assert client.get(place(asked, "summary")).status == 303 or client.last.status == 302
    history = client.get(place(asked) + "/history")
    assert POLISH in history.main and "Zofia Baran" in history.main


@pytest.mark.parametrize(
    "path",
    ["consultation:999/pl", "nothing:1/pl", "consultation:x/pl", "consultation:{id}/en", "consultation:{id}/xx"],
)
def test_what_is_not_there_is_not_there(client, asked, path):
    assert client.get(f"/en/translations/{path.format(id=asked.id)}").status == 404


def test_a_draft_is_nobodys_but_the_translators(as_, make):
    draft = make.consultation("draft")
    assert as_(make.member()).get(place(draft)).status == 404
    assert as_(make.translator()).get(place(draft)).status == 200


def test_a_member_suggests_and_hears_what_came_of_it(as_, make, asked, now):
    member, staff = make.settled_member(name="Amina Yusuf"), make.translator()
    client = as_(member)
    client.get(place(asked)).main  # noqa: B018
    client.get(place(asked, "summary"))
    assert client.submit("Suggest this translation", {"text": ""}).status == 422
    client.submit("Suggest this translation", {"text": POLISH})
    assert "Somebody else looks at it" in client.follow().main
    made = the_last()
    assert (made.status, made.origin, made.by_id, made.source_text) == (
        "suggested",
        "community",
        member.id,
        asked.summary,
    )
    assert POLISH in client.get("/en/translations/mine").main
    approve(made, make.source(f"consultation:{asked.id}", "summary"), by=staff, now=now)
    page = client.get("/en/translations/mine")
    assert "Taken" in page.main and "Take it back" not in page.html


def test_what_breaks_a_rule_comes_back_with_everything_typed(as_, make, asked):
    make.term("shade", "cień")
    client = as_(make.settled_member())
    client.get(place(asked, "summary"))
    page = client.submit("Suggest this translation", {"text": "Drzewa i woda."})
    assert page.status == 422 and "Drzewa i woda." in page.html and "the glossary has locked it" in page.main
    client.submit("Suggest this translation", {"text": "Drzewa i woda.", "why": "Shade follows from trees."})
    assert the_last().overridden == "Shade follows from trees."


def test_a_member_takes_back_their_own_and_nobody_elses(as_, make, asked):
    member = make.settled_member()
    made = make.suggestion(asked, "summary", POLISH, by=member)
    stranger = as_(make.member())
    assert stranger.post(f"/en/translations/suggestions/{made.id}/withdrawal").status == 404
    client = as_(member)
    client.get("/en/translations/mine")
    client.submit("Take it back the suggestion of " + "23 November 2026, 12:00pm")
    assert the_last().status == "withdrawn"


def test_somebody_who_was_declined_reads_why(as_, make, asked, now):
    member = make.settled_member()
    made = make.suggestion(asked, "summary", POLISH, by=member)
    decline(made, reason="Too free.", language="en", by=make.translator(), now=now)
    assert "Too free." in as_(member).get("/en/translations/mine").main


def test_whoever_has_not_confirmed_their_address_suggests_nothing(as_, make, asked):
    member = make.member()
    member.email_confirmed_at = None
    assert as_(member).get(place(asked, "summary")).status == 403


def test_a_suggestion_can_be_reported(as_, make, asked):
    made = make.suggestion(asked, "summary", POLISH, taken_by=make.translator())
    page = as_(make.member()).get(url_for("moderation.new_report", thing=f"translation:{made.id}"))
    assert page.status == 200 and POLISH in page.main


def test_pages_cost_few_statements(client, make, asked):
    for number in range(6):
        make.consultation(question=f"Question {number}?")
    make.translation(asked, "summary", POLISH)
    for path, most in ((place(asked), 8), (place(asked) + "/history", 7), ("/en/translations?kind=consultation", 8)):
        client.get(path)
        with statements() as sent:
            client.get(path)
        sent.at_most(most)


@pytest.mark.parametrize("language", ["pl", "ar"])
def test_pages_speak_other_languages(as_, make, asked, language):
    make.suggestion(asked, "summary", POLISH, taken_by=make.translator())
    client = as_(make.settled_member())
    for path in ("", f"/consultation:{asked.id}/pl", f"/consultation:{asked.id}/pl/history",
                 f"/consultation:{asked.id}/pl/summary", "/mine"):  # fmt: skip
        assert client.get(f"/{language}/translations{path}").status == 200
