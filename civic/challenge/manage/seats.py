"""Who acts for a partner: people with a confirmed account, added and taken away by staff."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.queries.people import user_by_email
from civic.accounts.rules.emails import normalised
from civic.challenge import access
from civic.challenge.actions import seats as actions
from civic.challenge.forms.seats import SeatForm
from civic.challenge.manage import bp
from civic.challenge.models import Partner
from civic.challenge.queries import seats as queries
from civic.challenge.queries.programmes import partner_by_slug
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me


@bp.get("/partners/<partner>/people")
@allowed(access.may_manage, on=partner_by_slug)
def list_seats(partner: Partner) -> str:
    """Who acts for a partner, and the form to add somebody."""
    return _page(partner, SeatForm(formdata=None))


@bp.post("/partners/<partner>/people")
@allowed(access.may_manage, on=partner_by_slug)
def create_seat(partner: Partner) -> ResponseReturnValue:
    """Let somebody act for a partner."""
    form, slug = SeatForm(), partner.slug
    if form.validate():
        person = user_by_email(normalised(form.email.data or "") or "")
        with saving(form) as saved:
            actions.seat(partner, person, title=form.title.data or "", by=me(), now=clock.now())
        if saved.ok:
            flash(_("They act for the partner now."), "success")
            return see_other("manage_challenge.list_seats", partner=slug)
    return _page(partner, form), 422


@bp.post("/partners/<partner>/people/<int:user_id>/removal")
@allowed(access.may_manage, on=partner_by_slug)
def remove_seat(partner: Partner, user_id: int) -> ResponseReturnValue:
    """Let somebody act for a partner no more."""
    slug = partner.slug
    with transaction():
        actions.unseat(partner, user_id, by=me(), now=clock.now())
    return see_other("manage_challenge.list_seats", partner=slug)


def _page(partner: Partner, form: SeatForm) -> str:
    seats = queries.seats_of(partner.id)
    return render_template("challenge/manage/list_seats.html", partner=partner, seats=seats, form=form)
