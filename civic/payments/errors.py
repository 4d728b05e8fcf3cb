"""What a person is told when the payment provider cannot be used."""

from flask_babel import lazy_gettext as _l

from civic.core.errors import CivicError


class PaymentsUnavailable(CivicError):
    """The payment provider gave no answer; nothing was lost and nothing was taken."""

    sentence = _l(
        "We cannot reach our payment partner at the moment. Nothing was taken and nothing was lost. Try again in a few minutes."
    )
    status = 503


class NotKnownYet(PaymentsUnavailable):
    """A bank was asked and no answer came: money may have been taken, and nobody knows yet."""

    sentence = _l(
        "Your bank was asked and its answer did not reach us. We are finding out. Look at your pledge again in a few minutes, "
        "before you try once more."
    )


class WrongProvider(Exception):
    """A row of another provider or mode: sandbox, test and live money never meet on one row."""
