"""The books: transactions with search, one transaction, and a file for the accounts."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, select

from civic.core.clock import in_london, london_minute
from civic.core.db import stream
from civic.core.doors import allowed
from civic.core.pages import page_of
from civic.core.sheets import lines
from civic.ledger import queries as ledger
from civic.ledger.models import LedgerEntry, LedgerTransaction
from civic.payments import wording
from civic.payments.access import may_keep_books
from civic.payments.forms.desk import TransactionSearch
from civic.payments.manage import desk
from civic.payments.queries import desk as queries

COLUMNS = ("transaction", "date", "time", "kind", "name_at_provider", "account", "debit", "credit", "memo", "by")


@desk.get("/transactions")
@allowed(may_keep_books)
def list_transactions() -> ResponseReturnValue:
    """Every transaction of the books, newest first, by what is asked for."""
    form = TransactionSearch(request.args)
    is_readable = form.validate_search()
    found = _found(form) if is_readable else _found(None)
    page = page_of(
        found, [LedgerTransaction.at.desc(), LedgerTransaction.id.desc()], at=request.args.get("at"), scalars=True
    )
    return render_template(
        "payments/desk/list_transactions.html",
        search=form,
        typed={name: value for name, value in request.args.items() if value and name != "at"},
        page=page,
        lines=ledger.lines_of([each.id for each in page.items]),
        words=wording,
    ), 200 if is_readable else 422


@desk.get("/transactions/<int:transaction_id>")
@allowed(may_keep_books, on=ledger.transaction_by_id)
def show_transaction(transaction: LedgerTransaction) -> ResponseReturnValue:
    """One transaction with its lines, and what it is about."""
    return render_template(
        "payments/desk/show_transaction.html",
        transaction=transaction,
        lines=ledger.lines_of([transaction.id])[transaction.id],
        about=queries.row_behind(transaction.kind, transaction.ref),
        names=queries.names_of([transaction.actor_id]),
        words=wording,
    )


@desk.get("/transactions.csv")
@allowed(may_keep_books)
def export_transactions() -> ResponseReturnValue:
    """The same as a file for the accounts: one line an entry, in London's days, amounts in pounds."""
    form = TransactionSearch(request.args)
    found = _found(form if form.validate_search() else None).subquery()
    entries: Any = (
        select(LedgerEntry, LedgerTransaction)
        .join(LedgerTransaction, LedgerTransaction.id == LedgerEntry.transaction_id)
        .where(LedgerTransaction.id.in_(select(found.c.id)))
        .order_by(LedgerTransaction.at, LedgerTransaction.id, LedgerEntry.id)
    )
    response = Response(lines(_rows(stream(entries))), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="transactions.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _rows(entries: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    yield COLUMNS
    for entry, transaction in entries:
        at = in_london(transaction.at)
        yield (
            transaction.id,
            f"{at:%Y-%m-%d}",
            f"{at:%H:%M:%S}",
            transaction.kind,
            transaction.ref,
            entry.account,
            pounds(entry.minor) if entry.minor > 0 else "",
            pounds(-entry.minor) if entry.minor < 0 else "",
            transaction.memo,
            transaction.actor_id or "",
        )


def pounds(minor: int) -> str:
    """Pence as pounds for a spreadsheet: "20.50"."""
    return f"{minor // 100}.{minor % 100:02d}"


def _found(form: TransactionSearch | None) -> Select[Any]:
    if form is None:
        return ledger.transactions()
    day_after = form.until.data + timedelta(days=1) if form.until.data else None
    return ledger.transactions(
        kind=form.kind.data or "",
        ref=form.ref.data or "",
        account=form.account.data or "",
        amount=form.amount.data,
        since=london_minute(form.since.data, "00:00") if form.since.data else None,
        until=london_minute(day_after, "00:00") if day_after else None,
    )
