"""What surveys are to a consultation: something to take part in, and sets of answers that must lead somewhere.

A response is named by the first 48 bits of its random key: they say neither when it was sent nor by whom, and the key's own
index finds it. Two of a million responses share such a name with a chance of 1 in 560; then one of them is shown for both.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ARRAY, Uuid, func, literal, select

from civic.core.clock import london_minute
from civic.core.db import db
from civic.core.i18n import Words, text_in
from civic.core.manifest import Activity, ActivityFacts, Contributed, Contribution
from civic.core.subjects import named, number_of
from civic.surveys.models.response import AnswerCount, Participation, Response
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.rules.counting import ALL
from civic.surveys.rules.logic import Shown, settle
from civic.surveys.words import reading

KIND = "survey"
LOW_BITS = 80
MOST_CHOICES = 200
IN_WORDS = ("short_text", "long_text")

_RESPONSES = (
    select(func.coalesce(func.sum(AnswerCount.n), 0))
    .where(AnswerCount.survey_id == Survey.id, AnswerCount.question == ALL)
    .correlate(Survey)
    .scalar_subquery()
)


def number_of_response(key: UUID) -> int:
    """The number by which a response is named."""
    return key.int >> LOW_BITS


def _first(number: int) -> UUID:
    return UUID(int=number << LOW_BITS)


def _last(number: int) -> UUID:
    return UUID(int=(number << LOW_BITS) | ((1 << LOW_BITS) - 1))


def _fits(number: int) -> bool:
    return 0 <= number < 1 << (128 - LOW_BITS)


# Surveys.


def load_surveys(numbers: Iterable[int]) -> Mapping[int, ActivityFacts]:
    """Surveys as a consultation shows them."""
    query = select(Survey, _RESPONSES).where(Survey.id.in_(set(numbers)))
    return {survey.id: _facts(survey, people) for survey, people in db.session.execute(query)}


def _facts(survey: Survey, people: int) -> ActivityFacts:
    title, url = text_in(survey.title), url_for("surveys.show_survey", slug=survey.slug)
    return ActivityFacts(
        survey.id, title.text or survey.slug, title.language, url, survey.opens_at, survey.closes_at, survey.is_public, int(people)
    )  # fmt: skip


def choices() -> list[tuple[int, Words]]:
    """The surveys that are not over, newest first."""
    query = select(Survey.id, Survey.title, Survey.slug).where(Survey.status.in_(("draft", "open")))
    rows = db.session.execute(query.order_by(Survey.id.desc()).limit(MOST_CHOICES))
    return [(number, text_in(title) or Words(slug, "en")) for number, title, slug in rows]


# Responses.


def load_responses(numbers: Iterable[int]) -> Mapping[int, Contributed]:
    """Responses by their names."""
    wanted = sorted({number for number in numbers if _fits(number)})
    if not wanted:
        return {}
    low, high = ([bound(number) for number in wanted] for bound in (_first, _last))
    arrays = (literal(each, ARRAY(Uuid)) for each in (low, high))
    ranges = func.unnest(*arrays).table_valued("low", "high").render_derived()
    query = select(Response).join(ranges, Response.id.between(ranges.c.low, ranges.c.high))
    return {each.number: each for each in _told(db.session.scalars(query).all())}


def responses_within(activity: str, after: int | None, most: int) -> list[Contributed]:
    """The responses to a survey with numbers above `after`; their order is that of their random keys."""
    survey_id = number_of(activity, KIND)
    if survey_id is None or most < 1 or (after is not None and not _fits(after)):
        return []
    query = select(Response).where(Response.survey_id == survey_id)
    if after is not None:
        query = query.where(Response.id > _last(after))
    return _told(db.session.scalars(query.order_by(Response.id).limit(most)).all())


def _told(responses: Sequence[Response]) -> list[Contributed]:
    """What was said in words, with the questions; one question for all the versions that they answered."""
    versions = {each.survey_version_id for each in responses}
    query = select(SurveyVersion, Survey.slug).join(Survey, Survey.id == SurveyVersion.survey_id)
    rows = db.session.execute(query.where(SurveyVersion.id.in_(versions))) if versions else ()
    known = {version.id: (version, slug) for version, slug in rows}
    return [_contributed(each, *known[each.survey_version_id]) for each in responses]


def _contributed(response: Response, version: SurveyVersion, slug: str) -> Contributed:
    return Contributed(
        number=number_of_response(response.id),
        activity=named(KIND, response.survey_id),
        person_id=response.person_id,
        text=in_words(response, version),
        language=response.language,
        url=url_for("surveys.show_response", slug=slug),
        at=_noon(response),
    )


def in_words(response: Response, version: SurveyVersion) -> str:
    """What somebody wrote in their own words, each below its question; nothing where only choices were made."""
    questionnaire, said = version.questionnaire, []
    shown = settle(questionnaire, response.answers)
    for question in questionnaire.questions():
        value = response.answers.get(question.key)
        if value is None or shown[question.key] is not Shown.SHOWN:
            continue
        if question.kind in IN_WORDS or _holds_other(value):
            asked = text_in(question.text, response.language).text
            said.append(f"{asked}\n{reading(question, value, response.language)}")
    return "\n\n".join(said)


def _holds_other(value: Any) -> bool:
    """Whether a choice was answered in the giver's own words."""
    parts = value if isinstance(value, list) else [value]
    return any(isinstance(part, dict) and "other" in part for part in parts)


def _noon(response: Response) -> datetime:
    """The day of a response; its hour is not kept."""
    return london_minute(response.submitted_on, "12:00")


def responses_by(person_id: int) -> list[Contributed]:
    """A person's responses with their name, and, with the number 0, that they took part in anonymous surveys."""
    mine = select(Response).where(Response.person_id == person_id)
    told = _told(db.session.scalars(mine.order_by(Response.submitted_on.desc(), Response.id)).all())
    query = (
        select(Survey, Participation.anonymity)
        .join(Participation, Participation.survey_id == Survey.id)
        .where(Participation.person_id == person_id, Participation.anonymity == "anonymous")
    )
    nameless = [_nameless(survey, person_id) for survey, _anonymity in db.session.execute(query)]
    return sorted([*told, *nameless], key=lambda each: each.at, reverse=True)


def _nameless(survey: Survey, person_id: int) -> Contributed:
    at = survey.launched_at or survey.created_at
    url = url_for("surveys.show_survey", slug=survey.slug)
    return Contributed(0, named(KIND, survey.id), person_id, "", survey.language, url, at)


def givers(activity: str) -> frozenset[int]:
    """The accounts that took part in a survey; in an anonymous one, that they did and not what they said."""
    survey_id = number_of(activity, KIND)
    if survey_id is None:
        return frozenset()
    query = select(Participation.person_id).where(Participation.survey_id == survey_id)
    return frozenset(db.session.scalars(query))


def count(activity: str) -> int:
    """How many responses a survey has, from its kept counters."""
    survey_id = number_of(activity, KIND)
    if survey_id is None:
        return 0
    query = select(func.coalesce(func.sum(AnswerCount.n), 0))
    return int(db.session.scalar(query.where(AnswerCount.survey_id == survey_id, AnswerCount.question == ALL)) or 0)


ACTIVITY = Activity(KIND, _l("Survey"), load_surveys, choices)
CONTRIBUTION = Contribution(
    "response", _l("Answers to a survey"), load_responses, responses_within, responses_by, givers, count
)
