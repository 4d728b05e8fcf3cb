"""Results pages and files: for everyone once published, the same as a missing page before; nothing that finds a person."""

import csv
import io
from random import Random
from typing import Any

import pytest

from civic.core import sheets
from civic.core.db import db
from civic.surveys import exports
from tests.make_surveys import FULL_ANSWERS, asked, option, text, when
from tests.support.sql import statements


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def many(number: int = 60) -> list[dict[str, Any]]:
    random = Random(1)
    return [
        FULL_ANSWERS
        | {
            "cycles": random.choice(["yes", "no"]),
            "air": random.randint(3, 9),
            "mode": random.choice(["bus", "walk", "tube"]),
        }
        for _ in range(number)
    ]


def answered(make: Any, number: int = 60) -> Any:
    survey = make.survey()
    make.responses(survey, many(number))
    make.responses(survey, many(number), level="borough_given", borough="E09000012")
    return survey


def without(page: Any) -> list[str]:
    """A page's lines, but for its own address and the number of the request."""
    return [line for line in page.html.splitlines() if "surveys/" not in line and "civic-code" not in line]


def rows_of(page: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.html.removeprefix("\ufeff"))))


def test_results_are_for_researchers_until_they_are_published(client: Any, make: Any, app: Any) -> None:
    from tests.support.client import PageClient

    survey = answered(make)
    db.session.commit()
    for path in ("results", "results.csv", "results.json"):
        hidden = client.get(f"/en/surveys/{survey.slug}/{path}")
        missing = client.get(f"/en/surveys/no-such-survey/{path}")
        assert hidden.status == missing.status == 404
        assert without(hidden) == without(missing)
    staff = PageClient(app)
    make.sign_in(staff, make.staff("researcher"))
    page = staff.get(f"/en/surveys/{survey.slug}/results")
    assert page.status == 200 and "Only researchers see this page now" in page.text
    make.published(survey)
    db.session.commit()
    assert client.get(f"/en/surveys/{survey.slug}/results").status == 200


def test_published_results_of_a_survey_that_takes_answers_again_are_not_shown(client: Any, make: Any, now: Any) -> None:
    survey = make.published(answered(make))
    survey.status, survey.closes_at = "open", None
    db.session.commit()
    assert client.get(f"/en/surveys/{survey.slug}/results").status == 404


def test_a_results_page_says_who_answered_and_who_did_not(client: Any, make: Any) -> None:
    survey = make.published(answered(make))
    page = client.get(f"/en/surveys/{survey.slug}/results")
    assert "120 people answered this survey" in page.text
    assert "60 of 120 answers come from people with a confirmed email address" in page.text
    assert "open survey" in page.text and "By boat" not in page.text and "Thank you" not in page.text


def test_results_are_published_by_section(client: Any, make: Any) -> None:
    survey = make.published(answered(make))
    survey.published_sections = ["streets"]
    db.session.commit()
    page = client.get(f"/en/surveys/{survey.slug}/results")
    assert "Do you cycle in London?" in page.text and "How clean is the air" not in page.text
    assert {row["section"] for row in rows_of(client.get(f"/en/surveys/{survey.slug}/results.csv"))} == {"streets"}
    assert set(client.get(f"/en/surveys/{survey.slug}/results.json").response.json["questions"]) == {
        "cycles",
        "why_not",
        "mode",
        "wishes",
    }


def test_small_numbers_are_nowhere(client: Any, make: Any) -> None:
    follow_up = asked("why", "short_text", "Why not?", show_if=when("likes", "equals", "no"), required=True)
    options = [option("yes"), option("no"), option("unsure")]
    likes = asked("likes", "single", "Likes?", options=options)
    section = {"key": "s", "title": text("S"), "questions": [likes, follow_up]}
    survey = make.survey({"languages": ["en"], "sections": [section]})
    make.responses(survey, [{"likes": "yes"}] * 513 + [{"likes": "no", "why": "x"}] * 41 + [{"likes": "unsure"}] * 7)
    make.published(survey)
    db.session.commit()
    for path in ("results", "results.csv", "results.json"):
        page = client.get(f"/en/surveys/{survey.slug}/{path}")
        body = page.text if path == "results" else page.html
        assert "513" in body
        for secret in (" 41", ",41", ":41", " 7 ", ",7,", ":7,", "48"):
            assert secret not in body, (path, secret)


