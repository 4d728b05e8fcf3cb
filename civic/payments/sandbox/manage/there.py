"""Everything that stands at the sandbox, and what banks and organisations can be made to do."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.doors import allowed
from civic.core.i18n import money_text
from civic.core.money import Money
from civic.core.pages import page_of, see_other
from civic.payments.provider import Refused
from civic.payments.sandbox import giving_back, organisations, queries, wording
from civic.payments.sandbox.access import may_play_the_world
from civic.payments.sandbox.manage import bp
from civic.payments.sandbox.models import (
    SandboxAccount,
    SandboxDispute,
    SandboxEntry,
    SandboxEvent,
    SandboxPayment,
    SandboxRefund,
)
from civic.payments.sandbox.world import world


@bp.get("/payments")
@allowed(may_play_the_world)
def list_payments() -> str:
    """Every payment, latest first; a bank can be made to dispute one."""
    order = [SandboxPayment.created_at.desc(), SandboxPayment.id.desc()]
    page = page_of(queries.payments(), order, at=request.args.get("at"))
    return render_template("payments/sandbox/list_payments.html", page=page, words=wording, section="payments")


@bp.get("/refunds")
@allowed(may_play_the_world)
def list_refunds() -> str:
    """Every refund, latest first."""
    order = [SandboxRefund.created_at.desc(), SandboxRefund.id.desc()]
    page = page_of(queries.refunds(), order, at=request.args.get("at"), scalars=True)
    return render_template("payments/sandbox/list_refunds.html", page=page, words=wording, section="refunds")


@bp.get("/balance")
@allowed(may_play_the_world)
def list_entries() -> str:
    """What lies in our account there, line by line."""
    order = [SandboxEntry.created_at.desc(), SandboxEntry.id.desc()]
    page = page_of(queries.entries(), order, at=request.args.get("at"), scalars=True)
    usable, everything = queries.in_the_account(clock.now())
    return render_template(
        "payments/sandbox/list_entries.html",
        page=page,
        usable=usable,
        everything=everything,
        words=wording,
        section="balance",
    )


@bp.get("/organisations")
@allowed(may_play_the_world)
def list_accounts() -> str:
    """The organisations known there, and what they were sent."""
    return render_template(
        "payments/sandbox/list_accounts.html",
        accounts=queries.accounts(),
        transfers=queries.transfers(),
        words=wording,
        section="organisations",
    )


@bp.get("/events")
@allowed(may_play_the_world)
def list_events() -> str:
    """What was announced, and what our endpoint said to it."""
    page = page_of(queries.events(), [SandboxEvent.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template("payments/sandbox/list_events.html", page=page, section="events")


@bp.post("/payments/<payment_id>/disputes")
@allowed(may_play_the_world, on=queries.payment_by_id)
def open_dispute(payment: SandboxPayment) -> ResponseReturnValue:
    """A bank disputes a payment."""
    if world().play(lambda session, now: giving_back.open_dispute(session, payment.id, now=now)):
        flash(_("The bank disputes this payment."), "success")
    else:
        flash(_("There is nothing to dispute: nothing was taken, or it was given back or disputed before."), "warning")
    return see_other("manage_sandbox.list_payments")


@bp.post("/payments/<payment_id>/refunds")
@allowed(may_play_the_world, on=queries.payment_by_id)
def refund_there(payment: SandboxPayment) -> ResponseReturnValue:
    """Somebody gives back what is left of a payment at the provider's own desk, behind our back."""
    left = Money(payment.amount_minor - payment.refunded_minor)
    charge_id = payment.charge_id
    if not charge_id or not left:
        flash(_("There is nothing to give back."), "warning")
        return see_other("manage_sandbox.list_payments")
    given = world().play(lambda s, now: giving_back.refund(s, charge_id, left, reference="", now=now))
    if isinstance(given, Refused):
        flash(_("The sandbox refused: the bank has taken this money back already."), "warning")
    else:
        flash(_("%(amount)s is given back, and this site has not been asked.", amount=money_text(left)), "success")
    return see_other("manage_sandbox.list_payments")


@bp.post("/disputes/<dispute_id>/decisions")
@allowed(may_play_the_world, on=queries.dispute_by_id)
def decide_dispute(dispute: SandboxDispute) -> ResponseReturnValue:
    """The bank decides: `verdict` won gives the money back to us, anything else keeps it."""
    won = request.form.get("verdict") == "won"
    world().play(lambda session, now: giving_back.close_dispute(session, dispute.id, won, now=now))
    flash(_("The bank decided for us.") if won else _("The bank decided against us."), "success")
    return see_other("manage_sandbox.list_payments")


@bp.post("/payouts")
@allowed(may_play_the_world)
def pay_out() -> ResponseReturnValue:
    """Everything that may be used goes to our bank."""
    paid = world().play(lambda session, now: giving_back.pay_out(session, now=now))
    flash(_("%(amount)s went to our bank.", amount=money_text(Money(paid))), "success")
    return see_other("manage_sandbox.list_entries")


@bp.post("/organisations/<account_id>/withdrawals")
@allowed(may_play_the_world, on=queries.account_by_id)
def empty_account(account: SandboxAccount) -> ResponseReturnValue:
    """An organisation takes its money to its own bank, where it cannot be called back from."""
    world().play(lambda session, now: organisations.empty_account(session, account.id))
    flash(_("The organisation has taken its money out."), "success")
    return see_other("manage_sandbox.list_accounts")


@bp.post("/organisations/<account_id>/restrictions")
@allowed(may_play_the_world, on=queries.account_by_id)
def restrict_account(account: SandboxAccount) -> ResponseReturnValue:
    """The provider asks an organisation again, and lets no money through until it answers."""
    world().play(lambda session, now: organisations.restrict(session, account.id, now=now))
    flash(_("The organisation must give its bank account again before it can receive money."), "success")
    return see_other("manage_sandbox.list_accounts")
