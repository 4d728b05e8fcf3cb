"""Schemes at the desk: the list, a new one, and one as it stands: what is missing, what an approver reads, or how it runs."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.money import Money
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history
from civic.crowdfund.matching import access
from civic.crowdfund.matching.actions import drafts as actions
from civic.crowdfund.matching.actions import schemes as running
from civic.crowdfund.matching.actions.drafts import Plan
from civic.crowdfund.matching.forms.schemes import ApprovalForm, NewSchemeForm, ReturnForm
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import for_scheme
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries import desk as queries
from civic.crowdfund.matching.queries import public
from civic.crowdfund.matching.queries.schemes import free_slug, places_of, terms_of, whole
from civic.crowdfund.matching.queries.standings import figures_of, standings
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.grants.queries.people import names


@desk.get("")
@allowed(access.may_see_schemes)
def list_schemes() -> ResponseReturnValue:
    """Every scheme, the newest first."""
    mine = whole().where(MatchScheme.status != "discarded")
    page = page_of(mine, [MatchScheme.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template(
        "crowdfund/matching/desk/list_schemes.html",
        page=page,
        waiting=queries.waiting_by_scheme([each.id for each in page.items]),
        terms=terms_of,
        left=lambda scheme: sum((each.left for each in scheme.funders), Money(0)),
        may_start=access.may_start(),
        may_look=access.may_look,
    )


@desk.get("/new")
@allowed(access.may_start)
def new_scheme() -> ResponseReturnValue:
    """The form, with what the simulator tried where one comes from there."""
    asked = MultiDict((name, value) for name, value in request.args.items(multi=True))
    if "campaigns" in asked:
        asked["campaigns"] = " ".join(asked.getlist("campaigns"))
    form = NewSchemeForm(formdata=asked) if asked else NewSchemeForm(kind="ratio")
    return render_template("crowdfund/matching/desk/new_scheme.html", form=form, is_filled=bool(asked))


@desk.post("/new")
@allowed(access.may_start)
def create_scheme() -> ResponseReturnValue:
    """Begin a draft."""
    form = NewSchemeForm()
    if form.validate():
        about = (form.title.data or "", form.summary.data or "", form.language.data)
        with saving(form) as saved:
            plan = Plan(*about, form.formula(), counts_past=form.counts_past.data == "yes")
            scheme = actions.make(free_slug(plan.title), plan, by=me(), now=clock.now())
            _enrol(scheme, form.campaigns.data or "")
        if saved.ok:
            flash(_("The draft is there. Say who pays next."), "success")
            return see_other("match_desk.new_payer", slug=scheme.slug, at_most=form.pot.data or None)
    return render_template("crowdfund/matching/desk/new_scheme.html", form=form, is_filled=False), 422


@desk.get("/<slug>")
@for_scheme()
def show_scheme(scheme: MatchScheme) -> ResponseReturnValue:
    """A scheme as it stands."""
    if scheme.status == "draft":
        return draft_page(scheme)
    return proposal_page(scheme) if scheme.status == "proposed" else _running_page(scheme)


def draft_page(scheme: MatchScheme) -> str:
    """What is written and what is missing."""
    moves = history(scheme)
    return render_template(
        "crowdfund/matching/desk/write_scheme.html",
        scheme=scheme,
        terms=terms_of(scheme),
        places=places_of(scheme.id),
        moves=moves,
        sent_back=moves[-1].why if moves and moves[-1].before == "proposed" else "",
        names=names(move.actor_id for move in moves),
        may_run=access.may_run(scheme),
    )


def proposal_page(scheme: MatchScheme, *, form: ApprovalForm | None = None, back: ReturnForm | None = None) -> str:
    """Everything that an approver must know, on one page."""
    is_approver = access.is_approver()
    against = access.against_approving(scheme) if is_approver else None
    return render_template(
        "crowdfund/matching/desk/show_proposal.html",
        scheme=scheme,
        terms=terms_of(scheme),
        places=places_of(scheme.id),
        funds=queries.money_of(scheme),
        names=names([scheme.proposed_by_id, scheme.created_by_id]),
        now=clock.now(),
        form=form or back,
        approval=form or ApprovalForm(formdata=None),
        back_form=back or ReturnForm(formdata=None),
        is_approver=is_approver,
        against=against or (access.against_limit(scheme) if is_approver else None),
        may_approve=access.may_approve(scheme),
        may_send_back=access.may_send_back(scheme),
        may_return=access.may_return(scheme),
        may_discard=access.may_discard(scheme),
    )


def _running_page(scheme: MatchScheme) -> str:
    found, acts = standings(scheme.id), queries.acts_of(scheme)
    may_look, too_much = access.may_look(scheme), [each for each in found if each.too_much]
    return render_template(
        "crowdfund/matching/desk/show_scheme.html",
        scheme=scheme,
        terms=terms_of(scheme),
        figures={each.id: figures_of(each.id, found) for each in scheme.funders},
        funders={each.id: each for each in scheme.funders},
        left=sum((each.left for each in scheme.funders), Money(0)),
        page=public.members(scheme, clock.now(), at=request.args.get("at")),
        too_much=too_much,
        titles=queries.titles({*(each.campaign for each in too_much), *queries.campaigns_of(acts)}),
        newest=queries.newest_parts(scheme),
        signals=queries.open_signals(scheme) if may_look else [],
        acts=acts,
        names=names(act.actor_id for act in acts),
        may_look=may_look,
        may_enrol=access.may_enrol(scheme),
        may_end=access.may_end(scheme),
    )


def _enrol(scheme: MatchScheme, slugs: str) -> None:
    """Let the campaigns that the simulator was asked about join, those that still can."""
    for slug in dict.fromkeys(slugs.split()):
        campaign, by_now = campaign_by_slug(slug), {"by": me(), "now": clock.now()}
        if campaign is not None and running.against_joining(scheme, campaign, **by_now) is None:
            running.enrol(scheme, campaign, **by_now)
