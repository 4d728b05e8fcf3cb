"""Forms of the finance desk: searching the books, asking for a refund, saying why."""

from flask_babel import lazy_gettext as _l

from civic.core.forms import (
    DateField,
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
from civic.payments import wording


class SearchForm(Form):
    """What to look for; read from the address, so nothing here changes anything."""

    class Meta(Form.Meta):  # type: ignore[name-defined]
        """A search is a GET and carries no token."""

        csrf = False

    def validate_search(self) -> bool:
        """Judge what the address asks for; it was not submitted, so Form.validate() would not."""
        return super(Form, self).validate()


class TransactionSearch(SearchForm):
    """Transactions of the books."""

    kind = SelectField(
        _l("What happened"), [Optional()], choices=[("", _l("Anything")), *wording.TRANSACTION_KINDS.items()]
    )
    ref = TextField(_l("Its name at the provider"), [Length(max=200)], description=_l("In full, like re_1Abc"))
    account = TextField(_l("Account"), [Length(max=200)], description=_l("Like campaign:12 or income:tips"))
    amount = MoneyField(_l("Amount"), [Optional()], description=_l("On any line, in or out"))
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("To, and including"), [Optional()])

    def validate_until(self, field: DateField) -> None:
        """A stretch of time ends after it begins."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_l("The last day must not be before the first."))


class ChargeSearch(SearchForm):
    """One charge, by any name it has."""

    q = TextField(
        _l("Find a charge"),
        [Length(max=200)],
        description=_l("The pledge’s code, a name at the provider (pi_… or ch_…), or the charge’s number"),
    )


class RefundForm(Form):
    """How much goes back, and why."""

    amount = MoneyField(_l("Amount to give back"), [Required(_l("Enter the amount to give back."))])
    why = TextAreaField(
        _l("Reason"),
        [Required(_l("Say why the money goes back.")), Length(max=1000)],
        description=_l(
            "For your colleague who approves it, and for the accounts. Name no more of the backer than is needed."
        ),
    )


class DeclineForm(Form):
    """Why not."""

    why = TextAreaField(
        _l("Or say no, and why"),
        [Required(_l("Say why not.")), Length(max=1000)],
        description=_l("For your colleague who asked, and for the accounts."),
    )


class NoteForm(Form):
    """What came of a difference."""

    note = TextAreaField(
        _l("What did you find?"),
        [Required(_l("Write what you found.")), Length(max=2000)],
        description=_l("For the auditors: what it was, and what was done about it."),
    )
