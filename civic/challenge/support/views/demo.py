"""The demo day as everybody sees it, and one's own place at it."""

from __future__ import annotations

from flask import current_app, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.models import Programme
from civic.challenge.support import access
from civic.challenge.support.actions import demo as actions
from civic.challenge.support.forms.desk import PlaceForm
from civic.challenge.support.models import DemoDay
from civic.challenge.support.queries import demo as queries
from civic.challenge.support.refusals import RegistrationClosed
from civic.challenge.support.views import bp
from civic.challenge.support.views.sessions import send_calendar
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import saving
from civic.core.icalendar import Entry
from civic.core.pages import etag, see_other
from civic.core.person import maybe_me, me
from civic.core.web import external_url

Found = tuple[Programme, DemoDay]


@bp.get("/programmes/<programme>/demo-day")
@allowed(anyone, on=queries.public_day)
def show_demo_day(found: Found) -> ResponseReturnValue:
    """When and where, how one gets in, who shows what, and afterwards the recording."""
    (programme, day), now = found, clock.now()
    pitches, is_open = queries.pitches_of(day), day.takes_people(now)
    names = [
        (pitch.id, pitch.position, each.title, each.startup.organisation.name, each.challenge.title)
        for pitch, each in pitches
    ]
    etag("demo day", programme.id, programme.version, day.id, day.version, names, is_open)
    person = maybe_me()
    return render_template(
        "challenge/support/show_demo_day.html",
        programme=programme,
        day=day,
        pitches=pitches,
        is_open=is_open,
        mine=queries.place_of(day, person.id) if person else None,
    )


@bp.get("/programmes/<programme>/demo-day/calendar.ics")
@allowed(anyone, on=queries.public_day)
def demo_day_calendar(found: Found) -> ResponseReturnValue:
    """The demo day as an entry of one's own calendar."""
    programme, day = found
    entry = Entry(
        uid=f"demo-day-{day.id}@{current_app.config['BASE_URL'].split('//')[-1]}",
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        title=_("Demo day: %(programme)s", programme=programme.title),
        changed_at=clock.now(),
        place=" ".join(day.place.split()),
        url=external_url("challenge_support.show_demo_day", programme=programme.slug),
        sequence=day.version,
        is_cancelled=day.status == "cancelled",
    )
    return send_calendar([entry], f"demo-day-{programme.slug}.ics")


@bp.get("/programmes/<programme>/demo-day/place")
@allowed(access.may_take_part)
@allowed(anyone, on=queries.public_day)
def edit_place(found: Found) -> str:
    """The form to register, and to say what one needs."""
    place = queries.place_of(found[1], me().id)
    data = {"needs": place.needs, "needs_text": place.needs_text, "language": place.language} if place else {}
    return _page(found, PlaceForm(formdata=None, data=data))


@bp.post("/programmes/<programme>/demo-day/place")
@allowed(access.may_take_part)
@allowed(anyone, on=queries.public_day)
def register_place(found: Found) -> ResponseReturnValue:
    """Register, or change what one needs."""
    if not found[1].takes_people(clock.now()):
        raise RegistrationClosed()
    form = PlaceForm()
    if form.validate():
        with saving(form) as saved:
            place = actions.register(
                found[1], needs=form.needs.data or (), needs_text=form.needs_text.data or "", language=form.language.data,
                by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            has_place = place.status == "registered"
            done = _("You have a place.") if has_place else _("There is no room left. You are on the waiting list.")
            flash(done, "success")
            return see_other("challenge_support.show_demo_day", programme=found[0].slug)
    return _page(found, form), 422


@bp.post("/programmes/<programme>/demo-day/place/removal")
@allowed(access.may_take_part)
@allowed(anyone, on=queries.public_day)
def leave_place(found: Found) -> ResponseReturnValue:
    """Give one's place back; what one needs is erased."""
    with transaction():
        actions.leave(found[1], by=me(), now=clock.now())
    flash(_("Your place is given back, and what you told us is erased."), "success")
    return see_other("challenge_support.show_demo_day", programme=found[0].slug)


def _page(found: Found, form: PlaceForm) -> str:
    programme, day = found
    return render_template(
        "challenge/support/edit_place.html",
        programme=programme,
        day=day,
        form=form,
        is_open=day.takes_people(clock.now()),
        mine=queries.place_of(day, me().id),
    )
