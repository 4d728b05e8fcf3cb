"""The finance desk: what waits, the books, refunds, payments to organisations, disputes, and the nightly comparison."""

from civic.core.web import room

desk = room("money_desk", __name__, "/staff/money")

from civic.payments.manage import (  # noqa: E402, F401 - they fill the room
    books,
    charges,
    comparisons,
    disputes,
    overview,
    refunds,
    transfers,
)
