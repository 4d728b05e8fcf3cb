"""Paper and phone through the pages: printing, quick entry by two people, settling, reading back; and who may."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.surveys.assisted.models import AssistedForm, PaperBatch
from civic.surveys.models.response import Response
from tests.make_surveys import FULL_ANSWERS
from tests.support.client import PageClient
from tests.support.pdf import Pdf
from tests.support.sql import statements
from tests.surveys import generated
from tests.surveys.test_typing_rules import ASKED, as_the_website_keeps_it, typed_form

LANGUAGES = ("en", "pl", "ar", "xx")
DESK = "/en/staff/assisted-answers"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


@pytest.fixture
def mina(app: Any, make: Any) -> PageClient:
    """An assistant at a desk."""
    return _arrives(app, make)


@pytest.fixture
def noor(app: Any, make: Any) -> PageClient:
    """Another one."""
    return _arrives(app, make)


def _arrives(app: Any, make: Any) -> PageClient:
    client = PageClient(app)
    make.sign_in(client, make.staff("assistant"))
    return client


def responses() -> list[Response]:
    return list(db.session.scalars(select(Response).order_by(Response.id)))


def fields(answers: dict[str, Any], asked: Any = ASKED) -> dict[str, str]:
    return dict(typed_form(asked, answers).items())


def begun(client: PageClient, survey: Any, forms: int = 3) -> PaperBatch:
    client.get(f"{DESK}/surveys/{survey.slug}/batches/new")
    client.submit("Begin the batch", {"forms": forms, "language": "en", "reason": "Clapton Library"})
    assert "The batch is ready to be printed." in client.follow().text
    return db.session.scalars(select(PaperBatch).order_by(PaperBatch.id.desc())).first()


# On paper.


def test_the_form_on_the_page_has_every_code_and_says_what_is_for_whom(client, make):
    survey = make.survey()
    page = client.get(f"/en/surveys/{survey.slug}/paper-form")
    text = " ".join(page.text.split())
    for said in (
        "Q1 Do you cycle in London?",
        "Q2 What keeps you from cycling?",
        "Only if you answered b (“No”) to Q1.",
        "Q6.1 The Mayor",
        "Only if you answered a (“Yes”) to Q1.",
        "Tick up to 3 boxes.",
        "Write 1 into the box of your first choice",
        "13 December 2026",
        "City Hall, Kamal Chunchie Way",
    ):
        assert said in text, said
    assert client.get(f"/en/surveys/{make.survey(status='draft').slug}/paper-form").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_in_every_language_as_page_and_as_tagged_pdf_in_two_sizes(client, make, language):
    survey = make.survey()
    client.get(f"/{language}/surveys/{survey.slug}/paper-form")
    for size in ("", "?size=large"):
        answer = client.client.get(f"/{language}/surveys/{survey.slug}/paper-form.pdf{size}")
        document = Pdf(answer.data)
        assert not document.tangled
        words = document.tree.words
        assert all(f"Q{number}" in words for number in range(1, 10)), words[:500]
        assert "trees" in words and "By bus" in words


def test_every_form_of_a_batch_carries_its_number_on_its_pages(mina, make):
    batch = begun(mina, make.survey(), forms=3)
    document = Pdf(mina.client.get(f"{DESK}/batches/{batch.id}/forms.pdf?first=1").data)
    skipped, said = document.artifacts, document.tree.words
    for number in (1, 2, 3):
        assert f"Form {number}" in said
        assert f"Form {number}" in skipped  # in the foot of its pages
    assert batch.code in skipped
    assert mina.client.get(f"{DESK}/batches/{batch.id}/forms.pdf?first=999").status_code == 200


# Quick entry.


@pytest.mark.parametrize("seed", range(8))
def test_what_two_people_type_from_the_form_equals_what_the_website_keeps(make, mina, noor, seed):
    random = Random(seed)
    asked = generated.questionnaire(random)
    answers = generated.answers(random, asked, share=1.0)
    batch = begun(mina, make.survey(asked), forms=1)
    typed = fields(answers, asked)
    for client in (mina, noor):
        client.get(f"{DESK}/batches/{batch.id}/forms/1")
        client.submit("Keep the form", typed)
        client.follow()
    (response,) = responses()
    assert response.answers == as_the_website_keeps_it(asked, answers)
    assert response.mode == "paper"


def test_the_second_person_sees_nothing_of_what_the_first_read(make, mina, noor):
    batch = begun(mina, make.survey())
    mina.get(f"{DESK}/batches/{batch.id}/forms/1")
    mina.submit("Keep the form", fields(FULL_ANSWERS))
    assert "Somebody else types the form now." in mina.follow().text
    page = noor.get(f"{DESK}/batches/{batch.id}/forms/1")
    assert "By boat" not in page.html and "Thank you" not in page.html.split("<main")[1]
    again = mina.get(f"{DESK}/batches/{batch.id}/forms/1")
    assert again.forms[-1].values()["mode"] == ["d By boat"]


def test_slips_come_back_with_everything_that_was_typed(make, mina):
    batch = begun(mina, make.survey())
    mina.get(f"{DESK}/batches/{batch.id}/forms/1")
    page = mina.submit("Keep the form", fields(FULL_ANSWERS) | {"wishes": "a z", "trust-mayor": "x", "miles": ""})
    assert page.status == 422 and page.title.startswith("Error:")
    assert "“z” is not on the form" in page.text or "“a z” is not on the form" in page.text
    values = page.forms[-1].values()
    assert (values["wishes"], values["trust-mayor"], values["mode"]) == (["a z"], ["x"], ["d By boat"])
    assert db.session.scalars(select(AssistedForm)).all() == []


def test_answers_that_others_give_are_named_and_not_counted(make, mina):
    batch = begun(mina, make.survey())
    mina.get(f"{DESK}/batches/{batch.id}/forms/1")
    mina.submit("Keep the form", {"cycles": "b", "miles": "12"})
    assert "Not counted, because the form says that others answer them: Q8." in mina.follow().text


def test_differences_stand_side_by_side_and_are_settled_with_the_paper_in_hand(make, mina, noor):
    batch = begun(mina, make.survey())
    mina.get(f"{DESK}/batches/{batch.id}/forms/2")
    mina.submit("Keep the form", fields(FULL_ANSWERS))
    noor.get(f"{DESK}/batches/{batch.id}/forms/2")
    other = FULL_ANSWERS | {"wishes": ["trees"], "air": 1, "home": "E09000001", "trust": {"mayor": "not"}}
    noor.submit("Keep the form", fields(other))
    page = noor.follow()
    assert "You read some answers differently." in page.text
    asked = [legend for legend in ("Q4", "Q5", "Q6", "Q10") if legend in page.text]
    assert asked == ["Q4", "Q5", "Q6", "Q10"] and "Q7" not in page.text
    page = noor.submit("Settle and count the answers", {"_is-wishes": "first"})
    assert page.status == 422 and "Choose what stands on the paper." in page.text
    anew = {
        "_is-wishes": "first",
        "_is-air": "new",
        "air": "99",
        "_is-home": "second",
        "_is-trust": "new",
        "trust-council": "b",
    }
    page = noor.submit("Settle and count the answers", anew)
    assert page.status == 422
    noor.submit("Settle and count the answers", anew | {"air": "9"})
    noor.follow()
    (response,) = responses()
    assert response.answers == FULL_ANSWERS | {"air": 9, "home": "E09000001", "trust": {"council": "little"}}


def test_a_form_is_set_aside_with_a_reason_and_begun_again(make, mina):
    batch = begun(mina, make.survey())
    mina.get(f"{DESK}/batches/{batch.id}/forms/1")
    mina.submit("Keep the form", fields(FULL_ANSWERS))
    mina.follow()
    form = db.session.scalars(select(AssistedForm)).one()
    mina.get(f"{DESK}/forms/{form.id}")
    assert mina.submit("Set aside and delete what was typed").status == 422
    mina.submit("Set aside and delete what was typed", {"why": "Torn"})
    assert "Torn" in mina.follow().text
    mina.submit("Type it again from the beginning")
    assert "The form can be typed again." in mina.follow().text


def test_a_batch_leads_to_its_forms_by_number(make, mina):
    batch = begun(mina, make.survey())
    mina.get(f"{DESK}/batches/{batch.id}")
    mina.submit("Go to the form", {"number": "2"})
    assert mina.follow().h1.startswith("Form 2 of batch")
    for number in ("4", "0", "x", ""):
        mina.get(f"{DESK}/batches/{batch.id}")
        mina.submit("Go to the form", {"number": number})
        assert "forms from 1 to 3" in mina.follow().text


def test_paper_after_the_close_needs_the_day_and_the_reason(make, mina, now, monkeypatch):
    batch = begun(mina, make.survey(closes_at=now + timedelta(hours=2)))
    monkeypatch.setattr("civic.core.clock.now", lambda: now + timedelta(hours=20))
    page = mina.get(f"{DESK}/batches/{batch.id}")
    assert "Say first when this batch arrived" in page.text
    day = {"arrived_on-day": "23", "arrived_on-month": "11", "arrived_on-year": "2026"}
    assert mina.submit("Record the arrival", day).status == 422
    mina.submit("Record the arrival", day | {"reason": "The post was late"})
    assert "Type form 1" in mina.follow().text


# By phone.


def test_a_call_is_typed_read_back_put_right_and_counted(make, mina):
    survey = make.survey()
    mina.get(DESK)
    mina.click("Take answers by phone Cleaner streets")
    page = mina.submit("Go on to read back", fields(FULL_ANSWERS))
    assert page.status == 422 and "Say why by phone." in page.text
    mina.submit("Go on to read back", {"_reason": "Has no internet"})
    page = mina.follow()
    assert page.h1.startswith("Call") and "By boat" in page.text and "Hackney" in page.text
    mina.click("Change an answer")
    mina.submit("Go on to read back", {"air": "3"})
    mina.follow()
    mina.submit("The person agrees: count the answers")
    assert "receipt code" in mina.follow().text
    (response,) = responses()
    assert (response.answers, response.mode) == (FULL_ANSWERS | {"air": 3}, "phone")
    assert survey.slug


def test_a_survey_with_names_asks_whose_answers_they_are(make, mina, noor):
    survey, ada = make.survey(anonymity="identified"), make.member(email="ada@example.org")
    batch = begun(mina, survey)
    mina.get(f"{DESK}/batches/{batch.id}/forms/1")
    page = mina.submit("Keep the form", fields(FULL_ANSWERS) | {"_who": "nobody@example.org"})
    assert "No account has this email address." in page.text
    mina.submit("Keep the form", {"_who": "Ada@Example.org"})
    mina.follow()
    noor.get(f"{DESK}/batches/{batch.id}/forms/1")
    page = noor.submit("Keep the form", fields(FULL_ANSWERS))
    assert page.status == 422 and "not the address that was read before" in page.text
    noor.submit("Keep the form", {"_who": "ada@example.org"})
    noor.follow()
    assert responses()[0].person_id == ada.id
    anonymous = begun(mina, make.survey())
    assert "_who" not in mina.get(f"{DESK}/batches/{anonymous.id}/forms/1").html


# Who may, in which language, at what price.


@pytest.mark.parametrize("role", ["assessor", "moderator", "funds_officer", "administrator"])
def test_other_staff_may_not_type(client, make, role):
    batch = make.paper_batch(make.survey())
    make.sign_in(client, make.staff(role))
    for path in ("", f"/batches/{batch.id}", f"/batches/{batch.id}/forms/1"):
        assert client.get(f"{DESK}{path}").status == 403


def test_an_assistant_may_not_build_or_export(mina, make):
    survey = make.survey()
    make.responses(survey, [FULL_ANSWERS] * 3)
    assert mina.get("/en/staff/surveys").status == 403
    assert mina.get(f"/en/surveys/{survey.slug}/results").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desks_pages_in_every_language(mina, make, language):
    survey = make.survey()
    batch = make.paper_batch(survey)
    on, _form = make.typed(batch, 1, FULL_ANSWERS)
    from civic.surveys.assisted.actions import typing

    typing.type_in(on, on.form, FULL_ANSWERS | {"air": 1}, person=None, by=make.staff("assistant"), now=make.now)
    _on, sheet = make.typed(batch, 2, FULL_ANSWERS)
    desk = f"/{language}/staff/assisted-answers"
    for path in (
        "", f"/surveys/{survey.slug}/batches/new", f"/surveys/{survey.slug}/calls/new", f"/batches/{batch.id}",
        f"/batches/{batch.id}/forms/2", f"/forms/{on.form.id}", f"/forms/{sheet.id}",
    ):  # fmt: skip
        assert mina.get(f"{desk}{path}").status == 200


def test_the_desk_asks_the_same_however_many_batches_there_are(mina, make):
    survey = make.survey()
    make.paper_batch(survey)

    def cost() -> int:
        with statements() as sent:
            mina.get(DESK)
        return len(sent)

    few = cost()
    for _ in range(8):
        make.paper_batch(survey)
        make.paper_batch(make.survey())
    assert cost() == few <= 6


def test_exports_have_the_mode_as_a_column(client, make, now):
    survey, mina = make.survey(), make.staff("assistant")
    on, form = make.telephoned(survey, FULL_ANSWERS, by=mina)
    from civic.surveys.assisted.actions import typing

    typing.read_back(on, form.id, by=mina, now=now)
    make.sign_in(client, make.staff("researcher"))
    answer = client.post(f"/en/surveys/{survey.slug}/exports", {"version": "1"})
    head, row = answer.html.removeprefix("\ufeff").splitlines()[:2]
    assert head.split(",")[:2] == ["language", "mode"] and row.split(",")[1] == "phone"
