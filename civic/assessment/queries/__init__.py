"""What can be asked: by the packages above through these names, by our own pages through the files."""

from civic.assessment.queries.interests import has_interest, hidden_among
from civic.assessment.queries.items import item_of
from civic.assessment.queries.panels import criteria_of, panel_of
from civic.assessment.queries.ranking import Ranked, ranked
from civic.assessment.queries.results import CriterionResult, Result, published_scores, result_of, who_assessed
from civic.assessment.queries.standing import Standing, standing

__all__ = [
    "CriterionResult",
    "Ranked",
    "Result",
    "Standing",
    "criteria_of",
    "has_interest",
    "hidden_among",
    "item_of",
    "panel_of",
    "published_scores",
    "ranked",
    "result_of",
    "standing",
    "who_assessed",
]
