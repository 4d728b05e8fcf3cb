"""What staff type of a wish; there is no field for a card, and there will be none."""

from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    EmailAddress,
    EmailField,
    Form,
    Length,
    MoneyField,
    RadioField,
    Required,
    SelectField,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.i18n import Words, enabled
from civic.core.money import GBP
from civic.crowdfund.actions.pledges import most
from civic.crowdfund.intents.actions import Wished
from civic.crowdfund.models import Campaign


class IntentForm(Form):
    """Who means to pledge how much to what, and how they are reached."""

    campaign = SelectField(_l("Campaign"), [Required(_l("Choose a campaign."))], validate_choice=True)
    amount = MoneyField(
        _l("How much do they mean to pledge?"), [Required(_l("Enter an amount in pounds, like 20 or 20.50."))]
    )
    name = TextField(_l("Their name"), [Required(_l("Enter their name.")), Length(120)])
    email = EmailField(
        _l("Email address"),
        [Length(254)],
        description=_l("We send them the link. Leave it empty where they have none."),
    )
    address = TextAreaField(
        _l("Postal address"),
        [Length(500)],
        description=_l("Only where there is no email address: for a letter with a code."),
    )
    language = RadioField(_l("In which language should we write to them?"), validate_choice=True)

    def __init__(self, campaigns: list[Campaign], *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.campaign.choices = [("", ""), *((each.slug, Words(each.title, each.language)) for each in campaigns)]
        self.language.choices = [(each.code, each.name) for each in enabled().values()]

    def validate_amount(self, field: MoneyField) -> None:
        """What could be pledged online."""
        if field.data is not None and not GBP(1) <= field.data <= most():
            raise ValidationError(_l("Enter an amount of at least £1."))

    def validate_email(self, field: EmailField) -> None:
        """An address that can be written to."""
        if field.data:
            EmailAddress()(self, field)

    def validate_address(self, field: TextAreaField) -> None:
        """One of the two ways."""
        if self.email.data:
            field.data = ""
        elif len((field.data or "").split()) < 3:
            raise ValidationError(_l("Enter an email address, or a full postal address with the postcode."))

    def wished(self) -> Wished:
        """What was typed."""
        assert self.amount.data is not None
        return Wished(
            amount=self.amount.data,
            language=str(self.language.data),
            name=self.name.data or "",
            email=self.email.data or "",
            address=self.address.data or "",
        )


class CodeForm(Form):
    """The code of a letter."""

    code = TextField(
        _l("Code"),
        [Required(_l("Enter the code from our letter.")), Length(40)],
        description=_l("It looks like K7QM-2XWD-9HTA."),
    )
