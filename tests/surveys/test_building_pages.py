"""The builder's pages, as a researcher meets them: every page checked, nothing typed lost, nobody else let in."""

import pytest

from civic.core.db import db
from civic.surveys.actions import building, launching
from civic.surveys.queries import surveys as queries
from civic.surveys.rules.conditions import All, AnyOf, Compare, Not
from civic.surveys.rules.questionnaire import KINDS, Option, Question
from tests.surveys.test_building import DAY, asked, yes_no

BASE = "/en/staff/surveys"


@pytest.fixture
def researcher(make, client):
    person = make.staff("researcher")
    make.sign_in(client, person)
    return person


@pytest.fixture
def draft(researcher, now):
    beginning = building.Beginning({"en": "Parks"}, "parks", asked(), purpose={"en": "We plan benches."})
    survey = building.create_survey(beginning, by=researcher, now=now, closes_at=now + 900 * DAY)
    db.session.commit()
    return survey


def working(survey):
    db.session.expire_all()
    return building.working_version(queries.survey_by_slug(survey.slug)).questionnaire


def test_a_survey_from_nothing_to_live(client, researcher):
    client.get(BASE)
    client.click("Create a survey")
    client.submit(title="Air and streets")
    client.follow()
    client.click("Add a question")
    client.submit("Continue", {"kind": "single"})
    client.submit(
        "Save and add the next",
        text="How do you travel?",
        options="Bus\nTube\n\nOn foot",
        other=True,
        next_kind="single",
    )
    client.follow()
    client.submit("Save the question", text="How often?", options="Daily\nWeekly")
    page = client.follow()
    assert "How do you travel?" in page.text
    client.click("Checklist and launch")
    client.submit("Launch the survey")
    assert client.last.status == 422
    page = client.submit(
        "Launch the survey",
        {"why-no_closing_date": "a standing question for visitors", "why-no_purpose": "it is told on a poster"},
    )
    assert page.status == 303
    assert "Open" in client.follow().text
    survey = queries.survey_by_slug("air-and-streets")
    assert [q.option_keys for q in queries.live_version(survey).questionnaire.questions()] == [
        ("bus", "tube", "on_foot"),
        ("daily", "weekly"),
    ]


