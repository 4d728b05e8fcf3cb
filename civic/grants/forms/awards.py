"""What officers write about an award: agreement, plan of instalments, reports to ask for, repayments, what came of it."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    CheckboxField,
    ChoiceRequired,
    DateField,
    Form,
    Length,
    MoneyField,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
)
from civic.core.money import Money
from civic.grants import wording
from civic.grants.actions.instalments import Planned
from civic.grants.forms.parts import CAPITAL, NOTHING, REVENUE, AmountsForm, SeenForm, language_field
from civic.grants.forms.rows import ENTER_A_DATE, RowsForm
from civic.grants.rules.amounts import Amounts, together


class DraftForm(SeenForm):
    """The text of an agreement, until it is offered."""

    text = TextAreaField(
        _l("The agreement"),
        [Required(_l("Write the agreement.")), Length(max=60_000)],
        description=_l("Markdown: ## begins a heading, * a point of a list. From the offer on nobody can change it."),
    )
    language = language_field()


class SignForm(Form):
    """A signature: full name, position, and that one may."""

    name = TextField(_l("Your full name"), [Required(_l("Enter your full name.")), Length(max=120)])
    position = TextField(
        _l("Your position"),
        [Required(_l("Enter your position.")), Length(max=120)],
        description=_l("For example: chair of the trustees. Of a person: yourself."),
    )
    may_sign = CheckboxField(_l("I may sign this"), [Required(_l("Tick that you may sign, or ask somebody who may."))])


class PlanForm(RowsForm):
    """How an award is paid: each instalment with its condition."""

    PARTS = {
        "title": lambda: TextField(_l("What for?"), [Length(max=120)]),
        "condition": lambda: TextAreaField(_l("What must be shown first? (optional)"), [Length(max=2000)]),
        "capital": lambda: MoneyField(CAPITAL, [Optional()]),
        "revenue": lambda: MoneyField(REVENUE, [Optional()]),
        "due_on": lambda: DateField(_l("When is it meant to be paid?")),
    }

    def validate(self, extra_validators: Any = None) -> bool:
        """Each instalment has a title, a day and an amount."""
        fine = super().validate(extra_validators)
        for row in self.filled:
            fine = self.needs(row, {"title": _l("Say what it is for."), "due_on": ENTER_A_DATE}) and fine
            if not (row["capital"].data or row["revenue"].data) and not row["capital"].errors:
                row["capital"].errors = [_l("Enter an amount for capital, for revenue or for both.")]
                fine = False
        return fine

    @property
    def sum(self) -> Amounts:
        """What the rows come to, as far as they can be read."""
        return together(_amounts(row) for row in self.filled)

    def parts(self) -> list[Planned]:
        """As the act takes it."""
        return [
            Planned(row["title"].data, _amounts(row), row["due_on"].data, row["condition"].data or "")
            for row in self.filled
        ]


class ScheduleForm(RowsForm):
    """When the recipient reports."""

    PARTS = {
        "kind": lambda: SelectField(_l("Which report?"), choices=[("", "–"), *wording.choices(wording.REPORT_KINDS)]),
        "due_on": lambda: DateField(_l("Due on")),
    }

    def validate(self, extra_validators: Any = None) -> bool:
        """Each report has a kind and a day."""
        fine = super().validate(extra_validators)
        for row in self.filled:
            fine = self.needs(row, {"kind": _l("Choose which report."), "due_on": ENTER_A_DATE}) and fine
        return fine

    def days(self) -> list[tuple[date, str]]:
        """As the act takes it."""
        return [(row["due_on"].data, row["kind"].data) for row in self.filled]


class ReturnForm(Form):
    """What is missing."""

    missing = TextAreaField(
        _l("What is missing?"),
        [Required(_l("Say what is missing.")), Length(max=4000)],
        description=_l("The recipient gets these words by email."),
    )


class RepaymentForm(AmountsForm):
    """What goes back, and why."""

    kind = RadioField(
        _l("Why does it go back?"),
        [ChoiceRequired(_l("Choose why it goes back."))],
        choices=wording.choices(wording.REPAYMENT_KINDS),
    )
    why = TextAreaField(
        _l("In your words"),
        [Required(_l("Say why.")), Length(max=4000)],
        description=_l("The recipient gets these words once somebody else has approved it."),
    )


class OutcomeForm(SeenForm):
    """What came of it."""

    text = TextAreaField(
        _l("What came of it?"),
        [Required(_l("Write what came of it.")), Length(max=8000)],
        description=_l(
            "Everybody reads this: what there is now, who uses it, what was learned, also where it went wrong."
        ),
    )
    language = language_field()


def _amounts(row: dict[str, Any]) -> Amounts:
    def money(name: str) -> Money:
        data = row[name].data
        return data if isinstance(data, Money) else NOTHING

    return Amounts(money("capital"), money("revenue"))
