"""Readers: the translation where there is one, who made it, whether it is up to date, the original one click away."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from civic.consultations.models import Consultation
from civic.consultations.translating import own_sources
from civic.core.db import db
from civic.discussions.actions.comments import withdraw
from civic.translation.actions.suggesting import show_suggestion
from civic.translation.models import Translation
from civic.translation.reading import said_in
from tests.support.page import elements, words_of
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")
QUESTION, SUMMARY = "Co Londyn powinien zrobić z upałem?", "Gdzie najpierw drzewa, woda i cień."


@pytest.fixture
def asked(make):
    return make.consultation(slug="heat")


def said_of(page, text, name):
    """What the innermost element around these words says of its language or direction."""
    element = [each for each in elements(page.tree) if text in words_of(each)][-1]
    while not element.get(name):
        element = page.parents[element]
    return element.get(name)


def test_a_reader_reads_the_translation_and_who_made_it(client, make, asked):
    make.translation(asked, "question", QUESTION)
    page = client.get("/pl/consultations/heat")
    assert page.title.startswith(QUESTION) and QUESTION in page.main
    assert "Zofia Baran" in page.main and "What should London do" not in page.main
    assert "What should London do" in client.get("/en/consultations/heat").main
    assert QUESTION not in client.get("/ar/consultations/heat").main


def test_the_original_is_one_click_away_and_back(client, make, asked):
    make.translation(asked, "question", QUESTION)
    page = client.get("/pl/consultations/heat?original=1")
    assert asked.question in page.main and QUESTION not in page.main
    assert 'href="/pl/consultations/heat"' in page.html


def test_a_member_is_named_with_who_checked_it(client, make, asked):
    make.suggestion(asked, "question", QUESTION, by=make.settled_member(name="Amina Yusuf"), taken_by=make.translator())
    page = client.get("/pl/consultations/heat")
    assert "Amina Yusuf" in page.main and "Zofia Baran" in page.main
    assert "/pl/report/translation:" in page.html or "translation:" in page.html


def test_what_a_machine_made_is_marked_wherever_it_stands(client, make, asked):
    make.translation(asked, "question", QUESTION, origin="machine")
    make.translation(asked, "can_change", "Które ulice będą pierwsze.", origin="machine")
    for path in ("/xx", "/pl"):
        assert client.get(f"{path}/consultations").status == 200
    page = client.get("/pl/consultations/heat")
    assert page.first("h1").find(".//*[@class='civic-by-machine']") is not None
    assert "civic-stale" in page.html
    assert "civic-by-machine" in client.get("/pl/consultations").html


def test_a_stale_translation_is_shown_and_said_to_be_stale(client, make, asked):
    make.translation(asked, "can_change", "Które ulice będą pierwsze.")
    before = client.get("/pl/consultations/heat")
    assert "civic-stale" not in before.html
    asked.can_change = "Which streets come first, and when."
    db.session.flush()
    after = client.get("/pl/consultations/heat")
    assert "Które ulice będą pierwsze." in after.main and "civic-stale" in after.html


def test_where_nothing_is_translated_a_reader_is_asked_to_help(client, make, asked):
    assert f"/pl/translations/consultation:{asked.id}/pl" in client.get("/pl/consultations/heat").html
    assert "/translations/" not in client.get("/en/consultations/heat").html


def test_arabic_reads_from_the_right_and_what_is_left_in_english_from_the_left(client, make, asked):
    make.translation(asked, "can_change", "أي الشوارع تأتي أولا.", language="ar")
    page = client.get("/ar/consultations/heat")
    for words, language, direction in (("أي الشوارع", "ar", "rtl"), ("The money is fixed.", "en", "ltr")):
        assert (said_of(page, words, "lang"), said_of(page, words, "dir")) == (language, direction)


def test_a_page_costs_one_statement_more_and_none_in_the_language_it_is_written_in(client, make, asked):
    make.translation(asked, "question", QUESTION)
    costs = {}
    for path in ("/en/consultations/heat", "/pl/consultations/heat", "/en/consultations", "/pl/consultations"):
        client.app.extensions.pop("kept_pages", None)
        with statements() as sent:
            client.get(path)
        costs[path] = len(sent)
        assert ("translation" in sent.tables()) == path.startswith("/pl")
    assert costs["/pl/consultations/heat"] == costs["/en/consultations/heat"] + 1
    assert costs["/pl/consultations"] == costs["/en/consultations"] + 1


def test_a_kept_page_is_drawn_again_when_it_is_translated(client, make, asked, now):
    first = client.get("/pl/consultations/heat").response.headers["ETag"]
    assert client.get("/pl/consultations/heat", headers={"If-None-Match": first}).status == 304
    made = make.translation(asked, "question", QUESTION)
    page = client.get("/pl/consultations/heat", headers={"If-None-Match": first})
    assert page.status == 200 and QUESTION in page.main
    second = page.response.headers["ETag"]
    show_suggestion(made.id, "removed", "spam")
    assert QUESTION not in client.get("/pl/consultations/heat", headers={"If-None-Match": second}).main


def test_news_and_the_outcome_are_translated(client, make, now):
    answered = make.outcome_signed("done", by=make.staff("researcher"), signer=make.staff("approver"))
    make.translation(answered, "outcome_summary", "Prosiliście o cień. Będzie.")
    page = client.get("/pl/consultations/done/outcome")
    assert "Prosiliście o cień. Będzie." in page.main and "You asked for shade." not in page.main


def test_a_thread_its_comments_and_lists_are_translated(client, make, now):
    thread = make.thread(title="More bridges", text="Where should they be?")
    comment = make.comment(thread, text="At Rotherhithe, **please**.")
    here = f"/pl/discussions/{thread.topic.slug}/{thread.id}"
    first = client.get(here).response.headers["ETag"]
    make.translation(f"thread:{thread.id}", "title", "Więcej mostów")
    make.translation(f"comment:{comment.id}", "text", "W Rotherhithe, **proszę**.")
    page = client.get(here, headers={"If-None-Match": first})
    assert page.status == 200, "what is kept must not hide a new translation"
    assert page.title.startswith("Więcej mostów") and "W Rotherhithe, proszę." in page.main
    for path in (f"/pl/discussions/{thread.topic.slug}", "/pl/discussions", "/pl/"):
        assert "Więcej mostów" in client.get(path).main
    assert "More bridges" in client.get(f"/en/discussions/{thread.topic.slug}").main


def test_removed_words_are_not_shown_in_translation_either(client, make, now):
    thread = make.thread(title="More bridges", text="Where should they be?")
    comment = make.comment(thread, text="At Rotherhithe.")
    make.translation(f"comment:{comment.id}", "text", "W Rotherhithe.")
    comment.shown, comment.broke = "removed", "spam"
    thread.pulse += 1
    db.session.flush()
    page = client.get(f"/pl/discussions/{thread.topic.slug}/{thread.id}")
    assert "W Rotherhithe." not in page.html
    assert client.get(f"/pl/translations/comment:{comment.id}/pl").status == 404


def test_a_campaign_is_translated_with_its_costs(client, make, now):
    campaign = make.campaign("live", slug="bench", title="A bench", story="We build **a bench**.")
    make.translation(campaign, "title", "Ławka")
    make.translation(campaign, "story", "Budujemy **ławkę**.")
    page = client.get("/pl/campaigns/bench")
    assert page.title.startswith("Ławka") and "Budujemy ławkę." in page.main
    assert "Ławka" in client.get("/pl/campaigns?show=all").main


def test_the_challenge_is_translated(client, make, now):
    challenge, problem = make.challenge(title="An evening off"), make.problem(title="No evening off")
    make.translation(challenge, "title", "Wolny wieczór")
    make.translation(challenge, "statement", "Opiekunowie nie mają wieczoru.")
    make.translation(problem, "title", "Brak wolnego wieczoru")
    make.translation(challenge.programme, "title", "Program roczny")
    page = client.get(f"/pl/challenges/{challenge.slug}")
    assert page.title.startswith("Wolny wieczór") and "Opiekunowie nie mają wieczoru." in page.main
    assert "Wolny wieczór" in client.get("/pl/challenges").main
    assert "Brak wolnego wieczoru" in client.get("/pl/problems").main
    assert "Program roczny" in client.get(f"/pl/challenges/programmes/{challenge.programme.slug}").main


def test_funds_and_rounds_are_translated(client, make, now):
    round_ = make.round(slug="open", title="Round five")
    make.translation(f"round:{round_.id}", "title", "Runda piąta")
    assert client.get("/pl/rounds/open").title.startswith("Runda piąta")
    assert "Runda piąta" in client.get("/pl/rounds").main


def test_a_reader_of_english_reads_what_was_written_in_polish(client, make, now):
    problem = make.problem(title="Brak ławek", text="Nie ma gdzie usiąść.", language="pl")
    make.translation(problem, "title", "No benches", language="en")
    assert client.get(f"/en/problems/{problem.id}").title.startswith("No benches")
    assert client.get(f"/pl/problems/{problem.id}").title.startswith("Brak ławek")


def test_translations_of_the_past_stay_when_the_original_changes_twice(client, make, asked, now):
    make.translation(asked, "question", QUESTION)
    db.session.execute(update(Consultation).values(question="Quite another question?", touched_at=now + timedelta(1)))
    db.session.expire_all()
    assert QUESTION in client.get("/pl/consultations/heat").main


def test_away_from_pages_a_thing_is_read_in_a_language_as_far_as_it_is_translated(make, asked):
    make.translation(asked, "question", QUESTION)
    found = said_in(f"consultation:{asked.id}", own_sources(asked, ("question", "summary")), "pl")
    assert (found["question"].text, found["question"].language) == (QUESTION, "pl")
    assert (found["summary"].text, found["summary"].language) == (asked.summary, "en")


def test_what_its_author_takes_back_is_gone_in_other_languages_too(make, now):
    thread = make.thread()
    author = make.settled_member()
    comment, kept = make.comment(thread, by=author), make.comment(thread)
    make.translation(f"comment:{comment.id}", "text", "Moje słowa.")
    make.translation(f"comment:{kept.id}", "text", "Inne słowa.")
    withdraw(comment, by=author, now=now)
    assert list(db.session.scalars(select(Translation.text))) == ["Inne słowa."]