def test_fewer_than_ten_responses_show_nothing(client: Any, make: Any) -> None:
    survey = make.survey()
    make.responses(survey, many(9))
    make.published(survey)
    db.session.commit()
    page = client.get(f"/en/surveys/{survey.slug}/results")
    assert "too few to show anything" in page.text and "Do you cycle" not in page.text
    assert client.get(f"/en/surveys/{survey.slug}/results.json").response.json["responses"] is None


@pytest.mark.parametrize("language", ["pl", "ar"])
def test_results_in_other_languages(client: Any, make: Any, language: str) -> None:
    survey = make.published(answered(make))
    assert client.get(f"/{language}/surveys/{survey.slug}/results").status == 200
    assert client.get(f"/{language}/surveys?show=results").status == 200


def test_own_words_are_for_researchers_a_stretch_at_a_time(client: Any, make: Any) -> None:
    survey = make.survey()
    make.responses(
        survey,
        [{"cycles": "no", "more": f"Words number {number:03}"} for number in range(120)] + [{"cycles": "no"}] * 5,
    )
    path = f"/en/surveys/{survey.slug}/answers-in-words"
    assert client.get(f"{path}/more").status in (303, 403)
    make.sign_in(client, make.staff("moderator"))
    assert client.get(f"{path}/more").status == 403
    make.sign_in(client, make.staff("researcher"))
    client.get(f"/en/surveys/{survey.slug}/results")
    page, seen = client.click("Is there anything else?"), []
    while True:
        seen += [word for word in page.text.split() if word.isdigit() and len(word) == 3]
        if not any(link.text == "Next page" for link in page.links):
            break
        page = client.click("Next page")
    assert sorted(seen) == [f"{number:03}" for number in range(120)] and seen != sorted(seen)
    assert client.get(f"{path}/cycles").status == client.get(f"{path}/nothing").status == 404
    assert client.get(f"{path}/more?after=x").status == 400


