"""Translators: the list, the editor with nothing lost, suggestions, the glossary, the machine."""

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.translation.actions import writing
from civic.translation.actions.writing import Place
from civic.translation.advising import advise
from civic.translation.models import GlossaryTerm, Translation
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")
DESK = "/en/staff/translations"
POLISH = "Gdzie najpierw drzewa, woda i cień."


class Parrot:
    """A machine that only tests have: it says everything backwards, and remembers whether a transaction was open."""

    name = "parrot"
    asked: list[tuple[str, str, str]]

    def __init__(self):
        self.asked, self.answer = [], None

    def translate(self, texts, source, target):
        assert not db.session.info.get("in_transaction"), "nobody waits for a machine in a transaction"
        self.asked += [(text, source, target) for text in texts]
        return self.answer if self.answer is not None else [text[::-1] for text in texts]


@pytest.fixture
def parrot(app):
    machine = app.extensions["translation_machine"] = Parrot()
    yield machine
    app.extensions.pop("translation_machine")


@pytest.fixture
def asked(make):
    return make.consultation(slug="heat")


@pytest.fixture
def desk(as_, make):
    return as_(make.translator())


def editor(consultation, language="pl"):
    return f"{DESK}/consultation:{consultation.id}/{language}"


def standing(consultation, field="question"):
    db.session.expire_all()
    return writing.standing(Place(f"consultation:{consultation.id}", field, "pl"))


@pytest.mark.parametrize("role", [None, "consultee", "finance_officer", "assessor", "approver"])
def test_others_have_no_desk(as_, make, asked, role):
    client = as_(make.staff(role) if role else make.member())
    for path in (DESK, editor(asked), f"{DESK}/suggestions", f"{DESK}/glossary", f"{DESK}/files"):
        assert client.get(path).status in (303, 403)


@pytest.mark.parametrize(
    "role", ["translator", "researcher", "funds_officer", "challenge_manager", "moderator", "administrator"]
)
def test_those_who_write_for_the_public_translate(as_, make, asked, role):
    assert as_(make.staff(role)).get(editor(asked)).status == 200


def test_the_list_tells_what_is_missing_stale_and_waiting(desk, make, asked):
    make.translation(asked, "question", "Co Londyn powinien zrobić z upałem?")
    make.suggestion(asked, "summary", POLISH)
    asked.question = "What should London do now?"
    db.session.flush()
    page = desk.get(f"{DESK}?kind=consultation")
    assert "1 of 8" in page.main and "1 out of date" in page.main and "1 suggestion" in page.main
    assert "1 suggestion waits" in page.main


def test_a_translator_publishes_what_was_changed_and_nothing_else(desk, asked):
    desk.get(editor(asked))
    desk.submit("Publish what I changed", {"text_question": "Co z upałem?", "text_summary": POLISH})
    assert "Published." in desk.follow().main
    assert standing(asked).text == "Co z upałem?" and standing(asked, "summary").text == POLISH
    assert len(list(db.session.scalars(select(Translation)))) == 2
    desk.get(editor(asked))
    desk.submit("Publish what I changed")
    assert "Nothing was changed." in desk.follow().main


def test_what_is_refused_comes_back_with_everything_typed(desk, make, asked):
    make.term("heat", "upał")
    desk.get(editor(asked))
    page = desk.submit("Publish what I changed", {"text_question": "Co robić?", "text_summary": POLISH})
    assert page.status == 422 and page.title.startswith("Error:")
    assert "Co robić?" in page.html and POLISH in page.html and "the glossary has locked it" in page.main
    assert standing(asked) is None and standing(asked, "summary") is None
    page = desk.submit("Publish what I changed", {"why": "The summer is meant."})
    assert standing(asked).overridden == "The summer is meant." and standing(asked, "summary").overridden == ""


def test_two_who_edit_at_once_lose_nothing(as_, make, asked):
    one, other = as_(make.translator()), as_(make.staff("researcher"))
    one.get(editor(asked))
    other.get(editor(asked))
    one.submit("Publish what I changed", {"text_question": "Co z upałem?"})
    page = other.submit("Publish what I changed", {"text_question": "Jak przetrwać upał?"})
    assert page.status == 422 and "Jak przetrwać upał?" in page.html and "Somebody else changed" in page.main
    assert standing(asked).text == "Co z upałem?"
    other.submit("Publish what I changed")  # having looked
    assert standing(asked).text == "Jak przetrwać upał?"


def test_drafts_wait_for_their_writer(desk, client, asked):
    desk.get(editor(asked))
    desk.submit("Keep as drafts", {"text_question": "Co z upa"})
    assert standing(asked) is None and "Co z upa" in desk.get(editor(asked)).html
    assert "Co z upa" not in client.get("/pl/consultations/heat").html
    desk.submit("Publish what I changed", {"text_question": "Co z upałem?"})
    assert standing(asked).text == "Co z upałem?"


def test_a_stale_translation_shows_what_changed_word_by_word(desk, make, asked):
    make.translation(asked, "can_change", "Które ulice.")
    asked.can_change = "Which streets come first, and when."
    db.session.flush()
    page = desk.get(editor(asked))
    assert "Out of date" in page.main
    changed = [(each.tag, "".join(each.itertext())) for each in page.all("ins", "del")]
    assert any(tag == "ins" and "when" in words for tag, words in changed)
    assert any(tag == "del" and "planted" in words for tag, words in changed)
    desk.submit("Publish what I changed", {"fits_can_change": True})
    assert "Out of date" not in desk.get(editor(asked)).main
    assert standing(asked, "can_change").text == "Które ulice."


