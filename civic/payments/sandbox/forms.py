"""What can be typed at the sandbox: a test card, the bank's question, an organisation's answers."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.clock import london_today
from civic.core.forms import (
    CheckboxField,
    Form,
    Length,
    RadioField,
    Required,
    TextField,
    ValidationError,
    plain_digits,
)
from civic.payments.sandbox.cards import TestCard, matching

REFUSALS = {
    "card_declined": _l("The bank refused this card. Use another one."),
    "expired_card": _l("This card has expired. Use another one."),
    "authentication_failed": _l("The bank could not be sure that it was you. Try again, or use another card."),
}


class CardForm(Form):
    """A test card; its number is matched with the list and dropped, never kept and never shown again."""

    number = TextField(_l("Card number"), [Required(_l("Enter the number of a test card.")), Length(40)])
    expiry = TextField(
        _l("Expiry date"),
        [Required(_l("Enter an expiry date, like 12/34.")), Length(10)],
        description=_l("Month and year. Any date in the future, like 12/34."),
    )
    holder = TextField(
        _l("Name on the card"), [Required(_l("Enter any name.")), Length(200)], description=_l("It is not kept.")
    )

    def __init__(self, today: Any, **more: Any):
        super().__init__(**more)
        self._today = london_today(today)
        self.card: TestCard | None = None
        self.expires = (0, 0)  # month, year

    def validate_number(self, field: TextField) -> None:
        """Only numbers of the list; anybody's real card is refused unread."""
        self.card = matching(plain_digits(field.data))
        if self.card is None:
            raise ValidationError(
                _l("This is not one of the test cards on this page. Never type the number of a real card here.")
            )

    def validate_expiry(self, field: TextField) -> None:
        """A month that is not over."""
        found = re.fullmatch(r"\s*(0?[1-9]|1[0-2])\s*[/. -]\s*(?:20)?([0-9]{2})\s*", plain_digits(field.data))
        self.expires = (int(found[1]), 2000 + int(found[2])) if found else (0, 0)
        if (self.expires[1], self.expires[0]) < (self._today.year, self._today.month):
            raise ValidationError(_l("Enter a month and a year in the future, like 12/34."))

    def forget_number(self) -> None:
        """Leave nothing of the number for the page."""
        self.number.data, self.number.raw_data = "", []


class BankForm(Form):
    """What the person tells the bank: pass, fail, or go back without an answer."""

    verdict = RadioField(
        _l("What do you want to happen?"),
        [Required(_l("Choose what happens."))],
        choices=[
            ("pass", _l("I am who I say I am: let it pass")),
            ("fail", _l("I cannot prove who I am: let it fail")),
            ("back", _l("Go back without an answer")),
        ],
    )


class OnboardingForm(Form):
    """An organisation answers the provider's open questions, or leaves them for later."""

    identity = CheckboxField(_l("The name above is right, and I may act for the organisation"))
    bank_account = RadioField(
        _l("Where should money be sent?"),
        [Required(_l("Choose an account, or leave it for later."))],
        choices=[
            ("given", _l("To the sandbox’s bank account ending 6789")),
            ("later", _l("I will give a bank account later")),
        ],
    )

    def __init__(self, questions: list[str], **more: Any):
        super().__init__(**more)
        for question in ("identity", "bank_account"):
            if question not in questions:
                del self[question]

    @property
    def answered(self) -> list[str]:
        """The questions that were answered."""
        return [each.name for each in self if each.data is True or each.data == "given"]
