"""Announced awards of a fund as open data: CSV, JSON in the shape of the 360Giving Data Standard, and what every column means."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from civic.core.db import stream
from civic.core.doors import allowed, anyone
from civic.core.pages import etag
from civic.core.sheets import lines
from civic.grants.models import Fund
from civic.grants.publishing import Publisher, publisher
from civic.grants.queries import data as queries
from civic.grants.queries import public
from civic.grants.rules.choices import STANDING
from civic.grants.views import bp
from civic.grants.wording.data import COLUMNS, FIELDS, LICENCE


@bp.get("/funds/<slug>/awards/data")
@allowed(anyone, on=public.fund_by_slug)
def show_data(fund: Fund) -> ResponseReturnValue:
    """The files, their columns, and under which licence they are given."""
    etag("data", fund.id, fund.title)
    page = {"fund": fund, "columns": COLUMNS, "fields": FIELDS, "licence": LICENCE}
    return render_template("grants/public/show_data.html", **page)


@bp.get("/funds/<slug>/awards.csv")
@allowed(anyone, on=public.fund_by_slug)
def download_csv(fund: Fund) -> ResponseReturnValue:
    """Every announced award, one line each."""
    rows = publisher(fund).csv(stream(queries.rows(fund)))
    return _file(fund, lines(rows), "csv", "text/csv")


@bp.get("/funds/<slug>/awards.json")
@allowed(anyone, on=public.fund_by_slug)
def download_json(fund: Fund) -> ResponseReturnValue:
    """What is given, as a 360Giving package; an offer that ended before anything was paid is no grant."""
    rows = stream(queries.rows(fund, STANDING))
    return _file(fund, _written(publisher(fund), rows), "json", "application/json")


def _written(by: Publisher, rows: Iterable[Any]) -> Iterator[str]:
    """The package around its grants, one grant at a time."""
    head = json.dumps(by.package(), ensure_ascii=False)
    yield head[:-1] + ', "grants": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(by.grant(row), ensure_ascii=False)
    yield "\n]}\n"


def _file(fund: Fund, content: Iterable[str], ending: str, kind: str) -> Response:
    response = Response(content, content_type=f"{kind}; charset=utf-8")  # type: ignore[arg-type]
    response.headers["Content-Disposition"] = f'attachment; filename="{fund.slug}-awards.{ending}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
