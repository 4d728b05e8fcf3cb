"""The organiser's desk: how the campaign stands, what is due, news and messages to backers, milestones."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.clock import in_london, london_today
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.crowdfund import access
from civic.crowdfund.actions import talk as actions
from civic.crowdfund.forms.talk import MessageForm, UpdateForm
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import desk as queries
from civic.crowdfund.queries import figures, talk
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.rules import due
from civic.crowdfund.rules.stages import stage
from civic.crowdfund.views import bp
from civic.crowdfund.wording.public import STAGE_TAGS
from civic.payments.queries import payees


@bp.get("/campaigns/<slug>/desk")
@allowed(access.may_see_desk, on=campaign_by_slug, hide=True)
def show_desk(campaign: Campaign) -> ResponseReturnValue:
    """How the campaign stands, what is due, pledges over time."""
    now, steps, told = clock.now(), queries.milestones(campaign), queries.told(campaign)
    figured, weeks = figures.figures(campaign), queries.weeks(campaign, now)
    state = payees.state(campaign.organisation_id)
    today, where = london_today(now), stage(campaign.status, campaign.closes_at, now)
    facts = due.Facts(
        stage=where,
        opened_on=in_london(campaign.opened_at or now).date(),
        finished_at=campaign.finished_at,
        news_at=told.news_at,
        report_at=told.report_at,
        has_final_report=told.is_final,
        overdue_milestones=sum(each.done_on is None and each.due_on < today for each in steps),
        payee=state,
    )
    return render_template(
        "crowdfund/show_desk.html",
        campaign=campaign,
        now=now,
        today=today,
        stage=where,
        tags=STAGE_TAGS,
        figures=figured,
        progress=figured.progress,
        weeks=weeks,
        most=max((each.amount.minor for each in weeks), default=0),
        best=max(weeks, key=lambda each: each.amount.minor, default=None),
        due=due.due(facts, today) if not campaign.imported_from else [],
        payee=state,
        milestones=steps,
        messages=talk.messages(campaign),
        speaks=access.is_organiser_of(campaign),
    )


@bp.get("/campaigns/<slug>/desk/backers")
@allowed(access.may_see_desk, on=campaign_by_slug, hide=True)
def list_supporters(campaign: Campaign) -> ResponseReturnValue:
    """Every standing pledge with its sum; names only of those who agreed to be named, and never an address."""
    page = queries.supporters(campaign, at=request.args.get("at"))
    return render_template("crowdfund/list_supporters.html", campaign=campaign, page=page)


# News.


@bp.get("/campaigns/<slug>/updates/new")
@allowed(access.may_write_news, on=campaign_by_slug, hide=True)
def new_update(campaign: Campaign) -> ResponseReturnValue:
    """The form for news."""
    return render_template("crowdfund/edit_update.html", campaign=campaign, form=UpdateForm(), update=None)


@bp.post("/campaigns/<slug>/updates/new")
@allowed(access.may_write_news, on=campaign_by_slug, hide=True)
@limit("10/day", key=lambda: f"news {(request.view_args or {}).get('slug')}")
def create_update(campaign: Campaign) -> ResponseReturnValue:
    """Publish news, and write to those who back or follow the campaign."""
    form = UpdateForm()
    if form.validate():
        with transaction():
            actions.post_update(campaign, **_texts(form, "title", "text"), by=me(), now=clock.now())
        flash(_("Your news is published, and those who back or follow the campaign get it by email."), "success")
        return see_other("crowdfund.list_updates", slug=campaign.slug)
    return render_template("crowdfund/edit_update.html", campaign=campaign, form=form, update=None), 422


@bp.get("/campaigns/<slug>/updates/<int:update_id>/edit")
@allowed(access.may_write_news, on=campaign_by_slug, hide=True)
def edit_update(campaign: Campaign, update_id: int) -> ResponseReturnValue:
    """The form to mend news."""
    news = queries.own_update(campaign, update_id)
    if news is None:
        raise NotFound()
    return render_template("crowdfund/edit_update.html", campaign=campaign, form=UpdateForm(obj=news), update=news)


@bp.post("/campaigns/<slug>/updates/<int:update_id>/edit")
@allowed(access.may_write_news, on=campaign_by_slug, hide=True)
def save_update(campaign: Campaign, update_id: int) -> ResponseReturnValue:
    """Mend news; nobody is written to again."""
    news, form = queries.own_update(campaign, update_id), UpdateForm()
    if news is None:
        raise NotFound()
    if form.validate():
        with transaction():
            actions.change_update(news, title=str(form.title.data), text=str(form.text.data), now=clock.now())
        flash(_("The changes are saved."), "success")
        return see_other("crowdfund.show_update", slug=campaign.slug, update_id=update_id)
    return render_template("crowdfund/edit_update.html", campaign=campaign, form=form, update=news), 422


# Messages to backers.


@bp.get("/campaigns/<slug>/messages")
@allowed(access.may_write_to_backers, on=campaign_by_slug, hide=True)
def new_message(campaign: Campaign) -> ResponseReturnValue:
    """The form for a message to everybody who backs the campaign."""
    return _message_page(campaign, MessageForm())


@bp.post("/campaigns/<slug>/messages")
@allowed(access.may_write_to_backers, on=campaign_by_slug, hide=True)
def create_message(campaign: Campaign) -> ResponseReturnValue:
    """Send it; at most two within seven days."""
    form = MessageForm()
    if form.validate():
        with saving(form) as saved:
            actions.write_to_backers(campaign, **_texts(form, "subject", "text"), by=me(), now=clock.now())
        if saved.ok:
            flash(_("Your message is on its way to your backers."), "success")
            return see_other("crowdfund.show_desk", slug=campaign.slug)
    return _message_page(campaign, form), 422


def _message_page(campaign: Campaign, form: MessageForm) -> str:
    readers = talk.how_many_read(campaign.id)
    return render_template("crowdfund/new_message.html", campaign=campaign, form=form, readers=readers)


def _texts(form: Any, *names: str) -> dict[str, str]:
    return {name: str(form[name].data) for name in names} | {"language": current().code}
