"""What staff type: places, closing, what a match is computed with, overrides, and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.challenge.matching.models import Places
from civic.challenge.matching.queries.runs import Named, Outcome
from civic.challenge.matching.rules.choices import OVERRIDE_KINDS, PLACES_MOST, WHY_MOST
from civic.challenge.matching.rules.whatif import Change
from civic.challenge.matching.wording import OVERRIDE_KINDS as KINDS
from civic.challenge.models import Challenge
from civic.core.forms import (
    CheckboxesField,
    DateTimeField,
    Form,
    IntegerField,
    Length,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
)
from civic.core.i18n import Words, format_number


class PlacesForm(Form):
    """Places and a minimum for each challenge; made by places_form()."""

    challenges: Sequence[Challenge] = ()

    def is_in_order(self) -> bool:
        """Whether each number can be."""
        for each in self.challenges:
            places, minimum = self[f"places_{each.id}"], self[f"minimum_{each.id}"]
            for field in (places, minimum):
                if not field.errors and (field.data is None or not 0 <= field.data <= PLACES_MOST):
                    field.errors = [_("Enter a whole number from 0 to %(most)s.", most=format_number(PLACES_MOST))]
            if not places.errors and not minimum.errors and minimum.data > places.data:
                minimum.errors = [_("The minimum cannot be more than the places.")]
        return not any(field.errors for field in self)

    @property
    def wanted(self) -> dict[int, tuple[int, int]]:
        """What was typed, by challenge."""
        return {each.id: (self[f"places_{each.id}"].data, self[f"minimum_{each.id}"].data) for each in self.challenges}


def places_form(challenges: Sequence[Challenge], known: Mapping[int, Places]) -> type[PlacesForm]:
    """The form for the challenges of a call, with what is known of them."""
    fields: dict[str, Any] = {"challenges": challenges}
    for each in challenges:
        now = known.get(each.id)
        fields[f"places_{each.id}"] = IntegerField(_l("Places"), default=now.places if now else 1)
        fields[f"minimum_{each.id}"] = IntegerField(_l("Minimum"), default=now.minimum if now else 0)
    return type("PlacesForm", (PlacesForm,), fields)


class ClosingForm(Form):
    """When lists close."""

    ranks_close_at = DateTimeField(
        _l("When do lists close?"), [Required(_l("Enter the day and the time at which lists close."))]
    )
    moved_why = TextAreaField(_l("Why is it moved?"), [Length(max=WHY_MOST)])


class RunForm(Form):
    """What a match is computed with."""

    closed = CheckboxesField(
        _l("Leave challenges out (optional)"),
        coerce=int,
        description=_l("A challenge that you tick gets no startup. Say why."),
    )
    why = TextAreaField(_l("Why?"), [Length(max=WHY_MOST)])

    def __init__(self, challenges: Sequence[Challenge], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.closed.choices = [(each.id, Words(each.title, each.language)) for each in challenges]


class OverrideForm(Form):
    """Whose match should be a different one, and why."""

    kind = RadioField(
        _l("What should be different?"),
        [Required(_l("Choose what should be different."))],
        choices=[(each, KINDS[each]) for each in OVERRIDE_KINDS],
    )
    application = SelectField(_l("Startup and challenge"), [Required(_l("Choose a startup and a challenge."))])
    reason = TextAreaField(
        _l("Why?"),
        [Required(_l("Say why. It stays on record.")), Length(max=WHY_MOST)],
        description=_l("Both sides read that two people decided so; the reason stays on record."),
    )

    def __init__(self, outcome: Outcome, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        pairs = [
            (str(number), _pair(outcome.startups[startup].name, outcome.challenges[challenge].name))
            for (startup, challenge), number in outcome.pairs.items()
        ]
        pairs.sort(key=lambda each: each[1].text.casefold())
        self.application.choices = [("", _l("Choose a startup and a challenge")), *pairs]


def _pair(startup: Words, challenge: Words) -> Words:
    """Both names in one line, which a list can mark with one language only: the challenge's."""
    return Words(f"{startup} – {challenge}", challenge.language)


class ReasonForm(Form):
    """Why a match goes ahead, or back."""

    why = TextAreaField(_l("Why?"), [Length(max=WHY_MOST)])


class WhatIfForm(Form):
    """What is thought of as different; read from the address, so nothing here changes anything. Made by what_if_form()."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A question is a GET and carries no token."""

        csrf = False

    closed = CheckboxesField(_l("These challenges are left out"))
    gone = CheckboxesField(_l("These startups are not there"))
    challenges: Sequence[tuple[str, Words]] = ()
    startups: Sequence[tuple[str, Words]] = ()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.closed.choices, self.gone.choices = list(self.challenges), list(self.startups)
        for each, _name in self.challenges:
            field = self[f"places_{each}"]
            if field.data is None and not field.errors:
                field.data, field.raw_data = field.default, None  # an address that says nothing of it means: as it is

    @property
    def change(self) -> Change:
        """What was asked for; what cannot be is left out."""
        places = {
            each: field.data
            for each, _name in self.challenges
            if (field := self[f"places_{each}"]).data is not None and 0 <= field.data <= PLACES_MOST
        }
        return Change(
            places={name: n for name, n in places.items() if n != self[f"places_{name}"].default},
            closed=frozenset(self.closed.data or ()) & {each for each, _name in self.challenges},
            gone=frozenset(self.gone.data or ()) & {each for each, _name in self.startups},
        )


def what_if_form(outcome: Outcome) -> type[WhatIfForm]:
    """The questions that can be asked about a match."""

    def named(side: Mapping[str, Named]) -> list[tuple[str, Words]]:
        return sorted(((each, known.name) for each, known in side.items()), key=lambda each: each[1].text.casefold())

    challenges = named(outcome.challenges)
    fields: dict[str, Any] = {"challenges": challenges, "startups": named(outcome.startups)}
    for each, name in challenges:
        fields[f"places_{each}"] = IntegerField(name, [Optional()], default=outcome.market.places[each])
    return type("WhatIfForm", (WhatIfForm,), fields)
