"""The ranked list, as columns; with a reader, nothing of what that reader may not know."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from civic.assessment.models import Item, Panel
from civic.assessment.queries.interests import hidden_among
from civic.assessment.rules.ranking import Sums, ranks
from civic.core.db import db
from civic.core.i18n import Words
from civic.core.money import Money


@dataclass(frozen=True, slots=True)
class Ranked:
    """One item in the ranked list: without a rank where its scores are not all in, or where it is `hidden` from the reader."""

    item_id: int
    subject: str
    title: Words
    recipient: str
    status: str  # waiting, scored or agreed
    result_bps: int | None
    spread_bps: int | None
    asked: Sums
    rank: int | None
    hidden: str = ""  # "interest" or "party": why the reader is told nothing


_COLUMNS = (
    Item.id, Item.subject, Item.title, Item.language, Item.recipient, Item.status, Item.result_bps, Item.spread_bps,
    Item.asked_capital_minor, Item.asked_revenue_minor,
)  # fmt: skip


def ranked(panel: Panel, reader: Any | None = None) -> list[Ranked]:
    """All items of a panel that were not withdrawn: by result from high to low, then by title; unscored ones last.

    For a `reader` (a person), what they declared an interest in or stand behind comes at the very end, without its result, and
    the ranks are those of the others alone: neither a place nor a gap tells anything of it. One statement, with a reader
    one more and one for each kind of thing.
    """
    found = (
        select(*_COLUMNS)
        .where(Item.panel_id == panel.id, Item.status != "withdrawn")
        .order_by(Item.result_bps.desc().nulls_last(), func.lower(Item.title), Item.id)
    )
    rows = [_row(each) for each in db.session.execute(found)]
    hidden = hidden_among((row.subject for row in rows), reader.id) if reader is not None else {}
    shown = [row for row in rows if row.subject not in hidden]
    scored = [row for row in shown if row.result_bps is not None]
    places = ranks([row.result_bps for row in scored if row.result_bps is not None])
    placed = [replace(row, rank=place) for row, place in zip(scored, places, strict=True)]
    blind = [
        replace(row, hidden=hidden[row.subject], status="", result_bps=None, spread_bps=None)
        for row in rows
        if row.subject in hidden
    ]
    blind.sort(key=lambda row: (row.title.text.casefold(), row.item_id))
    return [*placed, *(row for row in shown if row.result_bps is None), *blind]


def _row(row: Any) -> Ranked:
    return Ranked(
        item_id=row.id,
        subject=row.subject,
        title=Words(row.title, row.language),
        recipient=row.recipient,
        status=row.status,
        result_bps=row.result_bps,
        spread_bps=row.spread_bps,
        asked=(Money(row.asked_capital_minor), Money(row.asked_revenue_minor)),
        rank=None,
    )
