"""How far an application is: its steps, what is missing in each, and how the conditions stand at this moment."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from civic.assessment.queries.panels import names_of
from civic.challenge.applying.actions import applying
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.rules import questions as rules
from civic.challenge.applying.rules.eligibility import DECLARED, Finding


@dataclass(frozen=True)
class Progress:
    """A draft at a moment."""

    application: ChallengeApplication
    now: datetime

    @cached_property
    def findings(self) -> list[Finding]:
        """How every condition stands."""
        return applying.findings_of(self.application)

    @cached_property
    def gaps(self) -> list[str]:
        """What is missing, by code."""
        return applying.gaps_of(self.application)

    @property
    def unmet(self) -> list[Finding]:
        """Conditions that do not hold, or not yet."""
        return [each for each in self.findings if not each.holds]

    @property
    def may_be_sent(self) -> bool:
        """Whether nothing is missing and every condition holds."""
        return not self.gaps and not self.unmet

    @property
    def takes(self) -> bool:
        """Whether it could be sent now, by the clock."""
        return self.application.call.takes_applications(self.now)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps, with the startup's own page first."""
        return ("startup", *rules.STEPS)

    def step_of(self, gap: str) -> str:
        """In which step something that is missing can be put right."""
        return rules.step_of(gap)

    def gaps_in(self, step: str) -> list[str]:
        """What is missing in a step."""
        return [each for each in self.gaps if rules.step_of(each) == step]

    def state(self, step: str) -> str:
        """How far a step is: done, missing or new."""
        if step == "conditions":
            return "missing" if self.unmet else "done"
        return rules.state_of(step, self.gaps, self.application.answers)

    @cached_property
    def done(self) -> int:
        """How many steps are done."""
        return sum(self.state(step) == "done" for step in self.steps)

    @property
    def title(self) -> str:
        """Its title, or nothing where it has none yet."""
        return "" if self.application.title == rules.UNTITLED else self.application.title

    @cached_property
    def editor(self) -> str:
        """Who changed it last; empty where nobody did, or the account is gone."""
        number = self.application.edited_by_id
        return names_of([number]).get(number, "") if number is not None else ""

    @property
    def asked_to_declare(self) -> list[str]:
        """The conditions of its call that no data can tell."""
        return [each["kind"] for each in self.application.call.conditions if each["kind"] in DECLARED]


def following(step: str) -> str | None:
    """The step after this one; None after the last."""
    at = rules.STEPS.index(step) + 1
    return rules.STEPS[at] if at < len(rules.STEPS) else None


def page_of(application: ChallengeApplication, now: datetime, **more: Any) -> dict[str, Any]:
    """What every page of an application needs."""
    found = {
        "application": application,
        "call": application.call,
        "challenge": application.challenge,
        "startup": application.startup,
        "now": now,
    }
    return {**found, "progress": Progress(application, now), **more}
