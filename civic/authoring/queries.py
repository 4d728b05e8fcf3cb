"""What is to be said about a thing before others read it: its own texts by the rules, and what other packages add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import current_app, has_request_context
from sqlalchemy import select

from civic.accounts.models import User
from civic.authoring import wording
from civic.authoring.models import AdviceOverride
from civic.authoring.rules.checks import Found, check, check_film
from civic.core.advice import ADVICE, GATE, Checked, Remark, Text
from civic.core.db import db

MOST_OF_A_KIND = 5
"""So many remarks of one rule are shown for a text; the rest is counted."""


@dataclass(frozen=True)
class Thing:
    """Something that can be checked, by its kind and number."""

    checked: Checked
    number: int

    @property
    def name(self) -> str:
        """Its name, "consultation:3"."""
        return f"{self.checked.kind}:{self.number}"

    @property
    def edit_url(self) -> str:
        """Where it is written."""
        return self.checked.edit_url(self.number)

    @property
    def title(self) -> Any:
        """What it is called."""
        return self.checked.title(self.number)


@dataclass(frozen=True)
class Part:
    """One text of a thing with what is to be said about it; `more` counts what was left out of the list."""

    label: Any
    url: str
    remarks: tuple[Remark, ...]
    more: int = 0


@dataclass(frozen=True)
class Report:
    """Everything that is to be said about a thing."""

    name: str
    parts: tuple[Part, ...] = ()

    @property
    def gates(self) -> list[Remark]:
        """What holds its publication back."""
        return [each for part in self.parts for each in part.remarks if each.weight == GATE]

    @property
    def advice(self) -> int:
        """How much more could be better."""
        return sum(part.more + sum(each.weight != GATE for each in part.remarks) for part in self.parts)

    @property
    def places(self) -> list[tuple[Part, Remark]]:
        """What holds it back, each with the text in which it stands."""
        return [(part, each) for part in self.parts for each in part.remarks if each.weight == GATE]


def thing(checked: str) -> Thing | None:
    """What a name stands for; None for a kind that nobody declares."""
    kind, _, number = checked.partition(":")
    known = current_app.extensions["civic"].checked.get(kind)
    if known is None or not (number.isascii() and number.isdecimal()) or len(number) > 15:
        return None
    return Thing(known, int(number))


def report(name: str, *, but: Iterable[str] = (), own: bool = False) -> Report:
    """What is to be said about a thing, leaving out the advisers in `but` (their package asks them itself).

    With `own`, only of its own texts: for pages that show no more than a count, and ask the database for enough already.
    """
    found = thing(name)
    return _report(found, frozenset(but), own) if found is not None else Report(name)


def _report(found: Thing, but: frozenset[str], own: bool) -> Report:
    checked, number = found.checked, found.number
    parts = [_of_text(text, checked) for text in checked.texts(number)]
    for film in checked.films(number):
        seen = check_film(film.has_captions, film.has_transcript)
        parts.append(_part(film.label, film.url, seen, film.field, "", checked))
    advised = () if own else _advised(found, but)
    return Report(found.name, _together(part for part in (*parts, *advised) if part.remarks))


def _together(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Parts of the same name that are mended in the same place as one: a list of questions, what several advisers say."""
    found: dict[tuple[str, str], Part] = {}
    for part in parts:
        key = (str(part.label), part.url)
        before = found.get(key)
        found[key] = (
            part
            if before is None
            else Part(part.label, part.url, (*before.remarks, *part.remarks), before.more + part.more)
        )
    return tuple(found.values())


def _of_text(text: Text, checked: Checked) -> Part:
    seen = check(text.text, text.language, markdown=text.markdown, is_alt=text.is_alt, pictures=text.pictures)
    return _part(text.label, text.url, seen, text.field, text.language, checked)


def _part(label: Any, url: str, seen: Iterable[Found], field: str, language: str, checked: Checked) -> Part:
    counted: dict[str, int] = {}
    shown, more = [], 0
    for one in seen:
        counted[one.rule] = counted.get(one.rule, 0) + 1
        if counted[one.rule] > MOST_OF_A_KIND:
            more += 1
            continue
        weight = GATE if one.is_gate and checked.by_staff else ADVICE
        shown.append(Remark(one.rule, weight, wording.sentence(one), field, one.quoted, language, url))
    return Part(label, url, tuple(shown), more)


def _advised(found: Thing, but: frozenset[str]) -> Iterator[Part]:
    """What other packages say of it, each remark a part of its own where it is mended in a place of its own.

    Only on pages: what they say has addresses, and seeds and jobs have none.
    """
    if not has_request_context():
        return
    for adviser in current_app.extensions["civic"].advisers:
        if adviser.key in but:
            continue
        by_place: dict[str, list[Remark]] = {}
        for remark in adviser.advise(found.name):
            by_place.setdefault(remark.url, []).append(remark)
        yield from (Part("", url, tuple(remarks)) for url, remarks in by_place.items())


def overrides(name: str) -> list[tuple[AdviceOverride, str]]:
    """When it was published although remarks held it back, the newest first, with the name of who decided so."""
    found = select(AdviceOverride, User.display_name, User.email).outerjoin(User, User.id == AdviceOverride.by_id)
    rows = db.session.execute(found.where(AdviceOverride.thing == name).order_by(AdviceOverride.id.desc()).limit(50))
    return [(row[0], row[1] or row[2] or "") for row in rows]
