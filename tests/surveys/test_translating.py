"""Answers in every language are one result: they name options by key; open answers keep the language they were given in."""

import pytest

from civic.core.db import db
from civic.surveys.contributing import responses_within
from civic.surveys.models.response import Response
from civic.surveys.models.survey import Survey
from civic.surveys.queries.surveys import live_version
from civic.surveys.translating import TRANSLATABLES
from tests.make_consultations import IN_WORDS
from tests.make_surveys import asked

pytestmark = pytest.mark.usefixtures("in_request")
(SURVEYS,) = TRANSLATABLES
BOTH = IN_WORDS | {
    "languages": ["en", "pl"],
    "sections": [
        {
            "key": "words",
            "title": {"en": "In your words", "pl": "Własnymi słowami"},
            "questions": [
                asked("agree", "yes_no", "Should there be more trees?"),
                asked("idea", "long_text", "What should London do first?"),
            ],
        }
    ],
}


def test_answers_in_two_languages_are_counted_together_and_open_ones_keep_theirs(make):
    survey = make.survey(BOTH, anonymity="identified", languages=["en", "pl"])
    make.says(survey, "Trees at bus stops.", person=make.member())
    make.says(survey, "Drzewa na przystankach.", person=make.member(), language="pl")
    given = responses_within(f"survey:{survey.id}", None, 10)
    assert sorted((each.language, each.text.splitlines()[-1]) for each in given) == [
        ("en", "Trees at bus stops."), ("pl", "Drzewa na przystankach."),
    ]  # fmt: skip
    answers = [row.answers["agree"] for row in db.session.query(Response).filter_by(survey_id=survey.id)]
    assert answers == ["yes", "yes"], "both chose the same option, whatever it was called"


def test_words_that_come_back_for_a_live_survey_make_a_new_version_and_leave_the_pinned_one(make):
    survey = make.survey(BOTH, languages=["en", "pl"])
    before = live_version(survey).definition
    SURVEYS.write(survey.id, "pl", {"title": "Drzewa", "agree.text": "Czy ma być więcej drzew?"})
    db.session.expire_all()
    assert live_version(db.session.get(Survey, survey.id)).definition == before
    assert SURVEYS.held(survey.id, "pl")["agree.text"] == "Czy ma być więcej drzew?"
    assert SURVEYS.held(survey.id, "pl")["title"] == "Drzewa"
    assert "agree.text" in SURVEYS.load([survey.id])[survey.id].sources
