"""What a startup tells of itself, and what of it assessors cannot do without."""

from collections.abc import Mapping
from typing import Any

FIELDS = (
    "summary",
    "team",
    "stage",
    "capabilities",
    "website",
    "borough",
    "accessibility",
    "data_protection",
    "language",
)
NEEDED = ("summary", "team", "stage", "capabilities", "accessibility", "data_protection")


def missing(profile: Mapping[str, Any]) -> list[str]:
    """What is still empty of what is needed, in the order of the form."""
    return [name for name in NEEDED if not profile.get(name)]
