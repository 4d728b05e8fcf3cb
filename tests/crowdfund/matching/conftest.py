"""What tests of match funding stand on."""

import pytest
from flask import Flask

from tests.crowdfund.matching.avenue import Avenue
from tests.grants.conftest import as_, demo_subject  # noqa: F401 - fixtures


@pytest.fixture
def avenue(in_request: Flask, make, demo_subject, monkeypatch: pytest.MonkeyPatch) -> Avenue:  # noqa: F811
    """An avenue on the test's savepoint; the clock is the avenue's."""
    made = Avenue(in_request, make)
    monkeypatch.setattr("civic.core.clock.now", lambda: made.now)
    return made
