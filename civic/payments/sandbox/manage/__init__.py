"""Where staff play the world outside: the clock, what goes wrong, banks and organisations."""

from civic.core.web import room

bp = room("manage_sandbox", __name__, "/staff/sandbox")

from civic.payments.sandbox.manage import control, there  # noqa: E402, F401 - they fill the room
