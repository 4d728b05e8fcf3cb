"""A batch of paper forms for the demo, half typed: some counted, some waiting for a second person, one read differently."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from civic.surveys.assisted.actions import batches, typing
from civic.surveys.assisted.queries import form_on_desk, numbered_form, on_paper
from civic.surveys.rules.logic import clear_hidden
from civic.surveys.seed_content import heat, replies
from civic.surveys.seed_content.londoners import londoner

FORMS, COUNTED, ONCE = 24, 6, 5
LONG_AGO = date(2026, 9, 1)


def plant(first: Any, second: Any, *, now: datetime) -> str:
    """The batch of a lunch club about the heat, typed by two people over the last days, and a call that was not read back."""
    on = on_paper(heat.SLUG)
    assert on is not None
    chance = Random(1911)  # noqa: S311 - example data, which must come out the same every time
    reason = "Clapton Library, lunch club on Tuesdays: most of its members are over 75 and use no computer"
    batch = batches.begin(on, forms=FORMS, language="en", reason=reason, by=first, now=now - timedelta(days=8))
    for number in range(1, COUNTED + ONCE + 2):
        moment = now - timedelta(days=4, minutes=-6 * number)
        answers = _answers(on, chance)
        found = numbered_form(batch.id, number)
        assert found is not None
        form = typing.form_of(found, now=moment)
        typing.type_in(found, form, answers, person=None, by=first, now=moment)
        again = form_on_desk(form.id)
        assert again is not None
        later = moment + timedelta(days=1)
        if number <= COUNTED:
            typing.type_in(again, form, answers, person=None, by=second, now=later)
        elif number == COUNTED + 1:
            typing.type_in(again, form, _misread(on, answers), person=None, by=second, now=later)
    call = typing.call(on, language="en", reason="Has no internet, and cannot hold a pen", now=now - timedelta(hours=2))
    typing.type_in(on, call, _answers(on, chance), person=None, by=second, now=now - timedelta(hours=2))
    return f"a batch of {FORMS} paper forms: {COUNTED} counted, {ONCE} typed once, one read differently; and a call"


def _answers(on: Any, chance: Random) -> dict[str, Any]:
    """What one member of the club answered."""
    made = replies.heat(chance, londoner(chance, ("en",), None), LONG_AGO)
    return clear_hidden(on.questionnaire, made)


def _misread(on: Any, answers: dict[str, Any]) -> dict[str, Any]:
    """The same form, with a slip of the hand."""
    question = next(q for q in on.questionnaire.questions() if q.kind == "scale" and q.key in answers)
    other = next(point for point in question.points if point != answers[question.key])
    return {**answers, question.key: other}
