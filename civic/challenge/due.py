"""What is due next, by whom: each part of the challenge answers for a person, and one page shows it all (challenge/story)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

ROLES = ("startup", "partner", "mentor", "manager")


@dataclass(frozen=True)
class Due:
    """One thing that somebody must do: for which role, what it is, about what, where it is done, and by which day if there is one."""

    role: str
    sentence: Any  # in the reader's language
    about: str  # the startup, challenge or programme that it is about, in its own words
    language: str  # of `about`
    url: str
    on: date | None = None
