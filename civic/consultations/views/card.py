"""The report card: what share of contributions has a recorded fate, how long people wait, and what is overdue."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from civic.consultations import wording
from civic.consultations.queries import report_card as queries
from civic.consultations.rules import report_card as rules
from civic.consultations.rules.dates import days_over, due_at
from civic.consultations.views import bp
from civic.core import clock, sheets
from civic.core.clock import london_today
from civic.core.doors import allowed, anyone
from civic.core.pages import etag

COLUMNS = (
    "consultation", "question", "language", "closed_on", "answer_promised_by", "answered_on", "days_to_answer", "days_late",
    "contributions", "contributions_with_a_recorded_fate", "share", "reason_for_delay",
)  # fmt: skip
"""The names in the first line of the CSV; the same in every language, so that programs can rely on them."""


def read(now: datetime) -> tuple[rules.Card, list[rules.Line]]:
    """The card and its lines: the page and the file are made of these and of nothing else."""
    lines = queries.lines(now)
    return rules.card(lines, now), lines


@bp.get("/report-card")
@allowed(anyone)
def show_report_card() -> ResponseReturnValue:
    """How the whole platform keeps its promise."""
    now = clock.now()
    card, lines = read(now)
    etag("report-card", [repr(line) for line in lines], london_today(now))
    return render_template(
        "consultations/show_report_card.html",
        card=card,
        lines=lines,
        now=now,
        due_at=due_at,
        days_over=days_over,
        words=wording,
    )


@bp.get("/report-card.csv")
@allowed(anyone)
def download_report_card() -> ResponseReturnValue:
    """The same figures for a spreadsheet."""
    now = clock.now()
    _card, lines = read(now)
    etag("report-card.csv", [repr(line) for line in lines], london_today(now))
    response = Response(sheets.lines(rows(lines, now)), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="report-card.csv")
    return response


def rows(lines: list[rules.Line], now: datetime) -> Iterator[tuple[Any, ...]]:
    """The lines of the file."""
    yield COLUMNS
    for line in lines:
        yield (
            line.slug, line.question, line.language, london_today(line.closes_at), london_today(due_at(line.closes_at)),
            london_today(line.answered_at) if line.answered_at else "", "" if line.days is None else line.days,
            days_over(line.closes_at, line.answered_at or now), line.given, min(line.given, line.with_fate),
            "" if line.share is None else f"{line.share:.4f}", line.overdue_reason,
        )  # fmt: skip