def test_an_emptied_translation_is_taken_away(desk, make, asked):
    make.translation(asked, "question", "Co z upałem?")
    desk.get(editor(asked))
    desk.submit("Publish what I changed", {"text_question": ""})
    assert standing(asked) is None


def test_the_machine_makes_a_draft_that_a_person_publishes_and_the_mark_stays(desk, client, asked, parrot):
    desk.get(editor(asked))
    desk.submit("Ask the machine Question", {"text_summary": POLISH})
    page = desk.follow()
    assert parrot.asked == [(asked.question, "en", "pl")] and "Draft by a machine" in page.main
    assert POLISH in page.html, "what was typed elsewhere is kept as a draft"
    assert standing(asked) is None
    desk.submit("Publish what I changed")
    assert standing(asked).origin == "machine" and standing(asked, "summary").origin == "person"
    assert "civic-by-machine" in client.get("/pl/consultations/heat").html


def test_a_machine_that_does_not_answer_changes_nothing(desk, asked, parrot):
    parrot.answer = []
    desk.get(editor(asked))
    page = desk.submit("Ask the machine Question", {"text_summary": POLISH})
    assert page.status == 503
    assert writing.standing(Place(f"consultation:{asked.id}", "question", "pl"), "draft") is None
    assert POLISH in desk.get(editor(asked)).html


def test_without_a_machine_nobody_is_offered_one(desk, asked):
    assert "Ask the machine" not in desk.get(editor(asked)).html
    assert desk.post(f"{editor(asked)}/machine", {"field": "question"}).status == 422


def test_a_suggestion_is_taken_by_somebody_else(desk, as_, make, asked):
    made = make.suggestion(asked, "summary", POLISH, by=make.settled_member(name="Amina Yusuf"))
    assert "Amina Yusuf" in desk.get(f"{DESK}/suggestions?language=pl").main
    desk.get(f"{DESK}/suggestions/{made.id}")
    assert desk.submit("Record it").status == 422
    assert desk.submit("Record it", {"verb": "decline"}).error_of("reason")
    desk.submit("Record it", {"verb": "approve"})
    assert standing(asked, "summary").text == POLISH
    assert "Record it" not in desk.get(f"{DESK}/suggestions/{made.id}").html


def test_whoever_suggested_it_cannot_decide(as_, make, asked):
    staff = make.translator()
    made = make.suggestion(asked, "summary", POLISH, by=staff)
    client = as_(staff)
    assert "Somebody else has to look at this." in client.get(f"{DESK}/suggestions/{made.id}").main
    assert client.post(f"{DESK}/suggestions/{made.id}/decision", {"verb": "approve"}).status == 403


def test_the_glossary_is_kept(desk, make):
    desk.get(f"{DESK}/glossary/new?language=ar")
    assert desk.submit("Keep the word").status == 422
    desk.submit("Keep the word", {"term": "ULEZ", "translation": "ULEZ", "language": "ar", "is_locked": True})
    assert "ULEZ" in desk.follow().main
    desk.get(f"{DESK}/glossary/new?language=ar")
    assert desk.submit("Keep the word", {"term": "ulez", "translation": "x", "language": "ar"}).error_of("term")
    word = db.session.scalars(select(GlossaryTerm)).one()
    desk.get(f"{DESK}/glossary/{word.id}")
    desk.submit("Keep the word", {"translation": "منطقة", "is_locked": False})
    desk.get(f"{DESK}/glossary/{word.id}")
    assert desk.post(f"{DESK}/glossary/{word.id}", {"term": "ULEZ", "translation": "y", "seen": "1"}).status == 422
    desk.get(f"{DESK}/glossary/{word.id}")
    desk.submit("Take it out of the glossary")
    assert db.session.scalars(select(GlossaryTerm)).all() == []


def test_advice_names_what_is_missing_and_stale(make, asked):
    make.translation(asked, "question", "Co z upałem?")
    asked.question = "What now?"
    db.session.flush()
    told = [str(each.sentence) for each in advise(f"consultation:{asked.id}")]
    assert "7 texts are not translated into Polski." in told
    assert "1 translation into Polski is out of date: the original has changed." in told
    assert advise("nothing:1") == [] and advise("consultation:999999") == []


def test_staff_pages_cost_few_statements(desk, make, asked):
    for number in range(6):
        make.consultation(question=f"Question {number}?")
    make.translation(asked, "question", "Co z upałem?")
    make.suggestion(asked, "summary", POLISH)
    for path, most in ((f"{DESK}?kind=consultation", 13), (editor(asked), 12),
                       (f"{DESK}/suggestions", 11), (f"{DESK}/glossary", 7)):  # fmt: skip
        desk.get(path)
        with statements() as sent:
            desk.get(path)
        sent.at_most(most)


def test_every_kind_of_thing_has_a_list(desk, make, asked):
    make.survey()
    make.thread()
    for kind in desk.app.extensions["civic"].translatables:
        assert desk.get(f"{DESK}?kind={kind}").status == 200


@pytest.mark.parametrize("language", ["pl", "ar"])
def test_pages_speak_other_languages(desk, make, asked, language):
    made = make.suggestion(asked, "summary", POLISH)
    word = make.term()
    for path in ("", f"/consultation:{asked.id}/ar", "/suggestions", f"/suggestions/{made.id}", "/glossary",
                 f"/glossary/{word.id}", "/files"):  # fmt: skip
        assert desk.get(f"/{language}/staff/translations{path}").status == 200
