"""The demo's translations, made by the same actions that people use: published, suggested, out of date; and the glossary."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.translatable import Source
from civic.translation import seed_content as content
from civic.translation.actions import glossary, suggesting, writing
from civic.translation.actions.writing import Place
from civic.translation.models import Translation
from civic.translation.queries.things import texts_of

WHY = "The words stand in other cases here."


def is_planted() -> bool:
    """Whether the demo's translations are there."""
    return bool(db.session.scalar(select(func.count()).select_from(Translation)))


def plant(things: Mapping[str, str], *, translator: User, members: list[User], now: datetime) -> str:
    """Translations of these things, each named as "consultation:3" by its name in the content."""
    _glossary(translator, now - timedelta(days=40))
    texts = texts_of(things.values())
    number = 0
    for words in content.WORDS:
        name = things[words.thing]
        for field, text in _fields(texts[name].sources, words.texts).items():
            place = Place(name, field, words.language)
            writing.publish(
                place, text, texts[name].sources[field], by=translator, now=now - timedelta(days=4), why=WHY
            )
            number += 1
    _community(things, texts, translator, members, now)
    _stale(things, texts, translator, now)
    return f"{number + 2} translations into Polish and Arabic, one that is out of date, one that waits for a translator"


def _fields(sources: Mapping[str, Source], texts: Mapping[str, Any]) -> dict[str, str]:
    """The texts by their fields; "criterion_*" are those of this kind in their order."""
    found: dict[str, str] = {}
    for name, text in texts.items():
        if isinstance(text, str):
            found[name] = text
            continue
        kind = name.removesuffix("*")
        named = (field for field, source in sources.items() if field.startswith(kind) and source.text)
        found |= dict(zip(named, text, strict=False))
    return found


def _glossary(by: User, now: datetime) -> None:
    for term, polish, arabic, is_locked, note in content.GLOSSARY:
        for language, translation in (("pl", polish), ("ar", arabic)):
            glossary.keep_term(
                None, term=term, language=language, translation=translation, is_locked=is_locked, note=note, by=by,
                now=now,
            )  # fmt: skip


def _community(things: Mapping[str, str], texts: Any, translator: User, members: list[User], now: datetime) -> None:
    thing, language, field, text = content.COMMUNITY
    place, source = Place(things[thing], field, language), texts[things[thing]].sources[field]
    taken = suggesting.suggest(place, text, source, by=members[0], now=now - timedelta(days=3), why=WHY)
    suggesting.approve(taken, source, by=translator, now=now - timedelta(days=2))
    thing, language, field, text = content.WAITING
    place, source = Place(things[thing], field, language), texts[things[thing]].sources[field]
    suggesting.suggest(place, text, source, by=members[1], now=now - timedelta(days=1), why=WHY)


def _stale(things: Mapping[str, str], texts: Any, translator: User, now: datetime) -> None:
    thing, language, field, before, text = content.STALE
    source = texts[things[thing]].sources[field]
    then = Source(before, source.language, source.label, source.markdown)
    place = Place(things[thing], field, language)
    writing.publish(place, text, then, by=translator, now=now - timedelta(days=8), why=WHY)
