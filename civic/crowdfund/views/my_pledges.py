"""One's own pledges: the promise, the receipt, another amount, another name, and the way out."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.accounts.rules.links import safe_next
from civic.accounts.views.limits import typed_email
from civic.core import clock, tokens
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.i18n import current
from civic.core.jobs import enqueue
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import maybe_me, me
from civic.core.sealing import seal
from civic.core.security import limit
from civic.crowdfund import links, pledge_jobs
from civic.crowdfund.actions import pledges as actions
from civic.crowdfund.actions import telling
from civic.crowdfund.forms.pledging import AmountForm, FindForm, PresenceForm
from civic.crowdfund.models import Pledge
from civic.crowdfund.queries import gift_aid as gift_aid_queries
from civic.crowdfund.queries import pledges as queries
from civic.crowdfund.rules import pledging
from civic.crowdfund.views import backing, bp
from civic.crowdfund.views.pledging import promise_facts, to_the_card


@bp.get("/pledges/<public_id>")
@allowed(anyone, on=backing.my_pledge)
def show_pledge(pledge: Pledge) -> ResponseReturnValue:
    """Where the money is, in one plain sentence, and everything the backer can do about it now."""
    now = clock.now()
    is_open = pledge.campaign.is_open(now)
    return render_template(
        "crowdfund/pledging/show_pledge.html",
        pledge=pledge,
        campaign=pledge.campaign,
        sentence=queries.sentence_of(pledge, pledge.campaign, now),
        declaration=gift_aid_queries.declaration_of(pledge),
        now=now,
        is_open=is_open,
        may_change=is_open and pledge.status == "authorised",
        may_save_card=is_open and (pledge.status == "awaiting_card" or pledge.pending_amount_minor is not None),
        has_ended=pledge.status in pledging.NEVER_TAKEN,
        last=queries.last_visit(pledge),
        has_receipt=pledge.status not in ("awaiting_card", "abandoned", "refused"),
        pending=_pending(pledge),
        fix=_fix(pledge),
        canonical=False,
    )


@bp.get("/pledges/<public_id>/receipt")
@allowed(anyone, on=backing.my_pledge)
def show_receipt(pledge: Pledge) -> ResponseReturnValue:
    """What was and was not charged, to print or to keep."""
    now = clock.now()
    charge = queries.charges_of([pledge]).get(pledge.public_id)
    return render_template(
        "crowdfund/pledging/show_receipt.html",
        pledge=pledge,
        campaign=pledge.campaign,
        charge=charge,
        collected=Money(pledge.collected_minor),
        given_back=pledge.total - Money(pledge.collected_minor) if charge else Money(0),
        sentence=queries.sentence_of(pledge, pledge.campaign, now),
        now=now,
        canonical=False,
    )


@bp.get("/account/pledges")
@allowed(is_signed_in)
def list_my_pledges() -> ResponseReturnValue:
    """A member's pledges with the same sentence as on their pages, and their Gift Aid declarations."""
    page = queries.pledges_of(me(), at=request.args.get("at"))
    return render_template(
        "crowdfund/pledging/list_my_pledges.html",
        page=page,
        sentences=queries.sentences_of(page.items, clock.now()),
        declarations=gift_aid_queries.declarations_of(me()),
    )


# Another amount.


@bp.get("/pledges/<public_id>/amount")
@allowed(anyone, on=backing.my_pledge)
def edit_amount(pledge: Pledge) -> ResponseReturnValue:
    """The form for more or less."""
    if not _may_change(pledge):
        return see_other("crowdfund.show_pledge", public_id=pledge.public_id)
    amount, tip = backing.change_of(pledge) or (pledge.amount, pledge.tip)
    return _amount_page(pledge, AmountForm(data={"amount": amount, "tip": tip or None}))


