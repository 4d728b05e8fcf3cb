"""What a screen reader is told of a question of each kind; tests/journeys/golden/ holds it, to be read by people when it changes."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from tests.make_surveys import asked, option, text
from tests.support.browser import Person

pytestmark = pytest.mark.browser
TREES, LIGHTS = option("trees", "More trees"), option("lights", "Better lights")
KINDS: dict[str, dict[str, Any]] = {
    "single": {"options": [TREES, LIGHTS], "other": True, "hint": text("Think of your street.")},
    "multiple": {"options": [TREES, LIGHTS, option("nothing", "Nothing", exclusive=True)], "other": True},
    "yes_no": {"required": True},
    "scale": {"minimum": "0", "maximum": "4", "labels": {"0": text("Very dirty"), "4": text("Very clean")}},
    "matrix": {
        "rows": [option("mayor", "The Mayor"), option("council", "Your council")],
        "options": [option("lot", "A lot"), option("not", "Not at all")],
    },
    "ranking": {"options": [TREES, LIGHTS]},
    "number": {"minimum": "0", "maximum": "500", "unit": text("miles")},
    "short_text": {"maximum": "80"},
    "long_text": {"maximum": "500"},
    "date": {},
    "borough": {},
    "information": {},
}  # fmt: skip


def survey_of(make: Any, kind: str) -> None:
    question = asked("it", kind, f"A question of the kind {kind.replace('_', ' ')}", **KINDS[kind])
    must = asked("must", "yes_no", "Do you live in London?", required=True)
    part = {"key": "part", "title": text("Part"), "questions": [question, must]}
    make.survey({"languages": ["en"], "sections": [part]}, slug=f"of-{kind.replace('_', '-')}")
    db.session.commit()


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_tells_a_screen_reader_what_it_should(
    browse: Callable[..., Person], shared: Flask, make: Any, kind: str
):
    survey_of(make, kind)
    reader = browse()
    reader.visit(f"/en/surveys/of-{kind.replace('_', '-')}/answers/part").snapshot(kind, "#at-it").look_closely()


@pytest.mark.parametrize("kind, typed", [("number", "lots"), ("short_text", "x" * 200), ("date", "31 2 2026")])
def test_a_refused_answer_tells_why_beside_it(
    browse: Callable[..., Person], shared: Flask, make: Any, kind: str, typed: str
):
    survey_of(make, kind)
    reader = browse()
    reader.visit(f"/en/surveys/of-{kind.replace('_', '-')}/answers/part")
    inputs = reader.page.locator("#at-it input")
    for part, value in enumerate(typed.split(" ") if kind == "date" else [typed]):
        inputs.nth(part).fill(value)
    reader.refused("Continue").snapshot(f"{kind}_refused", "#at-it").snapshot(f"{kind}_summary", ".govuk-error-summary")
