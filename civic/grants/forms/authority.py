"""Delegated authority: grades and their limits, who holds one."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxField,
    ChoiceRequired,
    Form,
    Length,
    MoneyField,
    Optional,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.money import Money
from civic.grants.forms.parts import SeenForm


class GradeForm(SeenForm):
    """What a grade is called, and the most it may decide about."""

    title = TextField(_l("What is the grade called?"), [Required(_l("Enter a name.")), Length(max=80)])
    limit = MoneyField(
        _l("The most it may decide about in one award"),
        [Optional()],
        description=_l("Up to and including this amount."),
    )
    no_limit = CheckboxField(_l("This grade has no limit"))
    why = TextAreaField(
        _l("Why do you change it?"),
        [Required(_l("Say why you change it.")), Length(max=1000)],
        description=_l("Name the decision or the scheme that says so."),
    )

    def validate_no_limit(self, field: CheckboxField) -> None:
        """A limit, or none; never both, never nothing."""
        is_said = bool(self.limit.data) or bool(self.limit.errors)
        if is_said == bool(field.data):
            raise ValidationError(_l("Enter a limit, or tick that there is none."))

    @property
    def most(self) -> Money | None:
        """The limit; None for none."""
        return None if self.no_limit.data else self.limit.data


class GiveForm(Form):
    """Who gets which grade, and why."""

    user = SelectField(_l("Who?"), [ChoiceRequired(_l("Choose somebody."))], coerce=str)
    grade = SelectField(_l("Which grade?"), [ChoiceRequired(_l("Choose a grade."))], coerce=str)
    why = TextAreaField(
        _l("Why?"),
        [Required(_l("Say why.")), Length(max=1000)],
        description=_l("Name the decision or the scheme of delegation that says so."),
    )

    @property
    def has_choices(self) -> bool:
        """Whether there is anybody, and any grade, to choose."""
        return len(self.user.choices) > 1 and len(self.grade.choices) > 1

    def offer(self, people: list[Any], grades: list[Any]) -> "GiveForm":
        """The people and grades to choose from."""
        self.user.choices = [("", _l("Choose somebody")), *((str(each.id), each.name) for each in people)]
        self.grade.choices = [("", _l("Choose a grade")), *((str(each.id), each.title) for each in grades)]
        return self
