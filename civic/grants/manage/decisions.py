"""Decisions at the desk: lists by what they wait for, and one with the whole file before whoever speaks to it or decides."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.accounts.access import acting_roles
from civic.assessment import queries as assessment
from civic.core import clock, subjects
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.grants import access, wording
from civic.grants.actions import decisions as actions
from civic.grants.forms.decisions import DecideForm, RefuseForm, ViewForm
from civic.grants.forms.parts import NoteForm, of_page
from civic.grants.manage import desk
from civic.grants.manage.doors import for_decision, interest_url
from civic.grants.models import Decision
from civic.grants.queries import decisions as queries
from civic.grants.queries import funds, listing, people, waiting

SHOWS: dict[str, Any] = {
    "views": _l("Waiting for my view"),
    "decide": _l("For me to decide"),
    "open": _l("All that are open"),
    "decided": _l("Decided"),
    "closed": _l("Refused or taken back"),
}
STATES = {"open": ("recommended",), "decided": ("decided",), "closed": ("refused", "withdrawn")}
MINE = {"views": "views", "decide": "decisions"}


@desk.get("/decisions")
@allowed(access.may_see_grants)
def list_decisions() -> ResponseReturnValue:
    """Decisions by what they wait for: mine first, where something can wait for me."""
    shows = {key: label for key, label in SHOWS.items() if key in _offered()}
    shown = request.args.get("show", "")
    shown = shown if shown in shows else next(iter(shows))
    is_mine = shown in MINE
    found = waiting.rows(MINE[shown], me(), acting_roles()) if is_mine else listing.decisions(STATES[shown])
    order = Decision.id if shown in ("views", "decide", "open") else Decision.id.desc()
    page = page_of(found, [order], at=request.args.get("at"), scalars=True)
    hidden = listing.hidden([each.award for each in page.items], me())
    return render_template(
        "grants/manage/list_decisions.html", page=page, hidden=hidden, shown=shown, shows=shows, words=wording
    )


@desk.get("/decisions/<int:decision_id>")
@for_decision()
def show_decision(decision: Decision) -> ResponseReturnValue:
    """One decision with the whole file before you."""
    return _page(decision)


@desk.post("/decisions/<int:decision_id>/views")
@for_decision(access.may_give_view)
def create_view(decision: Decision) -> ResponseReturnValue:
    """Say as a consultee what one thinks of it."""
    form = ViewForm()
    if form.validate():
        said = {"view": form.view.data, "words": form.words.data or "", "language": of_page()}
        with saving(form) as saved:
            actions.give_view(decision, **said, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your view is on record."), "success")
            return see_other("grant_desk.show_decision", decision_id=decision.id)
    return _page(_again(decision), view=form), 422


@desk.post("/decisions/<int:decision_id>/approval")
@for_decision(access.may_decide)
def decide(decision: Decision) -> ResponseReturnValue:
    """Say yes, with the decision's number; the money is reserved at once."""
    form = DecideForm()
    if form.validate():
        said = {"number": form.number.data or "", "reasons": form.reasons.data or ""}
        with saving(form) as saved:
            actions.decide(decision, **said, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Decided. It is on record, and the money has moved."), "success")
            return see_other("grant_desk.show_decision", decision_id=decision.id)
    return _page(_again(decision), yes=form), 422


@desk.post("/decisions/<int:decision_id>/refusal")
@for_decision(access.may_refuse)
def refuse(decision: Decision) -> ResponseReturnValue:
    """Say no; what stood before stands."""
    form = RefuseForm()
    if form.validate():
        with saving(form) as saved:
            actions.refuse(decision, reasons=form.refusal.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("Refused. Your reasons are on record."), "success")
            return see_other("grant_desk.show_decision", decision_id=decision.id)
    return _page(_again(decision), no=form), 422


@desk.post("/decisions/<int:decision_id>/withdrawal")
@for_decision(access.may_take_back)
def withdraw_decision(decision: Decision) -> ResponseReturnValue:
    """Take a recommendation back."""
    form = NoteForm()
    if not form.validate():
        return _page(decision, back=form), 422
    with transaction():
        actions.withdraw(decision, by=me(), now=clock.now(), why=form.why.data or "")
    flash(_("The recommendation is taken back."), "success")
    return see_other("grant_desk.show_decision", decision_id=decision.id)


def _offered() -> set[str]:
    roles = {"views": access.is_consultee, "decide": access.is_approver}
    return {key for key in SHOWS if key not in roles or roles[key]()}


def _again(decision: Decision) -> Decision:
    """The decision as it stands after something was refused."""
    found = queries.decision_by_id(decision.id)
    assert found is not None
    return found


def _page(
    decision: Decision,
    *,
    view: ViewForm | None = None,
    yes: DecideForm | None = None,
    no: RefuseForm | None = None,
    back: NoteForm | None = None,
) -> str:
    award, person = decision.award, me()
    views = decision.views
    mine = next((each for each in views if each.consultee_id == person.id), None)
    view_form = view or ViewForm(formdata=None, obj=mine)
    is_open = decision.status == "recommended"
    left = funds.left_in(award.pot_id)
    more = decision.amounts - award.amounts
    is_approver = access.is_approver() and is_open
    return render_template(
        "grants/manage/show_decision.html",
        decision=decision,
        award=award,
        drawn=subjects.drawn(award.subject),
        url=subjects.url_of(award.subject),
        interest_url=interest_url(award.subject),
        result=assessment.result_of(award.subject),
        left=left,
        after=left - more,
        more=more,
        needed=max(0, award.pot.fund.consultees - len(views)) if is_open else 0,
        names=people.names(
            [decision.recommended_by_id, decision.decided_by_id, *(each.consultee_id for each in views)]
        ),
        form=view or yes or no or back,
        view_form=view_form,
        yes=yes or DecideForm(formdata=None),
        no=no or RefuseForm(formdata=None),
        back=back or NoteForm(formdata=None),
        may_view=access.may_give_view(decision),
        may_decide=access.may_decide(decision),
        may_refuse=access.may_refuse(decision),
        may_take_back=access.may_take_back(decision),
        against=(access.against_deciding(decision) or access.against_limit(decision)) if is_approver else None,
        is_consultee=access.is_consultee(),
        is_approver=is_approver,
        mine=mine,
        words=wording,
    )
