"""What exists between a call and a shortlist."""

from civic.challenge.applying.models.applications import KIND, ChallengeApplication
from civic.challenge.applying.models.calls import Call
from civic.challenge.applying.models.interviews import INTERVIEW, Interview, Interviewer
from civic.challenge.applying.models.startups import Startup

__all__ = ["INTERVIEW", "KIND", "Call", "ChallengeApplication", "Interview", "Interviewer", "Startup"]
