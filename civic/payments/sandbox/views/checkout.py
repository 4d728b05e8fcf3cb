"""The card page: a test card is typed, and the person goes back to where they came from."""

from flask import current_app, redirect, render_template
from flask.typing import ResponseReturnValue

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.money import Money
from civic.core.pages import see_other
from civic.payments.provider import Bug
from civic.payments.sandbox import addresses, setups
from civic.payments.sandbox.access import is_sandbox_on
from civic.payments.sandbox.cards import CARDS
from civic.payments.sandbox.forms import REFUSALS, CardForm
from civic.payments.sandbox.models import SandboxSetup
from civic.payments.sandbox.views import bp
from civic.payments.sandbox.world import row, world


def setup_by_id(setup_id: str) -> SandboxSetup | None:
    """The visit with this name."""
    return row(SandboxSetup, setup_id)


@bp.get("/checkout/<setup_id>")
@allowed(is_sandbox_on, on=setup_by_id, hide=True)
def show_checkout(setup: SandboxSetup) -> str:
    """What is agreed to, the form for the card, and the list of test cards."""
    return _page(setup, CardForm(clock.now(), formdata=None))


@bp.post("/checkout/<setup_id>")
@allowed(is_sandbox_on, on=setup_by_id, hide=True)
def type_card(setup: SandboxSetup) -> ResponseReturnValue:
    """Match the card and drop its number; then back, on to the bank, or another card."""
    form = CardForm(clock.now())
    valid, card, (month, year) = form.validate(), form.card, form.expires
    form.forget_number()
    if not valid or card is None:
        return _page(setup, form), 422
    try:
        typed = world().play(lambda s, now: setups.type_card(s, setup.id, card, month, year, now=now))
    except Bug:
        return see_other("sandbox.show_checkout", setup_id=setup.id)
    if typed.reason:
        form.number.errors = [REFUSALS[typed.reason]]
        return _page(typed, form), 422
    if typed.status == "open":
        return see_other("sandbox.show_setup_question", setup_id=setup.id)
    return redirect(way_back(typed), 303)


def way_back(setup: SandboxSetup) -> str:
    """Where the person goes on to after the visit."""
    return addresses.way_back(current_app._get_current_object(), setup.return_url)  # type: ignore[attr-defined]


def way_out(setup: SandboxSetup) -> str:
    """Where the person goes who does not want to give a card."""
    return addresses.way_back(current_app._get_current_object(), setup.cancel_url)  # type: ignore[attr-defined]


def is_open(setup: SandboxSetup) -> bool:
    """Whether a card may still be typed."""
    return setup.status == "open" and clock.now() < setup.expires_at


def asked_by_bank(setup: SandboxSetup) -> SandboxSetup:
    """The visit, while the bank waits for an answer about it."""
    if not is_open(setup) or setup.method_id is None:
        raise NotFound()
    return setup


def _page(setup: SandboxSetup, form: CardForm) -> str:
    form = form if is_open(setup) else None  # type: ignore[assignment]
    failed = REFUSALS.get(setup.reason) if setup.reason == "authentication_failed" and form else None
    return render_template(
        "payments/sandbox/show_checkout.html",
        setup=setup,
        form=form,
        failed=failed,
        amount=Money(setup.amount_minor),
        cards=list(CARDS.values()),
        way_back=way_back(setup),
        way_out=way_out(setup),
        canonical=False,
    )
