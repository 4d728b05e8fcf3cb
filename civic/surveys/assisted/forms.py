"""What staff type about batches, calls and forms; the answers themselves are read by rules/typing.py."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.forms import DateField, Form, IntegerField, Length, RadioField, Required, TextAreaField, ValidationError
from civic.core.i18n import enabled
from civic.surveys.assisted.models import MOST_FORMS
from civic.surveys.models.survey import Survey


def language_choices(survey: Survey) -> list[tuple[str, Any]]:
    """The languages in which the survey's forms can be printed."""
    known = enabled()
    return [(code, known[code].name) for code in survey.languages if code in known]


class BatchForm(Form):
    """A stack of forms to be printed and numbered."""

    forms = IntegerField(
        _l("How many forms?"),
        [Required(_l("Enter how many forms there are."))],
        description=_l("They are numbered from 1. Each form has the number of the batch and its own on every page."),
    )
    language = RadioField(_l("In which language?"), validate_choice=True)
    reason = TextAreaField(
        _l("Where are they handed out, and why on paper?"),
        [Required(_l("Say where they are handed out, and why on paper.")), Length(500)],
        description=_l("For example: “Clapton Library, lunch club for people over 65”. It is kept on record."),
    )

    def validate_forms(self, field: IntegerField) -> None:
        """At least one."""
        if field.data is not None and not 1 <= field.data <= MOST_FORMS:
            raise ValidationError(_l("Enter a number from 1 to %(most)s.", most=MOST_FORMS))


class ArrivalForm(Form):
    """When a batch arrived, and why it is typed in after the close."""

    arrived_on = DateField(_l("On which day did it arrive?"), [Required(_l("Enter the day on which it arrived."))])
    reason = TextAreaField(
        _l("Why is it typed in after the close?"),
        [Required(_l("Say why it is typed in after the close.")), Length(500)],
        description=_l("It is kept on record."),
    )

    def validate_arrived_on(self, field: DateField) -> None:
        """A day that has been."""
        if isinstance(field.data, date) and field.data > clock.london_today(clock.now()):
            raise ValidationError(_l("Enter a day that is not in the future."))


class AsideForm(Form):
    """Why a form is not counted."""

    why = TextAreaField(
        _l("Why is it set aside?"),
        [Required(_l("Say why it is set aside.")), Length(500)],
        description=_l(
            "For example: empty, torn, or a question that must be answered was left out. Write nothing that was answered."
        ),
    )
