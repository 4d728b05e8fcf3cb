"""The demo day on the desk: written, announced, its order of pitches, and who comes with what they need."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.models import Programme
from civic.challenge.queries.programmes import programme_by_slug
from civic.challenge.support import access
from civic.challenge.support.actions import demo as actions
from civic.challenge.support.forms.desk import DemoDayForm, PitchForm
from civic.challenge.support.forms.journeys import WhyForm
from civic.challenge.support.manage import bp
from civic.challenge.support.models import DemoDay, DemoPitch
from civic.challenge.support.queries import demo as queries
from civic.challenge.support.queries.journeys import all_in, journey_by_id
from civic.challenge.support.refusals import NotOnItsWay
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.forms import Form
from civic.core.i18n import Words
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import can


def day_in(programme: str) -> DemoDay | None:
    """The demo day of the programme with this slug."""
    found = programme_by_slug(programme)
    return queries.day_of(found.id) if found else None


@bp.get("/<programme>/demo-day")
@allowed(access.may_run, on=programme_by_slug)
def show_demo_day(programme: Programme) -> str:
    """The demo day of a programme, or the way to write it."""
    return _page(programme)


@bp.get("/<programme>/demo-day/edit")
@allowed(access.may_run, on=programme_by_slug)
def edit_demo_day(programme: Programme) -> str:
    """The form of a demo day."""
    day = queries.day_of(programme.id)
    given = {name: getattr(day, name) for name in actions.FIELDS} if day else {}
    return _edit_page(programme, DemoDayForm(formdata=None, data=given))


@bp.post("/<programme>/demo-day/edit")
@allowed(access.may_run, on=programme_by_slug)
def change_demo_day(programme: Programme) -> ResponseReturnValue:
    """Write a demo day, or change it."""
    form = DemoDayForm()
    if form.validate():
        values: dict[str, Any] = {name: form[name].data for name in actions.FIELDS}
        texts = {
            name: values[name] or "" for name in values if isinstance(values[name], str | None) and name != "capacity"
        }
        with saving(form) as saved:
            actions.write(programme, by=me(), now=clock.now(), **(values | texts))
        if saved.ok:
            flash(_("The demo day is saved."), "success")
            return see_other("manage_challenge_support.show_demo_day", programme=programme.slug)
    return _edit_page(programme, form), 422


@bp.post("/<programme>/demo-day/state")
@allowed(access.may_run, on=day_in)
def move_demo_day(day: DemoDay) -> ResponseReturnValue:
    """Announce a demo day, cancel it, say that it was held, or begin anew."""
    form, programme = WhyForm(), db.session.get_one(Programme, day.programme_id)
    if form.validate():
        with saving(form) as saved:
            actions.move(
                day, request.form.get("act", ""), why=form.why.data or "", language=form.language.data, by=me(),
                now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("It is done, and they are told."), "success")
            return see_other("manage_challenge_support.show_demo_day", programme=programme.slug)
    return _page(programme, form), 422


@bp.post("/<programme>/demo-day/pitches")
@allowed(access.may_run, on=day_in)
def add_pitch(day: DemoDay) -> ResponseReturnValue:
    """Give a startup a place in the order."""
    programme = db.session.get_one(Programme, day.programme_id)
    form = PitchForm(_choices(programme, day))
    if not form.journey.choices:
        raise NotOnItsWay()
    if form.validate():
        journey = journey_by_id(form.journey.data)
        if journey is None:
            raise NotFound()
        with saving(form) as saved:
            actions.add_pitch(day, journey, by=me(), now=clock.now())
        if saved.ok:
            return see_other("manage_challenge_support.show_demo_day", programme=programme.slug, _anchor="pitches")
    return _page(programme, form), 422


@bp.post("/pitches/<int:pitch_id>")
@allowed(access.may_run, on=queries.pitch_by_id)
def move_pitch(pitch: DemoPitch) -> ResponseReturnValue:
    """One place up or down, or out of the order."""
    day = db.session.get_one(DemoDay, pitch.demo_day_id)
    with transaction():
        actions.move_pitch(pitch, request.form.get("act", ""), by=me(), now=clock.now())
    programme = db.session.get_one(Programme, day.programme_id)
    return see_other("manage_challenge_support.show_demo_day", programme=programme.slug, _anchor="pitches")


@bp.get("/<programme>/demo-day/people")
@allowed(access.may_run, on=day_in)
def list_registrations(day: DemoDay) -> str:
    """Who comes, and what they need."""
    return render_template(
        "challenge/support/manage/list_registrations.html",
        programme=db.session.get_one(Programme, day.programme_id),
        day=day,
        page=queries.registrations(day, at=request.args.get("at")),
        counts=queries.how_many(day),
    )


def _choices(programme: Programme, day: DemoDay | None) -> list[tuple[int, Words]]:
    """The startups that have no place in the order yet."""
    there = {pitch.application_id for pitch, _ in queries.pitches_of(day)} if day else set()
    return [
        (each.id, Words(each.startup.organisation.name, each.startup.organisation.language))
        for each in all_in(programme.id)
        if each.id not in there
    ]


def _page(programme: Programme, form: Form | None = None) -> str:
    day = queries.day_of(programme.id)
    return render_template(
        "challenge/support/manage/show_demo_day.html",
        programme=programme,
        day=day,
        pitches=queries.pitches_of(day) if day else [],
        counts=queries.how_many(day) if day else {},
        verbs=[verb for verb in ("publish", "hold", "reopen", "cancel") if day and can(day, verb)],
        pitch=form if isinstance(form, PitchForm) else PitchForm(_choices(programme, day), formdata=None),
        why=form if isinstance(form, WhyForm) else WhyForm(formdata=None),
        form=form,
        has_begun=bool(day and clock.now() >= day.starts_at),
    )


def _edit_page(programme: Programme, form: DemoDayForm) -> str:
    return render_template("challenge/support/manage/edit_demo_day.html", programme=programme, form=form)
