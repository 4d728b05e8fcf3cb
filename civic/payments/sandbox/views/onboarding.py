"""The provider's questions to an organisation that is to receive money."""

from flask import current_app, redirect, render_template
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed
from civic.payments.sandbox import addresses, organisations
from civic.payments.sandbox.access import is_sandbox_on
from civic.payments.sandbox.forms import OnboardingForm
from civic.payments.sandbox.models import SandboxAccount
from civic.payments.sandbox.views import bp
from civic.payments.sandbox.world import row, world


def account_by_id(account_id: str) -> SandboxAccount | None:
    """The organisation's account at the sandbox."""
    return row(SandboxAccount, account_id)


@bp.get("/organisations/<account_id>")
@allowed(is_sandbox_on, on=account_by_id, hide=True)
def show_onboarding(account: SandboxAccount) -> str:
    """Who the organisation is, and where its money should go."""
    return _page(account, OnboardingForm(account.requirements, formdata=None))


@bp.post("/organisations/<account_id>")
@allowed(is_sandbox_on, on=account_by_id, hide=True)
def answer_onboarding(account: SandboxAccount) -> ResponseReturnValue:
    """Keep which questions were answered, and go back."""
    form = OnboardingForm(account.requirements)
    if not form.validate():
        return _page(account, form), 422
    answered = form.answered
    world().play(lambda session, now: organisations.answer(session, account.id, answered, now=now))
    return redirect(_way_back(account), 303)


def _way_back(account: SandboxAccount) -> str:
    return addresses.way_back(current_app._get_current_object(), account.return_url)  # type: ignore[attr-defined]


def _page(account: SandboxAccount, form: OnboardingForm) -> str:
    return render_template(
        "payments/sandbox/show_onboarding.html",
        account=account,
        form=form,
        way_back=_way_back(account),
        canonical=False,
    )
