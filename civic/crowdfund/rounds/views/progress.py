"""How far an application is: its steps, what is missing in each, and how the conditions of its round stand at this moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.models import Application, EligibilityRule, RoundQuestion
from civic.crowdfund.rounds.queries import rounds as round_queries
from civic.crowdfund.rounds.rules import steps as rules
from civic.crowdfund.rounds.rules.eligibility import Finding, check


@dataclass(frozen=True)
class Progress:
    """An application at a moment."""

    application: Application
    now: datetime

    @cached_property
    def conditions(self) -> list[EligibilityRule]:
        """Every condition of the round."""
        return round_queries.eligibility_rules(self.application.round)

    @cached_property
    def findings(self) -> list[Finding]:
        """How those that count for the chosen size of pledge stand."""
        mine, language = self.application, self.application.round.language
        asked = [each.rule(language) for each in self.conditions if each.tier_id in (None, mine.tier_id)]
        return check(asked, applying.facts_of(mine, self.now))

    @cached_property
    def gaps(self) -> list[str]:
        """What is missing, by code."""
        return applying.gaps_of(self.application)

    @property
    def unmet(self) -> list[Finding]:
        """Conditions that do not hold, or not yet."""
        return [each for each in self.findings if each.stands_in_the_way]

    @property
    def may_be_sent(self) -> bool:
        """Whether nothing is missing and every condition holds."""
        return not self.gaps and not self.unmet

    def questions(self, step: str) -> list[RoundQuestion]:
        """The questions of a step: those with public answers, or those for assessors."""
        asked = (each for each in self.application.round.questions if each.stage == "application")
        return [each for each in asked if each.is_public == (step == "public")]

    @cached_property
    def publics(self) -> frozenset[str]:
        """The keys of questions with public answers."""
        return frozenset(each.key for each in self.questions("public"))

    @cached_property
    def steps(self) -> list[str]:
        """The steps that this application has."""
        mine = self.application
        return rules.steps_of(
            rules.Draft(
                has_campaign=mine.campaign_id is not None,
                is_of_a_person=mine.organisation_id is None,
                has_public=bool(self.questions("public")),
                has_private=bool(self.questions("assessors")),
                asks_referee=any(each.kind == "referee" for each in self.conditions),
            )
        )

    @property
    def asks_turnover(self) -> bool:
        """Whether a condition compares the turnover."""
        return any(each.kind == "turnover_below" for each in self.conditions)

    def gaps_in(self, step: str) -> list[str]:
        """What is missing in a step."""
        return [each for each in self.gaps if rules.step_of_gap(each, self.publics) == step]

    def unmet_in(self, step: str) -> list[Finding]:
        """Conditions that can be put right in a step."""
        return [each for each in self.unmet if self.step_of(each) == step]

    def step_of(self, finding: Finding) -> str:
        """In which step a condition can be put right; "" for none."""
        return rules.step_of(finding, self.steps, self.publics)

    @cached_property
    def states(self) -> dict[str, str]:
        """How far each step is."""
        gaps = {step: self.gaps_in(step) for step in self.steps}
        unmet = [(self.step_of(each), each) for each in self.unmet]
        return dict(rules.states(self.steps, gaps, unmet, self._begun()))

    def _begun(self) -> frozenset[str]:
        mine = self.application
        written = {
            "money": bool(mine.ask or mine.turnover_minor is not None),
            "project": bool(mine.summary or mine.cost_minor),
            "public": any(mine.answers.get(each.key) for each in self.questions("public")),
            "assessors": any(mine.answers.get(each.key) for each in self.questions("assessors")),
            "referee": bool(mine.referee),
        }
        return frozenset(step for step, is_begun in written.items() if is_begun)

    def following(self, step: str) -> str | None:
        """The step after this one; None after the last."""
        at = self.steps.index(step) + 1
        return self.steps[at] if at < len(self.steps) else None

    def way_out(self, finding: Finding) -> tuple[str, str] | None:
        """(words, address) of where a condition that does not hold can be put right; None where it cannot."""
        mine = self.application
        if step := self.step_of(finding):
            address = url_for("rounds.edit_step", application_id=mine.id, step=step)
            return _("Put it right"), address
        if finding.why == "not_verified" and mine.organisation_id is not None:
            address = url_for("accounts.show_organisation", organisation_id=mine.organisation_id)
            return _("Ask for the verification of your organisation"), address
        if finding.why in ("not_live", "no_borough") and mine.campaign is not None:
            return _("Go on with your campaign"), url_for("crowdfund.edit_campaign", slug=mine.campaign.slug)
        if finding.rule.kind in ("individuals", "organisation_kinds") and len(mine.round.tiers) > 1:
            address = url_for("rounds.edit_step", application_id=mine.id, step="money")
            return _("Choose another size of pledge"), address
        return None


def page_of(application: Application, now: datetime, **more: Any) -> dict[str, Any]:
    """What every page of an application needs."""
    found = {"application": application, "round": application.round, "campaign": application.campaign, "now": now}
    return {**found, "progress": Progress(application, now), **more}
