"""A scheme while it is written: what it says of itself, its rule, who pays; then proposed, taken back or thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from civic.core import audit
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.states import advance
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.matching.models import MatchFunder, MatchScheme
from civic.crowdfund.matching.queries import schemes as queries
from civic.crowdfund.matching.refusals import Impossible, NobodyPays, NotADraft
from civic.crowdfund.matching.rules import terms as rules
from civic.crowdfund.matching.rules.terms import Formula
from civic.grants.actions import funds
from civic.grants.models import Fund, Pot

ABOUT = ("title", "summary", "language")
RULE = ("kind", "terms", "counts_past")
"""The columns of each step, by which a save can tell whether somebody else changed them meanwhile."""


@dataclass(frozen=True)
class Payer:
    """Who pays a part of a scheme: the fund it comes from, the name campaigns show, and how much at most of which kind."""

    fund: Fund
    name: str
    contribution: Money
    spending: str = "revenue"
    language: str = "en"


@dataclass(frozen=True)
class Plan:
    """What a scheme says of itself and how it works."""

    title: str
    summary: str
    language: str
    formula: Formula
    counts_past: bool = False


def make(slug: str, plan: Plan, *, by: Any, now: datetime) -> MatchScheme:
    """Begin a scheme; raises Impossible."""
    about = {"title": plan.title, "summary": plan.summary, "language": plan.language}
    rule = _rule(plan.formula, plan.counts_past)
    scheme = MatchScheme(slug=slug, created_by_id=by.id, created_at=now, **about, **rule)
    db.session.add(scheme)
    db.session.flush()
    audit.record("match_scheme.made", on=scheme, by=by, now=now, after={"title": plan.title})
    return scheme


def describe(scheme: MatchScheme, *, title: str, summary: str, language: str, seen: str | None = None) -> None:
    """Say what a draft is; raises NotADraft, and ChangedMeanwhile where it is not what the writer had `seen`."""
    draft = _draft(scheme, ABOUT, seen)
    draft.title, draft.summary, draft.language = title, summary, language
    db.session.flush()


def set_rule(scheme: MatchScheme, formula: Formula, *, counts_past: bool, seen: str | None = None) -> None:
    """Say how gifts are matched; raises NotADraft, Impossible, ChangedMeanwhile."""
    draft = _draft(scheme, RULE, seen)
    for name, value in _rule(formula, counts_past).items():
        setattr(draft, name, value)
    db.session.flush()


def set_funders(scheme: MatchScheme, payers: Sequence[Payer], *, now: datetime, seen: str | None = None) -> None:
    """Say who pays; raises NotADraft, ChangedMeanwhile. Each has a pot of its own, which is filled when the scheme is approved."""
    draft = _draft(scheme)
    before = list(db.session.scalars(select(MatchFunder).where(MatchFunder.scheme_id == draft.id)))
    if seen is not None and queries.mark_of_funders(before) != seen:
        raise ChangedMeanwhile()
    for each in before:
        db.session.delete(each)
    db.session.flush()
    pots = [_add(draft, payer, position, now) for position, payer in enumerate(payers)]
    mine = Pot.owner.startswith(f"scheme:{draft.id}:", autoescape=True)
    db.session.execute(delete(Pot).where(mine, Pot.id.not_in([pot.id for pot in pots])))
    db.session.flush()
    db.session.expire(draft, ["funders"])


def propose(scheme: MatchScheme, *, why: str, by: Any, now: datetime) -> None:
    """Ask an approver; raises NobodyPays, Impossible, NotADraft."""
    draft = _draft(scheme)
    held = queries.held(draft.id)
    if not held.funders:
        raise NobodyPays()
    if faults := list(rules.faults(held.formula)):
        raise Impossible(faults)
    held.proposed_by_id, held.proposed_at, held.why = by.id, now, why
    advance(held, "propose", by=by, now=now, why=why)
    audit.record("match_scheme.proposed", on=held, by=by, now=now, why=why, after=told(held))


def send_back(scheme: MatchScheme, *, why: str, by: Any, now: datetime) -> None:
    """Return a proposal, or take one's own back."""
    held = queries.held(scheme.id)
    advance(held, "return", by=by, now=now, why=why)
    audit.record("match_scheme.returned", on=held, by=by, now=now, why=why)


def discard(scheme: MatchScheme, *, by: Any, now: datetime) -> None:
    """Throw away what never ran."""
    held = queries.held(scheme.id)
    advance(held, "discard", by=by, now=now)
    audit.record("match_scheme.discarded", on=held, by=by, now=now)


def told(scheme: MatchScheme) -> dict[str, Any]:
    """What stands in the log of a scheme that is proposed or approved."""
    payers = [[each.name, each.spending, each.contribution_minor] for each in scheme.funders]
    return {"kind": scheme.kind, "terms": scheme.terms, "funders": payers}


def _rule(formula: Formula, counts_past: bool) -> dict[str, Any]:
    if faults := list(rules.faults(formula)):
        raise Impossible(faults)
    return {"kind": rules.kind_of(formula), "terms": rules.kept(formula), "counts_past": counts_past}


def _add(draft: MatchScheme, payer: Payer, position: int, now: datetime) -> Pot:
    owner = f"scheme:{draft.id}:{payer.fund.id}:{position}"
    pot = funds.pot_for(payer.fund, owner, title=draft.title, language=draft.language, now=now)
    db.session.add(
        MatchFunder(
            scheme_id=draft.id,
            position=position,
            name=payer.name,
            language=payer.language,
            pot_id=pot.id,
            spending=payer.spending,
            contribution_minor=payer.contribution.minor,
        )
    )
    return pot


def _draft(scheme: MatchScheme, fields: tuple[str, ...] = (), seen: str | None = None) -> MatchScheme:
    draft: MatchScheme = locked(MatchScheme, scheme.id)
    if draft.status != "draft":
        raise NotADraft()
    if seen is not None and edition(draft, fields) != seen:  # type: ignore[arg-type]
        raise ChangedMeanwhile()
    return draft
