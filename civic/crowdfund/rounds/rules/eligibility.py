"""Eligibility: each rule is data with a sentence of its own; here is how each kind is judged, and why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from civic.core.money import Money
from civic.grants.rules.amounts import Amounts


@dataclass(frozen=True)
class Rule:
    """One rule of a round, or of one of its tiers: a kind, what it compares with, and the sentence applicants read."""

    kind: str
    value: Any = None
    sentence: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Facts:
    """What is known of an application at a moment; None where nothing is known yet."""

    now: datetime
    organisation_kind: str | None = None  # None: an individual applies
    is_verified: bool = False
    has_referee: bool = False
    borough: str | None = None
    has_campaign: bool = False
    is_live: bool = False  # the campaign takes pledges now
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    cost: Money | None = None
    costs: Amounts | None = None  # the same by kind, where a campaign says so
    ask: Amounts = field(default_factory=Amounts)
    turnover: Money | None = None
    yes: frozenset[str] = frozenset()  # keys of questions answered with yes
    live_by: datetime | None = None  # dates of the round
    close_by: datetime | None = None


@dataclass(frozen=True)
class Finding:
    """How one rule was judged: holds, does not, or cannot be told yet; `why` is a code that wording turns into a sentence."""

    rule: Rule
    holds: bool | None
    why: str = ""

    @property
    def stands_in_the_way(self) -> bool:
        """Whether nothing can be sent before this holds."""
        return self.holds is not True


def check(rules: Iterable[Rule], facts: Facts) -> list[Finding]:
    """Judge every rule; the order of the rules is kept."""
    return [_JUDGES[rule.kind](rule, facts) for rule in rules]


def is_eligible(findings: Sequence[Finding]) -> bool:
    """Whether every rule holds."""
    return not any(finding.stands_in_the_way for finding in findings)


def _organisation_kinds(rule: Rule, facts: Facts) -> Finding:
    if facts.organisation_kind is None:
        return Finding(rule, False, "individual")
    return _told(rule, facts.organisation_kind in rule.value, "kind")


def _organisation_verified(rule: Rule, facts: Facts) -> Finding:
    if facts.organisation_kind is None:
        return Finding(rule, True)
    return _told(rule, facts.is_verified, "not_verified")


def _individuals(rule: Rule, facts: Facts) -> Finding:
    """Individuals may apply only where the value says yes."""
    return _told(rule, facts.organisation_kind is not None or bool(rule.value), "individual")


def _referee(rule: Rule, facts: Facts) -> Finding:
    """Who applies without an organisation shows a letter of one that knows them."""
    return _told(rule, facts.organisation_kind is not None or facts.has_referee, "no_referee", unknown=True)


def _in_london(rule: Rule, facts: Facts) -> Finding:
    return _told(rule, facts.borough is not None, "no_borough", unknown=True)


def _campaign_live(rule: Rule, facts: Facts) -> Finding:
    """The campaign takes pledges by the day the round sets."""
    if not facts.has_campaign:
        return Finding(rule, None, "no_campaign")
    if not facts.is_live:
        return Finding(rule, None, "not_live")
    late = facts.live_by is not None and facts.opened_at is not None and facts.opened_at > facts.live_by
    return _told(rule, not late, "live_too_late")


def _campaign_closes(rule: Rule, facts: Facts) -> Finding:
    """The campaign ends in time for its money to be counted in this round."""
    if not facts.has_campaign or facts.closes_at is None:
        return Finding(rule, None, "no_campaign")
    return _told(rule, facts.close_by is None or facts.closes_at <= facts.close_by, "closes_too_late")


def _ask_at_most(rule: Rule, facts: Facts) -> Finding:
    if not facts.ask:
        return Finding(rule, None, "no_ask")
    return _told(rule, facts.ask.total.minor <= int(rule.value), "asks_too_much")


def _share_at_most(rule: Rule, facts: Facts) -> Finding:
    """At most so many percent of the project's whole cost; a part of a penny over is over."""
    if not facts.ask or facts.cost is None or not facts.cost:
        return Finding(rule, None, "no_ask")
    return _told(rule, facts.ask.total.minor * 100 <= facts.cost.minor * int(rule.value), "share_too_large")


def _within_costs(rule: Rule, facts: Facts) -> Finding:
    """No more capital than the capital costs, and no more revenue than the revenue costs."""
    if not facts.ask or facts.costs is None:
        return Finding(rule, None, "no_ask")
    return _told(rule, facts.ask.fits(facts.costs), "beyond_costs")


def _turnover_below(rule: Rule, facts: Facts) -> Finding:
    if facts.turnover is None:
        return Finding(rule, None, "no_turnover")
    return _told(rule, facts.turnover.minor < int(rule.value), "turnover")


def _yes_to(rule: Rule, facts: Facts) -> Finding:
    return _told(rule, rule.value in facts.yes, "not_said_yes", unknown=True)


def _told(rule: Rule, holds: bool, why: str, *, unknown: bool = False) -> Finding:
    """Where the applicant can still do something about it, "not yet" is said and not "no"."""
    if holds:
        return Finding(rule, True)
    return Finding(rule, None if unknown else False, why)


_JUDGES = {
    "organisation_kinds": _organisation_kinds,
    "organisation_verified": _organisation_verified,
    "individuals": _individuals,
    "referee": _referee,
    "in_london": _in_london,
    "campaign_live": _campaign_live,
    "campaign_closes": _campaign_closes,
    "ask_at_most": _ask_at_most,
    "share_at_most": _share_at_most,
    "within_costs": _within_costs,
    "turnover_below": _turnover_below,
    "yes_to": _yes_to,
}
