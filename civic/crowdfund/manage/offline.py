"""Cash, cheques and transfers as staff see them: recorded by one, confirmed by another, withdrawn with a reason."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock, files
from civic.core.clock import london_minute
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.files import send_private
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import takes_uploads
from civic.core.states import can
from civic.crowdfund.access import is_staff_of_crowdfund, may_decide_on_money_of, may_settle
from civic.crowdfund.actions import offline as actions
from civic.crowdfund.forms.offline import OfflineForm, ReasonForm
from civic.crowdfund.manage import desk
from civic.crowdfund.models import Campaign, OfflinePledge
from civic.crowdfund.queries import figures
from civic.crowdfund.queries import offline as queries
from civic.crowdfund.queries.campaigns import campaign_by_slug


@desk.get("/offline-pledges")
@allowed(is_staff_of_crowdfund)
def list_waiting_gifts() -> ResponseReturnValue:
    """The gifts of every campaign that wait for a second person."""
    return render_template("crowdfund/pledging/list_waiting_gifts.html", waiting=queries.waiting(), my_number=me().id)


@desk.get("/<slug>/offline-pledges")
@allowed(is_staff_of_crowdfund, on=campaign_by_slug)
def list_offline_pledges(campaign: Campaign) -> ResponseReturnValue:
    """The gifts of a campaign that did not come by card."""
    may_act = may_decide_on_money_of(campaign)
    return render_template(
        "crowdfund/pledging/list_offline_pledges.html",
        campaign=campaign,
        gifts=queries.offline_pledges(campaign),
        counted=figures.progress(campaign).offline,
        is_open=campaign.is_open(clock.now()),
        may_act=may_act,
        my_number=me().id,
    )


@desk.get("/<slug>/offline-pledges/new")
@allowed(may_settle)
@allowed(may_decide_on_money_of, on=campaign_by_slug)
def new_offline_pledge(campaign: Campaign) -> ResponseReturnValue:
    """The form for a gift."""
    _must_be_open(campaign)
    return _form_page(campaign, OfflineForm())


@desk.post("/<slug>/offline-pledges/new")
@allowed(may_settle)
@allowed(may_decide_on_money_of, on=campaign_by_slug)
@takes_uploads(files.MAX_PICTURE + files.AROUND)
def record_offline_pledge(campaign: Campaign) -> ResponseReturnValue:
    """Write a gift down with its evidence; it counts once a colleague has confirmed it."""
    form = OfflineForm()
    if form.validate():
        assert form.amount.data is not None
        gift = actions.Gift(
            method=form.method.data,
            amount=form.amount.data,
            received_on=london_minute(form.received_on.data, "12:00"),
            is_anonymous=form.shown.data != "name",
            shown_name=form.name.data or "",
            note=form.note.data or "",
        )
        with saving(form) as saved:
            actions.record(campaign, gift, form.evidence.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Recorded. It counts once a colleague has confirmed it."), "success")
            return see_other("campaign_desk.list_offline_pledges", slug=campaign.slug)
    return _form_page(campaign, form), 422


@desk.get("/<slug>/offline-pledges/<int:offline_id>/evidence")
@allowed(is_staff_of_crowdfund, on=campaign_by_slug)
def show_offline_evidence(campaign: Campaign, offline_id: int) -> ResponseReturnValue:
    """The paper, as a download for staff."""
    return send_private(queries.evidence_of(_gift(campaign, offline_id)))


@desk.post("/<slug>/offline-pledges/<int:offline_id>/confirmation")
@allowed(may_settle)
@allowed(may_decide_on_money_of, on=campaign_by_slug)
def confirm_offline_pledge(campaign: Campaign, offline_id: int) -> ResponseReturnValue:
    """Let a gift count that somebody else has recorded."""
    gift = _gift(campaign, offline_id)
    with transaction():
        actions.confirm(gift, by=me(), now=clock.now())
    flash(_("Confirmed: it counts towards the target now."), "success")
    return see_other("campaign_desk.list_offline_pledges", slug=campaign.slug)


@desk.get("/<slug>/offline-pledges/<int:offline_id>/withdrawal")
@allowed(may_settle)
@allowed(may_decide_on_money_of, on=campaign_by_slug)
def ask_offline_withdrawal(campaign: Campaign, offline_id: int) -> ResponseReturnValue:
    """Why a gift should not count."""
    return _reason_page(campaign, _gift(campaign, offline_id), ReasonForm())


@desk.post("/<slug>/offline-pledges/<int:offline_id>/withdrawal")
@allowed(may_settle)
@allowed(may_decide_on_money_of, on=campaign_by_slug)
def withdraw_offline_pledge(campaign: Campaign, offline_id: int) -> ResponseReturnValue:
    """Turn down a gift that was recorded, or let one no longer count."""
    gift, form = _gift(campaign, offline_id), ReasonForm()
    if form.validate():
        act = actions.decline if gift.status == "recorded" else actions.withdraw
        with saving(form) as saved:
            act(gift, by=me(), now=clock.now(), why=form.why.data)
        if saved.ok:
            flash(_("It does not count. The reason is on record."), "success")
            return see_other("campaign_desk.list_offline_pledges", slug=campaign.slug)
    return _reason_page(campaign, gift, form), 422


def _gift(campaign: Campaign, offline_id: int) -> OfflinePledge:
    gift = queries.offline_of(campaign, offline_id)
    if gift is None:
        raise NotFound()
    return gift


def _must_be_open(campaign: Campaign) -> None:
    if not campaign.is_open(clock.now()):
        raise actions.CampaignClosed()


def _form_page(campaign: Campaign, form: OfflineForm) -> str:
    return render_template("crowdfund/pledging/new_offline_pledge.html", campaign=campaign, form=form)


def _reason_page(campaign: Campaign, gift: OfflinePledge, form: ReasonForm) -> str:
    if not can(gift, "decline") and not can(gift, "withdraw"):
        raise NotFound()
    return render_template("crowdfund/pledging/withdraw_offline_pledge.html", campaign=campaign, gift=gift, form=form)
