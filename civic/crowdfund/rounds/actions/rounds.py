"""Rounds: written, opened, unsealed at the deadline, closed. Their tiers, conditions and questions stand in parts.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from civic.assessment import queries as assessment
from civic.assessment.actions import items, panels
from civic.authoring.actions import pass_gate
from civic.core import audit
from civic.core.clock import london_minute
from civic.core.db import db, locked
from civic.core.errors import CivicError, Conflict
from civic.core.money import Money
from civic.core.names import slug_of
from civic.core.states import advance
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.rounds.models import Application, EligibilityRule, Round, RoundQuestion, RoundTier
from civic.crowdfund.rounds.queries import applications as application_queries
from civic.crowdfund.rounds.queries import rounds as queries
from civic.crowdfund.rounds.rules import dates as rules
from civic.grants.actions import funds
from civic.grants.models import Fund
from civic.grants.queries.funds import balance_of, pot_by_owner


class NotADraft(Conflict):
    """What applicants rely on does not change under them."""

    sentence = _l("This round is open, so this cannot be changed any more. Nothing was saved.")


class HasPassed(Conflict):
    """Who was ready in time relied on a deadline; once it has passed it stays, and what was sealed by it stays open."""

    sentence = _l("This deadline has passed, so it cannot be moved any more. Nothing was saved.")


class NotReady(CivicError):
    """Something is missing before a round can open; `gaps` names it by code."""

    sentence, status = _l("Some things are still missing before this round can open."), 422

    def __init__(self, gaps: list[str]):
        super().__init__()
        self.gaps = gaps


class StillUndecided(Conflict):
    """A round is closed once everybody who applied was told."""

    sentence = _l("Some applications are neither awarded nor answered yet.")


@dataclass(frozen=True)
class Tier:
    """A size of pledge, as it is written."""

    title: str
    most: Money
    summary: str = ""
    needs_target: bool = True


@dataclass(frozen=True)
class Question:
    """A question, as it is written."""

    stage: str
    key: str
    text: str
    hint: str = ""
    is_public: bool = False
    is_required: bool = True
    is_yes_no: bool = False
    most_words: int = 250


@dataclass(frozen=True)
class Condition:
    """An eligibility rule, as it is written; `tier` is a place in the list of tiers, None for the whole round."""

    kind: str
    sentence: str
    value: Any = None
    tier: int | None = None


def make(fund: Fund, *, title: str, language: str, by: Any, now: datetime, slug: str = "") -> Round:
    """Begin a round of a fund: its pot (empty) and its panel of assessors come with it; its address is made of its first title."""
    made = Round(
        slug=slug or _free_slug(title),
        fund_id=fund.id,
        title=title,
        language=language,
        created_by_id=by.id,
        created_at=now,
    )
    db.session.add(made)
    db.session.flush()
    made.fund = fund
    funds.pot_for(fund, made.name, title=title, language=language, now=now)
    panels.make(made.name, title=title, language=language, quorum=2, scale=5, gap=20, by=by, now=now)
    audit.record("round.made", on=made, by=by, now=now, after={"title": title})
    return made


def tell(round_: Round, facts: dict[str, Any], *, by: Any, now: datetime, seen: str | None = None) -> None:
    """Change what a round says of itself; once it is open only what hurts nobody: theme, note, and later deadlines.

    Raises NotADraft, HasPassed, and ChangedMeanwhile where the same is not what the writer had `seen`. A deadline of an open
    round is only ever moved back, before it has passed, and on record.
    """
    held: Round = locked(Round, round_.id)
    if seen is not None and edition(held, tuple(facts)) != seen:  # type: ignore[arg-type]
        raise ChangedMeanwhile()
    if held.status not in ("draft", "open"):
        raise NotADraft()
    before = {name: getattr(held, name) for name in facts}
    if held.status == "open" and any(_has_passed(name, before[name], facts[name], now) for name in facts):
        raise HasPassed()
    if held.status == "open" and any(not _may_change(name, before[name], facts[name]) for name in facts):
        raise NotADraft()
    for name, value in facts.items():
        setattr(held, name, value)
    db.session.flush()
    changed = {name: str(value) for name, value in facts.items() if value != before[name]}
    if held.status == "open" and changed:
        was = {name: str(before[name]) for name in changed}
        audit.record("round.changed", on=held, by=by, now=now, before=was, after=changed)
    pot = pot_by_owner(held.name)
    if pot is not None:
        pot.title, pot.language = held.title, held.language
    if "assessed_by" in facts and facts["assessed_by"] != before["assessed_by"]:
        _tell_the_panel(held, before["assessed_by"], by=by, now=now)


def _tell_the_panel(round_: Round, before: date | None, *, by: Any, now: datetime) -> None:
    """Scores are asked for by the end of the round's day; a day that somebody gave the panel itself stays."""
    panel = assessment.panel_of(round_.name)
    if panel is not None and panel.due_at == (london_minute(before) if before else None):
        due_at = london_minute(round_.assessed_by) if round_.assessed_by else None
        panels.tell(panel, {"due_at": due_at}, seen=panels.edition_of_settings(panel), by=by, now=now)


