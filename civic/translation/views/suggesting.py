"""Members suggest better words, see what became of them, and take them back."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.forms import clean
from civic.core.i18n import Words
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit
from civic.translation import access, refusals
from civic.translation.actions import suggesting
from civic.translation.desk import Work, field_here, is_open
from civic.translation.forms import RemovalForm, SuggestionForm
from civic.translation.models import Translation
from civic.translation.queries import current as kept
from civic.translation.queries import suggestions, things
from civic.translation.queries.glossary import terms
from civic.translation.rules import checking
from civic.translation.rules.comparing import changes, mark_of
from civic.translation.views import bp
from civic.translation.wording import words


@bp.get("/<translated>/<language>/<field>")
@allowed(access.may_suggest)
@allowed(is_open, on=field_here, hide=True)
def new_suggestion(work: Work) -> str:
    """One text, and a place to say it better."""
    standing = {each.field: each for each in kept.in_sight([work.thing], work.language)}.get(work.field)
    return _page(work, SuggestionForm(formdata=None, data={"text": standing.text if standing else ""}))


@bp.post("/<translated>/<language>/<field>")
@allowed(access.may_suggest)
@allowed(is_open, on=field_here, hide=True)
@limit("60/hour")
def suggest(work: Work) -> ResponseReturnValue:
    """Send it to somebody who looks at it."""
    form = SuggestionForm()
    found = _faults(work, form)
    if form.validate():
        with saving(form) as saved:
            made = _suggest(work, form)
        if saved.ok:
            flash(_thanks(made), "success")
            return see_other("translation.show_thing", translated=work.thing, language=work.language)
    return _page(work, form, found), 422


def _suggest(work: Work, form: SuggestionForm) -> Translation:
    text, why = str(form.text.data), form.why.data or ""
    try:
        return suggesting.suggest(work.place(), text, work.source, by=me(), now=clock.now(), why=why)
    except (refusals.NeedsAReason, refusals.TooLong, refusals.NothingNew) as refused:
        raise type(refused)(field="text") from refused


def _thanks(made: Translation) -> str:
    if made.shown == "waiting":
        return _("Thank you. A moderator reads it first, then a translator.")
    return _("Thank you. Somebody else looks at it before readers see it. We tell you what becomes of it.")


def _faults(work: Work, form: SuggestionForm) -> list[checking.Fault]:
    text = clean(request.form.get("text", ""))
    if not text:
        return []
    found = checking.faults(
        work.source.text, text, terms(work.language, work.source.language), markdown=work.source.markdown
    )
    return [each for each in found if each.is_grave]


def _page(work: Work, form: SuggestionForm, found: list[checking.Fault] | None = None) -> str:
    standing = {each.field: each for each in kept.in_sight([work.thing], work.language)}.get(work.field)
    moved_on = standing is not None and standing.source_mark != mark_of(work.source.text)
    before = kept.approved(work.thing, work.language).get(work.field) if moved_on else None
    return render_template(
        "translation/new_suggestion.html",
        work=work,
        form=form,
        faults=found or [],
        standing=standing,
        changes=changes(before.source_text, work.source.text) if before else [],
        terms=checking.terms_in(work.source.text, terms(work.language, work.source.language)),
        words=words,
    )


@bp.get("/mine")
@allowed(access.may_see_own)
def list_mine() -> str:
    """What one suggested, and what became of it."""
    page = suggestions.mine(me().id, at=request.args.get("at"))
    known = things.texts_of({each.thing for each in page.items})
    titles = {name: Words(each.title, each.language) for name, each in known.items()}
    return render_template("translation/list_mine.html", page=page, titles=titles, words=words, known=known)


@bp.post("/suggestions/<int:suggestion_id>/withdrawal")
@allowed(access.may_withdraw, on=suggestions.suggestion_by_id, hide=True)
def withdraw_suggestion(suggestion: Translation) -> ResponseReturnValue:
    """Take a suggestion back."""
    form = RemovalForm()
    if form.validate():
        with saving(form) as saved:
            suggesting.take_back(suggestion, by=me(), now=clock.now())
        if saved.ok:
            flash(_("You took your suggestion back."), "success")
        else:
            flash(_("It was decided already."), "warning")
    return see_other("translation.list_mine")
