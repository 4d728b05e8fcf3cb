"""The bank's page: it asks whether it is really you, when a card is saved and, for some cards, when it is charged."""

from collections.abc import Callable

from flask import current_app, redirect, render_template
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed
from civic.core.money import Money
from civic.core.pages import see_other
from civic.payments.provider import Bug
from civic.payments.sandbox import addresses, charging, setups
from civic.payments.sandbox.access import is_sandbox_on
from civic.payments.sandbox.forms import BankForm
from civic.payments.sandbox.models import SandboxPayment, SandboxSetup
from civic.payments.sandbox.views import bp
from civic.payments.sandbox.views.checkout import asked_by_bank, setup_by_id, way_back
from civic.payments.sandbox.world import row, world


def asked_setup(setup_id: str) -> SandboxSetup | None:
    """The visit about which the bank asks."""
    setup = setup_by_id(setup_id)
    return asked_by_bank(setup) if setup else None


def asked_payment(payment_id: str) -> SandboxPayment | None:
    """The payment about which the bank asks somebody who is here."""
    payment = row(SandboxPayment, payment_id)
    return payment if payment and payment.status == "action_required" and payment.return_url else None


@bp.get("/checkout/<setup_id>/bank")
@allowed(is_sandbox_on, on=asked_setup, hide=True)
def show_setup_question(setup: SandboxSetup) -> str:
    """The bank asks before a card is saved."""
    return _page(BankForm(formdata=None), setup.amount_minor, is_saving=True)


@bp.post("/checkout/<setup_id>/bank")
@allowed(is_sandbox_on, on=asked_setup, hide=True)
def answer_setup_question(setup: SandboxSetup) -> ResponseReturnValue:
    """The card is saved, or another may be typed."""
    form = BankForm()
    if not form.validate():
        return _page(form, setup.amount_minor, is_saving=True), 422
    if form.verdict.data != "back":
        passed = form.verdict.data == "pass"
        setup = _tried(lambda s, now: setups.answer_bank(s, setup.id, passed, now=now), setup)
    if setup.status == "succeeded":
        return redirect(way_back(setup), 303)
    return see_other("sandbox.show_checkout", setup_id=setup.id)


@bp.get("/payments/<payment_id>/bank")
@allowed(is_sandbox_on, on=asked_payment, hide=True)
def show_payment_question(payment: SandboxPayment) -> str:
    """The bank asks before money is taken."""
    return _page(BankForm(formdata=None), payment.amount_minor, is_saving=False)


@bp.post("/payments/<payment_id>/bank")
@allowed(is_sandbox_on, on=asked_payment, hide=True)
def answer_payment_question(payment: SandboxPayment) -> ResponseReturnValue:
    """The money is taken or not; either way the person goes back."""
    form = BankForm()
    if not form.validate():
        return _page(form, payment.amount_minor, is_saving=False), 422
    if form.verdict.data != "back":
        passed = form.verdict.data == "pass"
        _tried(lambda s, now: charging.answer_bank(s, payment.id, passed, now=now), payment)
    return redirect(addresses.way_back(current_app._get_current_object(), payment.return_url), 303)  # type: ignore[attr-defined]


def _tried(act: Callable, otherwise):  # type: ignore[no-untyped-def]
    """What came of an answer; nothing new where another window was faster."""
    try:
        return world().play(act)
    except Bug:
        return otherwise


def _page(form: BankForm, amount_minor: int, *, is_saving: bool) -> str:
    return render_template(
        "payments/sandbox/show_question.html",
        form=form,
        amount=Money(amount_minor),
        is_saving=is_saving,
        canonical=False,
    )
