"""The glossary: how the words that matter are said in each language."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import LANGUAGES
from civic.core.pages import see_other
from civic.core.person import me
from civic.translation.access import may_translate
from civic.translation.actions import glossary as actions
from civic.translation.forms import TermForm
from civic.translation.manage import bp
from civic.translation.models import GlossaryTerm
from civic.translation.queries import glossary as queries
from civic.translation.views.things import chosen_language


@bp.get("/glossary")
@allowed(may_translate)
def list_terms() -> str:
    """The words of one language."""
    language = chosen_language() if chosen_language() != "en" else "pl"
    return render_template(
        "translation/manage/list_terms.html",
        page=queries.listed(language, at=request.args.get("at")),
        tongue=language,
        languages={code: each for code, each in LANGUAGES.items() if code != "en"},
    )


@bp.get("/glossary/new")
@allowed(may_translate)
def new_term() -> str:
    """The form for a word."""
    return _page(None, TermForm(formdata=None, data={"language": request.args.get("language", "pl")}))


@bp.post("/glossary")
@allowed(may_translate)
def create_term() -> ResponseReturnValue:
    """Write a word into the glossary."""
    return _save(None)


@bp.get("/glossary/<int:term_id>")
@allowed(may_translate)
@allowed(may_translate, on=queries.term_by_id)
def edit_term(term: GlossaryTerm) -> str:
    """A word as it stands."""
    form = TermForm(formdata=None, obj=term, data={"seen": term.version})
    form.seen.data = str(term.version)
    return _page(term, form)


@bp.post("/glossary/<int:term_id>")
@allowed(may_translate)
@allowed(may_translate, on=queries.term_by_id)
def update_term(term: GlossaryTerm) -> ResponseReturnValue:
    """Change a word."""
    return _save(term)


@bp.post("/glossary/<int:term_id>/removal")
@allowed(may_translate)
@allowed(may_translate, on=queries.term_by_id)
def remove_term(term: GlossaryTerm) -> ResponseReturnValue:
    """Take a word out."""
    language = term.language
    with transaction():
        actions.remove_term(term, by=me(), now=clock.now())
    flash(_("The word was taken out of the glossary."), "success")
    return see_other("manage_translation.list_terms", language=language)


def _save(term: GlossaryTerm | None) -> ResponseReturnValue:
    form = TermForm()
    if term is not None:
        del form.language  # a word stays in its language
    if form.validate():
        seen = str(form.seen.data or "0")
        with saving(form) as saved:
            actions.keep_term(
                term, term=form.term.data, language=term.language if term else form.language.data,
                translation=form.translation.data, is_locked=bool(form.is_locked.data), note=form.note.data or "", by=me(),
                now=clock.now(), seen=int(seen) if seen.isdecimal() and len(seen) < 16 else 0,
            )  # fmt: skip
        if saved.ok:
            flash(_("Kept in the glossary."), "success")
            language = term.language if term else form.language.data
            return see_other("manage_translation.list_terms", language=language)
    return _page(term, form), 422


def _page(term: GlossaryTerm | None, form: TermForm) -> str:
    tongue = term.language if term else str(form.language.data or "")
    return render_template("translation/manage/edit_term.html", term=term, form=form, tongue=tongue)
