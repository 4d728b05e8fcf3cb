"""Suggestions of members: what waits, and what becomes of one."""

from flask import flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.models import User
from civic.core import clock
from civic.core.db import db
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import LANGUAGES, Words
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import can
from civic.translation import access, refusals
from civic.translation.actions import suggesting
from civic.translation.forms import DecisionForm
from civic.translation.manage import bp
from civic.translation.models import Translation
from civic.translation.queries import suggestions, things
from civic.translation.queries.current import approved
from civic.translation.queries.glossary import terms
from civic.translation.rules import checking
from civic.translation.rules.comparing import changes
from civic.translation.wording import words


@bp.get("/suggestions")
@allowed(access.may_translate)
def list_suggestions() -> str:
    """What waits for somebody to look at it, oldest first."""
    language = request.args.get("language", "")
    language = language if language in LANGUAGES else ""
    page = suggestions.waiting(language=language, at=request.args.get("at"))
    known = things.texts_of({row[0].thing for row in page.items})
    return render_template(
        "translation/manage/list_suggestions.html",
        page=page,
        tongue=language,
        languages=LANGUAGES,
        titles={name: Words(each.title, each.language) for name, each in known.items()},
        labels={(name, field): each.label for name, texts in known.items() for field, each in texts.sources.items()},
        words=words,
    )


@bp.get("/suggestions/<int:suggestion_id>")
@allowed(access.may_translate)
@allowed(access.may_translate, on=suggestions.suggestion_by_id)
def show_suggestion(suggestion: Translation) -> str:
    """The original, what stands there now, and what is suggested."""
    return _page(suggestion, DecisionForm(formdata=None))


@bp.post("/suggestions/<int:suggestion_id>/decision")
@allowed(access.may_translate)
@allowed(access.may_decide, on=suggestions.suggestion_by_id)
def decide(suggestion: Translation) -> ResponseReturnValue:
    """Take it, or say why not."""
    form = DecisionForm()
    if form.validate():
        with saving(form) as saved:
            _decide(suggestion, form)
        if saved.ok:
            flash(_("Recorded. Whoever suggested it is told."), "success")
            return see_other("manage_translation.list_suggestions")
    return _page(suggestion, form), 422


def _decide(suggestion: Translation, form: DecisionForm) -> None:
    reason = form.reason.data or ""
    if form.verb.data == "decline":
        suggesting.decline(suggestion, reason=reason, language=g.language.code, by=me(), now=clock.now())
        return
    texts = things.texts_by_name(suggestion.thing)
    source = texts.sources.get(suggestion.field) if texts else None
    if source is None:
        raise refusals.OriginalGone()
    try:
        suggesting.approve(suggestion, source, by=me(), now=clock.now(), why=reason)
    except refusals.NeedsAReason as refused:
        raise refusals.NeedsAReason(field="reason") from refused


def _page(suggestion: Translation, form: DecisionForm) -> str:
    texts = things.texts_by_name(suggestion.thing)
    source = texts.sources.get(suggestion.field) if texts else None
    author = db.session.get(User, suggestion.by_id) if suggestion.by_id else None
    standing = approved(suggestion.thing, suggestion.language).get(suggestion.field)
    found = checking.faults(
        suggestion.source_text, suggestion.text, terms(suggestion.language, suggestion.source_language),
        markdown=bool(source and source.markdown),
    )  # fmt: skip
    return render_template(
        "translation/manage/show_suggestion.html",
        suggestion=suggestion,
        texts=texts,
        source=source,
        title=Words(texts.title, texts.language) if texts else "",
        author=author.display_name if author else None,
        standing=standing,
        moved_on=source is not None and source.text != suggestion.source_text,
        original=changes(suggestion.source_text, source.text) if source else [],
        difference=changes(standing.text, suggestion.text) if standing else [],
        faults=found,
        may_decide=access.may_decide(suggestion) and can(suggestion, "reject") and suggestion.shown == "shown",
        form=form,
        words=words,
    )
