"""What exists in the challenge."""

from civic.challenge.models.briefs import BriefRemark, BriefVersion, BriefWriter, Challenge, Criterion
from civic.challenge.models.problems import Problem, ProblemSupport
from civic.challenge.models.programmes import Partner, PartnerMember, Programme, ProgrammeFact

__all__ = [
    "BriefRemark",
    "BriefVersion",
    "BriefWriter",
    "Challenge",
    "Criterion",
    "Partner",
    "PartnerMember",
    "Problem",
    "ProblemSupport",
    "Programme",
    "ProgrammeFact",
]
