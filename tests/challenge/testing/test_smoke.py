import pytest
from civic.challenge.testing.checks import CHECKS
from civic.grants.checks import public_money_is_whole
from civic.ledger.checks import books_balance


@pytest.mark.parametrize("state", ["planned", "running", "finished", "stopped", "ended"])
def test_state(make, in_request, state):
    test = make.test_grant(state)
    assert test.status == state
    assert [each for check in (*CHECKS, public_money_is_whole, books_balance) for each in check()] == []
