"""What staff can order of the sandbox: a time, things that go wrong, how webhooks arrive."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, NumberRange

from civic.core.forms import (
    CheckboxesField,
    CheckboxField,
    DateTimeField,
    Form,
    IntegerField,
    Optional,
    RadioField,
    Required,
    SelectField,
)

CALLS = {
    "rate_limit": _l("Too many requests: it refuses, and nothing happens"),
    "drop_before": _l("No answer, and nothing happens"),
    "drop_after": _l("No answer, although it happens"),
    "error_after": _l("It happens, but an error comes back; the same request gets the same error for 24 hours"),
    "slow": _l("The answer takes its time"),
}
OPERATIONS = {
    "": _l("Any call"),
    "ensure_customer": _l("Know a customer"),
    "start_setup": _l("Begin to save a card"),
    "create_payment": _l("Prepare a payment"),
    "confirm_payment": _l("Take a payment"),
    "fetch_payment": _l("Ask about a payment"),
    "refund": _l("Refund"),
    "transfer": _l("Pay an organisation"),
    "reverse_transfer": _l("Call money back from an organisation"),
}
WEBHOOKS = {
    "duplicate": _l("Each arrives twice"),
    "shuffle": _l("They arrive in any order"),
    "delay": _l("They arrive five minutes late"),
    "pause": _l("None arrives"),
}


class JumpForm(Form):
    """A London date and minute to be at."""

    until = DateTimeField(
        _l("Jump to"),
        [Required(_l("Enter a date and a time."))],
        description=_l("A date and a time in London, in the future."),
    )


class StepForm(Form):
    """Some hours forward, from a button."""

    hours = IntegerField(_l("Hours"), [Required(_l("Choose how far.")), NumberRange(min=1, max=24 * 400)])


class ComeBackForm(Form):
    """Back to real time, knowing what that means."""

    understood = CheckboxField(
        _l("I understand that what was written meanwhile keeps its later dates"),
        [DataRequired(_l("Tick the box to go back to real time."))],
    )


class FaultForm(Form):
    """What shall go wrong with which calls, and how often."""

    kind = RadioField(_l("What goes wrong?"), [Required(_l("Choose what goes wrong."))], choices=list(CALLS.items()))
    operation = SelectField(_l("With which calls?"), [Optional()], choices=list(OPERATIONS.items()))
    times = IntegerField(
        _l("How often?"),
        [Required(_l("Enter a number.")), NumberRange(1, 1000, _l("Enter a number from 1 to 1,000."))],
        default=1,
    )
    seconds = IntegerField(
        _l("How many seconds a slow answer takes"),
        [Optional(), NumberRange(0, 60, _l("Enter a number from 0 to 60."))],
        default=5,
    )


class WebhookForm(Form):
    """How announcements arrive."""

    ways = CheckboxesField(_l("How do announcements arrive?"), choices=list(WEBHOOKS.items()))
