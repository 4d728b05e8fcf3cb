"""Answering in a browser: every kind of question, both ways through, saving, checking, sending once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from civic.core.db import db
from civic.surveys.models.response import Draft, Participation, Response
from tests.make_surveys import FULL_ANSWERS

FILLED: list[tuple[str, dict[str, Any]]] = [
    ("streets", {"cycles": "yes", "mode": "other", "mode-other": "By boat", "wishes": ["trees", "lights"]}),
    ("air", {"air": "7", "trust-mayor": "lot", "trust-council": "not", "order-parks": "1", "order-buses": "2"}),
    ("cycling", {"miles": "12", "since-day": "27", "since-month": "3", "since-year": "2019"}),
    ("you", {"home": "E09000012", "more": "Thank you"}),
]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def fill(client: Any, survey: Any) -> Any:
    page = client.get(f"/en/surveys/{survey.slug}")
    page = client.click("Start now")
    for key, values in FILLED:
        assert page.path.split("?")[0].endswith(f"/answers/{key}"), page.path
        client.submit("Continue", values)
        page = client.follow()
    return page


def response() -> Response:
    return db.session.scalars(select(Response)).one()


def test_from_first_click_to_receipt_without_an_account(client: Any, make: Any) -> None:
    survey = make.survey()
    page = fill(client, survey)
    assert page.h1 == "Check your answers"
    assert "By boat" in page.text and "Hackney" in page.text
    client.submit("Send my answers")
    page = client.follow()
    assert page.h1.startswith("Thank you")
    assert response().answers == FULL_ANSWERS
    assert (response().level, response().person_id, response().mode) == ("nothing", None, "web")
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_one_question_a_page(client: Any, make: Any) -> None:
    survey = make.survey()
    client.get(f"/en/surveys/{survey.slug}")
    client.click("Start now")
    client.submit("Show one question on each page", {"cycles": "no"})
    page = client.follow()
    assert page.h1 == "Do you cycle in London?" and "Question 1 of" in page.text
    seen = []
    while page.h1 != "Check your answers":
        seen.append(page.h1.replace(" (optional)", ""))
        client.submit("Continue")
        page = client.follow()
    assert "What keeps you from cycling?" in seen and "How many miles a week?" not in seen
    client.submit("Send my answers")
    client.follow()
    assert response().answers == {"cycles": "no"}


def test_a_question_that_an_answer_brings_up_appears_on_the_same_page(client: Any, make: Any) -> None:
    survey = make.survey()
    page = client.get(f"/en/surveys/{survey.slug}/answers/streets")
    assert "What keeps you from cycling?" not in page.text
    client.submit("Continue", {"cycles": "no", "wishes": ["nothing"]})
    page = client.follow()
    assert page.path.split("?")[0].endswith("/answers/streets") and "What keeps you from cycling?" in page.text
    assert "there is 1 more question" in page.text
    client.submit("Continue", {"why_not": "The traffic"})
    assert "/answers/air" in client.follow().path


def test_answers_to_questions_that_went_away_are_not_sent(client: Any, make: Any) -> None:
    survey = make.survey()
    fill(client, survey)
    client.get(f"/en/surveys/{survey.slug}/answers/streets?check=1")
    client.submit("Save and check", {"cycles": "no"})
    page = client.follow()
    assert "What keeps you from cycling?" in page.text
    client.submit("Save and check")
    page = client.follow()
    assert page.h1 == "Check your answers" and "miles" not in page.text
    client.submit("Send my answers")
    assert "miles" not in response().answers and response().answers["cycles"] == "no"


def test_refused_answers_stay_where_they_were_typed(client: Any, make: Any) -> None:
    survey = make.survey()
    client.get(f"/en/surveys/{survey.slug}/answers/streets")
    page = client.submit("Continue", {"mode": "other", "wishes": ["trees", "nothing"]})
    assert page.status == 422 and page.title.startswith("Error:")
    assert "“Nothing” cannot be combined" in page.text and "Select an answer" in page.text
    values = page.forms[-1].values() if page.forms else {}
    kept = next(form.values() for form in page.forms if "wishes" in form.names)
    assert kept["wishes"] == ["trees", "nothing"] and kept["mode"] == ["other"], values


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("streets", {"cycles": "perhaps"}), ("streets", {"cycles": ["yes", "no"]}), ("streets", {"cycles": "yes", "mode": "rocket"}),
        ("streets", {}), ("streets", {"cycles": "yes", "mode": "other", "mode-other": "x" * 201}),
        ("air", {"air": "11"}), ("air", {"air": "٧½"}),
        ("air", {"trust-mayor": "lorries"}), ("air", {"order-parks": "1", "order-buses": "1"}), ("air", {"order-parks": "-1"}),
        ("you", {"home": "E09000099"}), ("you", {"more": "a\x00b"}), ("you", {"more": "x" * 4001}),
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_nothing_is_saved(client: Any, make: Any, page: str, data: dict[str, Any]) -> None:
    survey = make.survey()
    answer = client.post(f"/en/surveys/{survey.slug}/answers/{page}", data)
    assert answer.status == 422
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_addresses_that_lead_nowhere(client: Any, make: Any) -> None:
    survey, draft = make.survey(), make.survey(status="draft")
    assert client.get("/en/surveys/no-such-survey").status == 404
    assert client.get(f"/en/surveys/{draft.slug}").status == 404
    assert client.get(f"/en/surveys/{draft.slug}/answers/streets").status == 404
    assert client.get(f"/en/surveys/{survey.slug}/answers/nowhere").status == 404
    assert client.post(f"/en/surveys/{survey.slug}/answers/nowhere", {}).status == 404
    assert client.post(f"/en/surveys/{survey.slug}/responses", {}).status == 409


def test_a_section_that_is_not_on_the_way_leads_back_to_it(client: Any, make: Any) -> None:
    survey = make.survey()
    page = client.get(f"/en/surveys/{survey.slug}/answers/cycling")
    assert page.status == 303 and page.location.endswith("/answers/streets")


def test_sending_with_open_questions_says_which(client: Any, make: Any) -> None:
    survey = make.survey()
    client.get(f"/en/surveys/{survey.slug}/answers/air")
    client.submit("Save and come back later", {"air": "3"})
    client.get(f"/en/surveys/{survey.slug}/check")
    page = client.submit("Send my answers")
    assert page.status == 422 and "Do you cycle in London?" in page.text and page.title.startswith("Error:")
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_saved_answers_are_found_again_and_can_be_deleted(client: Any, make: Any) -> None:
    survey = make.survey()
    client.get(f"/en/surveys/{survey.slug}/answers/streets")
    client.submit("Save and come back later", {"mode": "bus"})
    page = client.follow()
    assert page.h1 == "Your answers are saved"
    client.get(f"/en/surveys/{survey.slug}")
    page = client.click("Go on where I stopped")
    assert next(form.values() for form in page.forms if "mode" in form.names)["mode"] == ["bus"]
    client.get(f"/en/surveys/{survey.slug}")
    client.submit("Delete what I saved")
    client.follow()
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_mailed_link_opens_the_draft_in_another_browser(client: Any, make: Any, outbox: Any, app: Any) -> None:
    from tests.support.client import PageClient

    survey = make.survey()
    client.get(f"/en/surveys/{survey.slug}/answers/streets")
    client.submit("Save and come back later", {"mode": "bus"})
    client.follow()
    assert client.submit("Send me the link", {"email": "nobody"}).status == 422
    client.submit("Send me the link", {"email": "reader@example.org"})
    link = next(word for word in outbox()[-1].text.split() if "/surveys/resume/" in word)
    other = PageClient(app)
    other.get(link)
    other.submit("Open my saved answers")
    other.follow()
    page = other.click("Go on where I stopped")
    assert next(form.values() for form in page.forms if "mode" in form.names)["mode"] == ["bus"]
    assert other.get("/en/surveys/resume/forged").status == 400


def test_a_survey_that_closes_on_the_way_keeps_what_was_written_in_sight(client: Any, make: Any, now: Any) -> None:
    survey = make.survey()
    client.get(f"/en/surveys/{survey.slug}/answers/streets")
    survey.closes_at = now - timedelta(minutes=1)
    db.session.commit()
    page = client.submit("Continue", {"cycles": "no", "mode": "other", "mode-other": "By kayak"})
    assert page.status == 410 and page.h1 == "This survey has closed" and "By kayak" in page.text
    assert client.get(f"/en/surveys/{survey.slug}/check").status == 410
    assert client.post(f"/en/surveys/{survey.slug}/responses", {}).status == 410


def test_a_survey_that_is_to_come_says_when(client: Any, make: Any, now: Any) -> None:
    survey = make.survey(opens_at=now + timedelta(days=2))
    assert "Opens on 25 November 2026" in client.get(f"/en/surveys/{survey.slug}").text
    page = client.get(f"/en/surveys/{survey.slug}/answers/streets")
    assert page.status == 410 and page.h1 == "This survey is not open yet"


def test_changing_answers_by_code(client: Any, make: Any) -> None:
    survey = make.survey()
    fill(client, survey)
    client.submit("Send my answers")
    page = client.follow()
    code = page.text.split("Your receipt code")[1].split()[0]
    client.get(f"/en/surveys/{survey.slug}/response")
    client.submit("See and change my answers", {"code": code.lower().replace("-", " ")})
    page = client.follow()
    assert page.h1 == "Check your answers"
    client.get(f"/en/surveys/{survey.slug}/answers/you?check=1")
    client.submit("Save and check", {"more": "Changed"})
    client.follow()
    client.submit("Send my changed answers")
    assert client.follow().h1.startswith("Thank you")
    assert response().answers["more"] == "Changed"
    assert client.post(f"/en/surveys/{survey.slug}/response", {"code": "AAAA-BBBB-CCCC", "act": "change"}).status == 422


def test_withdrawing_asks_twice_and_deletes(client: Any, make: Any) -> None:
    survey = make.survey()
    fill(client, survey)
    client.submit("Send my answers")
    client.get(f"/en/surveys/{survey.slug}/response")
    page = client.submit("Withdraw my answers")
    assert page.h1 == "Delete your answers?" and response()
    client.submit("Yes, delete my answers")
    assert "no longer counted" in client.follow().text
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_a_member_answers_once_and_is_told_so(client: Any, make: Any) -> None:
    survey, member = make.survey(who_may_answer="borough_given"), make.member()
    make.sign_in(client, member)
    fill(client, survey)
    client.submit("Send my answers")
    client.follow()
    assert (response().level, response().person_id, response().borough) == ("borough_given", None, "E09000012")
    assert db.session.scalars(select(Participation.person_id)).all() == [member.id]
    page = client.get(f"/en/surveys/{survey.slug}")
    assert "You have answered" in page.text and "Start now" not in page.text
    assert client.get(f"/en/surveys/{survey.slug}/answers/streets").location.endswith(f"/surveys/{survey.slug}")
    assert client.post(f"/en/surveys/{survey.slug}/answers/streets", {"cycles": "no"}).status == 303


def test_a_visitor_is_told_what_a_survey_needs_before_it_begins(client: Any, make: Any) -> None:
    survey = make.survey(who_may_answer="borough_given")
    page = client.get(f"/en/surveys/{survey.slug}")
    assert "Sign in to answer." in page.text and "Start now" not in page.text
    assert client.get(f"/en/surveys/{survey.slug}/answers/streets").location.endswith(f"/surveys/{survey.slug}")
    assert client.post(f"/en/surveys/{survey.slug}/answers/streets", {"cycles": "no"}).status == 403
    make.sign_in(client, make.member(borough=None))
    assert "Tell us your borough" in client.get(f"/en/surveys/{survey.slug}").text


def test_what_was_answered_before_signing_in_is_attached(client: Any, make: Any, app: Any) -> None:
    named, anonymous = make.survey(anonymity="identified"), make.survey()
    for survey in (named, anonymous):
        fill(client, survey)
        client.submit("Send my answers")
        client.follow()
    member = make.member()
    db.session.commit()
    client.get("/en/sign-in")
    from tests.make_accounts import PASSWORD

    client.submit(None, {"email": member.email, "password": PASSWORD})
    assert set(db.session.scalars(select(Participation.survey_id))) == {named.id, anonymous.id}
    people = {
        row.survey_id: row.person_id
        for row in db.session.scalars(select(Response).execution_options(populate_existing=True))
    }
    assert people == {named.id: member.id, anonymous.id: None}
    page = client.get(f"/en/surveys/{named.slug}/response")
    assert "you need no code" in page.text


@pytest.mark.parametrize("language", ["pl", "ar", "xx"])
def test_every_page_in_other_languages(client: Any, make: Any, language: str) -> None:
    survey = make.survey()
    for path in ("", "/answers/streets", "/answers/air", "/answers/you", "/answers/cycles", "/response"):
        assert client.get(f"/{language}/surveys/{survey.slug}{path}").status == 200
    assert client.get(f"/{language}/surveys").status == 200
    assert (
        client.post(f"/{language}/surveys/{survey.slug}/answers/streets", {"wishes": ["trees", "nothing"]}).status
        == 422
    )
