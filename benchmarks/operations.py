"""What is measured, each beside its floor and its goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.campaign_data import FEW_SLUG, MANY_SLUG
from benchmarks.data import LARGE_SLUG, OPEN_SLUG, SMALL_SLUG
from benchmarks.questionnaire import answer, twenty_questions
from benchmarks.wire import Answer, Reader, csrf_of
from civic.surveys.rules.answers import as_fields

PAGE = f"/en/surveys/{OPEN_SLUG}/answers/all_of_it"
START, SEND = f"/en/surveys/{OPEN_SLUG}", f"/en/surveys/{OPEN_SLUG}/responses"
_QUESTIONNAIRE = twenty_questions()
_ANSWERS = {q.key: answer(Random(1), q) for q in _QUESTIONNAIRE.questions()}
FIELDS = [
    (name, typed)
    for question in _QUESTIONNAIRE.questions()
    for name, values in as_fields(question, _ANSWERS[question.key]).items()
    for typed in values
]


@dataclass(frozen=True)
class Operation:
    """One thing a person does: `act` does it once and gives the answer that is timed."""

    name: str
    act: Callable[[Reader], Answer]
    status: int = 200
    floor: str = ""
    most: float | None = None  # times the floor
    statements: int | None = None  # the most SQL statements
    each_round: int = 120


def _get(path: str) -> Callable[[Reader], Answer]:
    return lambda reader: reader.get(path)


def _unchanged(path: str) -> Callable[[Reader], Answer]:
    """Ask again for a page that the reader has; the first answer, which gives its tag, is not the one timed."""
    known: dict[int, str] = {}

    def act(reader: Reader) -> Answer:
        if id(reader) not in known:
            known[id(reader)] = reader.get(path).headers.get("etag", "none")
        return reader.get(path, If_None_Match=known[id(reader)])

    return act


def fill_page(reader: Reader) -> Answer:
    """A new person opens the page of twenty questions and sends it on."""
    reader.forget()
    page = reader.get(PAGE)
    return reader.post(PAGE, [("csrf_token", csrf_of(page)), *FIELDS])


def send(reader: Reader) -> Answer:
    """A new person has filled everything in and presses “Send my answers”."""
    reader.forget()
    page = reader.get(PAGE)
    token = csrf_of(page)
    kept = reader.post(PAGE, [("csrf_token", token), *FIELDS])
    assert kept.status == 303, f"the page was not kept: {kept.status}"
    return reader.post(SEND, [("csrf_token", token)])


FLOORS = (
    Operation("a text", _get("/text")),
    Operation("one select", _get("/select")),
    Operation("a page of 28 KB", _get("/page")),
)
TEXT, SELECT, PAGE_FLOOR = (each.name for each in FLOORS)

# Where performance.md names a factor to a peer, the goal here is the peer's time there, divided by that factor and by
# the floor's time there: front page 14 ms / 4 / 1.8 ms, list 19 / 5 / 0.8, submit 59 / 8 / 0.8, results 718 / 100 / 0.8.
FRONT, LIST, BEGIN, QUESTIONS = "front page", "list of surveys", "a survey's first page", "survey page, 20 questions"
SAVE, SUBMIT = "keep a page of 20 answers", "submit 20 answers"
RESULTS_SMALL, RESULTS_LARGE, AGAIN = (
    "results, {small:,} responses",
    "results, {large:,} responses",
    "unchanged page (304)",
)
CAMPAIGNS, PAGE_FEW, PAGE_MANY = (
    "list of {campaigns:,} campaigns",
    "a campaign, {few:,} pledges",
    "a campaign, {many:,} pledges",
)
CAMPAIGN_PAGES = (
    Operation(CAMPAIGNS, _get("/en/campaigns"), floor=PAGE_FLOOR, most=3.5, statements=4),
    Operation(PAGE_FEW, _get(f"/en/campaigns/{FEW_SLUG}"), floor=PAGE_FLOOR, most=3.5, statements=8),
    Operation(PAGE_MANY, _get(f"/en/campaigns/{MANY_SLUG}"), floor=PAGE_FLOOR, most=3.5, statements=8),
)
OPERATIONS = (
    Operation(FRONT, _get("/en/"), floor=PAGE_FLOOR, most=1.9, statements=4),
    Operation(LIST, _get("/en/surveys"), floor=SELECT, most=4.8, statements=4),
    Operation(BEGIN, _get(START), floor=PAGE_FLOOR),
    Operation(QUESTIONS, _get(PAGE), floor=PAGE_FLOOR, most=4, statements=4),
    Operation(SAVE, fill_page, 303, SELECT, None, each_round=60),
    Operation(SUBMIT, send, 303, SELECT, 9.2, statements=5, each_round=60),
    Operation(RESULTS_SMALL, _get(f"/en/surveys/{SMALL_SLUG}/results"), floor=SELECT, most=9, statements=4),
    Operation(RESULTS_LARGE, _get(f"/en/surveys/{LARGE_SLUG}/results"), floor=SELECT, most=9, statements=4),
    Operation(AGAIN, _unchanged(START), 304, TEXT, 1.3),
    *CAMPAIGN_PAGES,
)
