"""The desk's first page: what waits, and what stands where."""

from flask import render_template
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed
from civic.core.money import Money
from civic.ledger import queries as ledger
from civic.payments import providers, wording
from civic.payments.access import may_keep_books
from civic.payments.manage import desk
from civic.payments.queries import desk as queries


@desk.get("")
@allowed(may_keep_books)
def show_overview() -> ResponseReturnValue:
    """What waits for a finance officer, and the balances."""
    balances = ledger.balances_by_kind()
    provider = providers.current()
    last = queries.last_run(provider.name, provider.mode)
    memorandum = {code: total for code, total in balances.items() if code.split(":")[0] in wording.MEMORANDUM}
    return render_template(
        "payments/desk/show_overview.html",
        balances={code: total for code, total in balances.items() if code not in memorandum},
        memorandum=memorandum,
        held=balances.get(f"balance:{provider.name}", Money(0)),
        underway=balances.get(f"clearing:{provider.name}", Money(0)),
        owed=-balances.get("campaign", Money(0)),
        provider=provider,
        waiting=queries.waiting(),
        last=last,
        words=wording,
    )
