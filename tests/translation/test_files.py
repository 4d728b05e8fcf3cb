"""Files go out with everything and come back with a preview; nothing changes before somebody has looked."""

import io

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.translation import formats
from civic.translation.actions import importing, writing
from civic.translation.actions.writing import Place
from civic.translation.formats import Entry
from civic.translation.models import TranslationFile

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")
DESK = "/en/staff/translations"


@pytest.fixture
def asked(make):
    return make.consultation(slug="heat")


@pytest.fixture
def desk(as_, make):
    return as_(make.translator())


def name(consultation):
    return f"consultation:{consultation.id}"


def standing(consultation, field):
    db.session.expire_all()
    found = writing.standing(Place(name(consultation), field, "pl"))
    return found.text if found else None


def send(desk, data, file="words.csv"):
    desk.get(f"{DESK}/files")
    token = {"csrf_token": desk.token(), "file": (io.BytesIO(data), file)}
    return desk._open("POST", f"{DESK}/files", data=token, content_type="multipart/form-data")


def with_words(consultation, **said):
    rows = importing.entries_of([name(consultation)], "pl")
    return [each._replace(text=said.get(each.field, each.text)) for each in rows]


@pytest.mark.parametrize("kind", sorted(formats.WRITERS))
def test_a_file_goes_out_and_what_came_back_is_taken_over(desk, make, asked, kind):
    make.translation(asked, "question", "Co z upałem?")
    answer = desk.get(f"{DESK}/export?translated={name(asked)}&language=pl&format={kind}").response
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    rows = formats.read(answer.get_data(), kind)
    assert {(each.field, each.text) for each in rows} >= {("question", "Co z upałem?"), ("summary", "")}
    changed = [each._replace(text="Cień najpierw." if each.field == "summary" else each.text) for each in rows]
    page = send(desk, formats.WRITERS[kind](changed, "pl", "x"), f"back.{formats.ENDINGS[kind]}")
    page = desk.follow()
    assert "New: 1" in page.main and "As it is: 1" in page.main and standing(asked, "summary") is None
    desk.submit("Take over the changes")
    assert "1 translation was taken over." in desk.follow().main
    assert standing(asked, "summary") == "Cień najpierw." and standing(asked, "question") == "Co z upałem?"


def test_everything_and_every_kind_can_be_put_into_a_file(desk, make, asked):
    make.survey()
    for kind in ("all", *desk.app.extensions["civic"].translatables):
        for form in formats.WRITERS:
            assert desk.get(f"{DESK}/export?kind={kind}&language=ar&format={form}").status == 200
    for wrong in ("kind=x&language=pl&format=po", "kind=all&language=x&format=po", "kind=all&language=pl&format=x"):
        assert desk.get(f"{DESK}/export?{wrong}").status == 404


@pytest.mark.parametrize(
    ("data", "file"),
    [
        (b"", "a.csv"), (b"nonsense", "a.csv"), (b"nonsense", "a.po"), (b"x", "a.exe"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><xliff/>', "a.xlf"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_words(desk, data, file):
    page = send(desk, data, file)
    assert page.status == 422 and page.error_of("file")
    assert db.session.scalars(select(TranslationFile)).all() == []


def test_the_preview_tells_what_is_gone_too_long_stale_and_against_the_rules(desk, make, asked):
    make.term("heat", "upał")
    rows = [
        Entry(name(asked), "question", "pl", asked.question, "Co robić?"),
        Entry(name(asked), "summary", "pl", "It said something else.", "Cień."),
        Entry("consultation:999999", "question", "pl", "a", "b"),
        Entry(name(asked), "no_such", "pl", "a", "b"),
        Entry(name(asked), "contact", "pl", "Environment team", ""),
    ]
    send(desk, formats.WRITERS["csv"](rows, "pl", "x"))
    page = desk.follow()
    assert "New: 2" in page.main and "There is no such text here: 2" in page.main and "Left empty: 1" in page.main
    assert "1 entry breaks a rule." in page.main and "the glossary has locked it" in page.main
    assert "1 original has changed since the file was made." in page.main
    desk.submit("Take over the changes")
    assert standing(asked, "question") is None, "what breaks a rule is left out without a reason"
    assert standing(asked, "summary") == "Cień."
    assert "civic-stale" in desk.get("/pl/consultations/heat").html or "Cień." in desk.last.main


def test_with_a_reason_what_breaks_a_rule_is_taken_over(desk, make, asked):
    make.term("heat", "upał")
    send(desk, formats.WRITERS["csv"](with_words(asked, question="Co robić?"), "pl", "x"))
    desk.follow()
    desk.submit("Take over the changes", {"why": "The agency explained it."})
    assert standing(asked, "question") == "Co robić?"


def test_a_file_is_taken_over_once(desk, make, asked, now):
    file = make.translation_file(formats.WRITERS["csv"](with_words(asked, question="Co z upałem?"), "pl", "x"))
    desk.get(f"{DESK}/files/{file.id}")
    desk.submit("Take over the changes")
    page = desk.post(f"{DESK}/files/{file.id}/take-over")
    assert page.status == 422 and "taken over already" in page.main
    assert "It changes nothing." in page.main or "This file was taken over on" in page.main


def test_files_are_forgotten_after_a_week(make, asked, now):
    make.translation_file(formats.WRITERS["csv"](with_words(asked, question="Co?"), "pl", "x"))
    importing.forget_files(now + importing.KEPT_FOR)
    assert db.session.scalars(select(TranslationFile)).all() != []
    importing.forget_files(now + importing.KEPT_FOR * 2)
    assert db.session.scalars(select(TranslationFile)).all() == []


def test_the_words_of_a_survey_come_back_into_its_questionnaire(desk, make):
    survey = make.survey(status="draft", languages=["en", "pl"])
    thing = f"survey:{survey.id}"
    rows = importing.entries_of([thing], "pl")
    assert rows, "a survey has texts"
    said = [each._replace(text=f"Po polsku {number}") for number, each in enumerate(rows)]
    file = make.translation_file(formats.WRITERS["xliff"](said, "pl", "x"), "survey.xlf")
    importing.take_over(file, by=make.translator(), now=make.now)
    db.session.expire_all()
    assert {each.field: each.text for each in importing.entries_of([thing], "pl")} == {
        each.field: each.text for each in said
    }
