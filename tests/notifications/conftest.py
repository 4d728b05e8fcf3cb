"""Kinds of news that the house declares for one test."""

from typing import Any

import pytest
from flask import Flask

from tests.make_notifications import KINDS


@pytest.fixture(autouse=True)
def kinds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The kinds of news by their keys; the house knows these and no others."""
    known = {notice.key: notice for notice in KINDS}
    if {"isolated", "shared", "make", "client"} & set(request.fixturenames):
        app: Flask = request.getfixturevalue("app")
        monkeypatch.setattr(app.extensions["civic"], "notices", known)
    return known
