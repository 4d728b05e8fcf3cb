"""What people see who are sent to the sandbox: the card page, the bank, the organisation's questions."""

from civic.core.web import room

bp = room("sandbox", __name__, "/sandbox")

from civic.payments.sandbox.views import bank, checkout, onboarding  # noqa: E402, F401 - they fill the room
