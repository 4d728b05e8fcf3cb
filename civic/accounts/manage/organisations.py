"""Organisations as staff see them: looked at, verified with evidence, returned with questions."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access, wording
from civic.accounts.actions import organisations as actions
from civic.accounts.forms.organisations import DecisionForm, WhyForm
from civic.accounts.manage import bp
from civic.accounts.models import Organisation
from civic.accounts.queries import organisations as queries
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import IllegalMove, history

STATUSES = ("submitted", "verified", "returned", "unverified")


@bp.get("/organisations")
@allowed(access.may_verify_organisations)
def list_organisations() -> ResponseReturnValue:
    """Organisations by state; those that wait come first to mind."""
    status = request.args.get("status", "submitted")
    status = status if status in STATUSES else "submitted"
    page = page_of(queries.organisations(status), [Organisation.id], at=request.args.get("at"))
    return render_template(
        "accounts/list_all_organisations.html", page=page, status=status, statuses=STATUSES, wording=wording
    )


@bp.get("/organisations/<int:organisation_id>")
@allowed(access.may_verify_organisations, on=queries.organisation_by_id)
def show_organisation(organisation: Organisation) -> ResponseReturnValue:
    """An organisation, its people and history, and the decision to take."""
    return _page(organisation, DecisionForm(formdata=None))


@bp.post("/organisations/<int:organisation_id>/decision")
@allowed(access.may_decide_about, on=queries.organisation_by_id)
def decide(organisation: Organisation) -> ResponseReturnValue:
    """Verify it, or return it with questions; 409 where it does not wait for a decision."""
    _must_be("submitted", organisation)
    form = DecisionForm()
    if form.validate():
        with saving(form) as saved:
            actions.decide(organisation, form.verb.data, by=me(), why=form.why.data, now=clock.now())
        if saved.ok:
            flash(_("Decided, and told to the owners."), "success")
            return see_other("people.list_organisations")
    return _page(organisation, form), 422


@bp.post("/organisations/<int:organisation_id>/withdrawal")
@allowed(access.may_decide_about, on=queries.organisation_by_id)
def withdraw_verification(organisation: Organisation) -> ResponseReturnValue:
    """Take a verification back; 409 where there is none."""
    _must_be("verified", organisation)
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            actions.decide(organisation, "withdraw", by=me(), why=form.why.data, now=clock.now())
        if saved.ok:
            flash(_("The verification is withdrawn, and the owners are told why."), "success")
            return see_other("people.show_organisation", organisation_id=organisation.id)
    return _page(organisation, form), 422


def _must_be(status: str, organisation: Organisation) -> None:
    if organisation.status != status:
        raise IllegalMove()


def _page(organisation: Organisation, form: DecisionForm | WhyForm) -> str:
    withdrawing = organisation.status == "verified"
    if withdrawing and isinstance(form, DecisionForm):
        form = WhyForm(formdata=None)
    return render_template(
        "accounts/show_organisation_to_staff.html",
        organisation=organisation,
        form=form,
        wording=wording,
        members=queries.members_of(organisation),
        moves=history(organisation),
        withdrawing=withdrawing,
        may_decide=access.may_decide_about(organisation),
    )
