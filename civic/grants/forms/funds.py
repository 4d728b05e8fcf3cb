"""Funds: what they are called, what decisions give them, what is set aside."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    ChoiceRequired,
    DateField,
    IntegerField,
    Length,
    MoneyField,
    RadioField,
    Required,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.names import slug_of
from civic.grants import wording
from civic.grants.actions.funds import CHANGEABLE, Given
from civic.grants.forms.parts import AmountsForm, SeenForm, language_field
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.choices import MANAGERS


class FundForm(SeenForm):
    """What a fund is, and how it is run."""

    title = TextField(_l("What is the fund called?"), [Required(_l("Enter a title.")), Length(max=120)])
    summary = TextAreaField(
        _l("What is it for?"),
        [Required(_l("Say what the fund is for.")), Length(max=4000)],
        description=_l("Everybody reads this. Two or three sentences are best; you can use Markdown."),
    )
    language = language_field()
    managed_by = RadioField(
        _l("Who runs it?"),
        [ChoiceRequired(_l("Choose who runs it."))],
        choices=[(each, wording.MANAGERS[each]) for each in MANAGERS],
        description=_l("They recommend, announce, write agreements and check claims. They never decide and never pay."),
    )
    consultees = IntegerField(
        _l("How many consultees must give their view before anything is decided?"),
        [Required(_l("Enter a number from 0 to 9."))],
        description=_l("From 0 to 9. Each gives a view on every recommendation."),
    )

    def validate_consultees(self, field: IntegerField) -> None:
        """A few at most."""
        if field.data is not None and not 0 <= field.data <= 9:
            raise ValidationError(_l("Enter a number from 0 to 9."))

    def facts(self) -> dict[str, Any]:
        """What was typed, as the columns keep it."""
        return {name: self[name].data for name in CHANGEABLE}

    @property
    def slug(self) -> str:
        """The address that its title asks for."""
        return slug_of(self.title.data or "", "fund")


class BudgetForm(SeenForm):
    """What a decision of the authority gives to a fund or takes away."""

    direction = RadioField(
        _l("What did the decision do?"),
        [ChoiceRequired(_l("Choose what the decision did."))],
        choices=[("more", _l("It gave money to the fund")), ("less", _l("It took money away"))],
        default="more",
    )
    spending = RadioField(
        _l("Which kind of money?"),
        [ChoiceRequired(_l("Choose capital or revenue."))],
        choices=wording.choices(wording.SPENDINGS),
    )
    amount = MoneyField(_l("How much?"), [Required(_l("Enter an amount."))])
    number = TextField(
        _l("Number of the decision"),
        [Required(_l("Enter the number of the decision.")), Length(max=60)],
        description=_l("As it was published, like MD2163."),
    )
    decided_on = DateField(_l("Date of the decision"), [Required(_l("Enter the date of the decision."))])
    source = TextField(
        _l("Where can the decision be read? (optional)"),
        [Length(max=500)],
        description=_l("The address of a page, beginning with https://"),
    )
    why = TextAreaField(_l("What for? (optional)"), [Length(max=1000)], description=_l("Everybody can read this."))

    def validate_source(self, field: TextField) -> None:
        """A link leads to a page."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(_l("Enter an address that begins with https://"))

    @property
    def given(self) -> Given:
        """The decision."""
        assert self.amount.data is not None
        amount = self.amount.data if self.direction.data == "more" else -self.amount.data
        texts = {"source": self.source.data or "", "why": self.why.data or ""}
        return Given(self.spending.data, amount, self.number.data or "", self.decided_on.data, **texts)


class AllotmentForm(AmountsForm):
    """What is set aside for a pot, or taken back from it."""

    direction = RadioField(
        _l("What do you want to do?"),
        [ChoiceRequired(_l("Choose what you want to do."))],
        choices=[
            ("more", _l("Set money of the fund aside for this pot")),
            ("less", _l("Take money back into the fund")),
        ],
        default="more",
    )
    why = TextField(_l("Why?"), [Required(_l("Say why.")), Length(max=300)])

    @property
    def change(self) -> Amounts:
        """How much more, or less."""
        return self.amounts if self.direction.data == "more" else -self.amounts
