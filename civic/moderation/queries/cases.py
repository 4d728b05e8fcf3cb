"""Questions about single cases, reports and texts."""

from typing import NamedTuple

from civic.core.db import db
from civic.core.manifest import Published
from civic.core.moderated import kind_of
from civic.moderation.models import Case, Report

BEYOND = 2**62


def case_by_id(case_id: int) -> Case | None:
    """The case with this number."""
    return db.session.get(Case, case_id) if 0 < case_id < BEYOND else None


def report_by_id(report_id: int) -> Report | None:
    """The report with this number."""
    return db.session.get(Report, report_id) if 0 < report_id < BEYOND else None


class Reportable(NamedTuple):
    """A text by its name."""

    thing: str
    text: Published


def reportable(thing: str) -> Reportable | None:
    """A text that the person here can see, and so report; None where there is none for them."""
    try:
        kind, number = kind_of(thing)
    except LookupError:
        return None
    text = kind.load([number]).get(number)
    if text is None or text.shown not in ("shown", "folded") or not kind.may_see(number):
        return None
    return Reportable(thing, text)
