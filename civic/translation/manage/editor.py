"""The editor: every text of a thing beside its translation, what changed in the original since, and what the glossary says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.core.translatable import Source
from civic.translation import machines
from civic.translation.access import may_translate
from civic.translation.actions import writing
from civic.translation.desk import Work, kept_here
from civic.translation.forms import EditorForm, editor_form
from civic.translation.manage import bp
from civic.translation.models import Translation
from civic.translation.queries import current as kept
from civic.translation.queries.glossary import terms
from civic.translation.rules import checking
from civic.translation.rules.comparing import Piece, changes, mark_of
from civic.translation.wording import words


@dataclass
class Row:
    """One text on the editor's page."""

    name: str
    source: Source
    current: Translation | None
    draft: Translation | None
    terms: list[checking.Term]
    changes: list[Piece] = field(default_factory=list)
    faults: Sequence[checking.Fault] = ()

    @property
    def text(self) -> str:
        """What the writer begins with."""
        found = self.draft or self.current
        return found.text if found else ""

    @property
    def is_stale(self) -> bool:
        """Whether the original moved on since it was translated."""
        return self.current is not None and self.current.source_mark != mark_of(self.source.text)


@bp.get("/<translated>/<language>")
@allowed(may_translate)
@allowed(may_translate, on=kept_here)
def edit_thing(work: Work) -> str:
    """Every text beside its translation."""
    rows = _rows(work)
    return _page(work, rows, _begun(work, rows))


@bp.post("/<translated>/<language>")
@allowed(may_translate)
@allowed(may_translate, on=kept_here)
@limit("300/hour")
def update_thing(work: Work) -> ResponseReturnValue:
    """Publish what was changed, or keep it as drafts; all of it or nothing."""
    form, as_draft = editor_form(work.sources)(), request.form.get("act") == "draft"
    rows = _rows(work)
    if form.validate() and (as_draft or _bears_looking_at(rows, form, work)):
        with saving(form) as saved:
            number = _keep(rows, form, work, as_draft=as_draft)
        if saved.ok:
            flash(_told(number, as_draft), "success")
            return see_other("manage_translation.edit_thing", translated=work.thing, language=work.language)
        rows = _rows(work)
    return _page(work, rows, form), 422


@bp.post("/<translated>/<language>/machine")
@allowed(may_translate)
@allowed(may_translate, on=kept_here)
@limit("120/hour")
def ask_machine(work: Work) -> ResponseReturnValue:
    """Keep what was typed as drafts, then let the machine translate one text; it stays a draft until somebody publishes it."""
    form, name = editor_form(work.sources)(), request.form.get("field", "")
    if not form.validate() or name not in work.sources or machines.machine() is None:
        return _page(work, _rows(work), form), 422
    with saving(form) as saved:
        _keep([row for row in _rows(work) if row.name != name], form, work, as_draft=True)
    if not saved.ok:
        return _page(work, _rows(work), form), 422
    source = work.sources[name]
    made = machines.translated(source.text, source.language, work.language)
    with transaction():
        writing.keep_draft(work.place(name), made, source, by=me(), now=clock.now(), origin="machine")
    flash(_("The machine made a draft. Read it and mend it: whatever you change counts as yours."), "success")
    return see_other(
        "manage_translation.edit_thing", translated=work.thing, language=work.language, _anchor=f"text_{name}"
    )


def _rows(work: Work) -> list[Row]:
    standing, drafts = kept.approved(work.thing, work.language), kept.drafts(work.thing, work.language)
    glossary = {
        language: terms(work.language, language) for language in {each.language for each in work.sources.values()}
    }
    rows = []
    for name, source in work.sources.items():
        row = Row(
            name, source, standing.get(name), drafts.get(name),
            checking.terms_in(source.text, glossary[source.language]),
        )  # fmt: skip
        if row.is_stale and row.current:
            row.changes = changes(row.current.source_text, source.text)
        rows.append(row)
    return rows


def _begun(work: Work, rows: list[Row]) -> EditorForm:
    data: dict[str, Any] = {}
    for row in rows:
        data[f"text_{row.name}"] = row.text
        data[f"seen_{row.name}"] = mark_of(row.current.text if row.current else "")
    return editor_form(work.sources)(formdata=None, data=data)


def _bears_looking_at(rows: list[Row], form: EditorForm, work: Work) -> bool:
    """Whether nothing that was changed breaks a rule, or somebody said why it may; what does is marked at its text."""
    for row in rows:
        text = form.text(row.name).data or ""
        if text and _is_changed(row, form):
            row.faults = checking.faults(row.source.text, text, row.terms, markdown=row.source.markdown)
        if not form.why.data and (grave := [each for each in row.faults if each.is_grave]):
            own = form.text(row.name)
            own.errors = [*own.errors, *(words.fault(each) for each in grave)]
    if not form.errors:
        return True
    form.why.errors = [*form.why.errors, _("Mend what is marked, or say here why it is right as it is.")]
    return False


def _is_changed(row: Row, form: EditorForm) -> bool:
    text = form.text(row.name).data or ""
    if form.fits(row.name).data or (row.draft is not None and text):
        return True
    return text != (row.current.text if row.current else "")


def _keep(rows: list[Row], form: EditorForm, work: Work, *, as_draft: bool) -> int:
    now, number = clock.now(), 0
    # In one order always, so that two editors do not wait for each other in a circle.
    for row in sorted(rows, key=lambda each: each.name):
        text = form.text(row.name).data or ""
        if not _is_changed(row, form):
            continue
        about = {"by": me(), "now": now, "seen": form.seen(row.name).data or ""}
        try:
            if not text:
                number += _leave_empty(row, work, as_draft, **about)
            elif as_draft:
                number += writing.keep_draft(work.place(row.name), text, row.source, **about) is not None
            else:
                why = form.why.data or "" if any(each.is_grave for each in row.faults) else ""
                number += writing.publish(work.place(row.name), text, row.source, why=why, **about) is not None
        except CivicError as refused:
            form.seen(row.name).data = mark_of(_standing_text(work, row.name))
            raise type(refused)(field=f"text_{row.name}") from refused
    return number


def _leave_empty(row: Row, work: Work, as_draft: bool, **about: Any) -> bool:
    """An emptied text is taken away from readers; while drafts are kept it stays as it is."""
    if as_draft:
        return False
    writing.take_away(work.place(row.name), **about)
    return True


def _standing_text(work: Work, name: str) -> str:
    found = writing.standing(work.place(name))
    return found.text if found else ""


def _told(number: int, as_draft: bool) -> str:
    if not number:
        return _("Nothing was changed.")
    return _("Kept as drafts. Readers do not see them yet.") if as_draft else _("Published.")


def _page(work: Work, rows: list[Row], form: EditorForm) -> str:
    return render_template(
        "translation/manage/edit_thing.html",
        work=work,
        rows=rows,
        form=form,
        words=words,
        machine=machines.machine(),
    )
