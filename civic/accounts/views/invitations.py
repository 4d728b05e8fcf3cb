"""An invitation to act for an organisation: read, and accepted."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access
from civic.accounts.actions import organisations as actions
from civic.accounts.models import OrganisationInvitation
from civic.accounts.queries.organisations import invitation_by_token
from civic.accounts.rules.emails import masked
from civic.accounts.views import bp
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit


@bp.get("/invitations/<token>")
@allowed(access.is_signed_in, on=invitation_by_token)
def show_invitation(invitation: OrganisationInvitation) -> ResponseReturnValue:
    """Who invites to what, and the button that accepts."""
    if invitation.expires_at <= clock.now():
        return render_template("accounts/spent_link.html", again=url_for("accounts.list_organisations")), 410
    mine = invitation.email == me().email
    return render_template(
        "accounts/show_invitation.html", invitation=invitation, mine=mine, address=masked(invitation.email)
    )


@bp.post("/invitations/<token>")
@allowed(access.is_confirmed)
@limit("60/hour")
def accept_invitation(token: str) -> ResponseReturnValue:
    """Join the organisation."""
    with transaction():
        organisation = actions.accept(token, by=me(), now=clock.now())
    flash(_("You now act for %(name)s.", name=organisation.name), "success")
    return see_other("accounts.show_organisation", organisation_id=organisation.id)
