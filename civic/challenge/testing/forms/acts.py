"""What the sides type about milestones, spending and changes, and what managers type about money."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.challenge.testing import wording
from civic.challenge.testing.models import BudgetLine
from civic.core.forms import (
    CheckboxesField,
    CheckboxField,
    DateTimeField,
    Form,
    HiddenField,
    Length,
    MoneyField,
    Optional,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import Words
from civic.core.money import Money
from civic.grants.forms.parts import AmountsForm, SeenForm
from civic.grants.forms.recipients import WithPaper
from civic.grants.wording import SPENDINGS


class HandInForm(WithPaper):
    """That a milestone is reached."""

    words = TextAreaField(
        _l("What was reached?"),
        [Length(max=4000)],
        description=_l("Two or three sentences for the partner: what was done, and which of the files shows it."),
    )

    def validate_words(self, field: TextAreaField) -> None:
        """What is handed in says something; what is only kept may be empty."""
        if self.act.data == "send" and not field.data:
            raise ValidationError(_l("Say what was reached."))


class JudgeForm(Form):
    """What the partner says to the evidence."""

    words = TextAreaField(
        _l("Your answer"),
        [Length(max=4000)],
        description=_l("If something is missing, say what. The startup reads this."),
    )
    as_role = TextField(
        _l("Your role, as it will stand beside the signature"),
        [Length(max=120)],
        description=_l("For example: Head of Innovation."),
    )
    act = HiddenField()

    def validate_words(self, field: TextAreaField) -> None:
        """Whoever returns it says what is missing."""
        if self.act.data == "return" and not field.data:
            raise ValidationError(_l("Say what is missing."))

    def validate_as_role(self, field: TextField) -> None:
        """Whoever signs says in which role."""
        if self.act.data == "sign_off" and not field.data:
            raise ValidationError(_l("Say in which role you sign."))


class SpendForm(SeenForm):
    """What was done, and what was spent so far of each line."""

    act = HiddenField()
    text = TextAreaField(
        _l("What was done, and what was the money spent on?"),
        [Length(max=20_000)],
        description=_l("It need not be long. Say also what went differently than you planned."),
    )

    @classmethod
    def of(cls, lines: list[BudgetLine], **values: Any) -> "SpendForm":
        """With one amount for each line."""
        fields = {f"spent_{each.id}": MoneyField(each.title, [Optional()]) for each in lines}
        return type(cls.__name__, (cls,), fields)(**values)  # type: ignore[no-any-return]

    def validate_text(self, field: TextAreaField) -> None:
        """A report says something; what is only kept may be empty."""
        if self.act.data == "send" and not field.data:
            raise ValidationError(_l("Write your report."))

    def spent(self, lines: list[BudgetLine]) -> dict[int, Money]:
        """What was typed, by the number of the line."""
        return {each.id: self[f"spent_{each.id}"].data or Money(0) for each in lines}


class DeclineForm(Form):
    """That the startup does not want the grant."""

    words = TextAreaField(_l("Why? (optional)"), [Length(max=2000)])
    is_sure = CheckboxField(
        _l("We do not want this grant, and we know that the match ends with it"),
        [Required(_l("Tick the box if you are sure."))],
    )


class PivotForm(Form):
    """What the solution becomes, and why."""

    what = TextAreaField(
        _l("What does the solution become?"),
        [Required(_l("Say what the solution becomes.")), Length(max=4000)],
        description=_l("Everybody can read this once all three sides agree."),
    )
    why = TextAreaField(_l("Why is the change needed?"), [Required(_l("Say why.")), Length(max=2000)])


class StopForm(Form):
    """Why the test should stop."""

    why = TextAreaField(
        _l("Why should the test stop?"),
        [Required(_l("Say why.")), Length(max=2000)],
        description=_l("City Hall decides about it. What was paid and is not spent goes back."),
    )


class AnswerForm(Form):
    """Yes, or no with a reason."""

    words = TextAreaField(
        _l("If you decline: why?"), [Length(max=2000)], description=_l("The side that asked reads this.")
    )
    act = HiddenField()

    def validate_words(self, field: TextAreaField) -> None:
        """A no has a reason."""
        if self.act.data == "decline" and not field.data:
            raise ValidationError(_l("Say why you decline."))


class BackForm(Form):
    """Why money goes back."""

    kind = RadioField(
        _l("Why does it go back?"),
        [Required(_l("Choose why it goes back."))],
        choices=wording.choices(wording.REPAYMENTS),
    )
    why = TextAreaField(_l("In your words"), [Required(_l("Say why.")), Length(max=4000)])


class AsideForm(AmountsForm):
    """Money of a fund for a programme."""

    fund = SelectField(_l("From which fund?"), [Required(_l("Choose a fund."))])
    why = TextField(_l("Note (optional)"), [Length(max=200)])

    def __init__(self, funds: list[tuple[str, Words]], *args: Any, **values: Any):
        super().__init__(*args, **values)
        self.fund.choices = funds

    def validate_capital(self, field: MoneyField) -> None:
        """Something of one kind or of both."""
        if not self.amounts:
            raise ValidationError(_l("Enter an amount for capital, for revenue or for both."))


class OfferForm(Form):
    """For which matched startups a test grant is recommended, and on which terms."""

    chosen = CheckboxesField(_l("For which startups?"), [Required(_l("Choose at least one startup."))], coerce=int)
    amount = MoneyField(_l("How much is each grant?"), [Required(_l("Enter an amount."))])
    spending = RadioField(
        _l("Which kind of money?"), [Required(_l("Choose a kind of money."))], choices=list(SPENDINGS.items())
    )
    rationale = TextAreaField(
        _l("Why do you recommend it?"), [Required(_l("Say why you recommend it.")), Length(max=8000)]
    )
    conditions = TextAreaField(_l("Conditions (optional)"), [Length(max=4000)])
    expires_at = DateTimeField(
        _l("Until when must both sides have signed?"),
        [Optional()],
        description=_l("London time. Afterwards the offer ends by itself."),
    )

    def __init__(self, choices: list[tuple[int, Any]], *args: Any, **values: Any):
        super().__init__(*args, **values)
        self.chosen.choices = choices

    def validate_amount(self, field: MoneyField) -> None:
        """More than nothing."""
        if field.data is not None and field.data.minor <= 0:
            raise ValidationError(_l("Enter more than nothing."))
