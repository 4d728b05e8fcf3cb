"""What tests of match funding stand on."""

from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from civic.crowdfund.matching.actions import drafts, schemes
from tests.crowdfund.matching.avenue import Avenue
from tests.grants.conftest import as_, demo_subject  # noqa: F401 - fixtures


@pytest.fixture
def avenue(in_request: Flask, make, demo_subject, monkeypatch: pytest.MonkeyPatch) -> Avenue:  # noqa: F811
    """An avenue on the test's savepoint; the clock is the avenue's."""
    made = Avenue(in_request, make)
    monkeypatch.setattr("civic.core.clock.now", lambda: made.now)
    return made


@pytest.fixture
def officer(avenue: Avenue, as_) -> Any:  # noqa: F811
    """The browser of whoever runs the fund."""
    return as_(avenue.officer)


@pytest.fixture
def mayor(avenue: Avenue, as_) -> Any:  # noqa: F811
    """The browser of an approver whose grade reaches everything."""
    return as_(avenue.mayor)


@pytest.fixture
def draft(avenue: Avenue) -> Any:
    """A scheme that is written."""
    made = avenue.draft()
    db.session.commit()
    return made


@pytest.fixture
def proposed(avenue: Avenue) -> Any:
    """A scheme with a campaign that waits for an approver."""
    made = avenue.draft()
    schemes.enrol(made, avenue.live(), by=avenue.officer, now=avenue.now)
    drafts.propose(made, why="It doubles what neighbours give.", by=avenue.officer, now=avenue.now)
    db.session.commit()
    return avenue.scheme(made)
