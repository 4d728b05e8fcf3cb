"""Everything that a round's own page shows beside the round, in one statement; and the pledges of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from civic.core.db import db
from civic.core.money import Money
from civic.core.pages import Page, page_of
from civic.crowdfund.rounds.models import Application, EligibilityRule, Round, RoundQuestion, RoundTier
from civic.crowdfund.rounds.rules.choices import SENT
from civic.grants.models import Award, Pot, PotBalance
from civic.grants.queries.awards import published
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.choices import STANDING


class Tier(NamedTuple):
    """A size of pledge."""

    id: int
    title: str
    summary: str
    most: Money
    needs_target: bool


class Condition(NamedTuple):
    """A condition; of a tier, where it has one."""

    sentence: str
    tier_id: int | None


class Asked(NamedTuple):
    """A question."""

    stage: str
    text: str
    hint: str
    is_public: bool
    is_required: bool
    is_yes_no: bool
    most_words: int


@dataclass(frozen=True)
class Parts:
    """What a round's page is made of."""

    tiers: list[Tier]
    conditions: list[Condition]
    questions: list[Asked]
    budget: Amounts  # all that is set aside for it
    pledged: Amounts  # of that, what was announced and stands
    pledges: int
    boroughs: dict[str, int]  # how many pledges each borough got
    applied: int

    def conditions_of(self, tier_id: int | None) -> list[Condition]:
        """The conditions of one tier, or (None) of the whole round."""
        return [each for each in self.conditions if each.tier_id == tier_id]

    def asked(self, stage: str) -> list[Asked]:
        """The questions of one stage."""
        return [each for each in self.questions if each.stage == stage]

    @property
    def told(self) -> tuple[Any, ...]:
        """By what these parts are known, in a form that can be compared."""
        return (
            tuple(self.tiers),
            tuple(self.conditions),
            tuple(self.questions),
            self.budget,
            self.pledged,
            tuple(self.boroughs.items()),
            self.applied,
        )


def parts(round_: Round) -> Parts:
    """Everything the round's page shows of its own, in one statement."""
    tiers, conditions, questions, budget, pledged, boroughs, applied = db.session.execute(
        _PARTS, {"round_id": round_.id}
    ).one()
    capital, revenue, number = pledged
    return Parts(
        [Tier(number, title, summary, Money(most), needs) for number, title, summary, most, needs in tiers or ()],
        [Condition(*each) for each in conditions or ()],
        [Asked(*each) for each in questions or ()],
        Amounts.of((budget or {}).get("capital", 0), (budget or {}).get("revenue", 0)),
        Amounts.of(capital, revenue),
        number,
        dict(sorted((boroughs or {}).items())),
        applied,
    )


def pledges_of(round_: Round, at: str | None = None, size: int = 50) -> Page:
    """The announced pledges of a round (Award), by their titles."""
    mine = published().where(Award.pot_id.in_(select(Pot.id).where(Pot.owner == round_.name)))
    return page_of(mine, [Award.title, Award.id], at=at, size=size, scalars=True)


class Sum(NamedTuple):
    """How many pledges a round made, and of how much in all."""

    pledges: int
    amount: Money


def sums_of(rounds: Iterable[Round]) -> dict[int, Sum]:
    """What each of these rounds pledged, as far as it was announced and stands; those without a pledge are missing."""
    names = {each.name: each.id for each in rounds}
    total = func.sum(Award.capital_minor + Award.revenue_minor)
    rows = (
        select(Pot.owner, func.count(), total)
        .join(Award, Award.pot_id == Pot.id)
        .where(Pot.owner.in_(names), *_public_and_standing())
        .group_by(Pot.owner)
    )
    return {names[owner]: Sum(number, Money(int(minor))) for owner, number, minor in db.session.execute(rows)}


def _public_and_standing() -> tuple[Any, ...]:
    return Award.announced_at.is_not(None), Award.status.in_(STANDING)


def _collected(*columns: Any, order: Any) -> Any:
    """The rows of a table that belong to the round, as one array of arrays."""
    return select(func.jsonb_agg(aggregate_order_by(func.jsonb_build_array(*columns), order)))


def _the_parts() -> Select[Any]:
    """Built once: to put it together takes longer than to answer it."""
    mine: Any = bindparam("round_id")
    tier, rule, asked = RoundTier, EligibilityRule, RoundQuestion
    tiers = _collected(
        tier.id, tier.title, tier.summary, tier.most_minor, tier.needs_target, order=tier.position
    ).where(tier.round_id == mine)
    conditions = _collected(rule.sentence, rule.tier_id, order=rule.position).where(rule.round_id == mine)
    questions = _collected(
        asked.stage,
        asked.text,
        asked.hint,
        asked.is_public,
        asked.is_required,
        asked.is_yes_no,
        asked.most_words,
        order=asked.position,
    ).where(asked.round_id == mine)
    pot = select(Pot.id).where(Pot.owner == func.concat("round:", mine))
    whole = PotBalance.left_minor + PotBalance.reserved_minor + PotBalance.committed_minor + PotBalance.paid_minor
    budget = select(func.jsonb_object_agg(PotBalance.spending, whole)).where(PotBalance.pot_id.in_(pot))
    given = Award.pot_id.in_(pot), *_public_and_standing()
    pledged = select(
        func.jsonb_build_array(
            func.coalesce(func.sum(Award.capital_minor), 0),
            func.coalesce(func.sum(Award.revenue_minor), 0),
            func.count(),
        )
    ).where(*given)
    by_borough = (
        select(Award.place, func.count().label("n"))
        .where(*given, Award.place.is_not(None))
        .group_by(Award.place)
        .subquery()
    )
    boroughs = select(func.jsonb_object_agg(by_borough.c.place, by_borough.c.n))
    applied = select(func.count()).where(Application.round_id == mine, Application.status.in_(SENT))
    asked_for = (tiers, conditions, questions, budget, pledged, boroughs, applied)
    return select(*(each.scalar_subquery() for each in asked_for))


_PARTS = _the_parts()
