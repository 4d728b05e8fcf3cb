"""What exists: rounds with their tiers, rules and questions; expressions of interest and applications."""

from civic.crowdfund.rounds.models.applications import Application, Expression
from civic.crowdfund.rounds.models.rounds import EligibilityRule, Round, RoundQuestion, RoundTier

__all__ = ["Application", "EligibilityRule", "Expression", "Round", "RoundQuestion", "RoundTier"]
