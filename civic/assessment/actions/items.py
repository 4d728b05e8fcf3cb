"""The things a panel judges: entered by the package above, scored once everybody is in, withdrawn."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.assessment import events
from civic.assessment.models import Item, Panel
from civic.assessment.queries import items as queries
from civic.assessment.queries import results
from civic.assessment.queries.interests import hides
from civic.assessment.refusals import ElsewhereAssessed, OwnInterest, PanelClosed, PanelNotOpen
from civic.assessment.rules import scoring
from civic.core import audit
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.money import Money
from civic.core.states import advance


def enter(
    panel: Panel,
    subject: str,
    *,
    title: str,
    language: str,
    recipient: str,
    asked: tuple[Money, Money],
    now: datetime,
) -> Item:
    """Put a thing ("application:12") before a panel; a second time changes what is said of it, until the first scores are in.

    One that was withdrawn comes back with the scores it had. Raises PanelClosed, ElsewhereAssessed.
    """
    if hold_panel(panel.id).status == "closed":
        raise PanelClosed()
    there = queries.item_of(subject)
    if there is None:
        there = Item(panel_id=panel.id, subject=subject, added_at=now)
        _tell(there, title, language, recipient, asked)
        db.session.add(there)
        db.session.flush()
        return there
    item: Item = locked(Item, there.id)
    if item.panel_id != panel.id:
        raise ElsewhereAssessed()
    if item.status == "withdrawn":
        item.round += 1
        advance(item, "enter", by=None, now=now)
    if item.status == "waiting" and not any(each.sent for each in queries.active_of(item)):
        _tell(item, title, language, recipient, asked)
        db.session.flush()
    settle(item, by=None, now=now)
    return item


def withdraw(subject: str, *, why: str, by: Any | None, now: datetime) -> None:
    """Take a thing out of the assessment; what was scored is kept. Nothing happens where it is not in one."""
    there = queries.item_of(subject)
    if there is None:
        return
    item: Item = locked(Item, there.id)
    if item.status == "withdrawn":
        return
    item.result_bps = item.spread_bps = None
    advance(item, "withdraw", by=by, now=now, why=why)
    audit.record("assessment.withdrawn", on=item, by=by, now=now, why=why)


def settle(item: Item, *, by: Any | None, now: datetime, anew: bool = False, why: str = "") -> None:
    """Bring a locked item to where its assignments say it is: scored once all that count are sent and are enough.

    With `anew` its result is worked out again, because those who count are not the same any more.
    """
    active = queries.active_of(item)
    panel = db.session.get_one(Panel, item.panel_id)
    all_in = len(active) >= panel.quorum and all(each.status == "submitted" for each in active)
    if item.is_in and (anew or not all_in):
        _send_back(item, by=by, now=now, why=why)
    if item.status == "waiting" and all_in:
        _score(item, panel, by=by, now=now)


def agree_on(item: Item, result_bps: int, *, by: Any, now: datetime) -> None:
    """Let a locked item that is in have this agreed result, and tell the packages above."""
    item.result_bps = result_bps
    advance(item, "agree", by=by, now=now)
    announce(events.ItemAssessed(item.subject))


def hold_panel(panel_id: int) -> Panel:
    """The panel, read afresh, so that nobody closes or opens it before this transaction ends."""
    mine = select(Panel).where(Panel.id == panel_id).with_for_update(read=True)
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def must_be_open(panel_id: int) -> Panel:
    """The same of a panel that is open; raises PanelNotOpen."""
    panel = hold_panel(panel_id)
    if panel.status != "open":
        raise PanelNotOpen()
    return panel


def must_be_impartial(subject: str, by: Any) -> None:
    """Raises OwnInterest for whoever stands behind a thing or declared an interest in it."""
    if hides(subject, by.id):
        raise OwnInterest()


def _score(item: Item, panel: Panel, *, by: Any | None, now: datetime) -> None:
    shares = list(results.shares_of(item, panel).values())
    item.result_bps = scoring.bps(sum(shares[1:], shares[0]) / len(shares))
    item.spread_bps = scoring.spread([scoring.bps(each) for each in shares])
    advance(item, "score", by=by, now=now)


def _send_back(item: Item, *, by: Any | None, now: datetime, why: str) -> None:
    was_agreed = item.status == "agreed"
    item.result_bps = item.spread_bps = None
    item.round += 1
    advance(item, "reopen", by=by, now=now, why=why)
    if was_agreed:
        announce(events.ItemReopened(item.subject))


def _tell(item: Item, title: str, language: str, recipient: str, asked: tuple[Money, Money]) -> None:
    item.title, item.language, item.recipient = title, language, recipient
    item.asked_capital_minor, item.asked_revenue_minor = (each.minor for each in asked)
