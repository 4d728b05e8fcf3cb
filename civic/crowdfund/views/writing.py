"""Writing a campaign: the list of what is done and what is missing, and every step that is a form of its own."""

from typing import Any

from flask import current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.queries.organisations import organisations_of
from civic.accounts.views.limits import person
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import Conflict, NotFound, form_errors
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.core.states import history
from civic.crowdfund.access import may_start_campaign
from civic.crowdfund.actions import campaigns as actions
from civic.crowdfund.forms.campaigns import STEP_FORMS, StartForm, StepForm
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import writing as queries
from civic.crowdfund.rules import steps
from civic.crowdfund.views import bp
from civic.crowdfund.views.doors import for_organisers
from civic.crowdfund.wording import steps as words
from civic.payments.queries import payees

# These have pages of their own, under the same address.
OWN_PAGES = ("pictures", "film", "costs", "funding", "milestones")


@bp.get("/campaigns/new")
@allowed(may_start_campaign)
def new_campaign() -> ResponseReturnValue:
    """The beginning: for which organisation, under which title; or how to get an organisation."""
    return _start(_start_form())


@bp.post("/campaigns/new")
@allowed(may_start_campaign)
@limit("20/hour", key=person)
def create_campaign() -> ResponseReturnValue:
    """Begin a draft."""
    form = _start_form()
    if form.organisation.choices and form.validate():
        with transaction():
            campaign = actions.begin(
                form.organisation.data, title=form.title.data, language=current().code, by=me(), now=clock.now()
            )
        return see_other("crowdfund.edit_campaign", slug=campaign.slug)
    return _start(form), 422


@bp.get("/account/campaigns")
@allowed(may_start_campaign)
def list_my_campaigns() -> ResponseReturnValue:
    """The campaigns of one's organisations."""
    return render_template("crowdfund/writing/list_my_campaigns.html", campaigns=queries.campaigns_of(me()))


@bp.get("/campaigns/<slug>/edit")
@for_organisers
def edit_campaign(campaign: Campaign) -> ResponseReturnValue:
    """What is done, what is missing, and what happens next."""
    return render_template("crowdfund/writing/edit_campaign.html", **progress_of(campaign))


@bp.get("/campaigns/<slug>/edit/<step>")
@for_organisers
def edit_step(campaign: Campaign, step: str) -> ResponseReturnValue:
    """One step as it stands."""
    form_of = _form_of(step)
    must_be_a_draft(campaign)
    form = form_of.of(campaign)
    form.seen.data = actions.edition(campaign, form_of.FIELDS)
    return step_page(campaign, step, form)


@bp.post("/campaigns/<slug>/edit/<step>")
@for_organisers
def save_step(campaign: Campaign, step: str) -> ResponseReturnValue:
    """Keep a step, or show what it would look like; refuses to overwrite what somebody else changed meanwhile."""
    form = _form_of(step)()
    if not form.validate():
        return step_page(campaign, step, form), 422
    act = request.form.get("act")
    if act == "preview":
        return step_page(campaign, step, form, preview=True)
    try:
        with transaction():
            actions.tell(campaign, form.facts(), seen=form.seen.data or "")
    except Conflict as refused:
        form_errors(form, refused)
        form.seen.data = actions.edition(campaign, form.FIELDS)
        return step_page(campaign, step, form, is_stale=isinstance(refused, actions.ChangedMeanwhile)), 409
    return after_saving(campaign, step, act)


def after_saving(campaign: Campaign, step: str, act: str | None = None) -> ResponseReturnValue:
    """To the next step, or to the list."""
    following = next_step(campaign, step) if act == "next" else None
    if following is not None:
        return see_other("crowdfund.edit_step", slug=campaign.slug, step=following)
    flash(_("Saved: %(step)s.", step=words.STEP_TITLES[step]), "success")
    return see_other("crowdfund.edit_campaign", slug=campaign.slug)


def next_step(campaign: Campaign, step: str) -> str | None:
    """The step after this one; None after the last."""
    is_charity = queries.organisation_of(campaign).kind == "registered_charity"
    order = [each for each in steps.STEPS if each != "gift_aid" or is_charity]
    at = order.index(step) + 1 if step in order else len(order)
    return order[at] if at < len(order) else None


def must_be_a_draft(campaign: Campaign) -> None:
    """Send whoever looks at a step of what is no draft to the campaign's own page; raises NotADraft."""
    if campaign.status != "draft":
        raise actions.NotADraft(location=url_for("crowdfund.edit_campaign", slug=campaign.slug))


def progress_of(campaign: Campaign) -> dict[str, Any]:
    """Everything the list of tasks and the page before sending need."""
    organisation = queries.organisation_of(campaign)
    written = queries.written(campaign, organisation.kind)
    found = gaps_of(campaign, written)
    mine = list(steps.steps_for(written))
    done = sum(steps.state_of(step, written, found) not in ("missing", "empty") for step in mine)
    return {
        "campaign": campaign,
        "organisation": organisation,
        "written": written,
        "gaps": found,
        "missing": steps.stands_in_the_way(found),
        "groups": {
            group: [
                (step, steps.state_of(step, written, found), [gap for gap in found if gap.step == step])
                for step in steps.GROUPS[group]
                if step in mine
            ]
            for group in steps.GROUPS
        },
        "done": done,
        "steps": len(mine),
        "payee": payees.state(organisation.id),
        "moves": history(campaign),
        "words": words,
        "now": clock.now(),
    }


def gaps_of(campaign: Campaign, written: steps.Written) -> list[steps.Gap]:
    """What is missing at this moment, by the settings of this site."""
    config = current_app.config
    return steps.gaps(written, clock.now(), min_days=config["CAMPAIGN_MIN_DAYS"], max_days=config["CAMPAIGN_MAX_DAYS"])


def step_page(campaign: Campaign, step: str, form: StepForm, *, preview: bool = False, is_stale: bool = False) -> str:
    """The page of a step; `is_stale` shows beside the form how it stands now."""
    return render_template(
        "crowdfund/writing/edit_step.html",
        campaign=campaign,
        step=step,
        form=form,
        preview=preview,
        is_stale=is_stale,
        words=words,
        min_days=current_app.config["CAMPAIGN_MIN_DAYS"],
        max_days=current_app.config["CAMPAIGN_MAX_DAYS"],
        papers=[each for each in queries.evidence_of(campaign) if each.kind != "quote"]
        if step == "permissions"
        else [],
    )


def _form_of(step: str) -> type[StepForm]:
    if step not in STEP_FORMS:
        raise NotFound()
    return STEP_FORMS[step]


def _start_form() -> StartForm:
    mine = organisations_of(me())
    form = StartForm()
    form.organisation.choices = [(each.id, each.name) for each in mine]
    if len(mine) == 1 and not form.organisation.raw_data:
        form.organisation.data = mine[0].id
    return form


def _start(form: StartForm) -> str:
    return render_template("crowdfund/writing/new_campaign.html", form=form, campaigns=queries.campaigns_of(me()))
