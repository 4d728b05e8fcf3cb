"""The texts of rounds that can be translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.core.db import db
from civic.core.subjects import named
from civic.core.translatable import Source, Texts, Translatable
from civic.crowdfund.rounds.models import EligibilityRule, Round, RoundQuestion, RoundTier
from civic.grants.translating import fund_sources
from civic.translation.reading import lay

TITLE = _l("Title")


def round_sources(round_: Round) -> dict[str, Source]:
    """What a round says of itself."""
    return {
        "title": Source(round_.title, round_.language, TITLE),
        "theme": Source(round_.theme, round_.language, _l("What it is for"), markdown=True),
        "note": Source(round_.note, round_.language, _l("About the figures")),
    }


def lay_rounds(rounds: Iterable[Round]) -> tuple[Any, ...]:
    """Show a list of rounds in the reader's language."""
    return lay({each.name: {"title": Source(each.title, each.language, TITLE)} for each in rounds})


def lay_round(round_: Round) -> tuple[Any, ...]:
    """Show a round's page in the reader's language, its sizes of pledge and its fund too."""
    fund = {named("fund", round_.fund.id): fund_sources(round_.fund)}
    return lay({**fund, round_.name: round_sources(round_)}, about=round_.name)


def _load(numbers: Iterable[int]) -> Mapping[int, Texts]:
    rows = db.session.scalars(select(Round).where(Round.id.in_(list(numbers)), Round.status != "cancelled")).all()
    tiers, rules, questions = _of(RoundTier, rows), _of(EligibilityRule, rows), _of(RoundQuestion, rows)
    return {
        row.id: Texts(
            row.title,
            row.language,
            url_for("rounds.show_round", slug=row.slug),
            round_sources(row)
            | _part_sources(row.language, tiers.get(row.id, []), rules.get(row.id, []), questions.get(row.id, [])),
            row.is_public(),
        )
        for row in rows
    }


def _part_sources(language: str, tiers: list[Any], rules: list[Any], questions: list[Any]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for each in tiers:
        found[f"tier_{each.id}_title"] = Source(each.title, language, _l("Size of pledge"))
        found[f"tier_{each.id}_summary"] = Source(each.summary, language, _l("Size of pledge: summary"))
    for each in rules:
        found[f"rule_{each.id}_sentence"] = Source(each.sentence, language, _l("Who can apply"))
    for each in questions:
        found[f"question_{each.id}_text"] = Source(each.text, language, _l("What you are asked"))
        found[f"question_{each.id}_hint"] = Source(each.hint, language, _l("What you are asked: hint"))
    return found


def _of(model: Any, rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    wanted = [row.id for row in rows]
    for each in db.session.scalars(select(model).where(model.round_id.in_(wanted)).order_by(model.id)):
        found.setdefault(each.round_id, []).append(each)
    return found


def _choices(below: int | None, most: int) -> list[int]:
    query = select(Round.id).where(Round.status != "cancelled")
    if below is not None:
        query = query.where(Round.id < below)
    return list(db.session.scalars(query.order_by(Round.id.desc()).limit(most)))


TRANSLATABLES = [Translatable("round", _l("Rounds"), _load, _choices)]
