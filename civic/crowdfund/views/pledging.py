"""Pledging: one short form, Gift Aid where a charity asks, what is promised, and then the card."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.pages import see_other
from civic.core.person import maybe_me
from civic.core.security import limit
from civic.crowdfund import access
from civic.crowdfund.actions import gift_aid
from civic.crowdfund.actions import pledges as actions
from civic.crowdfund.actions.pledges import AlreadyPledged, CampaignClosed, OwnCampaign, Wish
from civic.crowdfund.forms.pledging import OTHER, GiftAidForm, PledgeForm
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import figures
from civic.crowdfund.queries import pledges as queries
from civic.crowdfund.queries.campaigns import public_campaign
from civic.crowdfund.rules import fees, pledging
from civic.crowdfund.views import backing, bp
from civic.payments.engine import visits
from civic.payments.errors import PaymentsUnavailable
from civic.payments.models import CardSetup


@bp.get("/campaigns/<slug>/pledges/new")
@allowed(anyone, on=public_campaign)
def create_pledge(campaign: Campaign) -> ResponseReturnValue:
    """The form, with what was typed before; whoever has a pledge already is shown that one."""
    _open_to_me(campaign)
    if (mine := queries.held_by(campaign.id, maybe_me(), backing.held())) and mine.status != "awaiting_card":
        return see_other("crowdfund.show_pledge", public_id=mine.public_id)
    return _form_page(campaign, _filled(campaign))


@bp.post("/campaigns/<slug>/pledges/new")
@allowed(anyone, on=public_campaign)
@limit("60/hour")
def keep_wish(campaign: Campaign) -> ResponseReturnValue:
    """Keep what was typed in this browser and go on; nothing is promised yet."""
    _open_to_me(campaign)
    form = PledgeForm(is_guest=maybe_me() is None)
    if not form.validate():
        return _form_page(campaign, form), 422
    amount = form.wanted()
    assert amount is not None
    anonymous = form.shown.data != "name"
    wish = Wish(amount, form.tipped(), anonymous, form.name.data or "", form.message.data or "")
    backing.keep_wish(campaign.slug, wish, form.email.data if "email" in form else "")
    return see_other(_next(campaign), slug=campaign.slug)


@bp.get("/campaigns/<slug>/pledges/gift-aid")
@allowed(anyone, on=public_campaign)
def ask_gift_aid(campaign: Campaign) -> ResponseReturnValue:
    """Whether Gift Aid should apply, with the whole declaration."""
    _open_to_me(campaign)
    if not campaign.gift_aid or backing.wish_for(campaign.slug) is None:
        return see_other("crowdfund.create_pledge", slug=campaign.slug)
    donor = backing.donor_for(campaign.slug)
    wants = ("yes" if donor else "no") if backing.has_answered_gift_aid(campaign.slug) else None
    return _gift_aid_page(campaign, GiftAidForm(obj=donor, wants=wants))


@bp.post("/campaigns/<slug>/pledges/gift-aid")
@allowed(anyone, on=public_campaign)
@limit("60/hour")
def keep_gift_aid(campaign: Campaign) -> ResponseReturnValue:
    """Keep the declaration, sealed, until the pledge is made."""
    _open_to_me(campaign)
    if not campaign.gift_aid or backing.wish_for(campaign.slug) is None:
        return see_other("crowdfund.create_pledge", slug=campaign.slug)
    form = GiftAidForm()
    if not form.validate():
        return _gift_aid_page(campaign, form), 422
    backing.keep_donor(campaign.slug, form.donor())
    return see_other("crowdfund.check_pledge", slug=campaign.slug)


@bp.get("/campaigns/<slug>/pledges/check")
@allowed(anyone, on=public_campaign)
def check_pledge(campaign: Campaign) -> ResponseReturnValue:
    """What is promised, in full, before anything is."""
    _open_to_me(campaign)
    kept = backing.wish_for(campaign.slug)
    if kept is None:
        return see_other("crowdfund.create_pledge", slug=campaign.slug)
    if campaign.gift_aid and not backing.has_answered_gift_aid(campaign.slug):
        return see_other("crowdfund.ask_gift_aid", slug=campaign.slug)
    (wish, email), person = kept, maybe_me()
    return render_template(
        "crowdfund/pledging/check_pledge.html",
        campaign=campaign,
        wish=wish,
        email=person.email if person else email,
        donor=backing.donor_for(campaign.slug),
        statement=gift_aid.statement(campaign.organisation.name),
        canonical=False,
        **promise_facts(campaign, wish.amount, wish.tip),
    )


@bp.post("/campaigns/<slug>/pledges")
@allowed(anyone, on=public_campaign)
@limit("30/hour")
@limit("10/hour", key=backing.who)
def send_pledge(campaign: Campaign) -> ResponseReturnValue:
    """Promise, and go to the provider's page to save the card. The amount is the one that was shown, never one that is sent."""
    kept = backing.wish_for(campaign.slug)
    if kept is None:
        return see_other("crowdfund.create_pledge", slug=campaign.slug)
    wish, email = kept
    if request.form.get("consent") != backing.fingerprint(actions.consent_to(campaign, wish.amount, wish.tip)):
        flash(_("Your pledge has changed in another window. Look at it again."), "warning")
        return see_other("crowdfund.check_pledge", slug=campaign.slug)
    try:
        with transaction():
            pledge, setup = actions.pledge(
                campaign,
                wish,
                backer=backing.backer(email),
                donor=backing.donor_for(campaign.slug) if campaign.gift_aid else None,
                held=backing.held(),
                now=clock.now(),
            )
    except AlreadyPledged as known:
        flash(known.sentence, "info")
        return redirect(known.location or url_for("crowdfund.show_campaign", slug=campaign.slug), 303)
    if pledge.user_id is None:
        backing.hold(pledge.public_id)
    backing.drop_wish()
    return to_the_card(setup)


