"""Files for translators: out with everything that a translator needs, back in with a preview of what would change."""

from collections import Counter

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.i18n import LANGUAGES, format_number
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.subjects import named
from civic.translation import formats
from civic.translation.access import may_translate
from civic.translation.actions import importing
from civic.translation.desk import work_here
from civic.translation.forms import ExportForm, FileForm, TakeOverForm
from civic.translation.manage import bp
from civic.translation.models import TranslationFile
from civic.translation.queries import files as queries
from civic.translation.queries import things
from civic.translation.wording import words

EVERYTHING = "all"
MOST_THINGS = 200
SHOWN = 200
"""So many lines of a file are shown; the counts are of all."""


@bp.get("/files")
@allowed(may_translate)
def list_files() -> str:
    """Make a file, send one, or go on with one that waits."""
    return _list(FileForm(formdata=None))


@bp.post("/files")
@allowed(may_translate)
def create_file() -> ResponseReturnValue:
    """Read a file; nothing changes yet."""
    form = FileForm()
    if form.validate():
        with saving(form) as saved:
            upload = form.file.data
            assert upload is not None, "the form asks for a file"
            kept = importing.receive(upload.read(), upload.filename or "", by=me(), now=clock.now())
        if saved.ok:
            return see_other("manage_translation.show_file", file_id=kept.id)
    return _list(form), 422


@bp.get("/files/<int:file_id>")
@allowed(may_translate)
@allowed(may_translate, on=queries.file_by_id)
def show_file(file: TranslationFile) -> str:
    """What a file would change, line by line."""
    return _preview(file, TakeOverForm(formdata=None))


@bp.post("/files/<int:file_id>/take-over")
@allowed(may_translate)
@allowed(may_translate, on=queries.file_by_id)
def take_over(file: TranslationFile) -> ResponseReturnValue:
    """Publish what a file changes."""
    form = TakeOverForm()
    if form.validate():
        with saving(form) as saved:
            number = importing.take_over(file, by=me(), now=clock.now(), why=form.why.data or "")
        if saved.ok:
            flash(
                ngettext(
                    "%(shown)s translation was taken over.", "%(shown)s translations were taken over.", number,
                    shown=format_number(number),
                ),
                "success",
            )  # fmt: skip
            return see_other("manage_translation.list_things")
    return _preview(file, form), 422


@bp.get("/export")
@allowed(may_translate)
def export() -> Response:
    """The file for one thing, for all of a kind, or for everything, in one language."""
    language, kind = request.args.get("language", ""), request.args.get("format", "po")
    if language not in LANGUAGES or kind not in formats.WRITERS:
        raise NotFound()
    thing = request.args.get("translated", "")
    if thing:
        work = work_here(thing, language)
        if work is None:
            raise NotFound()
        names = [work.thing]
    else:
        names = _names(request.args.get("kind", EVERYTHING))
    entries = importing.entries_of(names, language)
    title = f"{thing.replace(':', '-') or 'translations'}-{language}"
    response = Response(
        formats.WRITERS[kind](entries, language, title), content_type=f"{formats.MEDIA_TYPES[kind]}; charset=utf-8"
    )
    response.headers.set("Content-Disposition", "attachment", filename=f"{title}.{formats.ENDINGS[kind]}")
    return response


def _names(asked: str) -> list[str]:
    kinds = things.kinds()
    if asked != EVERYTHING and asked not in kinds:
        raise NotFound()
    return [
        named(kind, number)
        for kind in ([asked] if asked in kinds else kinds)
        for number in kinds[kind].choices(None, MOST_THINGS)
    ]


def _list(form: FileForm) -> str:
    export_form = ExportForm(formdata=None, data={"language": "pl", "kind": EVERYTHING, "format": "xliff"})
    export_form.kind.choices = [
        (EVERYTHING, _("Everything")),
        *((name, str(kind.label)) for name, kind in things.kinds().items()),
    ]
    return render_template(
        "translation/manage/list_files.html",
        form=form,
        export=export_form,
        waiting=queries.waiting_files(),
        target=url_for("manage_translation.export"),
        words=words,
    )


def _preview(file: TranslationFile, form: TakeOverForm) -> str:
    lines = importing.compared(file)
    ordered = sorted(lines, key=lambda each: (not each.writes, not each.is_grave))
    return render_template(
        "translation/manage/show_file.html",
        file=file,
        form=form,
        lines=ordered[:SHOWN],
        left=max(0, len(lines) - SHOWN),
        counts=Counter(each.what for each in lines),
        grave=sum(each.is_grave for each in lines),
        moved_on=sum(each.moved_on for each in lines if each.writes),
        writes=sum(each.writes for each in lines),
        words=words,
    )
