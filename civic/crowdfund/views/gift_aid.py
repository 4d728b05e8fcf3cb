"""Gift Aid on a pledge that stands, and the charity's own page with HMRC's schedule."""

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock, sheets
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.crowdfund.actions import gift_aid as actions
from civic.crowdfund.forms.pledging import GiftAidForm
from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.queries import gift_aid as queries
from civic.crowdfund.rules.gift_aid import CLAIMABLE
from civic.crowdfund.views import backing, bp
from civic.crowdfund.views.doors import for_organisers

DECLARABLE = ("awaiting_card", "authorised", "charging", "past_due", *CLAIMABLE)


@bp.get("/pledges/<public_id>/gift-aid")
@allowed(anyone, on=backing.my_pledge)
def edit_gift_aid(pledge: Pledge) -> ResponseReturnValue:
    """Add Gift Aid to a pledge, or correct the declaration."""
    if not _may_declare(pledge):
        return see_other("crowdfund.show_pledge", public_id=pledge.public_id)
    declaration = queries.declaration_of(pledge)
    donor = queries.donor_of(declaration) if declaration and not declaration.cancelled_at else None
    return _page(pledge, GiftAidForm(obj=donor, wants="yes" if donor else None))


@bp.post("/pledges/<public_id>/gift-aid")
@allowed(anyone, on=backing.my_pledge)
@limit("30/hour")
def declare_gift_aid(pledge: Pledge) -> ResponseReturnValue:
    """Declare Gift Aid, or take the declaration back."""
    if not _may_declare(pledge):
        return see_other("crowdfund.show_pledge", public_id=pledge.public_id)
    form, now = GiftAidForm(), clock.now()
    if not form.validate():
        return _page(pledge, form), 422
    donor = form.donor()
    with transaction():
        declaration = queries.declaration_of(pledge)
        if donor is not None:
            actions.redeclare(pledge, pledge.campaign, donor, now=now)
        elif declaration is not None:
            actions.withdraw(declaration, now=now)
    flash(_("Your Gift Aid declaration is kept.") if donor else _("Your pledge is without Gift Aid."), "success")
    return see_other("crowdfund.show_pledge", public_id=pledge.public_id)


@bp.post("/pledges/<public_id>/gift-aid/withdrawal")
@allowed(anyone, on=backing.my_pledge)
def withdraw_gift_aid(pledge: Pledge) -> ResponseReturnValue:
    """Take a declaration back; a donor may at any time."""
    with transaction():
        declaration = queries.declaration_of(pledge)
        if declaration is None:
            raise NotFound()
        actions.withdraw(declaration, now=clock.now())
    flash(_("Your Gift Aid declaration has been cancelled."), "success")
    return see_other("crowdfund.show_pledge", public_id=pledge.public_id)


@bp.get("/campaigns/<slug>/gift-aid")
@for_organisers
def show_gift_aid(campaign: Campaign) -> ResponseReturnValue:
    """What the charity may claim for now, and what it must put right."""
    if not campaign.gift_aid:
        raise NotFound()
    new = list(queries.claims_of(campaign))
    every = list(queries.claims_of(campaign, again=True))
    return render_template(
        "crowdfund/pledging/show_gift_aid.html",
        campaign=campaign,
        new=len(new),
        new_sum=sum((each.amount for each in new), Money(0)),
        every=len(every),
        undone=queries.no_longer_claimable(campaign),
        canonical=False,
    )


@bp.post("/campaigns/<slug>/gift-aid/exports")
@for_organisers
@limit("20/hour")
def export_gift_aid(campaign: Campaign) -> ResponseReturnValue:
    """HMRC's schedule as a file: names and addresses leave to the charity alone, and every time is on record."""
    with transaction():
        rows = actions.export(campaign, again=request.form.get("which") == "every", by=me(), now=clock.now())
    answer = Response("".join(sheets.lines(rows)), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{campaign.slug}-gift-aid.csv")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _may_declare(pledge: Pledge) -> bool:
    return pledge.campaign.gift_aid and pledge.status in DECLARABLE


def _page(pledge: Pledge, form: GiftAidForm) -> str:
    charity = pledge.campaign.organisation.name
    return render_template(
        "crowdfund/pledging/ask_gift_aid.html",
        charity=charity,
        title=pledge.campaign.title,
        form=form,
        action=url_for("crowdfund.declare_gift_aid", public_id=pledge.public_id),
        back=url_for("crowdfund.show_pledge", public_id=pledge.public_id),
        statement=actions.statement(charity),
        canonical=False,
    )
