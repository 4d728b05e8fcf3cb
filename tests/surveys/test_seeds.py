"""The demo's surveys: sound, translated, labelled as examples, and answered in ways that a page would take."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from civic.core.db import db
from civic.surveys import seeds
from civic.surveys.actions.counting import wrong_counts
from civic.surveys.models.response import Participation, Response
from civic.surveys.models.survey import Survey
from civic.surveys.queries import results as result_queries
from civic.surveys.rules.faults import faults
from civic.surveys.rules.lint import advice
from civic.surveys.rules.logic import Shown, settle
from civic.surveys.rules.questionnaire import DECLINED, KINDS
from civic.surveys.seed_content import budget, heat, night, replies, safety, schools

LAUNCHED = (heat, budget, safety, night)
ANSWERED = ((heat, replies.heat), (budget, replies.budget), (safety, replies.safety))


@pytest.fixture
def small(monkeypatch):
    """A demo of a few hundred responses."""
    for name in ("OPEN_RESPONSES", "PUBLISHED_RESPONSES", "CLOSED_RESPONSES"):
        monkeypatch.setattr(seeds, name, 300)


def planted(make, now, scale=1):
    """The demo's surveys, by address."""
    members = [(make.member(borough=borough).id, borough) for borough in ("E09000012", "E09000009", None)]
    lines = list(seeds.plant(scale, by=make.staff("researcher"), members=members, now=now))
    return lines, {survey.slug: survey for survey in db.session.scalars(select(Survey))}


def crowd(content, answering, seed=1):
    return replies.Crowd(content.QUESTIONNAIRE, answering, date(2026, 11, 1), date(2026, 11, 20), seed)


@pytest.mark.parametrize("content", [*LAUNCHED, schools])
def test_a_demo_questionnaire_has_no_fault(content):
    assert faults(content.QUESTIONNAIRE) == []


@pytest.mark.parametrize("content", LAUNCHED)
def test_the_checklist_has_nothing_to_say_about_a_launched_one(content):
    """In particular: every word stands in every language of the survey."""
    found = advice(content.QUESTIONNAIRE, has_closing_date=True, has_purpose=True, is_identified=False)
    assert [point.mark for point in found if point.is_blocking] == []


@pytest.mark.parametrize("content", LAUNCHED)
def test_every_launched_survey_says_in_each_language_that_it_is_an_example(content):
    languages = set(content.QUESTIONNAIRE.languages)
    for text in (content.TITLE, content.SUMMARY, content.PURPOSE):
        assert set(text) >= languages
    signs = {"en": "Example data", "pl": "Dane przykładowe", "ar": "بيانات تجريبية"}
    assert all(signs[language] in content.SUMMARY[language] for language in languages)


def test_the_open_survey_asks_every_kind_of_question():
    assert {question.kind for question in heat.QUESTIONNAIRE.questions()} == set(KINDS)


@pytest.mark.parametrize("content, answering", ANSWERED)
def test_the_same_seed_gives_the_same_answers(content, answering):
    once, again = (list(replies.replies(crowd(content, answering), 50)) for _ in range(2))
    assert once == again
    assert once != list(replies.replies(crowd(content, answering, seed=2), 50))


@pytest.mark.parametrize("content, answering", ANSWERED)
def test_people_skip_decline_and_are_not_shown_some_questions(content, answering):
    skipped = declined = hidden = 0
    for reply in replies.replies(crowd(content, answering), 300):
        shown = settle(content.QUESTIONNAIRE, reply.answers)
        hidden += Shown.HIDDEN in shown.values()
        skipped += any(
            shown[q.key] is Shown.SHOWN and q.key not in reply.answers
            for q in content.QUESTIONNAIRE.questions()
            if q.is_asked
        )
        declined += DECLINED in reply.answers.values()
    assert min(skipped, declined, hidden) > 10


def test_boroughs_differ():
    """People in Hounslow, under the flight path, blame aircraft more often than people in Bexley do."""
    first: dict[str, Counter] = {"E09000018": Counter(), "E09000004": Counter()}
    for reply in replies.replies(crowd(heat, replies.heat), 4000):
        home, causes = reply.answers.get("borough"), reply.answers.get("air_causes")
        if home in first and causes:
            first[home][causes[0]] += 1
    hounslow, bexley = (first[code]["aircraft"] / first[code].total() for code in ("E09000018", "E09000004"))
    assert hounslow > bexley + 0.15


def test_larger_boroughs_answer_more_often():
    homes = Counter(reply.answers.get("borough") for reply in replies.replies(crowd(heat, replies.heat), 3000))
    assert homes["E09000008"] > 3 * homes["E09000001"]  # Croydon, the City


def test_a_member_answers_for_their_own_borough():
    reply = next(iter(replies.replies(crowd(heat, replies.heat), 1, [(7, "E09000009")])))
    assert (reply.person_id, reply.level, reply.borough) == (7, "borough_given", "E09000009")
    assert reply.answers.get("borough", "E09000009") == "E09000009"


def test_there_is_a_survey_in_every_stage(make, now, small):
    _, surveys = planted(make, now)
    assert surveys[heat.SLUG].is_taking_answers(now)
    assert surveys[budget.SLUG].has_ended(now)
    assert surveys[budget.SLUG].results_published_at == now - timedelta(days=12)
    assert surveys[safety.SLUG].has_ended(now)
    assert surveys[safety.SLUG].results_published_at is None
    assert surveys[night.SLUG].is_coming_up(now)
    assert surveys[schools.SLUG].status == "draft"
    assert seeds.is_planted()


def test_the_kept_counts_are_those_of_the_responses(make, now, small):
    planted(make, now)
    assert list(wrong_counts()) == []
    assert db.session.scalar(select(func.count()).select_from(Response)) == 900


def test_people_answered_in_every_language_of_the_survey(make, now, small):
    _, surveys = planted(make, now)
    mine = Response.survey_id == surveys[heat.SLUG].id
    assert set(db.session.scalars(select(Response.language).where(mine).distinct())) == {"en", "pl", "ar"}


def test_members_took_part_and_nothing_ties_them_to_an_answer(make, now, small):
    planted(make, now)
    assert db.session.scalar(select(func.count()).select_from(Participation)) > 0
    assert db.session.scalar(select(func.count(Response.person_id))) == 0


def test_everyone_can_read_the_published_results(make, now, small):
    planted(make, now)
    asked = result_queries.asked(budget.SLUG)
    assert asked is not None
    printed = result_queries.printed(asked)
    assert printed.responses == 300
    assert printed.findings["council_tax"].people > 200


def test_a_larger_scale_means_more_responses(make, now, small):
    lines, _ = planted(make, now, scale=2)
    assert any("600 made-up responses" in line for line in lines)
