"""Putting a failed card right: what happened in plain words, until when, and the two ways; all of it without script."""

from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civic.core import clock, tokens
from civic.core.db import db, transaction
from civic.core.doors import allowed, anyone
from civic.core.i18n import current
from civic.core.person import maybe_me
from civic.core.security import address, limit
from civic.crowdfund.actions import fixing, telling
from civic.crowdfund.models import Pledge
from civic.crowdfund.queries import settlement as queries
from civic.crowdfund.queries.pledges import pledge_by_public_id, sentence_of
from civic.crowdfund.rules.promise import Sentence
from civic.crowdfund.views import bp
from civic.crowdfund.wording.settlement import card_trouble, other_card_consent
from civic.payments.engine import recovery, visits

LINK_DAYS = 14
"""How long the link in a mail works; every reminder brings a new one."""
BY_BANK = ("requires_action", "declined", "retry_wait")


def may_fix(pledge: Pledge) -> bool:
    """Its backer, signed in or with the signed link from a mail; nobody else."""
    person = maybe_me()
    if person is not None and pledge.user_id == person.id:
        return True
    try:
        known: str = tokens.read(telling.FIXING, request.values.get("t", ""), max_age=LINK_DAYS * 86400)
    except tokens.BadToken:
        return False
    return known == pledge.public_id


@bp.get("/pledges/<public_id>/fix")
@allowed(anyone, on=pledge_by_public_id)
def fix_pledge(pledge: Pledge) -> ResponseReturnValue:
    """What is the matter with a card, and how to put it right; a link that is too old offers a new one."""
    if not may_fix(pledge):
        return render_template("crowdfund/settlement/ask_for_link.html", pledge=pledge), 403
    campaign, now = pledge.campaign, clock.now()
    charge = queries.live_charge_of(pledge)
    return render_template(
        "crowdfund/settlement/fix_pledge.html",
        pledge=pledge,
        campaign=campaign,
        now=now,
        promise=sentence_of(pledge, campaign, now),
        can_fix=fixing.may_be_fixed(pledge, campaign, now),
        trouble=card_trouble(charge.decline_code or charge.code if charge else ""),
        needs_bank=charge is not None and charge.code == "authentication_required",
        by_bank=charge is not None and charge.status in BY_BANK and charge.code != "unusable_card",
        is_asked=charge is not None and charge.status not in (*BY_BANK, "succeeded"),
        consent=_consent(pledge),
        tried=request.args.get("tried", ""),
        token=request.args.get("t", ""),
        canonical=False,
    )


@bp.post("/pledges/<public_id>/fix/bank")
@allowed(may_fix, on=pledge_by_public_id)
@limit("20/hour")
def confirm_with_bank(pledge: Pledge) -> ResponseReturnValue:
    """Go to the bank's own page, which asks the backer to confirm."""
    charge = queries.live_charge_of(pledge)
    if charge is None or not fixing.may_be_fixed(pledge, pledge.campaign, clock.now()):
        return _back(pledge)
    db.session.rollback()  # nothing of ours waits while the bank is asked
    return redirect(recovery.start(charge, return_path=_here(pledge, tried="bank")), 303)


@bp.post("/pledges/<public_id>/fix/card")
@allowed(may_fix, on=pledge_by_public_id)
@limit("10/hour")
def use_another_card(pledge: Pledge) -> ResponseReturnValue:
    """Go to the provider's page and save another card, which is then charged at once."""
    with transaction():
        setup = fixing.begin_other_card(
            pledge,
            pledge.campaign,
            consent=str(_consent(pledge)),
            language=current().code,
            ip=address(),
            user_agent=request.user_agent.string[:300],
            return_path=_here(pledge, tried="card"),
            now=clock.now(),
        )
    return redirect(visits.start(setup), 303)


@bp.post("/pledges/<public_id>/fix/links")
@allowed(anyone, on=pledge_by_public_id)
@limit("5/hour")
def send_fix_link(pledge: Pledge) -> ResponseReturnValue:
    """Mail a new link to the address of the pledge, and to no other; the page says the same whatever happened."""
    if fixing.may_be_fixed(pledge, pledge.campaign, clock.now()):
        with transaction():
            telling.tell_one(pledge, "charge_reminder")
    return render_template("crowdfund/settlement/link_sent.html")


def _consent(pledge: Pledge) -> Sentence:
    name = pledge.campaign.organisation.name
    return other_card_consent(pledge, pledge.campaign, organisation=name, charged_by=current_app.config["SITE_NAME"])


def _here(pledge: Pledge, **more: Any) -> str:
    """This page's address, with what opened it."""
    if token := request.values.get("t"):
        more["t"] = token
    return url_for("crowdfund.fix_pledge", public_id=pledge.public_id, **more)


def _back(pledge: Pledge) -> ResponseReturnValue:
    return redirect(_here(pledge), 303)
