"""What exists in support."""

from civic.challenge.support.models.demo import DemoDay, DemoPitch, DemoRegistration
from civic.challenge.support.models.mentors import Mentor, MentorConflict, Mentoring
from civic.challenge.support.models.outcomes import ChallengeOutcome, OutcomeAnswer
from civic.challenge.support.models.plans import PlanAction, PlanEdition, SupportPlan
from civic.challenge.support.models.sessions import SupportSession

__all__ = [
    "ChallengeOutcome",
    "DemoDay",
    "DemoPitch",
    "DemoRegistration",
    "Mentor",
    "MentorConflict",
    "Mentoring",
    "OutcomeAnswer",
    "PlanAction",
    "PlanEdition",
    "SupportPlan",
    "SupportSession",
]