LOOSE = ("theme", "note", "monitored_until", "paid_until", "paid_from")
LATER = ("expressions_close_at", "applications_close_at", "campaigns_live_by", "assessed_by", "decided_by", "announced_on",
         "targets_by", "agreements_by")  # fmt: skip


DEADLINES = ("expressions_close_at", "applications_close_at", "campaigns_live_by", "targets_by")


def _may_change(name: str, before: Any, after: Any) -> bool:
    if before == after or name in LOOSE:
        return True
    return name in LATER and before is not None and after is not None and after > before


def may_still_change(round_: Round, now: datetime) -> frozenset[str]:
    """The facts of an open round that may be changed at this moment; deadlines among them only to something later."""
    later = (name for name in LATER if getattr(round_, name) is not None)
    ahead = (name for name in later if name not in DEADLINES or getattr(round_, name) > now)
    return frozenset((*LOOSE, *ahead))


def _has_passed(name: str, before: Any, after: Any, now: datetime) -> bool:
    """Deadlines to the minute bind everybody from their minute on; days are plans, which may slip."""
    return before != after and name in DEADLINES and before is not None and before <= now


def set_tiers(round_: Round, tiers: Sequence[Tier]) -> list[RoundTier]:
    """Write the tiers anew, with the conditions that belonged to them gone; raises NotADraft."""
    held = _draft(round_)
    db.session.execute(delete(RoundTier).where(RoundTier.round_id == held.id))
    made = [
        RoundTier(
            round_id=held.id,
            position=position,
            title=each.title,
            summary=each.summary,
            most_minor=each.most.minor,
            needs_target=each.needs_target,
        )
        for position, each in enumerate(tiers)
    ]
    db.session.add_all(made)
    db.session.flush()
    db.session.expire(held, ["tiers"])
    return made


def set_conditions(round_: Round, conditions: Sequence[Condition], tiers: Sequence[RoundTier]) -> None:
    """Write the eligibility rules anew; raises NotADraft."""
    held = _draft(round_)
    db.session.execute(delete(EligibilityRule).where(EligibilityRule.round_id == held.id))
    for position, each in enumerate(conditions):
        tier_id = None if each.tier is None else tiers[each.tier].id
        rule = {"kind": each.kind, "value": each.value, "sentence": each.sentence}
        db.session.add(EligibilityRule(round_id=held.id, tier_id=tier_id, position=position, **rule))
    db.session.flush()


def set_questions(round_: Round, questions: Sequence[Question]) -> None:
    """Write the questions anew; raises NotADraft."""
    held = _draft(round_)
    db.session.execute(delete(RoundQuestion).where(RoundQuestion.round_id == held.id))
    for position, each in enumerate(questions):
        db.session.add(RoundQuestion(round_id=held.id, position=position, **vars(each)))
    db.session.flush()
    db.session.expire(held, ["questions"])


