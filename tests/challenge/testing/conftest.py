"""What tests of test grants stand on: pages at the tests' own moment, and what must be true of all money afterwards."""

from collections.abc import Callable

import pytest

from civic.challenge.testing.checks import CHECKS
from civic.grants.checks import public_money_is_whole
from civic.ledger.checks import books_balance


@pytest.fixture
def problems() -> Callable[[], list[str]]:
    """Everything that is not true of tests, of public money and of the books."""
    return lambda: [each for check in (*CHECKS, public_money_is_whole, books_balance) for each in check()]


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch, now) -> None:
    """Requests happen at the tests' own moment."""
    monkeypatch.setattr("civic.core.clock.now", lambda: now)
