"""The demo's consultations, one in every stage, made by the same actions that people use. Example data, and labelled so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from civic.consultations import wording
from civic.consultations.actions import clock, life, linking, outcome, telling, writing
from civic.consultations.actions.counting import recount
from civic.consultations.models import Consultation, Informed
from civic.consultations.queries import consultations as queries
from civic.consultations.queries import registry
from civic.consultations.seed_content import ALL, HEAT, REASON, SCHOOLS, Seed
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.core.subjects import named

WITHOUT_FATE = 23
"""One contribution in so many is left without a recorded fate: a report card that knows no failure is not believed."""


@dataclass(frozen=True)
class Desk:
    """Who runs the demo's consultations: the officer who writes, who signs, and the member who follows one and is told."""

    officer: Any
    signer: Any
    member: Any


def is_planted() -> bool:
    """Whether the demo's consultations are there."""
    return queries.by_slug(HEAT.slug) is not None


def plant(desk: Desk, surveys: Mapping[str, int], *, now: datetime) -> str:
    """Every consultation from its draft to where it stands today; `surveys` are numbers by address."""
    for seed in ALL:
        _plant(seed, desk, named("survey", surveys[seed.survey]), now)
    draft = writing.create(
        SCHOOLS.question, language="en", slug=SCHOOLS.slug, summary=SCHOOLS.summary, background=SCHOOLS.background,
        by=desk.officer, now=now,
    )  # fmt: skip
    writing.add_activity(draft, named("survey", surveys[SCHOOLS.survey]), by=desk.officer, now=now)
    return f"{len(ALL) + 1} consultations: two answered, one overdue, one being considered, one open, one coming up, one draft"


def _plant(seed: Seed, desk: Desk, activity: str, now: datetime) -> None:
    today = london_today(now)
    opens_at, closes_at = (
        london_minute(today + timedelta(days=days), minute)
        for days, minute in ((seed.begins, "09:00"), (seed.ends, "23:59"))
    )
    written = min(opens_at, now) - timedelta(days=9)
    name, role, kind = seed.decides
    made = writing.create(
        seed.question, language="en", slug=seed.slug, by=desk.officer, now=written, summary=seed.summary,
        background=seed.background, can_change=seed.can_change, cannot_change=seed.cannot_change,
        boroughs=list(seed.boroughs), opens_at=opens_at, closes_at=closes_at, contact=seed.contact, decision_maker=name,
        decision_role=role, decision_kind=kind, equality_note=seed.equality,
        decision_on=today + timedelta(days=seed.ends + 60),
    )  # fmt: skip
    writing.add_activity(made, activity, by=desk.officer, now=written)
    for document, title, language, url in seed.documents:
        writing.add_document(
            made, kind=document, title=title, language=language, published_on=london_today(written), url=url,
            by=desk.officer, now=written,
        )  # fmt: skip
    life.announce(made, dict.fromkeys(wording.WARNINGS, REASON), by=desk.officer, now=written)
    for day, headline, text in seed.updates:
        at = london_minute(today + timedelta(days=day), "10:30")
        writing.post_update(made, title=headline, text=text, language="en", by=desk.officer, now=at)
    for moment in sorted(each for each in (opens_at, closes_at) if each <= now):
        life.step(made, moment)
    if seed.answered is not None:
        _answer(made, seed, desk, activity, london_minute(today + timedelta(days=seed.answered), "11:00"))
        return
    if made.stage(now) != "coming_up":
        clock.tick(made, now)
    if seed.late_because:
        life.explain_delay(made, seed.late_because, by=desk.officer, now=now - timedelta(days=3))


def _answer(made: Consultation, seed: Seed, desk: Desk, activity: str, at: datetime) -> None:
    """The outcome as its writer makes it; another signs."""
    by, earlier = desk.officer, at - timedelta(days=7)
    outcome.write_summary(made, seed.outcome, by=by, now=earlier)
    themes = [
        outcome.write_theme(made, None, title=each.title, heard=each.heard, by=by, now=earlier) for each in seed.themes
    ]
    for each in seed.decisions:
        outcome.write_decision(
            made, None, decided=each.decided, because=each.because, number=each.number,
            decided_on=each.on or london_today(earlier), url=each.url or None, themes=[themes[place].id for place in each.themes],
            by=by, now=earlier,
        )  # fmt: skip
    for names in registry.all_names(activity, "response", linking.MOST_AT_ONCE):
        _sort(made, seed, [theme.id for theme in themes], names, by, earlier)
    outcome.submit(made, by=by, now=earlier)
    outcome.sign(made, by=desk.signer, now=at, edition=made.version_id)
    _leave_in_peace(made, desk)


def _sort(made: Consultation, seed: Seed, themes: list[int], names: list[str], by: Any, at: datetime) -> None:
    found: dict[int | None, list[str]] = {}
    for place, (name, given) in enumerate(sorted(registry.contributions(names).items())):
        if place % WITHOUT_FATE:
            fits = (n for n, theme in enumerate(seed.themes) if any(word in given.text for word in theme.words))
            found.setdefault(next(fits, None), []).append(name)
    for place_of, those in found.items():
        if place_of is None:
            linking.assign(made, those, theme_id=None, fate="noted", by=by, now=at)
        else:
            theme = seed.themes[place_of]
            linking.assign(made, those, theme_id=themes[place_of], fate=theme.fate, why=theme.why, by=by, now=at)


def _leave_in_peace(made: Consultation, desk: Desk) -> None:
    """The demo's hundreds of made-up members get no letters; only the one whose password is printed is told."""
    rows = [
        {"consultation_id": made.id, "person_id": person}
        for person in telling.audience(made)
        if person != desk.member.id
    ]
    if rows:
        db.session.execute(insert(Informed), rows)


def add(activity: str, *, to: str, by: Any, now: datetime) -> None:
    """Let the consultation at an address hold one more activity, planted by a package above."""
    made = queries.by_slug(to)
    assert made is not None, "the demo's consultations are planted first"
    writing.add_activity(made, activity, by=by, now=now)
    recount(made)
