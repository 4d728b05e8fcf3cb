"""From a draft to a scheme that runs: checked and proposed by one person, approved or sent back by another."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.crowdfund.matching import access
from civic.crowdfund.matching.actions import drafts
from civic.crowdfund.matching.actions import schemes as actions
from civic.crowdfund.matching.forms.schemes import ApprovalForm, ProposalForm, ReturnForm
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import again, for_scheme, must_be, must_be_a_draft
from civic.crowdfund.matching.manage.schemes import proposal_page
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries import desk as queries
from civic.crowdfund.matching.queries.schemes import places_of, terms_of
from civic.crowdfund.matching.refusals import NobodyPays


@desk.get("/<slug>/proposal")
@for_scheme(access.may_run)
def new_proposal(scheme: MatchScheme) -> ResponseReturnValue:
    """Everything once more before it is proposed, and why."""
    must_be_a_draft(scheme)
    return _page(scheme, ProposalForm(formdata=None))


@desk.post("/<slug>/proposal")
@for_scheme(access.may_run)
def create_proposal(scheme: MatchScheme) -> ResponseReturnValue:
    """Ask an approver."""
    must_be_a_draft(scheme)
    if not scheme.funders:
        raise NobodyPays()
    form = ProposalForm()
    if form.validate():
        with saving(form) as saved:
            drafts.propose(scheme, why=form.why.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("It is proposed. An approver decides next."), "success")
            return see_other("match_desk.show_scheme", slug=scheme.slug)
        return _page(again(scheme), form), 409
    return _page(scheme, form), 422


@desk.post("/<slug>/approval")
@for_scheme(access.may_approve)
def approve_scheme(scheme: MatchScheme) -> ResponseReturnValue:
    """Let it run."""
    form = ApprovalForm()
    if form.validate():
        with saving(form) as saved:
            actions.approve(scheme, number=form.number.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("It runs. The money is set aside, and gifts are matched from now on."), "success")
            return see_other("match_desk.show_scheme", slug=scheme.slug)
    scheme = again(scheme)
    must_be(scheme, "proposed")
    return proposal_page(scheme, form=form), 422


@desk.post("/<slug>/return")
@for_scheme(access.may_return)
def return_scheme(scheme: MatchScheme) -> ResponseReturnValue:
    """Send a proposal back, or take one's own back: it is a draft again."""
    form = ReturnForm()
    if not form.validate():
        return proposal_page(scheme, back=form), 422
    with transaction():
        drafts.send_back(scheme, why=form.reason.data or "", by=me(), now=clock.now())
    flash(_("It is a draft again."), "success")
    return see_other("match_desk.show_scheme", slug=scheme.slug)


def _page(scheme: MatchScheme, form: ProposalForm) -> str:
    return render_template(
        "crowdfund/matching/desk/new_proposal.html",
        scheme=scheme,
        form=form,
        terms=terms_of(scheme),
        places=places_of(scheme.id),
        funds=queries.money_of(scheme),
        now=clock.now(),
    )
