"""Things of a made-up kind, "demo:1", for tests of what handles things by name alone."""

from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup

from civic.core.manifest import Subject

CONTENT = "The bandstand is to have a roof of larch shingles"
"""What stands in every demo thing, and may stand nowhere before an assessor has declared."""


class Demo:
    """The kind: who stands behind each, which were locked, and all of each as it is drawn."""

    def __init__(self) -> None:
        self.parties: dict[int, set[int]] = {}
        self.held: list[int] = []

    def subject(self, *, quick: bool = True) -> Subject:
        """The kind as a manifest would declare it; `quick` lets long lists ask once."""
        return Subject(
            kind="demo",
            label=Markup("<bdi>Demo</bdi>"),
            url=lambda number: f"/en/staff?demo={number}",
            draw=lambda number: Markup('<div translate="no" lang="en"><h3>Demo {}</h3><p>{}</p></div>').format(
                number, CONTENT
            ),
            public_url=lambda number: "",
            parties=lambda number: frozenset(self.parties.get(number, ())),
            hold=self.held.append,
            behind=self.behind if quick else None,
        )

    def behind(self, person_id: int) -> frozenset[int]:
        """The numbers of everything that an account stands behind."""
        return frozenset(number for number, people in self.parties.items() if person_id in people)


def registered(app: Flask, monkeypatch: pytest.MonkeyPatch, **options: Any) -> Demo:
    """Make the kind known to the house for one test."""
    demo = Demo()
    monkeypatch.setitem(app.extensions["civic"].subjects, "demo", demo.subject(**options))
    return demo
