"""What exists: schemes of match funding, who pays and who is in them, every gift's match with its working, and what to look at."""

from civic.crowdfund.matching.models.schemes import MatchFunder, MatchPlace, MatchScheme
from civic.crowdfund.matching.models.workings import MatchEntry, MatchPart, MatchSignal

__all__ = ["MatchEntry", "MatchFunder", "MatchPart", "MatchPlace", "MatchScheme", "MatchSignal"]
