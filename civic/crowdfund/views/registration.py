"""Registering the organisation for payments: its owner is sent to the provider, where its bank account stands and nowhere else."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.models import Organisation
from civic.accounts.queries.organisations import member_role
from civic.accounts.views.limits import person
from civic.core import clock
from civic.core.errors import Forbidden
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.wording import steps as words
from civic.payments.engine import onboarding
from civic.payments.queries import payees


@bp.get("/campaigns/<slug>/registration")
@for_organisers
def show_registration(campaign: Campaign) -> ResponseReturnValue:
    """Where the registration stands, what the provider asks for, and the way there."""
    organisation = queries.organisation_of(campaign)
    payee = payees.payee_of(organisation.id)
    return render_template(
        "crowdfund/writing/show_registration.html",
        campaign=campaign,
        organisation=organisation,
        state=payee.state if payee else "none",
        is_owner=member_role(organisation, me()) == "owner",
        words=words,
    )


@bp.post("/campaigns/<slug>/registration")
@for_organisers
@limit("20/hour", key=person)
def register_payee(campaign: Campaign) -> ResponseReturnValue:
    """Send an owner to the provider's page; 403 for anybody else."""
    organisation = _owned(campaign)
    back = url_for("crowdfund.show_registration", slug=campaign.slug)
    return redirect(onboarding.start(organisation, email=me().email, return_path=back), 303)


@bp.post("/campaigns/<slug>/registration/state")
@for_organisers
@limit("30/hour", key=person)
def ask_registration(campaign: Campaign) -> ResponseReturnValue:
    """Ask the provider where the registration stands now."""
    payee = payees.payee_of(campaign.organisation_id)
    if payee is not None:
        payee = onboarding.sync(payee, now=clock.now())
    flash(_("The payment provider says: %(state)s", state=words.PAYEE_STATES[payee.state if payee else "none"]), "info")
    return see_other("crowdfund.show_registration", slug=campaign.slug)


def _owned(campaign: Campaign) -> Organisation:
    organisation = queries.organisation_of(campaign)
    if member_role(organisation, me()) != "owner":
        raise Forbidden(_("Only an owner of the organisation can register it for payments."))
    return organisation
