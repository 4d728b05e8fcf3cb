"""What exists between a call and a shortlist."""

from civic.challenge.applying.models.applications import KIND, ChallengeApplication
from civic.challenge.applying.models.calls import Call
from civic.challenge.applying.models.startups import Startup

__all__ = ["KIND", "Call", "ChallengeApplication", "Startup"]
