"""How pages are shown (a small value of safe choices, read from whatever a cookie or an account holds), and until when a report is
answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from civic.core.bank_holidays import working_day_after
from civic.core.clock import london_today

# For each preference its choices; the first is what a page is without one, and is never written down.
CHOICES: dict[str, tuple[str, ...]] = {
    "text": ("100", "125", "150", "200"),
    "theme": ("device", "light", "dark", "contrast-dark", "contrast-light", "cream"),
    "spacing": ("normal", "wide"),
    "font": ("default", "system", "opendyslexic"),
    "links": ("normal", "strong"),
    "view": ("full", "simple"),
}
LONGEST = 200
ANSWER_DAYS = 10
"""Working days in which we say something about a report of a barrier."""


def answer_by(received_at: datetime) -> date:
    """The day by which a report that came at this moment is answered."""
    return working_day_after(london_today(received_at), ANSWER_DAYS)


@dataclass(frozen=True, slots=True)
class Display:
    """What somebody chose; without choices, the page as it was drawn."""

    text: str = "100"
    theme: str = "device"
    spacing: str = "normal"
    font: str = "default"
    links: str = "normal"
    view: str = "full"

    @property
    def chosen(self) -> dict[str, str]:
        """The choices that differ from the page as it was drawn."""
        return {name: getattr(self, name) for name, known in CHOICES.items() if getattr(self, name) != known[0]}

    @property
    def attributes(self) -> dict[str, str]:
        """The `data-*` attributes of `<html>`; the style sheet does the rest."""
        return {f"data-{name}": value for name, value in self.chosen.items()}

    @property
    def simple(self) -> bool:
        """Whether one question a page is wanted, and Easy Read where there is one."""
        return self.view == "simple"

    def __str__(self) -> str:
        """The choices as they are kept: "text:150.theme:dark", or nothing."""
        return ".".join(f"{name}:{value}" for name, value in self.chosen.items())


def display_from(kept: Any) -> Display:
    """The choices in a kept text; what is not one of ours counts as not chosen, so nothing forged reaches a page."""
    if not isinstance(kept, str) or len(kept) > LONGEST:
        return Display()
    return display_of(dict(part.split(":", 1) for part in kept.split(".") if ":" in part))


def display_of(values: Mapping[str, Any]) -> Display:
    """The choices in a form or a mapping, known names and values only."""
    return Display(**{name: values[name] for name, known in CHOICES.items() if values.get(name) in known})
