"""What finance officers record: payments, payments that came back, repayments that came."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.core.forms import DateField, Form, Length, Required, TextAreaField, TextField, ValidationError


class _BankForm(Form):
    """A form that knows which day it is."""

    def __init__(self, *args: Any, today: date, **more: Any):
        self.today = today
        super().__init__(*args, **more)


def _not_later(form: Any, field: DateField) -> None:
    if field.data and field.data > form.today:
        raise ValidationError(_l("Enter a day that has already come."))


class PaidForm(_BankForm):
    """That the authority's bank has paid."""

    paid_on = DateField(_l("Day of the payment"), [Required(_l("Enter the day of the payment.")), _not_later])
    bank_reference = TextField(
        _l("Reference of the finance system"),
        [Required(_l("Enter the reference.")), Length(max=80)],
        description=_l("By which the payment can be found there. No account numbers."),
    )


class BouncedForm(Form):
    """That it came back."""

    why = TextAreaField(
        _l("Why did it come back?"),
        [Required(_l("Say why it came back.")), Length(max=1000)],
        description=_l("As the bank says it. No account numbers."),
    )


class ReceivedForm(_BankForm):
    """That a repayment came."""

    received_on = DateField(_l("Day on which it came"), [Required(_l("Enter the day on which it came.")), _not_later])
    bank_reference = TextField(
        _l("Reference of the finance system"), [Required(_l("Enter the reference.")), Length(max=80)]
    )


class WriteOffForm(Form):
    """Why money is given up."""

    reason = TextAreaField(
        _l("Why can it not be had back?"),
        [Required(_l("Say why it cannot be had back.")), Length(max=2000)],
        description=_l("It stays among what was paid. The reason is kept for the auditors."),
    )