@bp.post("/pledges/<public_id>/amount")
@allowed(anyone, on=backing.my_pledge)
def keep_amount(pledge: Pledge) -> ResponseReturnValue:
    """Keep the other amount in this browser and show what it would mean."""
    if not _may_change(pledge):
        return see_other("crowdfund.show_pledge", public_id=pledge.public_id)
    form = AmountForm()
    if not form.validate():
        return _amount_page(pledge, form), 422
    if (form.amount.data, form.tipped()) == (pledge.amount, pledge.tip) and pledge.status == "authorised":
        flash(_("Your pledge is as it was."), "info")
        return see_other("crowdfund.show_pledge", public_id=pledge.public_id)
    assert form.amount.data is not None
    backing.keep_change(pledge, form.amount.data, form.tipped())
    return see_other("crowdfund.check_change", public_id=pledge.public_id)


@bp.get("/pledges/<public_id>/change")
@allowed(anyone, on=backing.my_pledge)
def check_change(pledge: Pledge) -> ResponseReturnValue:
    """What would be promised instead, before it is."""
    wanted = backing.change_of(pledge)
    if wanted is None or not _may_change(pledge):
        return see_other("crowdfund.show_pledge", public_id=pledge.public_id)
    amount, tip = wanted
    return render_template(
        "crowdfund/pledging/check_change.html",
        pledge=pledge,
        campaign=pledge.campaign,
        amount=amount,
        tip=tip,
        needs_card=pledge.status == "awaiting_card" or pledging.needs_card(pledge.total, amount + tip),
        canonical=False,
        **promise_facts(pledge.campaign, amount, tip),
    )


@bp.post("/pledges/<public_id>/change")
@allowed(anyone, on=backing.my_pledge)
@limit("30/hour")
def change_pledge(pledge: Pledge) -> ResponseReturnValue:
    """Promise the other amount: less at once, more once the card is saved again."""
    wanted = backing.change_of(pledge)
    if wanted is None:
        return see_other("crowdfund.show_pledge", public_id=pledge.public_id)
    amount, tip = wanted
    if request.form.get("consent") != backing.fingerprint(actions.consent_to(pledge.campaign, amount, tip)):
        flash(_("Your pledge has changed in another window. Look at it again."), "warning")
        return see_other("crowdfund.check_change", public_id=pledge.public_id)
    with transaction():
        setup = actions.change(pledge, amount, tip, backer=_backer(pledge), now=clock.now())
    backing.drop_change()
    if setup is not None:
        return to_the_card(setup)
    flash(_("Your pledge has been changed."), "success")
    return see_other("crowdfund.show_pledge", public_id=pledge.public_id)


@bp.post("/pledges/<public_id>/card")
@allowed(anyone, on=backing.my_pledge)
@limit("30/hour")
def save_card(pledge: Pledge) -> ResponseReturnValue:
    """Go to the provider's page once more."""
    with transaction():
        setup = actions.try_again(pledge, backer=_backer(pledge), now=clock.now())
    return to_the_card(setup)


@bp.post("/pledges/<public_id>/raise-withdrawal")
@allowed(anyone, on=backing.my_pledge)
def withdraw_raise(pledge: Pledge) -> ResponseReturnValue:
    """Leave the pledge as it was before a raise that waits for its card."""
    with transaction():
        actions.keep_as_it_was(pledge)
    flash(_("Your pledge stays as it was."), "success")
    return see_other("crowdfund.show_pledge", public_id=pledge.public_id)


# Another name or message; the end.


@bp.get("/pledges/<public_id>/name")
@allowed(anyone, on=backing.my_pledge)
def edit_name(pledge: Pledge) -> ResponseReturnValue:
    """How one is shown."""
    person = maybe_me()
    name = pledge.shown_name or (person.name if person else "")
    shown = "anonymous" if pledge.is_anonymous else "name"
    return _name_page(pledge, PresenceForm(data={"shown": shown, "name": name, "message": pledge.message}))


@bp.post("/pledges/<public_id>/name")
@allowed(anyone, on=backing.my_pledge)
@limit("30/hour")
def change_name(pledge: Pledge) -> ResponseReturnValue:
    """Be shown otherwise, at any time."""
    form = PresenceForm()
    if not form.validate():
        return _name_page(pledge, form), 422
    anonymous = form.shown.data != "name"
    with transaction():
        actions.present(pledge, is_anonymous=anonymous, shown_name=form.name.data, message=form.message.data or "")
    flash(_("This is how the campaign’s page shows you now."), "success")
    return see_other("crowdfund.show_pledge", public_id=pledge.public_id)


