"""Payments: instructions to pay, with a file for the finance system; recorded once the bank has paid, or has sent it back."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.sheets import lines
from civic.core.states import history
from civic.grants import access, wording
from civic.grants.actions import instalments as actions
from civic.grants.forms.payments import BouncedForm, PaidForm
from civic.grants.manage import desk
from civic.grants.manage.doors import for_instalment, instalment_here, must_be_able
from civic.grants.models import Instalment
from civic.grants.queries import awards, listing, people
from civic.grants.rules.amounts import pounds

SHOWS = {"pay": (_l("To pay"), ("instructed",)), "paid": (_l("Paid"), ("paid", "confirmed"))}
COLUMNS = ("reference", "recipient", "award", "capital", "revenue", "total", "fund", "decisions", "due_on")


def may_bounce(instalment: Instalment) -> bool:
    """Whoever may pay it records that it came back."""
    return access.may_pay(instalment) and instalment.status == "paid"


@desk.get("/payments")
@allowed(access.may_see_grants)
def list_payments() -> ResponseReturnValue:
    """What is to be paid, the next due first, and what was paid."""
    shown = request.args.get("show", "pay")
    shown = shown if shown in SHOWS else "pay"
    states = SHOWS[shown][1]
    order = [Instalment.due_on, Instalment.id] if shown == "pay" else [Instalment.id.desc()]
    number, total = listing.sum_of_instalments(states)
    return render_template(
        "grants/manage/list_payments.html",
        page=page_of(listing.instalments(states), order, at=request.args.get("at"), scalars=True),
        number=number,
        total=total,
        shown=shown,
        shows={key: label for key, (label, _states) in SHOWS.items()},
        is_finance=access.is_finance(),
        words=wording,
    )


@desk.get("/payments.csv")
@allowed(access.is_finance)
def export_payments() -> ResponseReturnValue:
    """The instructions to pay as a file for the finance system; bank details are there and not here."""
    found = listing.instalments(SHOWS["pay"][1]).order_by(Instalment.due_on, Instalment.id)
    instructed = list(db.session.scalars(found))
    numbers = awards.decision_numbers([each.award_id for each in instructed])
    response = Response(lines(_rows(instructed, numbers)), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="payments.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


@desk.get("/payments/<int:instalment_id>")
@for_instalment(access.may_see_grants)
def show_payment(instalment: Instalment) -> ResponseReturnValue:
    """One payment: to whom, how much, and what was decided."""
    return _page(instalment)


@desk.post("/payments/<int:instalment_id>/record")
@for_instalment(access.may_pay)
def create_payment(instalment: Instalment) -> ResponseReturnValue:
    """Record that the authority's bank has paid it."""
    must_be_able(instalment, "pay")
    form = PaidForm(today=london_today(clock.now()))
    if form.validate():
        said = {"paid_on": form.paid_on.data, "bank_reference": form.bank_reference.data or ""}
        with saving(form) as saved:
            actions.pay(instalment, **said, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Recorded as paid. The recipient has been told."), "success")
            return see_other("grant_desk.list_payments")
    return _page(_again(instalment), paid=form), 422


@desk.post("/payments/<int:instalment_id>/bounce")
@for_instalment(may_bounce)
def bounce_payment(instalment: Instalment) -> ResponseReturnValue:
    """Record that it came back; it waits to be paid again."""
    form = BouncedForm()
    if form.validate():
        with saving(form) as saved:
            actions.bounce(instalment, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Recorded. It waits to be paid again."), "success")
            return see_other("grant_desk.show_payment", instalment_id=instalment.id)
    return _page(_again(instalment), bounced=form), 422


def _again(instalment: Instalment) -> Instalment:
    found = instalment_here(instalment.id)
    assert found is not None
    return found


def _rows(instructed: Iterable[Instalment], numbers: dict[int, list[Any]]) -> Iterator[tuple[Any, ...]]:
    yield COLUMNS
    for each in instructed:
        award, amounts = each.award, each.amounts
        yield (
            each.reference,
            award.recipient,
            award.title,
            pounds(amounts.capital.minor),
            pounds(amounts.revenue.minor),
            pounds(amounts.total.minor),
            award.pot.fund.title,
            "; ".join(number for number, _day in numbers.get(award.id, [])),
            f"{each.due_on:%Y-%m-%d}",
        )


def _page(instalment: Instalment, *, paid: PaidForm | None = None, bounced: BouncedForm | None = None) -> str:
    award, moves = instalment.award, history(instalment)
    may_pay = access.may_pay(instalment)
    return render_template(
        "grants/manage/show_payment.html",
        instalment=instalment,
        award=award,
        numbers=awards.decision_numbers([award.id]).get(award.id, []),
        names=people.names([instalment.instructed_by_id, instalment.paid_by_id, *(move.actor_id for move in moves)]),
        moves=moves[::-1],
        form=paid or bounced,
        paid=paid or PaidForm(formdata=None, today=london_today(clock.now())),
        bounced=bounced or BouncedForm(formdata=None),
        may_pay=may_pay and instalment.status == "instructed",
        may_bounce=may_pay and instalment.status == "paid",
        against=access.against_paying(instalment) if access.is_finance() else None,
        words=wording,
    )
