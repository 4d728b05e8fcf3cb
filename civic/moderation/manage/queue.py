"""The queue, and one decision about many cases."""

from flask import flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.i18n import LANGUAGES, format_number
from civic.core.pages import see_other
from civic.core.person import me
from civic.moderation import wording
from civic.moderation.access import may_moderate
from civic.moderation.actions import deciding
from civic.moderation.forms import BulkForm
from civic.moderation.manage import bp
from civic.moderation.queries import queue as queries


@bp.get("")
@allowed(may_moderate)
def list_cases() -> str:
    """What waits for a moderator."""
    return _page(_facet(request.args.get("show")), _language(request.args.get("language")), BulkForm(formdata=None))


@bp.post("/decisions")
@allowed(may_moderate)
def decide_many() -> ResponseReturnValue:
    """Decide the ticked cases for one reason; what changed meanwhile is left and named."""
    form, facet, picked = BulkForm(), _facet(request.form.get("show")), _picked()
    language = _language(request.form.get("language"))
    if not form.validate() or not picked:
        if not picked:
            form.form_errors = [*form.form_errors, _("Tick at least one case.")]
        return _page(facet, language, form), 422
    with transaction():
        done = deciding.decide_many(
            picked, form.verb.data, rule=form.rule.data or "", words=form.words.data, language=g.language.code, by=me(),
            now=clock.now(),
        )  # fmt: skip
    if done.decided:
        n = len(done.decided)
        flash(ngettext("%(shown)s case decided.", "%(shown)s cases decided.", n, shown=format_number(n)), "success")
    if done.left:
        left = len(done.left)
        form.form_errors = [
            *form.form_errors,
            ngettext(
                "%(shown)s case was left: it has changed, somebody else has it, or it is about your own words. Look at it again.",
                "%(shown)s cases were left: they have changed, somebody else has them, or they are about your own words. "
                "Look at them again.",
                left,
                shown=format_number(left),
            ),
        ]
        return _page(facet, language, form, left=set(done.left)), 409
    return see_other("moderation_desk.list_cases", show=facet or None, language=language or None)


def _facet(given: str | None) -> str:
    return given if given in queries.FACETS else ""


def _language(given: str | None) -> str:
    return given if given in LANGUAGES else ""


def _picked() -> list[deciding.Picked]:
    """The ticked cases, each with the version that was seen."""
    found = []
    for value in request.form.getlist("case"):
        number, _colon, version = value.partition(":")
        if number.isdecimal() and version.isdecimal() and len(number) < 16 and len(version) < 16:
            found.append(deciding.Picked(int(number), int(version)))
    return found


def _page(facet: str, language: str, form: BulkForm, left: set[int] | None = None) -> str:
    return render_template(
        "moderation/manage/list_cases.html",
        page=queries.queue(facet, clock.now(), language=language, at=request.args.get("at")),
        facet=facet,
        tongue=language,
        spoken=LANGUAGES,
        counts=queries.how_many(),
        most=queries.COUNTED,
        form=form,
        left=left or set(),
        ticked=set(request.form.getlist("case")),
        wording=wording,
    )
