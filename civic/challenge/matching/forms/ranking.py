"""Ranking by numbers: each thing has a list of places, so that nothing is dragged and everything works without script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.challenge.matching.queries.lists import Offer
from civic.core.forms import CheckboxField, Form, HiddenField, SelectField
from civic.core.i18n import format_number


class RankingForm(Form):
    """A place (`place_<application>`) for each offer, or none; made for a shortlist by ranking_form()."""

    seen = HiddenField(default="0")
    nobody = CheckboxField(_l("I accept none of them"))
    offers: Sequence[Offer] = ()

    def fill(self, choices: Iterable[int]) -> None:
        """Show what was kept before."""
        for place, number in enumerate(choices, 1):
            if f"place_{number}" in self:
                self[f"place_{number}"].data = str(place)

    @property
    def choices(self) -> list[int]:
        """The applications that have a place, best first; gaps between places close."""
        placed = [(int(self[f"place_{each.application_id}"].data or 0), each.application_id) for each in self.offers]
        return [number for place, number in sorted(placed) if place]

    @property
    def seen_version(self) -> int:
        """Which version of the list stood on the page."""
        text = self.seen.data or "0"
        return int(text) if text.isdecimal() and len(text) < 16 else 0

    def is_in_order(self, *, sending: bool) -> bool:
        """Whether no place is given twice, and a list that is sent either ranks somebody or says that it accepts nobody."""
        by_place: dict[str, list[Any]] = {}
        for each in self.offers:
            field = self[f"place_{each.application_id}"]
            if field.data:
                by_place.setdefault(field.data, []).append(field)
        for place, fields in by_place.items():
            if len(fields) > 1:
                for field in fields:
                    field.errors = [_("Place %(place)s is given more than once.", place=format_number(int(place)))]
        if not by_place and sending and not self.nobody.data:
            self.nobody.errors = [_("Give at least one a place, or say that you accept none of them.")]
        if by_place and self.nobody.data:
            self.nobody.errors = [_("You gave a place and said that you accept none of them. Choose one of both.")]
        return not any(field.errors for field in self)


def ranking_form(offers: Sequence[Offer]) -> type[RankingForm]:
    """The form for a shortlist."""
    places = [("", _l("No place: not acceptable")), *((str(n), format_number(n)) for n in range(1, len(offers) + 1))]
    fields: dict[str, Any] = {"offers": offers}
    for each in offers:
        fields[f"place_{each.application_id}"] = SelectField(each.name, choices=places)
    return type("RankingForm", (RankingForm,), fields)
