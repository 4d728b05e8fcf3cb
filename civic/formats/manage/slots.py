"""Easy Read, sign language and recordings: begun, filled, published and taken back."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.core import clock, files
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit, takes_uploads
from civic.formats import rules, words
from civic.formats.access import may_fill_slots
from civic.formats.actions import slots as actions
from civic.formats.forms import FilmForm, NewSlotForm, PointForm, SoundForm
from civic.formats.manage import bp
from civic.formats.models import Slot
from civic.formats.queries import slots as queries
from civic.formats.queries.things import Thing, named_thing, thing
from civic.formats.views import title_of

FILM = files.MAX_FILM + files.AROUND
PICTURE = files.MAX_PICTURE + files.AROUND


@bp.get("/<thing_kind>/<int:thing_id>")
@allowed(may_fill_slots, on=thing)
def list_slots(found: Thing) -> ResponseReturnValue:
    """What there is of a thing, and the form to begin another."""
    return _list_page(found, NewSlotForm(formdata=None))


@bp.post("/<thing_kind>/<int:thing_id>")
@allowed(may_fill_slots, on=thing)
def create_slot(found: Thing) -> ResponseReturnValue:
    """Begin one."""
    form = NewSlotForm()
    if form.validate():
        with saving(form) as saved:
            slot = actions.start(found.name, form.kind.data, form.language.data, by=me(), now=clock.now())
        if saved.ok:
            return see_other("manage_formats.edit_slot", slot_id=slot.id)
    return _list_page(found, form), 422


@bp.get("/by-hand/<int:slot_id>")
@allowed(may_fill_slots, on=queries.by_id)
def edit_slot(slot: Slot) -> ResponseReturnValue:
    """What it has so far, what is missing, and the form to go on."""
    return _page(slot, _form(slot, fresh=True))


@bp.post("/by-hand/<int:slot_id>/points")
@allowed(may_fill_slots, on=queries.by_id)
@takes_uploads(PICTURE)
@limit("120/hour", key=person)
def add_point(slot: Slot) -> ResponseReturnValue:
    """Add a point to Easy Read."""
    if slot.kind != "easy_read":
        raise NotFound()
    if slot.is_published:
        raise actions.Published()
    form = PointForm()
    if form.validate():
        with saving(form) as saved:
            actions.add_point(
                slot, form.picture.data, text=str(form.text.data), alt=str(form.alt.data), now=clock.now()
            )
        if saved.ok:
            if long := rules.long_sentences(str(form.text.data)):
                flash(_("Added. One sentence is long for Easy Read: “%(sentence)s”", sentence=long[0]), "warning")
            return see_other("manage_formats.edit_slot", slot_id=slot.id)
    return _page(slot, form), 422


@bp.post("/by-hand/<int:slot_id>/points/<int:point_id>/removal")
@allowed(may_fill_slots, on=queries.by_id)
def remove_point(slot: Slot, point_id: int) -> ResponseReturnValue:
    """Take a point away."""
    point = queries.point_of(slot.id, point_id)
    if point is None:
        raise NotFound()
    with transaction():
        actions.remove_point(slot, point)
    return see_other("manage_formats.edit_slot", slot_id=slot.id)


@bp.post("/by-hand/<int:slot_id>/points/<int:point_id>/place")
@allowed(may_fill_slots, on=queries.by_id)
def move_point(slot: Slot, point_id: int) -> ResponseReturnValue:
    """Move a point one place up."""
    point = queries.point_of(slot.id, point_id)
    if point is None:
        raise NotFound()
    with transaction():
        actions.move_up(slot, point)
    return see_other("manage_formats.edit_slot", slot_id=slot.id, _anchor=f"point-{point.id}")


@bp.post("/by-hand/<int:slot_id>/media")
@allowed(may_fill_slots, on=queries.by_id)
@takes_uploads(FILM)
@limit("30/hour", key=person)
def save_media(slot: Slot) -> ResponseReturnValue:
    """Keep a film or recording with what belongs to it."""
    if slot.kind == "easy_read":
        raise NotFound()
    if slot.is_published:
        raise actions.Published()
    form = _form(slot)
    if form.validate():
        is_film = isinstance(form, FilmForm)
        with saving(form) as saved:
            actions.put_media(
                slot,
                media=form.media.data,
                captions=form.captions.data if is_film else None,
                captions_language=form.captions_language.data if is_film else slot.captions_language,
                url=(form.url.data or "") if is_film else "",
                transcript=form.transcript.data or "",
                transcript_language=form.transcript_language.data,
                now=clock.now(),
            )
        if saved.ok:
            flash(_("Saved."), "success")
            return see_other("manage_formats.edit_slot", slot_id=slot.id)
    return _page(slot, form), 422


@bp.post("/by-hand/<int:slot_id>/publication")
@allowed(may_fill_slots, on=queries.by_id)
def publish_slot(slot: Slot) -> ResponseReturnValue:
    """Show it to everybody."""
    form = _form(slot, fresh=True)
    with saving(form) as saved:
        actions.publish(slot, by=me(), now=clock.now())
    if not saved.ok:
        return _page(slot, form), 422
    flash(_("Published. Everybody sees it among the other formats."), "success")
    return see_other("manage_formats.edit_slot", slot_id=slot.id)


@bp.post("/by-hand/<int:slot_id>/withdrawal")
@allowed(may_fill_slots, on=queries.by_id)
def withdraw_slot(slot: Slot) -> ResponseReturnValue:
    """Take it back, to change it."""
    with transaction():
        actions.withdraw(slot, by=me(), now=clock.now())
    flash(_("It is a draft again, and only staff see it."), "success")
    return see_other("manage_formats.edit_slot", slot_id=slot.id)


@bp.post("/by-hand/<int:slot_id>/removal")
@allowed(may_fill_slots, on=queries.by_id)
def remove_slot(slot: Slot) -> ResponseReturnValue:
    """Take a draft away for good."""
    with transaction():
        actions.remove(slot, by=me(), now=clock.now())
    flash(_("It is removed."), "success")
    return see_other("manage_formats.show_tools")


def _form(slot: Slot, *, fresh: bool = False) -> PointForm | SoundForm | FilmForm:
    kept = {"formdata": None} if fresh else {}
    if slot.kind == "easy_read":
        return PointForm(**kept)
    return (SoundForm if slot.kind == "audio" else FilmForm)(
        **kept,
        transcript=slot.transcript,
        transcript_language=slot.transcript_language,
        captions_language=slot.captions_language,
        url=slot.url,
    )


def _list_page(found: Thing, form: NewSlotForm) -> str:
    reading = found.read(found.languages[0])
    return render_template(
        "formats/manage/list_slots.html",
        thing=found,
        slots=queries.slots_of(found.name, also_drafts=True),
        title=title_of(found, {found.languages[0]: reading} if reading else {}),
        form=form,
        words=words,
    )


def _page(slot: Slot, form: PointForm | SoundForm | FilmForm) -> str:
    found = named_thing(slot.about)
    reading = found.read(found.languages[0]) if found else None
    points = queries.points_of(slot.id) if slot.kind == "easy_read" else []
    long = {point.id: sentences for point in points if (sentences := rules.long_sentences(point.text))}
    return render_template(
        "formats/manage/edit_slot.html",
        slot=queries.by_id(slot.id),
        thing=found,
        title=title_of(found, {found.languages[0]: reading}) if found and reading else slot.about,
        points=points,
        long=long,
        lacks=[words.LACKS[each] for each in actions.lacks_of(slot)],
        form=form,
        words=words,
    )
