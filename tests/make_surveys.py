"""Builders of surveys: a launched one with a short questionnaire, and responses to it."""

from datetime import datetime, timedelta
from typing import Any

from civic.core.db import db
from civic.surveys.actions import bulk
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.queries.surveys import live_version
from civic.surveys.rules.questionnaire import Questionnaire


def text(words: str) -> dict[str, str]:
    """Words in English."""
    return {"en": words}


def option(key: str, words: str = "", **more: Any) -> dict[str, Any]:
    """An option or row of a question."""
    return {"key": key, "text": text(words or key.capitalize()), **more}


def asked(key: str, kind: str, words: str = "", **more: Any) -> dict[str, Any]:
    """A question."""
    return {"key": key, "kind": kind, "text": text(words or f"What about {key}?"), **more}


def when(question: str, comparison: str, value: Any = None) -> dict[str, Any]:
    """A condition on an earlier answer."""
    return {"question": question, "is": comparison} | ({} if value is None else {"value": value})


# One question of every kind, a follow-up on the same page, and a section that only some see.
EVERY_KIND: dict[str, Any] = {
    "languages": ["en"],
    "sections": [
        {
            "key": "streets",
            "title": text("Your street"),
            "intro": text("Think of the street you live in."),
            "questions": [
                asked("cycles", "yes_no", "Do you cycle in London?", required=True),
                asked("why_not", "short_text", "What keeps you from cycling?", show_if=when("cycles", "equals", "no")),
                asked(
                    "mode",
                    "single",
                    "How do you travel most?",
                    other=True,
                    options=[
                        option("bus", "By bus"),
                        option("walk", "On foot"),
                        option("tube", "By Tube"),
                        option("prefer_not_to_say", "Prefer not to say"),
                    ],
                ),
                asked(
                    "wishes",
                    "multiple",
                    "What would help?",
                    other=True,
                    maximum="3",
                    options=[
                        option("trees", "More trees"),
                        option("lights", "Better lights"),
                        option("crossings", "More crossings"),
                        option("nothing", "Nothing", exclusive=True),
                    ],
                ),
            ],
        },
        {
            "key": "air",
            "title": text("The air"),
            "questions": [
                asked("note", "information", "Air is measured at 100 places in London."),
                asked(
                    "air",
                    "scale",
                    "How clean is the air in your street?",
                    minimum="0",
                    maximum="10",
                    labels={"0": text("Very dirty"), "10": text("Very clean")},
                ),
                asked(
                    "trust",
                    "matrix",
                    "How much do you trust these to improve it?",
                    rows=[option("mayor", "The Mayor"), option("council", "Your council")],
                    options=[option("lot", "A lot"), option("little", "A little"), option("not", "Not at all")],
                ),
                asked(
                    "order",
                    "ranking",
                    "What should come first?",
                    options=[
                        option("buses", "Cleaner buses"),
                        option("parks", "More parks"),
                        option("lorries", "Fewer lorries"),
                    ],
                ),
            ],
        },
        {
            "key": "cycling",
            "title": text("Cycling"),
            "show_if": when("cycles", "equals", "yes"),
            "questions": [
                asked(
                    "miles",
                    "number",
                    "How many miles a week?",
                    minimum="0",
                    maximum="500",
                    unit=text("miles"),
                    required=True,
                ),
                asked("since", "date", "Since when?"),
            ],
        },
        {
            "key": "you",
            "title": text("About you"),
            "questions": [
                asked("home", "borough", "Where do you live?"),
                asked("more", "long_text", "Is there anything else?"),
            ],
        },
    ],
}
FULL_ANSWERS: dict[str, Any] = {
    "cycles": "yes",
    "mode": {"other": "By boat"},
    "wishes": ["trees", "lights"],
    "air": 7,
    "trust": {"mayor": "lot", "council": "not"},
    "order": ["parks", "buses"],
    "miles": "12",
    "since": "2019-03-27",
    "home": "E09000012",
    "more": "Thank you",
}


class MakeSurveys:
    """Surveys that are open and anonymous unless said otherwise."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def survey(
        self, questionnaire: Questionnaire | dict[str, Any] | None = None, *, status: str = "open", **facts: Any
    ) -> Survey:
        """A survey with one live version; `status` also "draft" or "closed"."""
        definition = EVERY_KIND if questionnaire is None else questionnaire
        definition = definition.to_json() if isinstance(definition, Questionnaire) else definition
        defaults: dict[str, Any] = {
            "slug": f"survey-{self.number()}",
            "title": text("Cleaner streets"),
            "summary": text("How you get about, and the air you breathe."),
            "purpose": text("The Mayor decides in spring where new crossings and trees go."),
            "languages": ["en"],
            "minutes": 5,
            "opens_at": self.now - timedelta(days=10),
            "closes_at": self.now + timedelta(days=20),
            "created_at": self.now - timedelta(days=20),
            "launched_at": None if status == "draft" else self.now - timedelta(days=10),
            "status": status,
        }
        survey = Survey(**(defaults | facts))
        db.session.add(survey)
        db.session.flush()
        pinned = None if status == "draft" else self.now - timedelta(days=10)
        version = SurveyVersion(
            survey_id=survey.id, number=1, definition=definition, created_at=self.now, pinned_at=pinned
        )
        db.session.add(version)
        db.session.flush()
        return survey

    def responses(self, survey: Survey, answers: list[dict[str, Any]], **about: Any) -> int:
        """Responses with these answers, brought in together."""
        version = live_version(survey)
        assert version is not None
        return bulk.bulk_respond(survey, version, [bulk.Reply(each, self.now.date(), **about) for each in answers])

    def published(self, survey: Survey) -> Survey:
        """The same survey, closed, with all its results published."""
        version = live_version(survey)
        assert version is not None
        survey.status, survey.closes_at = "closed", self.now - timedelta(hours=1)
        survey.results_published_at = self.now
        survey.published_sections = [section.key for section in version.questionnaire.sections]
        db.session.flush()
        return survey
