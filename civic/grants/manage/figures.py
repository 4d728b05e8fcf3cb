"""The entries of the ledger behind each figure of a fund, as a list and as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from civic.core.clock import in_london
from civic.core.db import stream
from civic.core.errors import NotFound
from civic.core.money import Money
from civic.core.pages import page_of
from civic.core.sheets import lines
from civic.grants import wording
from civic.grants.manage import desk
from civic.grants.manage.doors import for_fund
from civic.grants.models import Fund, Pot
from civic.grants.queries import figures as queries
from civic.grants.queries import funds, people
from civic.grants.rules.amounts import pounds
from civic.grants.rules.choices import SPENDINGS
from civic.ledger.models import LedgerEntry, LedgerTransaction

COLUMNS = ("transaction", "date", "time", "what_happened", "capital", "revenue", "pot", "memo", "by")


@desk.get("/funds/<slug>/entries/<figure>")
@for_fund()
def list_entries(fund: Fund, figure: str) -> ResponseReturnValue:
    """The entries that a figure is the sum of, the newest first."""
    spending = _spending()
    page = page_of(_entries(fund, figure, spending), [LedgerEntry.id.desc()], at=request.args.get("at"))
    total = getattr(queries.of_fund(fund), figure)
    return render_template(
        "grants/manage/list_entries.html",
        fund=fund,
        figure=figure,
        spending=spending,
        total=getattr(total, spending) if spending else total.total,
        page=page,
        pots={pot.id: pot for pot in funds.pots_of(fund)},
        pot_of=pot_of,
        as_money=Money,
        names=people.names(row[1].actor_id for row in page.items),
        words=wording,
    )


@desk.get("/funds/<slug>/entries/<figure>.csv")
@for_fund()
def export_entries(fund: Fund, figure: str) -> ResponseReturnValue:
    """The same as a file, oldest first, amounts in pounds."""
    found = _entries(fund, figure, _spending()).order_by(LedgerEntry.id)
    pots = {pot.id: pot for pot in funds.pots_of(fund)}
    response = Response(lines(_rows(stream(found), pots)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{fund.slug}-{figure}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def pot_of(account: str) -> int | None:
    """The number of the pot that an account belongs to; None for the fund's own."""
    parts = account.split(":")
    return int(parts[1]) if parts[0] == "pot" else None


def _entries(fund: Fund, figure: str, spending: str) -> Select[Any]:
    if figure not in queries.FIGURES:
        raise NotFound()
    return queries.entries(fund, figure, spending)


def _spending() -> str:
    asked = request.args.get("spending", "")
    return asked if asked in SPENDINGS else ""


def _rows(entries: Iterable[tuple[LedgerEntry, LedgerTransaction]], pots: dict[int, Pot]) -> Iterator[tuple[Any, ...]]:
    yield COLUMNS
    for entry, transaction in entries:
        at, number = in_london(transaction.at), pot_of(entry.account)
        amount, is_capital = pounds(entry.minor), entry.account.split(":")[2] == "capital"
        yield (
            transaction.id,
            f"{at:%Y-%m-%d}",
            f"{at:%H:%M:%S}",
            transaction.kind,
            amount if is_capital else "",
            "" if is_capital else amount,
            pots[number].title if number in pots else "",
            transaction.memo,
            transaction.actor_id or "",
        )