def gaps(round_: Round) -> list[str]:
    """What is missing before a round can open, by code.

    "date:<name>", "order:<earlier>:<later>", "theme", "tiers", "questions", "criteria", "money", and "yes:<key>" for a
    condition about a question that is not there.
    """
    dates = round_.dates
    found = [f"date:{name}" for name in rules.missing(dates, needs_expression=round_.needs_expression)]
    found += [f"order:{first}:{second}" for first, second in rules.out_of_order(dates)]
    found += [] if round_.theme else ["theme"]
    found += [] if round_.tiers else ["tiers"]
    found += [] if any(question.stage == "application" for question in round_.questions) else ["questions"]
    panel = assessment.panel_of(round_.name)
    found += [] if panel is not None and assessment.criteria_of(panel) else ["criteria"]
    pot = pot_by_owner(round_.name)
    found += [] if pot is not None and balance_of(pot.id).budget else ["money"]
    asked = {each.key for each in round_.questions if each.stage == "application" and each.is_yes_no}
    wanted = [each.value for each in queries.eligibility_rules(round_) if each.kind == "yes_to"]
    return found + [f"yes:{key}" for key in wanted if key not in asked]


def open(round_: Round, *, by: Any, now: datetime, advice_why: str = "") -> None:
    """Let everybody see it and apply by its dates; raises NotReady with what is missing.

    Raises KeepsSomebodyOut where its texts do and nobody says why they stay (`advice_why`).
    """
    whole = queries.round_by_id(round_.id)
    assert whole is not None
    if missing := gaps(whole):
        raise NotReady(missing)
    held: Round = locked(Round, round_.id)
    pass_gate(held.name, why=advice_why, by=by, now=now)
    held.opened_at = now
    advance(held, "open", by=by, now=now)
    audit.record("round.opened", on=held, by=by, now=now)


def cancel(round_: Round, *, why: str, by: Any, now: datetime) -> None:
    """Call a round off; drafts and applications stay with those who wrote them."""
    held: Round = locked(Round, round_.id)
    advance(held, "cancel", by=by, now=now, why=why)
    audit.record("round.cancelled", on=held, by=by, now=now, why=why)


def unseal(round_id: int, *, now: datetime) -> int:
    """After the deadline: give every application that was handed in to the assessors; tells how many. Nothing before it."""
    held: Round = locked(Round, round_id)
    if held.unsealed_at is not None or not rules.is_unsealed(held.dates, now) or held.status != "open":
        return 0
    held.unsealed_at = now
    panel = assessment.panel_of(held.name)
    assert panel is not None
    found = application_queries.submitted(round_id)
    for application in found:
        enter(application, panel, now=now)
    return len(found)


def enter(application: Application, panel: Any, *, now: datetime) -> None:
    """Put an application before the assessors."""
    who = application.organisation.name if application.organisation else application.referee
    items.enter(
        panel,
        application.name,
        title=application.title,
        language=application.language,
        recipient=who,
        asked=(application.ask.capital, application.ask.revenue),
        now=now,
    )


def reopen(round_: Round, *, why: str, by: Any, now: datetime) -> None:
    """Take a closed round up again, to put something right."""
    held: Round = locked(Round, round_.id)
    advance(held, "reopen", by=by, now=now, why=why)
    audit.record("round.reopened", on=held, by=by, now=now, why=why)


def close(round_: Round, *, by: Any, now: datetime) -> None:
    """End a round once everybody who applied was answered; raises StillUndecided."""
    held: Round = locked(Round, round_.id)
    if queries.counts(held.id).get("application:submitted"):
        raise StillUndecided()
    advance(held, "close", by=by, now=now)
    audit.record("round.closed", on=held, by=by, now=now)


RESERVED_SLUGS = ("new", "applications", "expressions")
"""Parts of addresses below /staff/rounds that are no rounds."""


def _free_slug(title: str) -> str:
    wanted = slug_of(title, "round")
    wanted = f"{wanted}-round" if wanted in RESERVED_SLUGS else wanted
    taken = set(db.session.scalars(select(Round.slug).where(Round.slug.startswith(wanted, autoescape=True))))
    number, slug = 2, wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _draft(round_: Round) -> Round:
    held: Round = locked(Round, round_.id)
    if held.status != "draft":
        raise NotADraft()
    return held
