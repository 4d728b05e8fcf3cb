"""The texts of the challenge that can be translated: problems, briefs, programmes and partners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.challenge.models import Challenge, Criterion, Partner, Problem, Programme, ProgrammeFact
from civic.challenge.queries.problems import ListedProblem
from civic.challenge.rules.choices import PUBLIC_STATES
from civic.challenge.wording import BRIEF_PARTS
from civic.core.db import db
from civic.core.subjects import named
from civic.core.translatable import Source, Texts, Translatable
from civic.translation.reading import lay

TITLE, SUMMARY = _l("Title"), _l("Summary")
Things = dict[str, Mapping[str, Source]]


def problem_sources(problem: Problem) -> dict[str, Source]:
    """What a problem says, and what was officially said about it."""
    return {
        "title": Source(problem.title, problem.language, TITLE, most=200),
        "text": Source(problem.text, problem.language, _l("What is wrong")),
        "for_whom": Source(problem.for_whom, problem.language, _l("For whom")),
        "reason": Source(problem.reason, problem.reason_language, _l("What became of it, and why")),
    }


def challenge_sources(challenge: Challenge, criteria: Iterable[Criterion] = ()) -> dict[str, Source]:
    """A brief by its parts."""
    language = challenge.language
    found = {"title": Source(challenge.title, language, TITLE)}
    for part in ("statement", "success", "adoption", "pilot_sites", "data_offered"):
        found[part] = Source(getattr(challenge, part), language, BRIEF_PARTS[part])
    for each in criteria:
        found[f"criterion_{each.id}"] = Source(each.name, language, _l("What answers are judged by"))
    return found


def programme_sources(programme: Programme, facts: Iterable[ProgrammeFact] = ()) -> dict[str, Source]:
    """A programme with what is known about it."""
    language = programme.language
    found = {
        "title": Source(programme.title, language, TITLE),
        "summary": Source(programme.summary, language, SUMMARY),
    }
    for each in facts:
        found[f"fact_{each.id}_title"] = Source(each.title, language, _l("Fact: what"))
        found[f"fact_{each.id}_value"] = Source(each.value, language, _l("Fact: what is known"))
    return found


def partner_sources(partner: Partner) -> dict[str, Source]:
    """A partner; its name stays its name."""
    return {"brings": Source(partner.brings, partner.language, _l("What it brings"))}


def titles_of(challenges: Iterable[Challenge], programmes: Iterable[Programme] = ()) -> Things:
    """What lists show of challenges and of their programmes."""
    found: Things = {}
    for each in challenges:
        found[named("challenge", each.id)] = {"title": Source(each.title, each.language, TITLE)}
        found[named("programme", each.programme_id)] = programme_sources(each.programme)
    return found | {named("programme", each.id): programme_sources(each) for each in programmes}


def listed_problems(problems: Iterable[ListedProblem]) -> Things:
    """What lists show of problems that everybody may read."""
    return {
        named("problem", each.id): {
            "title": Source(each.title.text, each.title.language, TITLE),
            "for_whom": Source(each.for_whom.text, each.for_whom.language, _l("For whom")),
        }
        for each in problems
        if each.shown == "shown"
    }


def lay_challenge(
    challenge: Challenge, criteria: Iterable[Criterion], problems: Iterable[ListedProblem]
) -> tuple[Any, ...]:
    """Show a challenge's page in the reader's language."""
    name = named("challenge", challenge.id)
    own = {name: challenge_sources(challenge, criteria)}
    return lay({**titles_of([challenge]), **listed_problems(problems), **own}, about=name)


def lay_programme(
    programme: Programme, facts: Iterable[ProgrammeFact], challenges: Iterable[Challenge]
) -> tuple[Any, ...]:
    """Show a programme's page in the reader's language."""
    name = named("programme", programme.id)
    return lay({**titles_of(challenges), name: programme_sources(programme, facts)}, about=name)


def lay_problem(
    problem: Problem, merged: Iterable[ListedProblem], challenge: Challenge | None, into: Problem | None
) -> tuple[Any, ...]:
    """Show a problem's page in the reader's language."""
    name = named("problem", problem.id)
    others: Things = {named("problem", each.id): problem_sources(each) for each in [into] if each is not None}
    if challenge is not None:
        others[named("challenge", challenge.id)] = {"title": Source(challenge.title, challenge.language, TITLE)}
    return lay({**listed_problems(merged), **others, name: problem_sources(problem)}, about=name)


def lay_partner(partner: Partner, challenges: Iterable[Challenge]) -> tuple[Any, ...]:
    """Show a partner's page in the reader's language."""
    name = named("partner", partner.id)
    return lay({**titles_of(challenges), name: partner_sources(partner)}, about=name)


def _load_problems(numbers: Iterable[int]) -> Mapping[int, Texts]:
    return {
        row.id: Texts(
            row.title, row.language, url_for("challenge.show_problem", problem_id=row.id), problem_sources(row)
        )
        for row in _rows(Problem, numbers)
        if row.shown == "shown"
    }


def _load_challenges(numbers: Iterable[int]) -> Mapping[int, Texts]:
    rows = _rows(Challenge, numbers)
    criteria = _parts(Criterion, "challenge_id", rows)
    return {
        row.id: Texts(
            row.title,
            row.language,
            url_for("challenge.show_challenge", slug=row.slug),
            challenge_sources(row, criteria.get(row.id, [])),
            row.is_public,
        )
        for row in rows
    }


def _load_programmes(numbers: Iterable[int]) -> Mapping[int, Texts]:
    rows = _rows(Programme, numbers)
    facts = _parts(ProgrammeFact, "programme_id", rows)
    return {
        row.id: Texts(
            row.title,
            row.language,
            url_for("challenge_story.show_programme", programme=row.slug),
            programme_sources(row, facts.get(row.id, [])),
            row.is_public,
        )
        for row in rows
    }


def _load_partners(numbers: Iterable[int]) -> Mapping[int, Texts]:
    return {
        row.id: Texts(row.name, row.language, url_for("challenge.show_partner", partner=row.slug), partner_sources(row))
        for row in _rows(Partner, numbers)
    }


def _rows(model: Any, numbers: Iterable[int]) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.id.in_(list(numbers))).order_by(model.id)))


def _parts(model: Any, key: str, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    column = getattr(model, key)
    for each in db.session.scalars(select(model).where(column.in_([row.id for row in rows])).order_by(model.id)):
        found.setdefault(getattr(each, key), []).append(each)
    return found


def _choices(model: Any, *wanted: Any) -> Callable[[int | None, int], list[int]]:
    def choices(below: int | None, most: int) -> list[int]:
        query = select(model.id).where(*wanted)
        if below is not None:
            query = query.where(model.id < below)
        return list(db.session.scalars(query.order_by(model.id.desc()).limit(most)))

    return choices


TRANSLATABLES = [
    Translatable(
        "problem",
        _l("Problems"),
        _load_problems,
        _choices(Problem, Problem.shown == "shown", Problem.status != "merged"),
    ),
    Translatable(
        "challenge",
        _l("Briefs"),
        _load_challenges,
        _choices(Challenge, Challenge.status.in_(("draft", *PUBLIC_STATES))),
    ),
    Translatable("programme", _l("Programmes"), _load_programmes, _choices(Programme)),
    Translatable("partner", _l("Partners"), _load_partners, _choices(Partner)),
]