@bp.get("/pledges/<public_id>/cancellation")
@allowed(anyone, on=backing.my_pledge)
def ask_cancellation(pledge: Pledge) -> ResponseReturnValue:
    """One question before the promise is taken back."""
    if not pledge.campaign.is_open(clock.now()) or pledge.status not in pledging.CHANGEABLE:
        return see_other("crowdfund.show_pledge", public_id=pledge.public_id)
    return render_template(
        "crowdfund/pledging/cancel_pledge.html", pledge=pledge, campaign=pledge.campaign, canonical=False
    )


@bp.post("/pledges/<public_id>/cancellation")
@allowed(anyone, on=backing.my_pledge)
def cancel_pledge(pledge: Pledge) -> ResponseReturnValue:
    """Take the promise back and let the card go."""
    with transaction():
        actions.cancel(pledge, by=maybe_me(), now=clock.now())
    flash(_("Your pledge has been cancelled."), "success")
    return see_other("crowdfund.show_pledge", public_id=pledge.public_id)


# The way back for guests.


@bp.get("/pledges/open/<token>")
@allowed(anyone)
def open_pledge(token: str) -> ResponseReturnValue:
    """The page behind a mailed link. Looking changes nothing: mail programs fetch links before people do."""
    links.public_id_in(token)
    return render_template("crowdfund/pledging/open_pledge.html", token=token, canonical=False)


@bp.post("/pledges/open/<token>")
@allowed(anyone)
def take_pledge(token: str) -> ResponseReturnValue:
    """Bring the pledge of a mailed link into this browser."""
    public_id = links.public_id_in(token)
    backing.hold(public_id)
    return see_other("crowdfund.show_pledge", public_id=public_id)


@bp.get("/pledges/find")
@allowed(anyone)
def find_pledges() -> ResponseReturnValue:
    """How to come to one's pledges: sign in, or have the links sent."""
    return _find_page(FindForm())


@bp.post("/pledges/links")
@allowed(anyone)
@limit("10/hour")
@limit("3/hour", key=typed_email)
def send_links() -> ResponseReturnValue:
    """Send a guest the links of their pledges. The answer is the same, and as quick, whether or not there are any."""
    form = FindForm()
    if not form.validate():
        return _find_page(form), 422
    with transaction():
        enqueue(pledge_jobs.send_pledge_links, sealed=seal(str(form.email.data)), language=current().code)
    flash(_("If there are pledges with this address, we have sent their links to it."), "info")
    return see_other("crowdfund.find_pledges")


def _may_change(pledge: Pledge) -> bool:
    return pledge.campaign.is_open(clock.now()) and pledge.status in pledging.CHANGEABLE


def _fix(pledge: Pledge) -> str:
    """Where a failed card is put right; a guest's browser needs no mail to come there."""
    proof = None if pledge.user_id else tokens.sign(telling.FIXING, pledge.public_id)
    return url_for("crowdfund.fix_pledge", public_id=pledge.public_id, t=proof)


def _pending(pledge: Pledge) -> Any:
    waiting = queries.promised(pledge).pending
    return waiting[0] + waiting[1] if waiting else None


def _backer(pledge: Pledge) -> actions.Backer:
    return backing.backer(pledge.email, guest_of=pledge)


def _amount_page(pledge: Pledge, form: AmountForm) -> str:
    return render_template(
        "crowdfund/pledging/edit_amount.html", pledge=pledge, campaign=pledge.campaign, form=form, canonical=False
    )


def _name_page(pledge: Pledge, form: PresenceForm) -> str:
    return render_template(
        "crowdfund/pledging/edit_name.html", pledge=pledge, campaign=pledge.campaign, form=form, canonical=False
    )


def _find_page(form: FindForm) -> str:
    following = safe_next(request.args.get("next"))
    return render_template("crowdfund/pledging/find_pledges.html", form=form, following=following, canonical=False)
