"""The public report on moderation, made from what was reported and decided."""

import csv
from io import StringIO

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound
from civic.core.pages import etag
from civic.moderation import wording
from civic.moderation.queries import figures as queries
from civic.moderation.rules.figures import Period, period_of, quarter_of
from civic.moderation.views import bp

MOST_QUARTERS = 12


@bp.get("/moderation-report")
@allowed(anyone)
def show_report() -> ResponseReturnValue:
    """What was reported and decided in a quarter or year."""
    periods = _periods()
    period = _chosen(periods)
    found = queries.figures(period, clock.now())
    etag("moderation report", found, [each.key for each in periods])
    return render_template(
        "moderation/show_report.html", figures=found, period=period, periods=periods, wording=wording
    )


@bp.get("/moderation-report/csv")
@allowed(anyone)
def download_report() -> ResponseReturnValue:
    """The same figures as a file, of one period or of every quarter."""
    periods = [_chosen(_periods())] if request.args.get("period") else [each for each in _periods() if each.quarter]
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("period", "figure", "part", "number"))
    for period in periods:
        writer.writerows(queries.figures(period, clock.now()).lines())
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=moderation-report.csv"
    return response


def _periods() -> list[Period]:
    """The quarters and years since the first case, the latest first; the present quarter too."""
    now = quarter_of(clock.in_london(clock.now()).date())
    first_at = queries.first_at()
    first = quarter_of(clock.in_london(first_at).date()) if first_at else now
    quarters, each = [now], now
    while (each.year, each.quarter) > (first.year, first.quarter) and len(quarters) < MOST_QUARTERS:
        each = each.before()
        quarters.append(each)
    return quarters + [Period(year) for year in sorted({each.year for each in quarters}, reverse=True)]


def _chosen(periods: list[Period]) -> Period:
    """The period that the address names, else the last quarter that is over, else the present one."""
    written = request.args.get("period")
    if written:
        found = period_of(written)
        if found is None or found not in periods:
            raise NotFound()
        return found
    over = [each for each in periods if each.quarter and each.ends_at <= clock.now()]
    return over[0] if over else periods[0]
