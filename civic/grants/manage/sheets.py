"""The sheet of a decision for staff: all that led to it, with names."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.core import subjects
from civic.grants import printing, wording
from civic.grants.manage import desk
from civic.grants.manage.doors import for_decision
from civic.grants.models import Decision
from civic.grants.queries import trail


@desk.get("/decisions/<int:decision_id>/sheet")
@for_decision()
def show_sheet(decision: Decision) -> ResponseReturnValue:
    """The whole trail on one page."""
    return render_template("grants/manage/show_sheet.html", **_sheet(decision), printable=printing.is_available())


@desk.get("/decisions/<int:decision_id>/sheet.pdf")
@for_decision()
def download_sheet(decision: Decision) -> ResponseReturnValue:
    """The same as a PDF."""
    name = f"{decision.number or f'recommendation-{decision.id}'}-{decision.award.public_id[:6]}.pdf"
    return printing.send("grants/documents/decision.html", name, **_sheet(decision))


def _sheet(decision: Decision) -> dict[str, Any]:
    return {
        "trail": trail.trail_of(decision),
        "decision": decision,
        "award": decision.award,
        "url": subjects.url_of(decision.award.subject),
        "staff": True,
        "words": wording,
    }
