"""What staff type of a gift that did not come by card."""

from datetime import date

from flask_babel import lazy_gettext as _l

from civic.accounts import wording
from civic.accounts.rules import names
from civic.core import clock
from civic.core.forms import (
    DateField,
    FileField,
    Form,
    Length,
    MoneyField,
    Optional,
    RadioField,
    Required,
    TextAreaField,
    TextField,
    ValidationError,
)
from civic.core.money import GBP
from civic.crowdfund.wording import METHOD_NAMES, choices


class OfflineForm(Form):
    """One gift, with its evidence."""

    method = RadioField(
        _l("How was it given?"), [Required(_l("Choose how it was given."))], choices=choices(METHOD_NAMES)
    )
    amount = MoneyField(_l("Amount"), [Required(_l("Enter an amount in pounds, like 20 or 20.50."))])
    received_on = DateField(_l("Received on"), [Required(_l("Enter the day on which it was received."))])
    shown = RadioField(
        _l("How should the giver be shown?"),
        [Required(_l("Choose whether to show a name."))],
        choices=[("name", _l("With a name")), ("anonymous", _l("Without a name"))],
    )
    name = TextField(_l("Name to show"))
    note = TextAreaField(
        _l("Note for colleagues (optional)"), [Optional(), Length(500)], description=_l("Nobody outside sees it.")
    )
    evidence = FileField(
        _l("Evidence"),
        description=_l(
            "A bank statement, paying-in slip or letter that names the project: PDF, PNG or JPEG, 8 MB at most."
        ),
    )

    def validate_amount(self, field: MoneyField) -> None:
        """At least a pound."""
        if field.data is not None and not GBP(1) <= field.data <= GBP(1_000_000):
            raise ValidationError(_l("Enter an amount of at least £1."))

    def validate_received_on(self, field: DateField) -> None:
        """A day that has been, within two years."""
        today = clock.london_today(clock.now())
        if isinstance(field.data, date) and not -730 <= (field.data - today).days <= 0:
            raise ValidationError(_l("Enter a day that is not in the future."))

    def validate_name(self, field: TextField) -> None:
        """A name that can be shown, where one is to be shown."""
        if self.shown.data != "name":
            field.data = ""
            return
        field.data = names.tidy(field.data or "")
        if found := names.problem(field.data):
            raise ValidationError(wording.NAME_PROBLEMS[found])

    def validate_evidence(self, field: FileField) -> None:
        """A paper that proves it."""
        if not getattr(field.data, "filename", ""):
            raise ValidationError(_l("Choose a file."))


class ReasonForm(Form):
    """Why a gift does not count."""

    why = TextAreaField(_l("Reason"), [Required(_l("Give a reason.")), Length(500)])
