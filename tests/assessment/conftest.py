"""What tests of assessments stand on: a made-up kind of thing to be judged, and a request to speak in."""

import pytest
from flask import Flask

from tests.assessment.demo import Demo, registered


@pytest.fixture(autouse=True)
def demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Demo:
    """The kind "demo"."""
    return registered(app, monkeypatch)
