"""The demo's surveys, one in every stage, made by the same actions that people use. Example data, and labelled so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from types import ModuleType
from typing import Any

from sqlalchemy import select

from civic.core.clock import london_minute, london_today
from civic.core.db import db, transaction
from civic.surveys.actions import building, launching
from civic.surveys.actions.bulk import Reply, bulk_respond
from civic.surveys.models.survey import Survey, SurveyVersion
from civic.surveys.seed_content import budget, heat, night, past, replies, safety, schools

OPEN_RESPONSES, PUBLISHED_RESPONSES, CLOSED_RESPONSES = 1_800, 6_000, 2_600

Member = tuple[int, str | None]
"""The number of an account, and its borough where it is known."""


def is_planted() -> bool:
    """Whether the demo's surveys are there."""
    return db.session.scalar(select(Survey.id).where(Survey.slug == heat.SLUG)) is not None


def plant(scale: int, *, by: Any, members: Sequence[Member], now: datetime) -> Iterator[str]:
    """Every survey in a transaction of its own; `by` is the researcher, `members` are those of whom some took part."""
    for make in (_open, _published, _closed):
        with transaction():
            line = make(scale, by, members, now)
        yield line
    with transaction():
        _coming(by, now)
        _draft(by, now)
    yield "one survey coming up for members, one draft that is not finished"


def _open(scale: int, by: Any, members: Sequence[Member], now: datetime) -> str:
    """Open now: twelve days old, with sixteen to go; a third of the members have answered."""
    survey, version = _launched(heat, by, now, begins=-12, ends=16)
    crowd = _crowd(heat, replies.heat, now, begins=-12, ends=0, seed=2022)
    number = bulk_respond(survey, version, replies.replies(crowd, OPEN_RESPONSES * scale, members[::3]))
    return f"“{heat.TITLE['en']}”, open, in English, Polish and Arabic: {number:,} made-up responses"


def _published(scale: int, by: Any, members: Sequence[Member], now: datetime) -> str:
    """Closed six weeks ago, results published twelve days ago."""
    survey, version = _launched(budget, by, now, begins=-75, ends=-40)
    crowd = _crowd(budget, replies.budget, now, begins=-75, ends=-40, seed=2017)
    number = bulk_respond(survey, version, replies.replies(crowd, PUBLISHED_RESPONSES * scale, members[::2]))
    assert survey.closes_at is not None
    launching.close(survey, by=by, now=survey.closes_at)
    sections = [section.key for section in budget.QUESTIONNAIRE.sections]
    launching.publish_results(survey, sections, by=by, now=now - timedelta(days=12))
    return f"“{budget.TITLE['en']}”, closed, with published results: {number:,} made-up responses"


def _closed(scale: int, by: Any, members: Sequence[Member], now: datetime) -> str:
    """Closed six days ago; staff are reading the answers."""
    survey, version = _launched(safety, by, now, begins=-35, ends=-6)
    crowd = _crowd(safety, replies.safety, now, begins=-35, ends=-6, seed=2016)
    number = bulk_respond(survey, version, replies.replies(crowd, CLOSED_RESPONSES * scale, members[1::4]))
    assert survey.closes_at is not None
    launching.close(survey, by=by, now=survey.closes_at)
    return f"“{safety.TITLE['en']}”, closed, results not published yet: {number:,} made-up responses"


def _coming(by: Any, now: datetime) -> None:
    """Opens in nine days, for members."""
    _launched(night, by, now, begins=9, ends=37, who_may_answer="email_confirmed")


def _draft(by: Any, now: datetime) -> None:
    """Begun three days ago; it still lacks a closing date, a purpose and some Polish words."""
    beginning = building.Beginning(schools.TITLE, schools.SLUG, schools.QUESTIONNAIRE, schools.SUMMARY)
    building.create_survey(beginning, by=by, now=now - timedelta(days=3))


