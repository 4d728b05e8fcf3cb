"""How one may begin an application to a round: with a campaign, for a project without one, or for oneself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

OF_CAMPAIGNS = frozenset({"campaign_live", "campaign_closes"})
"""Conditions that nobody meets without a campaign."""


@dataclass(frozen=True)
class Ways:
    """What at least one tier takes, beside campaigns, which every tier takes."""

    projects: bool = False  # of an organisation, without a campaign
    individuals: bool = False


def ways(tiers: Iterable[tuple[bool, Iterable[tuple[str, Any]]]]) -> Ways:
    """What a round takes; each tier is (whether it needs the crowd, its conditions and those of the round as (kind, value))."""
    found = [_ways_of(needs_target, dict(conditions)) for needs_target, conditions in tiers]
    return Ways(any(each.projects for each in found), any(each.individuals for each in found))


def _ways_of(needs_target: bool, conditions: dict[str, Any]) -> Ways:
    projects = not needs_target and not OF_CAMPAIGNS & conditions.keys()
    alone = "organisation_kinds" not in conditions and bool(conditions.get("individuals", True))
    return Ways(projects, projects and alone)