def to_the_card(setup: CardSetup) -> ResponseReturnValue:
    """On to the provider's page; where it cannot be reached, back to the pledge, which says so and keeps everything."""
    try:
        return redirect(visits.start(setup), 303)
    except PaymentsUnavailable as away:
        flash(away.sentence, "warning")
        return redirect(setup.return_path, 303)


def promise_facts(campaign: Campaign, amount: Any, tip: Any) -> dict[str, Any]:
    """What every page before a promise says: the sentence agreed to, the fees, and what happens with too much or too little."""
    config = current_app.config
    rates = {"percent": config["PAYMENT_FEE_PERCENT"], "pence": int(config["PAYMENT_FEE_PENCE"])}
    consent = actions.consent_to(campaign, amount, tip)
    return {
        "consent": consent,
        "fingerprint": backing.fingerprint(consent),
        "card_cost": fees.card_cost(amount, **rates),
        "platform_fee": fees.platform_fee(amount, campaign.platform_fee_bps),
        "arrives": fees.arrives(amount, **rates, bps=campaign.platform_fee_bps),
    }


def _open_to_me(campaign: Campaign) -> None:
    """Open campaigns take pledges of everybody but those who run them."""
    if not campaign.is_open(clock.now()):
        raise CampaignClosed()
    if access.is_organiser_of(campaign):
        raise OwnCampaign()


def _next(campaign: Campaign) -> str:
    asks = campaign.gift_aid and not backing.has_answered_gift_aid(campaign.slug)
    return "crowdfund.ask_gift_aid" if asks else "crowdfund.check_pledge"


def _filled(campaign: Campaign) -> PledgeForm:
    """The form as it was left; a member's name waits in its place."""
    person, kept = maybe_me(), backing.wish_for(campaign.slug)
    name = person.name if person else ""
    if kept is None:
        return PledgeForm(is_guest=person is None, data={"name": name})
    wish, email = kept
    is_suggested = wish.amount in pledging.SUGGESTED
    told = {
        "amount": str(wish.amount.minor) if is_suggested else OTHER,
        "own": None if is_suggested else wish.amount,
        "tip": wish.tip or None,
        "shown": "anonymous" if wish.is_anonymous else "name",
        "name": wish.shown_name or name,
        "message": wish.message,
        "email": email,
    }
    return PledgeForm(is_guest=person is None, data=told)


def _form_page(campaign: Campaign, form: PledgeForm) -> str:
    return render_template(
        "crowdfund/pledging/create_pledge.html",
        campaign=campaign,
        form=form,
        progress=figures.progress(campaign),
        now=clock.now(),
        least=pledging.LEAST,
        canonical=False,
    )


def _gift_aid_page(campaign: Campaign, form: GiftAidForm) -> str:
    return render_template(
        "crowdfund/pledging/ask_gift_aid.html",
        charity=campaign.organisation.name,
        title=campaign.title,
        form=form,
        action=url_for("crowdfund.keep_gift_aid", slug=campaign.slug),
        back=url_for("crowdfund.create_pledge", slug=campaign.slug),
        statement=gift_aid.statement(campaign.organisation.name),
        canonical=False,
    )
