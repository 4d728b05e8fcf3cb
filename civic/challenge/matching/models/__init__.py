"""What exists between a shortlist and a match."""

from civic.challenge.matching.models.rankings import Choice, Places, Ranking
from civic.challenge.matching.models.runs import Override, Run

__all__ = ["Choice", "Override", "Places", "Ranking", "Run"]
