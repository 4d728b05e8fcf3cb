"""Wishes to pledge as staff see them: the list, a new one, and the letter for whoever has no e-mail address."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import has_role
from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import current, speaking
from civic.core.money import Money
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.web import external_url, room
from civic.crowdfund.intents import actions, queries
from civic.crowdfund.intents.forms import IntentForm
from civic.crowdfund.intents.models import PledgeIntent
from civic.crowdfund.intents.wording import STATE_COLOURS, STATES
from civic.crowdfund.queries.campaigns import campaign_by_slug

bp = room("manage_intents", __name__, "/staff/pledge-intents")
may_take_intents = has_role("assistant", "funds_officer", "finance_officer")


@bp.get("")
@allowed(may_take_intents)
def list_intents() -> str:
    """Every wish, the latest first."""
    page = page_of(queries.for_staff(), [PledgeIntent.id.desc()], at=request.args.get("at"))
    return render_template(
        "crowdfund/intents/list_intents.html", page=page, states=STATES, colours=STATE_COLOURS, money=Money
    )


@bp.get("/new")
@allowed(may_take_intents)
def new_intent() -> str:
    """A form for a wish."""
    form = IntentForm(queries.open_campaigns(clock.now()), formdata=None, language=current().code)
    return render_template("crowdfund/intents/new_intent.html", form=form)


@bp.post("/new")
@allowed(may_take_intents)
def take_intent() -> ResponseReturnValue:
    """Write it down; the person gets a mail with the link, or a letter with a code, which is drawn at once and never again."""
    form = IntentForm(queries.open_campaigns(clock.now()))
    if form.validate():
        campaign = campaign_by_slug(form.campaign.data)
        assert campaign is not None
        with saving(form) as saved:
            intent, code = actions.take(campaign, form.wished(), by=me(), now=clock.now())
        if saved.ok and intent.email:
            flash(_("Recorded. The link is on its way to them by email."), "success")
            return see_other("manage_intents.list_intents")
        if saved.ok:
            return _letter(intent, code)
    return render_template("crowdfund/intents/new_intent.html", form=form), 422


@bp.post("/<int:intent_id>/withdrawal")
@allowed(may_take_intents, on=queries.intent_by_id)
def withdraw_intent(intent: PledgeIntent) -> ResponseReturnValue:
    """Take a wish back that the person no longer has."""
    with transaction():
        actions.end(intent.id, "withdraw", by=me(), now=clock.now())
    flash(_("Withdrawn. Name and address are deleted."), "success")
    return see_other("manage_intents.list_intents")


def _letter(intent: PledgeIntent, code: str) -> ResponseReturnValue:
    """The letter with its code: as a page to be printed now."""
    campaign = intent_campaign(code)
    with speaking(intent.language):
        address = external_url("intents.enter_code")
    return render_template(
        "crowdfund/intents/show_letter.html",
        intent=intent,
        campaign=campaign,
        code=code,
        address=address,
        days=actions.DAYS,
        today=london_today(clock.now()),
    )


def intent_campaign(code: str) -> object:
    """The campaign behind a code that was just made."""
    found = queries.intent_by_code(code)
    assert found is not None
    return found[1]
