"""What tests of rounds stand on."""

import pytest
from flask import Flask

from tests.crowdfund.rounds.town import RoundTown
from tests.grants.conftest import demo_subject  # noqa: F401 - a fixture


@pytest.fixture
def town(in_request: Flask, make, demo_subject) -> RoundTown:  # noqa: F811
    """A town on the test's savepoint."""
    return RoundTown(in_request, make)