def _launched(
    content: ModuleType, by: Any, now: datetime, *, begins: int, ends: int, **settings: Any
) -> tuple[Survey, SurveyVersion]:
    """A survey that opens at nine in the morning so many days from now and closes a minute before midnight."""
    today = london_today(now)
    opens_at = london_minute(today + timedelta(days=begins), "09:00")
    closes_at = london_minute(today + timedelta(days=ends), "23:59")
    beginning = building.Beginning(content.TITLE, content.SLUG, content.QUESTIONNAIRE, content.SUMMARY, content.PURPOSE)
    written = min(opens_at, now) - timedelta(days=10)
    survey = building.create_survey(beginning, by=by, now=written, opens_at=opens_at, closes_at=closes_at, **settings)
    return survey, launching.launch(survey, by=by, now=min(opens_at, now) - timedelta(days=1))


def _crowd(
    content: ModuleType, answering: replies.Answering, now: datetime, *, begins: int, ends: int, seed: int
) -> replies.Crowd:
    today = london_today(now)
    first, last = today + timedelta(days=begins), today + timedelta(days=ends)
    return replies.Crowd(content.QUESTIONNAIRE, answering, first, last, seed)


LISTENED, READY = 169, 240
"""So many answered the two surveys of months ago; never more than there are members."""


def plant_past(*, by: Any, members: Sequence[Member], now: datetime) -> str:
    """The surveys of two consultations that closed months ago: members answered one with their names, the other without."""
    chance = Random(169)  # noqa: S311 - example data, which must come out the same every time
    beginning = building.Beginning(
        past.LISTENING_TITLE, past.LISTENING_SLUG, past.LISTENING, past.LISTENING_SUMMARY, past.LISTENING_PURPOSE
    )
    listening = _over(beginning, by, now, -190, -150, anonymity="identified", who_may_answer="email_confirmed")
    heard = _past_replies(chance, members[:LISTENED], "help", past.WISHES, {"used": ("yes", "no", "no")}, now, -160)
    number = bulk_respond(*listening, heard)
    beginning = building.Beginning(
        past.RESILIENCE_TITLE, past.RESILIENCE_SLUG, past.RESILIENCE, past.RESILIENCE_SUMMARY, past.RESILIENCE_PURPOSE
    )
    ready = _over(beginning, by, now, -145, -100)
    options = {"first": ("floods", "heat", "heat", "power", "illness")}
    number += bulk_respond(*ready, _past_replies(chance, members[:READY], "need", past.NEEDS, options, now, -120))
    return f"two surveys of consultations that closed months ago: {number:,} made-up responses"


def _over(
    beginning: building.Beginning, by: Any, now: datetime, begins: int, ends: int, **settings: Any
) -> tuple[Survey, SurveyVersion]:
    today = london_today(now)
    opens_at, closes_at = (
        london_minute(today + timedelta(days=days), clock) for days, clock in ((begins, "09:00"), (ends, "23:59"))
    )
    written = opens_at - timedelta(days=10)
    survey = building.create_survey(beginning, by=by, now=written, opens_at=opens_at, closes_at=closes_at, **settings)
    version = launching.launch(survey, by=by, now=opens_at)
    launching.close(survey, by=by, now=closes_at)
    return survey, version


def _past_replies(
    chance: Random, members: Sequence[Member], key: str, words: Mapping[str, tuple[str, ...]], options: Mapping[str, tuple[str, ...]],
    now: datetime, day: int,
) -> Iterator[Reply]:  # fmt: skip
    for account, gss in members:
        language = "pl" if chance.random() < 0.15 else "en"
        answers: dict[str, Any] = {name: chance.choice(values) for name, values in options.items()}
        answers[key] = chance.choice(words[language])
        level = "borough_given" if gss else "email_confirmed"
        on = london_today(now) + timedelta(days=day + chance.randrange(9))
        yield Reply(answers, on, language, "web", level, gss, account)
