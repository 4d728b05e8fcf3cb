"""Plans with as many rows as are wanted: milestones, budget lines, earlier subsidies; and the same as a change."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.challenge.testing import wording
from civic.challenge.testing.actions.subsidy import Declared
from civic.challenge.testing.rules.plans import Line, Step
from civic.core import clock
from civic.core.clock import london_today
from civic.core.forms import (
    CheckboxField,
    DateField,
    HiddenField,
    Length,
    MoneyField,
    Optional,
    Required,
    SelectField,
    TextAreaField,
    TextField,
)
from civic.core.money import Money
from civic.grants.forms.rows import ENTER_A_DATE, RowsForm

ENTER_AN_AMOUNT = _l("Enter an amount.")


class MoneyRows(RowsForm):
    """Rows of which each has an amount."""

    @property
    def sum(self) -> Money:
        """What the rows come to, as far as they can be read."""
        return sum((row["amount"].data for row in self.filled if isinstance(row["amount"].data, Money)), Money(0))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each row has an amount that is more than nothing."""
        fine = super().validate(extra_validators)
        for row in self.filled:
            if not row["amount"].data and not row["amount"].errors:
                row["amount"].errors = [ENTER_AN_AMOUNT]
                fine = False
        return fine


class MilestonesForm(MoneyRows):
    """What is shown by when, and what is paid for it."""

    PARTS = {
        "title": lambda: TextField(_l("The milestone"), [Length(max=120)]),
        "evidence": lambda: TextAreaField(_l("What do you show?"), [Length(max=2000)]),
        "due_on": lambda: DateField(_l("By which day?")),
        "amount": lambda: MoneyField(_l("How much is paid for it?"), [Optional()]),
    }

    def validate(self, extra_validators: Any = None) -> bool:
        """Each milestone is complete."""
        fine = super().validate(extra_validators)
        wanted = {
            "title": _l("Give the milestone a name."),
            "evidence": _l("Say what is shown."),
            "due_on": ENTER_A_DATE,
        }
        for row in self.filled:
            fine = self.needs(row, wanted) and fine
        return fine

    def steps(self) -> list[Step]:
        """As the act takes it."""
        return [
            Step(row["title"].data, row["evidence"].data, row["due_on"].data, row["amount"].data) for row in self.filled
        ]


class BudgetForm(MoneyRows):
    """What the grant is spent on."""

    PARTS = {
        "number": lambda: HiddenField(),
        "category": lambda: SelectField(_l("Kind of cost"), choices=[("", "–"), *wording.choices(wording.CATEGORIES)]),
        "title": lambda: TextField(_l("What for?"), [Length(max=120)]),
        "amount": lambda: MoneyField(_l("How much?"), [Optional()]),
    }

    def validate(self, extra_validators: Any = None) -> bool:
        """Each line is complete."""
        fine = super().validate(extra_validators)
        wanted = {"category": _l("Choose a kind of cost."), "title": _l("Say what it is for.")}
        for row in self.filled:
            fine = self.needs(row, wanted) and fine
        return fine

    def lines(self) -> list[tuple[int | None, Line]]:
        """As the act takes it: (number of the line that it was, line)."""
        return [
            (_number(row["number"].data), Line(row["category"].data, row["title"].data, row["amount"].data))
            for row in self.filled
        ]


def _number(text: Any) -> int | None:
    told = str(text or "")
    return int(told) if told.isdecimal() and len(told) < 16 else None


def _why() -> TextAreaField:
    return TextAreaField(
        _l("Why is the change needed?"),
        [Required(_l("Say why.")), Length(max=2000)],
        description=_l("The other side reads this before it agrees."),
    )


class MilestonesChangeForm(MilestonesForm):
    """The milestones as they should become."""

    BESIDES = ("why",)
    why = _why()


class BudgetChangeForm(BudgetForm):
    """The budget as it should become."""

    BESIDES = ("why",)
    why = _why()


class DeclarationForm(MoneyRows):
    """Earlier assistance, and the confirmation in writing."""

    BESIDES = ("name", "position", "confirms")
    PARTS = {
        "giver": lambda: TextField(_l("Who gave it?"), [Length(max=200)]),
        "given_on": lambda: DateField(_l("On which day?")),
        "amount": lambda: MoneyField(_l("How much (gross)?"), [Optional()]),
    }
    name = TextField(_l("Your full name"), [Required(_l("Enter your full name.")), Length(max=120)])
    position = TextField(_l("Your position"), [Required(_l("Enter your position.")), Length(max=120)])
    confirms = CheckboxField(
        _l("I confirm for the startup that this is all of it, and that the ceiling is not exceeded with the new grant"),
        [Required(_l("Tick the box to confirm it in writing."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each row is complete, and nothing was given tomorrow."""
        fine = super().validate(extra_validators)
        today = london_today(clock.now())
        for row in self.filled:
            fine = self.needs(row, {"giver": _l("Say who gave it."), "given_on": ENTER_A_DATE}) and fine
            if row["given_on"].data and row["given_on"].data > today:
                row["given_on"].errors = [_l("That day has not come yet.")]
                fine = False
        return fine

    def aids(self) -> list[Declared]:
        """As the act takes it."""
        return [Declared(row["given_on"].data, row["giver"].data, row["amount"].data) for row in self.filled]
