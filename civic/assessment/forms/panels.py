"""What those who run a panel type: its settings, its criteria, its assessors."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.accounts.wording import ROLE_NAMES
from civic.assessment.actions.panels import CriterionPlan
from civic.assessment.models import Criterion, Panel
from civic.assessment.rules.choices import HIGHEST_SCALE, LOWEST_QUORUM
from civic.core.forms import (
    CheckboxField,
    DateTimeField,
    Form,
    HiddenField,
    IntegerField,
    Length,
    Optional,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import format_number


def between(low: int, high: int) -> Any:
    """A whole number from `low` to `high`."""

    def check(form: Form, field: Any) -> None:
        if field.data is not None and not low <= field.data <= high:
            raise ValidationError(
                _("Enter a number from %(low)s to %(high)s.", low=format_number(low), high=format_number(high))
            )

    return check


class SettingsForm(Form):
    """What a panel goes by."""

    seen = HiddenField()
    title = TextField(_l("Title"), [Required(_l("Enter a title.")), Length(max=150)])
    due_at = DateTimeField(
        _l("Scores are asked for by"),
        [Optional()],
        description=_l("Later scores are taken until the panel closes, and shown as late. Leave it empty for no date."),
    )
    quorum = IntegerField(
        _l("Assessors for each item"),
        [Required(_l("Enter a number.")), between(LOWEST_QUORUM, 20)],
        description=_l("At least two. An item is scored once so many are in."),
    )
    scale = IntegerField(
        _l("Highest score"),
        [Required(_l("Enter a number.")), between(1, HIGHEST_SCALE)],
        description=_l("The lowest is 0."),
    )
    gap = IntegerField(
        _l("How far apart before a meeting must talk about it"),
        [Required(_l("Enter a number.")), between(1, 100)],
        description=_l("In points of 100, between the assessor who gave most and the one who gave least."),
    )
    publishes_scores = CheckboxField(
        _l("Agreed scores are published with what is awarded"),
        description=_l("Never who gave which, and never the reasons."),
    )
    CHANGEABLE = ("title", "due_at")

    @classmethod
    def of(cls, panel: Panel) -> "SettingsForm":
        """The form filled with what stands."""
        names = ("title", "due_at", "quorum", "scale", "gap", "publishes_scores")
        form = cls(data={name: getattr(panel, name) for name in names})
        form.only_for(panel)
        return form

    def only_for(self, panel: Panel) -> None:
        """Once a panel has opened, what everybody relies on cannot be typed."""
        if panel.status != "draft":
            for name in ("quorum", "scale", "gap", "publishes_scores"):
                del self[name]

    def facts(self) -> dict[str, Any]:
        """What was typed, as the columns keep it."""
        return {field.name: field.data for field in self if field.name not in ("seen", "csrf_token")}


class CriterionForm(Form):
    """A criterion; the fields for what each score means (`anchor_<score>`) are put on by criterion_form()."""

    seen = HiddenField()
    title = TextField(_l("What is judged"), [Required(_l("Say what is judged.")), Length(max=120)])
    guidance = TextAreaField(
        _l("What to look for (optional)"), [Length(max=2000)], description=_l("For the assessors, above the scores.")
    )
    weight = IntegerField(
        _l("Weight"),
        [Required(_l("Enter a number.")), between(1, 100)],
        description=_l("From 1 to 100, against the weights of the other criteria. They need not add up to 100."),
    )
    place = IntegerField(
        _l("Place in the list"), [Required(_l("Enter a number.")), between(1, 99)], description=_l("1 is the first.")
    )
    scale = 0

    def fill(self, criterion: Criterion) -> None:
        """Show what stands."""
        self.title.data, self.guidance.data, self.weight.data = criterion.title, criterion.guidance, criterion.weight
        for value in range(self.scale + 1):
            self[f"anchor_{value}"].data = criterion.anchors.get(str(value), "")

    def plan(self, key: str) -> CriterionPlan:
        """What was typed."""
        anchors = {str(value): self[f"anchor_{value}"].data or "" for value in range(self.scale + 1)}
        weight: int = self.weight.data or 0
        return CriterionPlan(self.title.data or "", weight, self.guidance.data or "", anchors, key)


def criterion_form(panel: Panel) -> type[Any]:
    """The form of a criterion on a panel's scale."""
    fields: dict[str, Any] = {"scale": panel.scale}
    for value in range(panel.scale + 1):
        fields[f"anchor_{value}"] = TextAreaField(format_number(value), [Length(max=300)])
    return type("CriterionForm", (CriterionForm,), fields)


class PersonForm(Form):
    """Who is chosen out of those who could be."""

    person = SelectField(_l("Person"), [Required(_l("Choose a person."))], coerce=int)

    def offer(self, people: Any) -> None:
        """Let one of these be chosen: (number, what to call them)."""
        self.person.choices = [(0, _("Choose a person")), *people]

    def offer_seats(self, people: Any) -> None:
        """Let one of these be chosen: (number, name, roles)."""
        self.offer(
            (
                number,
                _("%(name)s (%(roles)s)", name=name, roles=", ".join(str(ROLE_NAMES[role]) for role in sorted(roles))),
            )
            for number, name, roles in people
        )

    def validate_person(self, field: Any) -> None:
        """The line that asks to choose is no person."""
        if not field.data:
            raise ValidationError(_l("Choose a person."))
