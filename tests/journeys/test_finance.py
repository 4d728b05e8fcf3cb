"""Two finance officers: one asks, the other decides; an organisation is paid, a dispute is read, the books are taken away."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.payments import differences
from civic.payments.models import Refund, Transfer
from tests.payments.trade import Trade
from tests.payments.worlds_sandbox import SandboxWorld
from tests.support.browser import Person
from tests.support.people import sign_in_browser

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("DESK_PICTURES", "")


def seen(person: Person, name: str) -> None:
    """Looked at closely, and kept as a picture where somebody wants to see it."""
    person.look_closely()
    if PICTURES:
        person.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def test_one_officer_asks_another_decides_and_the_books_show_it(
    browse: Callable[..., Person], app: Flask, shared: Flask, make: Any, now: datetime
):
    trade = Trade(shared, SandboxWorld(shared, now), make)
    charge, disputed = trade.paid(GBP(100), tip=GBP(5)), trade.paid(GBP(25))
    with transaction():
        agreed = {"status": "succeeded", "payment_method_id": disputed.payment_method_id}
        make.card_setup(reference=disputed.reference, **agreed)
    trade.paid(GBP(40), account="project:2")
    trade.settle()
    trade.payee()
    trade.request_transfer(GBP(60))
    trade.world.dispute(trade.provider.fetch_payment(disputed.provider_payment_id))
    trade.hear()
    run = trade.reconcile()
    with transaction():
        differences.note("unexplained_line", "txn_1Abc", run_id=run.id, now=trade.now(), amount=GBP(3), source="x")

    ada, ben = browse(), browse(phone=True, script=False)
    sign_in_browser(ada, app, make, trade.asks)
    sign_in_browser(ben, app, make, trade.approves)

    ada.visit("/en/staff").click("Money", within="main")
    seen(ada, "overview")
    ada.click("Charges, and refunds to ask for")
    seen(ada, "charges")
    ada.fill("Find a charge", charge.provider_charge_id).click("Find").click(f"Charge {charge.id}")
    seen(ada, "charge")
    ada.refused("Ask for the refund")
    seen(ada, "charge_refused")
    ada.fill("Amount to give back", "20").fill("Reason", "Paid twice by mistake").click("Ask for the refund")
    seen(ada, "refunds")
    ada.click("Refund 1").sees("You asked for this yourself")
    seen(ada, "refund_mine")

    ben.visit("/en/staff/money")
    seen(ben, "phone_overview")
    ben.click("Refunds to approve").click("Refund 1")
    seen(ben, "phone_refund")
    ben.click("Give £20 back").sees("Approved, being sent")
    ben.visit("/en/staff/money").click("Payments to organisations to release")
    seen(ben, "phone_transfers")
    ben.click(trade.organisation.name)
    seen(ben, "phone_transfer")
    ben.click("Send £60").sees("Released, being sent")
    db.session.rollback()
    trade.carry_out()
    assert db.session.scalars(sa.select(Refund.status)).one() == "succeeded"
    assert db.session.scalars(sa.select(Transfer.status)).one() == "sent"
    db.session.rollback()

    ada.visit("/en/staff/money/disputes")
    seen(ada, "disputes")
    ada.click("Dispute 1").sees("Send what you have by")
    seen(ada, "dispute")
    ada.visit("/en/staff/money/differences")
    seen(ada, "differences")
    ada.click("The provider booked something for a reason that we do not know")
    seen(ada, "difference")
    ada.fill("What did you find?", "A fee of last year").click("Settle it")
    ada.visit("/en/staff/money/transactions")
    seen(ada, "transactions")
    ada.fill("Account", "project:1").click("Search")
    ada.click("Refund", within="table")
    seen(ada, "transaction")
    ben.visit("/en/staff/money/transactions")
    seen(ben, "phone_transactions")
    ada.visit("/en/staff/money")
    assert b"project:1" in ada.download("The books as a file for the accounts (CSV)")
    ada.visit("/ar/staff/money")
    seen(ada, "overview_ar")
    trade.agrees()