FILLED = {
    "single": {"options": "A\nB", "decline": True},
    "multiple": {"options": "A\nB\nC", "none_of_these": True, "minimum": "1", "maximum": "2"},
    "yes_no": {"hint": "Think of last week."},
    "scale": {"minimum": "0", "maximum": "10", "labels": "Not at all\nCompletely"},
    "matrix": {"rows": "Buses\nTrains", "options": "Good\nBad"},
    "ranking": {"options": "A\nB\nC"},
    "number": {"minimum": "0", "maximum": "120", "decimals": "0", "unit": "years"},
    "short_text": {"maximum": "80"},
    "long_text": {},
    "date": {"earliest-day": "1", "earliest-month": "1", "earliest-year": "2020"},
    "borough": {"required": True},
    "information": {},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_added_edited_and_saved_again_unchanged(client, draft, kind):
    client.get(f"{BASE}/parks/sections/two/questions/new?kind={kind}")
    client.submit("Save the question", {"text": "Something new?", **FILLED[kind]})
    assert client.last.status == 303, client.last.errors
    before = working(draft).question("something_new")
    assert before.kind == kind
    client.get(f"{BASE}/parks/questions/something_new")
    assert client.submit("Save the question").status == 303
    assert working(draft).question("something_new") == before
    client.get(f"{BASE}/parks/preview?section=two")
    client.get(f"{BASE}/parks/preview?section=two&mode=one&number=2")


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(client, draft):
    client.get(f"{BASE}/parks/sections/two/questions/new?kind=scale")
    page = client.submit("Save the question", text="", minimum="1", maximum="5", labels="one\ntwo\nthree")
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert "three" in page.html
    page = client.submit("Save the question", text="How?", minimum="9", maximum="5", labels="")
    assert page.status in (409, 422)
    assert [question.key for question in working(draft).questions()] == ["a", "b", "c"]


def test_somebody_else_was_faster_409_with_both_texts_and_the_second_save_wins(client, draft, now):
    client.get(f"{BASE}/parks/questions/c")
    building.put(draft, Question("c", "yes_no", {"en": "Faster words?"}), edition=None, now=now)
    db.session.commit()
    page = client.submit("Save the question", text="My words?")
    assert page.status == 409
    assert "My words?" in page.text
    assert "Faster words?" in page.text
    assert client.submit("Save the question").status == 303
    assert working(draft).question("c").text["en"] == "My words?"


def test_a_copy_stands_right_after_its_question(client, draft):
    client.get(f"{BASE}/parks")
    client.submit("Copy a?")
    client.follow()
    client.submit("Save the question", text="Something similar?")
    assert [question.key for question in working(draft).questions()] == ["a", "a_2", "b", "c"]


def test_moving_and_removing_by_buttons(client, draft):
    client.get(f"{BASE}/parks")
    page = client.post(f"{BASE}/parks/parts/c/place", {"direction": "up"})
    assert page.status == 303
    assert working(draft).section_of("c").key == "one"
    assert client.post(f"{BASE}/parks/parts/a/place", {"direction": "down"}).status == 409
    client.get(f"{BASE}/parks/parts/a/removal")
    assert "b?" in client.last.text
    client.get(f"{BASE}/parks/parts/b/removal")
    client.submit("Remove it")
    assert [question.key for question in working(draft).questions()] == ["a", "c"]


def test_a_condition_in_two_steps_and_a_second_group(client, draft):
    path = f"{BASE}/parks/conditions/c"
    client.get(path)
    client.submit("Choose this question", {"question": "a"})
    client.submit("Add the comparison", {"comparison": "equals", "value": "yes"})
    client.follow()
    client.submit("Choose this question", {"question": "b"})
    client.submit("Add the comparison", {"comparison": "not_shown", "value": "yes", "group": "0"})
    client.follow()
    client.submit("Choose this question", {"question": "a"})
    client.submit("Add the comparison", {"comparison": "equals", "value": "no", "group": "new"})
    client.follow()
    client.submit("Save how they are joined", {"joiner": "any"})
    client.follow()
    expected = AnyOf((All((Compare("a", "equals", "yes"), Compare("b", "not_shown"))), Compare("a", "equals", "no")))
    assert working(draft).question("c").show_if == expected
    page = client.submit("Always show it")
    assert page.status == 303
    assert working(draft).question("c").show_if is None


@pytest.mark.parametrize(
    "typed",
    [
        {"act": "add", "question": "a", "comparison": "equals", "value": "maybe"},
        {"act": "add", "question": "a", "comparison": "greater", "value": "yes"},
        {"act": "add", "question": "c", "comparison": "answered"},
        {"act": "add", "question": "zzz", "comparison": "answered"},
        {"act": "add"},
        {"act": "remove-x-y"},
        {"act": "remove-0"},
        {},
    ],
)
def test_a_condition_that_cannot_be_is_refused(client, draft, typed):
    from civic.surveys.rules.editing import edition

    page = client.post(f"{BASE}/parks/conditions/c", {"edition": edition(working(draft).question("c")), **typed})
    assert page.status == 422
    assert working(draft).question("c").show_if is None


def test_a_condition_nested_too_deeply_is_shown_in_words_and_kept(client, draft, now):
    deep = Not(All((Compare("a", "equals", "yes"), Not(All((Compare("b", "answered"), Compare("a", "answered")))))))
    building.put(draft, yes_no("c", deep), edition=None, now=now)
    db.session.commit()
    page = client.get(f"{BASE}/parks/conditions/c")
    assert "nested more deeply" in page.text
    client.get(f"{BASE}/parks/questions/c")
    client.submit("Save the question", text="Reworded?")
    assert working(draft).question("c").show_if == deep


def test_every_kind_can_be_compared_with(client, draft, now):
    for number, kind in enumerate(kind for kind in KINDS if kind != "information"):
        options = (
            (Option("x", {"en": "X"}), Option("y", {"en": "Y"}))
            if kind in ("single", "multiple", "matrix", "ranking")
            else ()
        )
        rows = (Option("r", {"en": "R"}),) if kind == "matrix" else ()
        building.add_question(
            draft, "one", Question(f"k{number}", kind, {"en": f"{kind}?"}, options=options, rows=rows), now=now
        )
    db.session.commit()
    for number, kind in enumerate(kind for kind in KINDS if kind != "information"):
        client.get(f"{BASE}/parks/conditions/c?question=k{number}")
        comparison = "answered" if kind == "long_text" else "includes" if kind in ("multiple", "ranking") else "equals"
        typed = {
            "number": {"value": "١٢"},
            "short_text": {"value": "x"},
            "date": {"value-day": "1", "value-month": "2", "value-year": "2026"},
        }
        client.submit("Add the comparison", {"comparison": comparison, **typed.get(kind, {})})
        assert client.last.status == 303, (kind, client.last.text)
    client.follow()


def test_settings_dates_and_translations(client, draft):
    client.get(f"{BASE}/parks/settings")
    client.submit("Save the settings", {"languages": ["ar"], "title": "Parks and squares", "anonymity": "identified"})
    client.follow()
    client.get(f"{BASE}/parks/translations/ar")
    client.submit("Save the translation", {"title": "الحدائق", "a.text": "هل؟"})
    assert client.follow().status == 200
    survey = queries.survey_by_slug("parks")
    assert (survey.title, survey.anonymity) == ({"en": "Parks and squares", "ar": "الحدائق"}, "identified")
    assert working(draft).question("a").text["ar"] == "هل؟"
    client.get(f"{BASE}/parks/preview?language=ar")
    client.get(f"{BASE}/parks/dates")
    form = {"closes_at-day": "1", "closes_at-month": "1", "closes_at-year": "2020"}
    assert client.submit("Save the dates", form).status in (303, 422)
    client.get(f"{BASE}/parks/dates")
    client.submit(
        "Save the dates",
        {**form, "closes_at-year": "2040", "opens_at-day": "1", "opens_at-month": "1", "opens_at-year": "2041"},
    )
    assert client.last.status == 422


def test_settings_somebody_else_changed_are_409(client, draft, researcher, now):
    client.get(f"{BASE}/parks/settings")
    building.change_settings(draft, {"title": {"en": "Faster"}}, edition=draft.version_id, by=researcher, now=now)
    db.session.commit()
    page = client.submit("Save the settings", title="Slower")
    assert page.status == 409
    assert "Slower" in page.html


def test_close_reopen_publish_archive(client, draft, researcher, now):
    launching.launch(draft, by=researcher, now=now)
    db.session.commit()
    client.get(f"{BASE}/parks")
    client.get(f"{BASE}/parks/closure")
    assert client.submit("Close the survey", why="").status == 422
    client.submit("Close the survey", why="The decision came earlier")
    client.follow()
    client.get(f"{BASE}/parks/publication")
    client.submit("Save what is public", {"sections": ["one"]})
    client.follow()
    client.get(f"{BASE}/parks/reopening")
    client.submit(
        "Reopen the survey",
        {"why": "A printing mistake", "closes_at-day": "1", "closes_at-month": "1", "closes_at-year": "2040"},
    )
    client.follow()
    assert queries.survey_by_slug("parks").results_published_at is None
    assert client.post(f"{BASE}/parks/archive").status == 409
    client.get(f"{BASE}/parks/closure")
    client.submit("Close the survey", why="The decision came earlier")
    client.get(f"{BASE}/parks/archive")
    client.submit("Archive the survey")
    client.follow()
    assert client.post(f"{BASE}/parks/questions/a", {"text": "x"}).status == 409


def test_an_edited_live_survey_can_be_launched_again_or_thrown_away(client, draft, researcher, now):
    launching.launch(draft, by=researcher, now=now)
    db.session.commit()
    client.get(f"{BASE}/parks/questions/c")
    client.submit("Save the question", text="Better words?")
    page = client.follow()
    assert "You are working on version 2" in page.text
    client.get(f"{BASE}/parks/draft/removal")
    client.submit("Throw away the changes")
    assert "You are working on version 2" not in client.follow().text
