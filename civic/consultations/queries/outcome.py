"""What an outcome is made of, and where contributions went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from civic.consultations.models import Consultation, Decision, Link, Theme, Tie, Writer
from civic.consultations.rules import outcome as rules
from civic.core.db import db


@dataclass(frozen=True)
class Answered:
    """An outcome as its page shows it: the themes with their counts by fate, the decisions, and which answers which."""

    themes: Sequence[Theme]
    decisions: Sequence[Decision]
    ties: frozenset[tuple[int, int]]
    counts: dict[int | None, dict[str, int]]

    def heard(self, theme_id: int | None) -> int:
        """How many contributions a theme has."""
        return sum(self.counts.get(theme_id, {}).values())

    def fates(self, theme_id: int | None) -> dict[str, int]:
        """How many contributions of a theme had which fate; those without one are left out."""
        return {fate: n for fate, n in self.counts.get(theme_id, {}).items() if fate}

    def decisions_for(self, theme_id: int) -> list[Decision]:
        """The decisions that answer a theme."""
        return [each for each in self.decisions if (theme_id, each.id) in self.ties]

    def themes_behind(self, decision_id: int) -> list[Theme]:
        """The themes that a decision answers."""
        return [each for each in self.themes if (each.id, decision_id) in self.ties]


def outcome_of(consultation_id: int) -> Answered:
    """The whole outcome, in four questions."""
    themes = select(Theme).where(Theme.consultation_id == consultation_id).order_by(Theme.position, Theme.id)
    decisions = (
        select(Decision).where(Decision.consultation_id == consultation_id).order_by(Decision.position, Decision.id)
    )
    ties = select(Tie.theme_id, Tie.decision_id).where(Tie.consultation_id == consultation_id)
    counted = (
        select(Link.theme_id, Link.fate, func.count())
        .where(Link.consultation_id == consultation_id)
        .group_by(Link.theme_id, Link.fate)
    )
    counts: dict[int | None, dict[str, int]] = {}
    for theme_id, fate, number in db.session.execute(counted):
        counts.setdefault(theme_id, {})[fate] = number
    return Answered(
        db.session.scalars(themes).all(),
        db.session.scalars(decisions).all(),
        frozenset((theme, decision) for theme, decision in db.session.execute(ties)),
        counts,
    )


def as_rules_see_it(consultation: Consultation, answered: Answered) -> rules.Outcome:
    """The same as the rules look at it."""
    return rules.Outcome(
        consultation.outcome_summary,
        frozenset(each.id for each in answered.themes),
        frozenset(each.id for each in answered.decisions),
        answered.ties,
        consultation.given,
        consultation.with_fate,
    )


def theme_of(consultation_id: int, theme_id: int) -> Theme | None:
    """A theme of this consultation."""
    return _part(Theme, consultation_id, theme_id)


def decision_of(consultation_id: int, decision_id: int) -> Decision | None:
    """A decision of this consultation."""
    return _part(Decision, consultation_id, decision_id)


def _part(model: Any, consultation_id: int, number: int) -> Any:
    if not 0 < number < 2**62:
        return None
    return db.session.scalar(select(model).where(model.id == number, model.consultation_id == consultation_id))


def writers(consultation_id: int) -> frozenset[int]:
    """Everybody who wrote on the outcome."""
    return frozenset(db.session.scalars(select(Writer.person_id).where(Writer.consultation_id == consultation_id)))


def links_of(consultation_id: int, names: Iterable[str]) -> dict[str, list[Link]]:
    """Where these contributions went, by their names, in one question."""
    wanted = set(names)
    if not wanted:
        return {}
    found: dict[str, list[Link]] = {}
    query = select(Link).where(Link.consultation_id == consultation_id, Link.contribution.in_(wanted))
    for link in db.session.scalars(query.order_by(Link.id)):
        found.setdefault(link.contribution, []).append(link)
    return found


def where_they_went(names: Iterable[str]) -> dict[str, list[tuple[Link, Theme | None]]]:
    """Where these contributions went, with the themes, in whatever consultation; one question."""
    wanted = set(names)
    if not wanted:
        return {}
    found: dict[str, list[tuple[Link, Theme | None]]] = {}
    query = select(Link, Theme).outerjoin(Theme, Theme.id == Link.theme_id).where(Link.contribution.in_(wanted))
    for link, theme in db.session.execute(query.order_by(Link.id)):
        found.setdefault(link.contribution, []).append((link, theme))
    return found


def count_with_fate(consultation_id: int) -> int:
    """How many contributions have a recorded fate; one that stands in two themes counts once."""
    query = select(func.count(Link.contribution.distinct())).where(
        Link.consultation_id == consultation_id, Link.fate != ""
    )
    return db.session.scalar(query) or 0
