"""What `flask civic check` asks of moderation: what is kept of the reports in a case is what the reports say."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import func, select

from civic.core.db import db
from civic.moderation.models import Appeal, Case, Report


def wrong_weights() -> Iterator[str]:
    """A sentence for every open case whose kept numbers are not those of its standing reports."""
    counted = (
        select(Report.case_id, func.count().label("n"), func.sum(Report.counted).label("weight"))
        .where(Report.status == "standing")
        .group_by(Report.case_id)
        .subquery()
    )
    n, weight = func.coalesce(counted.c.n, 0), func.coalesce(counted.c.weight, 0)
    wrong = (
        select(Case.id, Case.reports, Case.weight, n, weight)
        .outerjoin(counted, counted.c.case_id == Case.id)
        .where(Case.status == "open", (Case.reports != n) | (Case.weight != weight))
        .order_by(Case.id)
    )
    for case_id, reports, kept, real, real_weight in db.session.execute(wrong):
        yield f"case {case_id} says {reports} reports of weight {kept}, and there are {real} of {real_weight}"


def lost_appeals() -> Iterator[str]:
    """A sentence for every appeal without a case that waits for it, and the other way round."""
    waiting = select(Appeal.case_id).where(Appeal.outcome == "", Appeal.case_id.is_not(None))
    lost = select(Case.id).where((Case.status == "appealed") != Case.id.in_(waiting)).order_by(Case.id)
    for case_id in db.session.scalars(lost):
        yield f"case {case_id} and its appeal do not agree on whether somebody still has to decide"


CHECKS: list[Callable[[], Iterable[str]]] = [wrong_weights, lost_appeals]
