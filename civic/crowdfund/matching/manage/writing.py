"""Writing a draft: what it says of itself, and its rule. Nobody overwrites what a colleague changed meanwhile."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core.db import transaction
from civic.core.errors import Conflict, NotFound, form_errors
from civic.core.pages import see_other
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.matching import access
from civic.crowdfund.matching.actions import drafts as actions
from civic.crowdfund.matching.forms.schemes import AboutForm, RuleForm
from civic.crowdfund.matching.manage import desk
from civic.crowdfund.matching.manage.doors import again, for_scheme, must_be_a_draft
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.queries.schemes import terms_of

FIELDS = {"about": actions.ABOUT, "rule": actions.RULE}


@desk.get("/<slug>/edit/<step>")
@for_scheme(access.may_run)
def edit_scheme(scheme: MatchScheme, step: str) -> ResponseReturnValue:
    """One step as it stands."""
    _must_exist(step)
    must_be_a_draft(scheme)
    return _page(scheme, step, _filled(scheme, step))


@desk.post("/<slug>/edit/<step>")
@for_scheme(access.may_run)
def save_scheme(scheme: MatchScheme, step: str) -> ResponseReturnValue:
    """Keep a step."""
    _must_exist(step)
    must_be_a_draft(scheme)
    form: Any = AboutForm() if step == "about" else RuleForm()
    if not form.validate():
        return _page(scheme, step, form), 422
    try:
        with transaction():
            _save(scheme, form)
    except Conflict as refused:
        form_errors(form, refused)
        fresh = again(scheme)
        _see(form, fresh, step)
        return _page(fresh, step, form, is_stale=isinstance(refused, ChangedMeanwhile)), 409
    flash(_("Saved."), "success")
    return see_other("match_desk.show_scheme", slug=scheme.slug)


def _save(scheme: MatchScheme, form: AboutForm | RuleForm) -> None:
    seen = form.seen.data or ""
    if isinstance(form, AboutForm):
        about = {"title": form.title.data or "", "summary": form.summary.data or "", "language": form.language.data}
        actions.describe(scheme, **about, seen=seen)
    else:
        actions.set_rule(scheme, form.formula(), counts_past=form.counts_past.data == "yes", seen=seen)


def _filled(scheme: MatchScheme, step: str) -> AboutForm | RuleForm:
    form: AboutForm | RuleForm
    if step == "about":
        form = AboutForm(formdata=None, obj=scheme)
    else:
        past = "yes" if scheme.counts_past else "no"
        form = RuleForm(formdata=None, data={**RuleForm.typed(scheme.formula), "counts_past": past})
    _see(form, scheme, step)
    return form


def _see(form: AboutForm | RuleForm, scheme: MatchScheme, step: str) -> None:
    form.seen.data, form.seen.raw_data = edition(scheme, FIELDS[step]), None  # type: ignore[arg-type]


def _must_exist(step: str) -> None:
    if step not in FIELDS:
        raise NotFound()


def _page(scheme: MatchScheme, step: str, form: AboutForm | RuleForm, *, is_stale: bool = False) -> str:
    return render_template(
        "crowdfund/matching/desk/edit_scheme.html",
        scheme=scheme,
        step=step,
        form=form,
        is_stale=is_stale,
        terms=terms_of(scheme),
    )