class TestExport:
    def test_single_responses_are_for_researchers_and_on_record(self, client: Any, make: Any) -> None:
        from civic.core.audit import AuditEntry

        survey = answered(make)
        path = f"/en/surveys/{survey.slug}/exports"
        assert client.post(path).status in (303, 403)
        for role in ("moderator", "finance_officer", "administrator"):
            make.sign_in(client, make.staff(role))
            assert client.post(path).status == 403
        assert db.session.query(AuditEntry).count() == 0
        make.sign_in(client, make.staff("researcher"))
        page = client.post(path)
        assert page.status == 200 and len(rows_of(page)) == 120
        assert db.session.query(AuditEntry).one()

    def test_columns_follow_from_the_version_and_cells_say_why_they_are_empty(self, make: Any) -> None:
        from civic.surveys.queries.results import Row
        from civic.surveys.queries.surveys import live_version

        survey = make.survey()
        questionnaire = live_version(survey).questionnaire

        def line(answers: dict[str, Any]) -> dict[str, Any]:
            row = Row(answers, 1, "en", "web", "nothing", None, 7)
            names, values = list(exports.response_rows(survey, questionnaire, [row], frozenset()))
            return dict(zip(names, values, strict=True))

        assert line({}).keys() == line(FULL_ANSWERS).keys()
        assert "account" not in line({})
        assert line({"cycles": "no"})["miles"] == "[not shown]" and line({"cycles": "no"})["why_not"] == "[skipped]"
        assert line({"mode": "prefer_not_to_say"})["mode"] == "[declined]"
        full = line(FULL_ANSWERS)
        assert (full["mode"], full["mode.other"], full["wishes.trees"], full["wishes.nothing"]) == (
            "other",
            "By boat",
            1,
            0,
        )
        assert (full["order.parks"], full["order.lorries"], full["trust.council"]) == (1, "", "not")

    def test_a_borough_with_few_responses_is_left_out_of_anonymous_rows(self, client: Any, make: Any) -> None:
        survey = make.survey()
        make.responses(survey, many(12), borough="E09000012", level="borough_given")
        make.responses(survey, many(3), borough="E09000001", level="borough_given")
        make.sign_in(client, make.staff("researcher"))
        boroughs = [row["borough"] for row in rows_of(client.post(f"/en/surveys/{survey.slug}/exports"))]
        assert sorted(boroughs) == [""] * 3 + ["E09000012"] * 12

    @pytest.mark.parametrize(
        "typed", ["=1+1", "+1 hello", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1", "ok\n=cmd()", "%0A=1", "|calc"]
    )
    def test_no_cell_is_a_formula(self, typed: str) -> None:
        assert sheets.safe(typed).startswith("'")

    @pytest.mark.parametrize("typed", ["-5", "12.5", "hello", "a=b", "", None, 0])
    def test_plain_cells_stay_as_they_are(self, typed: Any) -> None:
        assert sheets.safe(typed) == ("" if typed is None else str(typed))


class TestCost:
    """What each page asks of the database, whatever the number of responses."""

    def test_reading(self, client: Any, make: Any) -> None:
        open_one, published = answered(make), make.published(answered(make))
        for _ in range(8):
            make.survey()
        db.session.commit()
        paths = {"/en/surveys": 2, "/en/surveys?show=results": 2,
                 f"/en/surveys/{open_one.slug}": 2, f"/en/surveys/{published.slug}/results": 2,
                 f"/en/surveys/{open_one.slug}/answers/streets": 1}  # fmt: skip
        self.expect(client, paths)
        make.sign_in(client, make.member())
        self.expect(client, dict.fromkeys(paths, 4))
        make.sign_in(client, make.staff("researcher"))
        self.expect(client, dict.fromkeys(paths, 4) | {f"/en/surveys/{open_one.slug}/results": 4})

    def expect(self, client: Any, paths: dict[str, int]) -> None:
        for path, ceiling in paths.items():
            db.session.expire_all()
            with statements() as seen:
                assert client.get(path).status == 200
            seen.at_most(ceiling)

    @pytest.mark.parametrize("who", ["visitor", "member"])
    def test_keeping_a_page_and_sending(self, client: Any, make: Any, who: str) -> None:
        survey = make.survey()
        if who == "member":
            make.sign_in(client, make.member())
        client.get(f"/en/surveys/{survey.slug}/answers/streets")
        with statements() as kept:
            assert client.submit("Continue", {"cycles": "no"}).status == 303
        kept.at_most(4)
        client.get(f"/en/surveys/{survey.slug}/check")
        with statements() as sent:
            assert client.submit("Send my answers").status == 303
        sent.at_most(5)


def test_visitors_read_without_a_cookie_and_need_not_read_twice(client: Any, make: Any) -> None:
    survey = make.published(answered(make))
    other = make.survey()
    db.session.commit()
    for path in (
        "/en/surveys",
        "/en/surveys?show=results",
        f"/en/surveys/{other.slug}",
        f"/en/surveys/{survey.slug}/results",
        f"/en/surveys/{survey.slug}/results.csv",
    ):
        page = client.get(path)
        assert "Set-Cookie" not in page.headers and page.headers.get("ETag"), path
        assert client.get(path, headers={"If-None-Match": page.headers["ETag"]}).status == 304, path
    client.get(f"/en/surveys/{other.slug}/answers/streets")
    client.submit("Save and come back later", {"mode": "bus"})
    assert not client.get(f"/en/surveys/{other.slug}").headers.get("ETag")


def test_a_list_of_many_surveys_is_cut_by_keys(client: Any, make: Any) -> None:
    titles = []
    for number in range(45):
        make.survey(title=text(f"Survey number {number:02}"))
        titles.append(f"Survey number {number:02}")
    db.session.commit()
    seen, page = [], client.get("/en/surveys")
    while True:
        seen += [title for title in titles if title in page.text]
        if not any(link.text == "Next page" for link in page.links):
            break
        page = client.click("Next page")
    assert sorted(seen) == titles
    assert client.get("/en/surveys?at=forged").status == 400
