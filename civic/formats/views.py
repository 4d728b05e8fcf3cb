"""What everybody sees: the formats of a thing, having one made, taking it, and what people made by hand."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.doors import allowed, anyone
from civic.core.files import StoredFile, send_download
from civic.core.i18n import Words, current, format_date
from civic.core.names import slug_of
from civic.core.pages import etag, see_other
from civic.core.reading import Reading
from civic.core.security import limit
from civic.core.web import room
from civic.formats import jobs, kinds, rules, words
from civic.formats.access import may_fill_slots
from civic.formats.actions import making
from civic.formats.kinds import Format
from civic.formats.models import Slot
from civic.formats.queries import files as file_queries
from civic.formats.queries import slots as slot_queries
from civic.formats.queries.files import Held
from civic.formats.queries.things import Thing, named_thing, thing

bp = room("formats", __name__)


@dataclass(frozen=True)
class Line:
    """One format in one language, as a page shows it: "ready", "older", "asked", "failed" or "none"."""

    format: Format
    language: str
    state: str
    facts: str = ""  # in markup: its size and length, where it is there

    @property
    def is_there(self) -> bool:
        """Whether there is a file to take."""
        return self.state in ("ready", "older")


@dataclass(frozen=True)
class Wanted:
    """A format of a thing in a language, with what is held of it."""

    thing: Thing
    language: str
    format: Format
    reading: Reading
    held: Held | None

    @property
    def line(self) -> Line:
        """How a page shows it."""
        return line_of(self.format, self.language, self.reading, self.held)


def wanted(thing_kind: str, thing_id: int, tongue: str, format_key: str) -> Wanted | None:
    """A format that can be made here of a public thing, in one of its languages."""
    found, known = thing(thing_kind, thing_id), kinds.FORMATS.get(format_key)
    if found is None or known is None or tongue not in found.languages or not known.is_here(tongue):
        return None
    reading = found.read(tongue)
    if reading is None:
        return None
    return Wanted(found, tongue, known, reading, file_queries.files_of(found.name).get((tongue, format_key)))


def line_of(known: Format, language: str, reading: Reading, held: Held | None) -> Line:
    """The state of a format, and what there is to say of its file."""
    if held is None:
        return Line(known, language, "none")
    row = held.row
    facts = Markup("")
    if row.file_id is not None:
        ending = Markup('<span translate="no">{}</span>').format(known.extension.upper())
        said = (ending, kinds.size_words(held.size), known.length_words(row.length))
        facts = Markup(" · ").join(Markup("<bdi>{}</bdi>").format(each) for each in said if each)
    if row.status != "made":
        return Line(known, language, row.status, facts)
    is_current = row.version == rules.version_of(reading.version, known.version)
    return Line(known, language, "ready" if is_current else "older", facts)


@bp.get("/formats/<thing_kind>/<int:thing_id>")
@allowed(anyone, on=thing)
def show_formats(found: Thing) -> ResponseReturnValue:
    """Every format of a thing in every language it exists in, and what people made by hand."""
    own = current().code  # the reader's language comes first
    languages = sorted(found.languages, key=lambda language: language != own)
    readings = {language: reading for language in languages if (reading := found.read(language))}
    held, slots = file_queries.files_of(found.name), slot_queries.slots_of(found.name)
    parts = [
        (language, reading, [line_of(each, language, reading, held.get((language, each.key))) for each in kinds.offered(language)])
        for language, reading in readings.items()
    ]  # fmt: skip
    etag(
        "formats", found.name, [reading.version for reading in readings.values()],
        [(key, each.row.status, each.row.version, each.row.made_at) for key, each in sorted(held.items())],
        [(slot.id, slot.version_id) for slot in slots],
    )  # fmt: skip
    return render_template(
        "formats/show_formats.html",
        thing=found,
        title=title_of(found, readings),
        parts=parts,
        slots=slots,
        words=words,
        may_fill=may_fill_slots(),
    )


def title_of(found: Thing, readings: dict[str, Reading]) -> Words:
    """The title in the page's language where there is one, else as it was written."""
    reading = readings.get(current().code) or next(iter(readings.values()), None)
    if reading is None:
        return Words(str(found.readable.label), current().code)
    return Words(reading.title, reading.title_language or reading.language)


@bp.get("/formats/<thing_kind>/<int:thing_id>/<tongue>/<format_key>")
@allowed(anyone, on=wanted)
def show_format(found: Wanted) -> ResponseReturnValue:
    """One format: made, being made, or to be asked for; can be reloaded until it is there."""
    own = found.reading.title_language or found.language
    return render_template(
        "formats/show_format.html",
        wanted=found,
        line=found.line,
        thing=found.thing,
        title=Words(found.reading.title, own),
        words=words,
        made_on=format_date(found.held.row.made_at) if found.held else "",
    )


@bp.post("/formats/<thing_kind>/<int:thing_id>/<tongue>/<format_key>")
@allowed(anyone, on=wanted)
@limit("60/hour")
def make_format(found: Wanted) -> ResponseReturnValue:
    """Have a format made, where it is not there or is older than the thing; whoever asks for the same joins."""
    if found.line.state != "ready":
        with transaction():
            row = making.ask(found.thing, found.language, found.format, now=clock.now())
            jobs.ask_for(row)
        flash(_("It is being made. That takes a few seconds, or a minute when many ask at once."), "info")
    return _to_its_page(found)


def _to_its_page(found: Wanted) -> ResponseReturnValue:
    about, key = found.thing, found.format.key
    return see_other(
        "formats.show_format", thing_kind=about.kind, thing_id=about.number, tongue=found.language, format_key=key
    )


@bp.get("/formats/<thing_kind>/<int:thing_id>/<tongue>/<format_key>/file")
@allowed(anyone, on=wanted)
def take_file(found: Wanted) -> ResponseReturnValue:
    """The file itself, as a download; where there is none yet, its page says what to do."""
    file_id = found.held.row.file_id if found.held else None
    if file_id is None:
        return _to_its_page(found)
    etag("format", file_id)
    file = db.session.get_one(StoredFile, file_id)
    title = found.reading.title.translate({ord("ł"): "l", ord("Ł"): "L"})
    stem = slug_of(title, f"{found.thing.kind}-{found.thing.number}", 40)
    return send_download(file, f"{stem}-{found.format.key}-{found.language}.{found.format.extension}")


def published_slot(slot_id: int) -> tuple[Slot, Thing] | None:
    """What people made by hand of a public thing, once it is published."""
    slot = slot_queries.by_id(slot_id)
    found = named_thing(slot.about) if slot is not None and slot.is_published else None
    return (slot, found) if slot is not None and found is not None else None


@bp.get("/formats/by-hand/<int:slot_id>")
@allowed(anyone, on=published_slot)
def show_slot(found: tuple[Slot, Thing]) -> ResponseReturnValue:
    """Easy Read, a film in British Sign Language, or a recording, with all that belongs to it."""
    slot, about = found
    reading = about.read(about.languages[0])
    readings = {about.languages[0]: reading} if reading else {}
    etag("by-hand", slot.id, slot.version_id, reading.version if reading else "")
    points = slot_queries.points_of(slot.id) if slot.kind == "easy_read" else []
    return render_template(
        "formats/show_slot.html", slot=slot, thing=about, points=points, title=title_of(about, readings), words=words
    )
