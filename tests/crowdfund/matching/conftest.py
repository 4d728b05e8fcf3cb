"""What tests of match funding stand on."""

import pytest
from flask import Flask

from tests.crowdfund.matching.avenue import Avenue
from tests.grants.conftest import demo_subject  # noqa: F401 - a fixture


@pytest.fixture
def avenue(in_request: Flask, make, demo_subject) -> Avenue:  # noqa: F811
    """An avenue on the test's savepoint."""
    return Avenue(in_request, make)
