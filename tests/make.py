"""Typed builders with honest defaults: `make.member()`, `make.survey(title=…)`; each package brings its own part."""

from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

# Each part is a class `Make<Package>` in tests/make_<package>.py that expects `self.now`.
_parts = [
    import_module(f"tests.make_{name}")
    for name in (
        "accounts",
        "accessibility",
        "notifications",
        "surveys",
        "consultations",
        "payments",
        "crowdfund",
        "pledges",
        "assessment",
        "grants",
        "rounds",
        "matching",
        "discussions",
        "challenge",
        "applying",
        "challenge_matching",
        "testing",
        "support",
        "moderation",
        "authoring",
        "translation",
        "requests",
        "assisted",
        "formats",
    )
    if find_spec(f"tests.make_{name}")
]
_classes = tuple(getattr(part, next(name for name in vars(part) if name.startswith("Make"))) for part in _parts)


class Make(*_classes):  # type: ignore[misc]
    """Everything that can be made, at one moment."""

    def __init__(self, now: datetime):
        self.now = now
        self.counter = 0

    def number(self) -> int:
        """The next number, so that names differ."""
        self.counter += 1
        return self.counter
