"""The desk's first page: what waits for me, and how the funds stand; and the lists behind each number."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.accounts.access import acting_roles
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.pages import page_of
from civic.core.person import maybe_me, me
from civic.grants import access, wording
from civic.grants.manage import desk
from civic.grants.models import Award
from civic.grants.queries import funds, listing, waiting

ELSEWHERE = {
    "views": ("grant_desk.list_decisions", {"show": "views"}),
    "decisions": ("grant_desk.list_decisions", {"show": "decide"}),
    "payments": ("grant_desk.list_payments", {}),
    "receipts": ("grant_desk.list_repayments", {}),
}
"""What has a list of its own, with more to it than what waits."""


@desk.get("")
@allowed(access.may_see_grants)
def show_overview() -> ResponseReturnValue:
    """What waits for me, and the funds with their figures."""
    waits = waiting.waits_for(me(), acting_roles())
    return render_template(
        "grants/manage/show_overview.html",
        waits=waits,
        elsewhere=ELSEWHERE,
        funds=funds.standing(),
        may_start=access.may_start_fund(),
        words=wording,
    )


@desk.get("/work/<kind>")
@allowed(access.may_see_grants)
def list_work(kind: str) -> ResponseReturnValue:
    """What of one kind waits for me, the oldest first."""
    roles = acting_roles()
    if kind not in waiting.ROWS or not any(kind in waiting.BY_ROLE.get(role, ()) for role in roles):
        raise NotFound()
    page = page_of(waiting.rows(kind, me(), roles), [waiting.MODELS[kind].id], at=request.args.get("at"), scalars=True)
    return render_template(
        "grants/manage/list_work.html",
        kind=kind,
        page=page,
        hidden=listing.hidden(_awards(page.items), me()),
        words=wording,
    )


def all_that_waits() -> int:
    """How much waits for the signed-in person, for the staff front page."""
    person = maybe_me()
    return sum(waiting.waits_for(person, acting_roles()).values()) if person is not None else 0


def _awards(items: Any) -> list[Award]:
    found = (each if isinstance(each, Award) else getattr(each, "award", None) for each in items)
    return [each for each in found if each is not None]
