"""Where people come back from the provider and their bank, and where the provider tells us what happened."""

from civic.core.web import room

bp = room("payments", __name__, "/payments")

from civic.payments.views import returning, webhooks  # noqa: E402, F401 - they fill the room
