"""What exists: a consultation with what it holds and says, and the outcome that answers it."""

from civic.consultations.models.consultation import (
    Consultation,
    DateChange,
    Document,
    Held,
    OnRecord,
    Update,
)
from civic.consultations.models.outcome import Decision, Link, Theme, Tie, Writer
from civic.consultations.models.people import Follow, Informed, Said

__all__ = [
    "Consultation",
    "DateChange",
    "Decision",
    "Document",
    "Follow",
    "Held",
    "Informed",
    "Link",
    "OnRecord",
    "Said",
    "Theme",
    "Tie",
    "Update",
    "Writer",
]
