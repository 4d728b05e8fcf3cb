"""What tests of applying stand on: a call with everybody in it, whose moment is that of every request."""

from typing import Any

import pytest

from tests.challenge.applying.ground import Ground


@pytest.fixture
def ground(in_request: Any, make: Any, now: Any, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """An open call; requests happen at its moment."""
    made = Ground(make, now)
    monkeypatch.setattr("civic.core.clock.now", lambda: made.now)
    return made
