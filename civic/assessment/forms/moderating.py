"""What is typed about a meeting, and the money against which the ranked list is read."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.clock import london_today
from civic.core.forms import (
    CheckboxesField,
    DateField,
    Form,
    Length,
    MoneyField,
    Optional,
    Required,
    TextAreaField,
    ValidationError,
)
from civic.core.names import one_line


class MeetingForm(Form):
    """When a meeting was held, who was there, what was said."""

    held_on = DateField(_l("When was it held?"), [Required(_l("Enter the day of the meeting."))])
    people = CheckboxesField(_l("Which of the assessors were there?"), coerce=int)
    others = TextAreaField(
        _l("Who else was there? (optional)"),
        [Length(max=2000)],
        description=_l("One name a line, for example of whoever chaired it."),
    )
    notes = TextAreaField(
        _l("Notes (optional)"),
        [Length(max=10_000)],
        description=_l("What was talked about in general. What was agreed for each item is written down there."),
    )
    now: Any = None

    def validate_held_on(self, field: DateField) -> None:
        """A meeting that is written down has been held."""
        if field.data and self.now and field.data > london_today(self.now):
            raise ValidationError(_l("This day is still to come."))

    def validate_others(self, field: TextAreaField) -> None:
        """A meeting takes two."""
        if len(self.people.data or ()) + len(self.names()) < 2:
            raise ValidationError(_l("Choose or name at least two people who were there."))

    def names(self) -> list[str]:
        """The other names."""
        return [name for line in (self.others.data or "").splitlines() if (name := one_line(line).strip())][:50]


class MoneyLeftForm(Form):
    """How much money there is; read from the address, so nothing here changes anything."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A question is a GET and carries no token."""

        csrf = False

    capital = MoneyField(_l("Capital"), [Optional()])
    revenue = MoneyField(_l("Revenue"), [Optional()])

    def was_asked(self) -> bool:
        """Whether an amount was typed at all."""
        return bool(self.capital.raw_data and self.capital.raw_data[0]) or bool(
            self.revenue.raw_data and self.revenue.raw_data[0]
        )

    def judge(self) -> bool:
        """Whether both amounts can be used; it was not submitted, so Form.validate() would not judge it."""
        fine = super(Form, self).validate()
        for field in (self.capital, self.revenue):
            if fine and field.data is None:
                field.errors = [_l("Enter both amounts, 0 where there is none.")]
                fine = False
        return fine
