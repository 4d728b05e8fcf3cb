"""Organisations one acts for: described, sent for verification."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access
from civic.accounts.actions import organisations as actions
from civic.accounts.forms.organisations import InvitationForm, OrganisationForm
from civic.accounts.models import Organisation
from civic.accounts.queries import organisations as queries
from civic.accounts.views import bp
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError, saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import history


@bp.get("/account/organisations")
@allowed(access.is_confirmed)
def list_organisations() -> ResponseReturnValue:
    """The organisations one acts for."""
    return render_template("accounts/list_organisations.html", mine=queries.organisations_of(me()))


@bp.get("/account/organisations/new")
@allowed(access.is_confirmed)
def new_organisation() -> ResponseReturnValue:
    """The form for a new organisation."""
    return render_template("accounts/edit_organisation.html", form=OrganisationForm(), organisation=None)


@bp.post("/account/organisations/new")
@allowed(access.is_confirmed)
def create_organisation() -> ResponseReturnValue:
    """Add an organisation, with oneself as its owner."""
    form = OrganisationForm()
    if form.validate():
        with saving(form) as saved:
            organisation = actions.found(**_facts(form), language=current().code, by=me(), now=clock.now())
        if saved.ok:
            return see_other("accounts.show_organisation", organisation_id=organisation.id)
    return render_template("accounts/edit_organisation.html", form=form, organisation=None), 422


@bp.get("/account/organisations/<int:organisation_id>")
@allowed(access.belongs_to, on=queries.organisation_by_id, hide=True)
def show_organisation(organisation: Organisation) -> ResponseReturnValue:
    """One's organisation: what it says of itself, where its verification stands, who acts for it."""
    return organisation_page(organisation, InvitationForm())


@bp.get("/account/organisations/<int:organisation_id>/edit")
@allowed(access.may_edit_organisation, on=queries.organisation_by_id, hide=True)
def edit_organisation(organisation: Organisation) -> ResponseReturnValue:
    """The form for what it says of itself."""
    return render_template(
        "accounts/edit_organisation.html", form=OrganisationForm(obj=organisation), organisation=organisation
    )


@bp.post("/account/organisations/<int:organisation_id>/edit")
@allowed(access.may_edit_organisation, on=queries.organisation_by_id, hide=True)
def save_organisation(organisation: Organisation) -> ResponseReturnValue:
    """Keep what it says of itself."""
    form = OrganisationForm()
    if form.validate():
        with saving(form) as saved:
            actions.describe(organisation, by=me(), now=clock.now(), **_facts(form))
        if saved.ok:
            flash(_("The changes are saved."), "success")
            return see_other("accounts.show_organisation", organisation_id=organisation.id)
    return render_template("accounts/edit_organisation.html", form=form, organisation=organisation), 422


@bp.post("/account/organisations/<int:organisation_id>/submission")
@allowed(access.belongs_to, on=queries.organisation_by_id, hide=True)
def submit_organisation(organisation: Organisation) -> ResponseReturnValue:
    """Ask staff to verify."""
    try:
        with transaction():
            actions.submit(organisation, by=me(), now=clock.now())
    except (actions.NumberNeeded, actions.GovernanceNeeded) as missing:
        return _back_to_form(organisation, missing)
    flash(_("Sent. We look at it within five working days and write to the owners."), "success")
    return see_other("accounts.show_organisation", organisation_id=organisation.id)


@bp.post("/account/organisations/<int:organisation_id>/recall")
@allowed(access.belongs_to, on=queries.organisation_by_id, hide=True)
def recall_organisation(organisation: Organisation) -> ResponseReturnValue:
    """Take it back to change something."""
    with transaction():
        actions.recall(organisation, by=me(), now=clock.now())
    flash(_("Taken back. You can change it and send it again."), "success")
    return see_other("accounts.show_organisation", organisation_id=organisation.id)


def organisation_page(organisation: Organisation, form: InvitationForm) -> str:
    """The page of an organisation for its members."""
    members = queries.members_of(organisation)
    owning = any(member.user_id == me().id and member.role == "owner" for member in members)
    moves = history(organisation)
    return render_template(
        "accounts/show_organisation.html",
        organisation=organisation,
        form=form,
        members=members,
        owning=owning,
        moves=moves,
        invitations=queries.invitations_of(organisation) if owning else [],
        returned=_why_returned(moves, organisation),
        me=me(),
    )


def _back_to_form(organisation: Organisation, missing: CivicError) -> ResponseReturnValue:
    form = OrganisationForm(formdata=None, obj=organisation)
    field = getattr(form, missing.field or "")
    field.errors = [missing.sentence]
    return render_template("accounts/edit_organisation.html", form=form, organisation=organisation), 422


def _why_returned(moves: list, organisation: Organisation) -> str:
    return moves[-1].why if moves and organisation.status == "returned" else ""


def _facts(form: OrganisationForm) -> dict[str, str]:
    return {fact: form[fact].data or "" for fact in actions.FACTS}
