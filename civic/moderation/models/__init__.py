"""What moderation keeps."""

from civic.moderation.models.cases import Appeal, Case, Decision, Report
from civic.moderation.models.people import StaffNote, Suspension, Warned
from civic.moderation.models.texts import ElectionPeriod, ScreenedText

__all__ = [
    "Appeal",
    "Case",
    "Decision",
    "ElectionPeriod",
    "Report",
    "ScreenedText",
    "StaffNote",
    "Suspension",
    "Warned",
]
