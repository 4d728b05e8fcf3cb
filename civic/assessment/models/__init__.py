"""What exists: panels and their criteria, the things they judge, who judges them, and what was found."""

from civic.assessment.models.interests import Declaration
from civic.assessment.models.items import Assignment, Item
from civic.assessment.models.panels import Assessor, Criterion, Panel
from civic.assessment.models.scores import AgreedScore, Meeting, Score, ScoreDraft

__all__ = [
    "AgreedScore",
    "Assessor",
    "Assignment",
    "Criterion",
    "Declaration",
    "Item",
    "Meeting",
    "Panel",
    "Score",
    "ScoreDraft",
]
