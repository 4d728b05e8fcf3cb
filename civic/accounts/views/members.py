"""The people of an organisation: invited, made owners, removed."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access
from civic.accounts.actions import organisations as actions
from civic.accounts.forms.organisations import InvitationForm
from civic.accounts.models import Organisation, OrganisationMember
from civic.accounts.queries import organisations as queries
from civic.accounts.rules.choices import MEMBER_ROLES
from civic.accounts.views import bp
from civic.accounts.views.limits import person
from civic.accounts.views.organisations import organisation_page
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit


@bp.post("/account/organisations/<int:organisation_id>/invitations")
@allowed(access.owns, on=queries.organisation_by_id, hide=True)
@limit("30/hour", key=person)
def invite_member(organisation: Organisation) -> ResponseReturnValue:
    """Send an invitation; the answer is the same whoever is behind the address."""
    form = InvitationForm()
    if form.validate():
        with saving(form) as saved:
            wanted = {"email": form.email.data, "role": form.role.data}
            actions.invite(organisation, **wanted, by=me(), language=current().code, now=clock.now())
        if saved.ok:
            flash(_("The invitation is on its way. It works for two weeks."), "success")
            return see_other("accounts.show_organisation", organisation_id=organisation.id)
    return organisation_page(organisation, form), 422


@bp.post("/account/organisations/<int:organisation_id>/invitations/<int:invitation_id>/end")
@allowed(access.owns, on=queries.organisation_by_id, hide=True)
def end_invitation(organisation: Organisation, invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    with transaction():
        actions.take_back(organisation, min(invitation_id, 2**62))
    flash(_("The invitation is taken back."), "success")
    return see_other("accounts.show_organisation", organisation_id=organisation.id)


@bp.post("/account/organisations/<int:organisation_id>/members/<int:member_id>/role/<role>")
@allowed(access.owns, on=queries.organisation_by_id, hide=True)
def change_member(organisation: Organisation, member_id: int, role: str) -> ResponseReturnValue:
    """Make somebody an owner or an editor."""
    if role not in MEMBER_ROLES:
        raise NotFound()
    member = _member(organisation, member_id)
    with transaction():
        actions.change_member(member, role=role)
    flash(_("The role is changed."), "success")
    return see_other("accounts.show_organisation", organisation_id=organisation.id)


@bp.post("/account/organisations/<int:organisation_id>/members/<int:member_id>/removal")
@allowed(access.belongs_to, on=queries.organisation_by_id, hide=True)
def remove_member(organisation: Organisation, member_id: int) -> ResponseReturnValue:
    """Owners remove anybody; everybody may leave."""
    member = _member(organisation, member_id)
    leaving = member.user_id == me().id
    if not leaving and not access.owns(organisation):
        raise NotFound()
    with transaction():
        actions.remove_member(member)
    flash(
        _("You have left the organisation.") if leaving else _("That person no longer acts for the organisation."),
        "success",
    )
    here = url_for("accounts.show_organisation", organisation_id=organisation.id)
    return redirect(url_for("accounts.list_organisations") if leaving else here, 303)


def _member(organisation: Organisation, member_id: int) -> OrganisationMember:
    member = queries.member_by_id(organisation, min(member_id, 2**62))
    if member is None:
        raise NotFound()
    return member
