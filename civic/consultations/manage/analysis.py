"""Reading what people gave, for staff: a list with search, putting many into a theme at once, and recording fates."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from civic.consultations import access, wording
from civic.consultations.actions import linking
from civic.consultations.forms import LinkForm, SearchForm, SettleForm
from civic.consultations.manage import bp
from civic.consultations.manage.pages import form_page, kept
from civic.consultations.models import Consultation, Theme
from civic.consultations.queries import consultations as queries
from civic.consultations.queries import outcome, reading, registry
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.forms import clean
from civic.core.i18n import format_number
from civic.core.person import me

NO_THEME = "0"


def closed_by_slug(slug: str) -> Consultation | None:
    """A consultation that has closed; before, nobody sorts what people say."""
    found = queries.by_slug(slug)
    return found if found is not None and found.stage(clock.now()) in ("considering", "answered") else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _place() -> dict[str, Any]:
    """Where in the list the reader is, as the address says it."""
    asked = {name: clean(request.values.get(name, ""))[:100] for name in ("source", "q", "show", "in_theme", "after")}
    return {name: value for name, value in asked.items() if value}


def _list(
    consultation: Consultation,
    form: LinkForm,
    ticked: Sequence[str] = (),
    rest_errors: Sequence[Any] = (),
    why: str = "",
) -> str:
    place, themes = _place(), outcome.outcome_of(consultation.id)
    sources = reading.sources(consultation.id)
    source = next((each for each in sources if each.key == place.get("source")), sources[0] if sources else None)
    after, in_theme = _number(place.get("after", "")), _number(place.get("in_theme", ""))
    page = reading.Read([], None)
    if in_theme is not None:
        page = reading.in_theme(consultation.id, in_theme, after=after)
    elif source is not None:
        shown = place.get("show", "")
        page = reading.read(
            consultation.id, source, after=after, words=place.get("q", ""), unread=shown != "all", wordless=bool(shown)
        )
    form.theme.choices = theme_choices(themes.themes)
    here = {name: value for name, value in place.items() if name != "after"}
    return render_template(
        "consultations/manage/list_contributions.html",
        c=consultation, themes=themes, sources=sources, source=source, place=here, page=page, form=form, ticked=ticked,
        search=SearchForm(data={"q": place.get("q", "")}), in_theme=in_theme, words=wording,
        kinds={kind: known.label for kind, known in registry.contribution_kinds().items()},
        rest_errors=rest_errors, has_errors=bool(rest_errors), rest_why=why,
        titles={theme.id: theme.title for theme in themes.themes}, runs=access.may_run(),
    )  # fmt: skip


def theme_choices(themes: Any) -> list[tuple[str, Any]]:
    """Every theme by its title, and none."""
    return [*((str(theme.id), theme.title) for theme in themes), (NO_THEME, _("No theme: outside, or noted only"))]


@bp.get("/<slug>/contributions")
@allowed(access.may_run, on=closed_by_slug)
def list_contributions(consultation: Consultation) -> str:
    """What people gave, to be read and put into themes."""
    return _list(consultation, LinkForm())


@bp.post("/<slug>/contributions")
@allowed(access.may_run, on=closed_by_slug)
def link_contributions(consultation: Consultation) -> ResponseReturnValue:
    """Put the ticked contributions into a theme, or take them out of every theme."""
    ticked = request.form.getlist("chosen")[: linking.MOST_AT_ONCE]
    form = LinkForm()
    form.theme.choices = theme_choices(outcome.outcome_of(consultation.id).themes)
    number = 0
    if form.validate():
        theme_id = _number(form.theme.data or "") or None
        with saving(form) as saved:
            if request.form.get("act") == "release":
                number = linking.release(consultation, ticked, by=me(), now=clock.now())
            else:
                fate, why = form.fate.data or "", form.why.data or ""
                number = linking.assign(
                    consultation, ticked, theme_id=theme_id, fate=fate, why=why, by=me(), now=clock.now()
                )
        if saved.ok:
            done = ngettext(
                "%(shown)s contribution was sorted.",
                "%(shown)s contributions were sorted.",
                number, shown=format_number(number),
            )  # fmt: skip
            flash(done, "success")
            return redirect(_back(consultation), 303)
    return _list(consultation, form, ticked), 422


def _back(consultation: Consultation) -> str:
    place = {name: value for name, value in _place().items() if name != "after"}
    return url_for("manage_consultations.list_contributions", slug=consultation.slug, **place)


@bp.post("/<slug>/contributions/rest")
@allowed(access.may_run, on=closed_by_slug)
def link_rest(consultation: Consultation) -> ResponseReturnValue:
    """Put everything of an activity that stands nowhere yet into a theme."""
    form = LinkForm()
    form.theme.choices = theme_choices(outcome.outcome_of(consultation.id).themes)
    activity = request.form.get("activity", "")[:100]
    if form.validate():
        with saving(form) as saved:
            theme_id = _number(form.theme.data or "") or 0
            fate, why = form.fate.data or "", form.why.data or ""
            linking.assign_rest(consultation, activity, theme_id=theme_id, fate=fate, why=why, by=me(), now=clock.now())
        if saved.ok:
            flash(_("The rest is being sorted. With thousands of contributions that takes a few minutes."), "success")
            return redirect(_back(consultation), 303)
    errors = [*form.form_errors, *(sentence for each in form for sentence in each.errors)]
    return _list(consultation, LinkForm(formdata=None), rest_errors=errors, why=form.why.data or ""), 422


def theme_by_id(slug: str, theme_id: int) -> tuple[Consultation, Theme] | None:
    """A theme of a consultation that has closed."""
    consultation = closed_by_slug(slug)
    theme = outcome.theme_of(consultation.id, theme_id) if consultation else None
    return (consultation, theme) if consultation and theme else None


@bp.get("/<slug>/themes/<int:theme_id>/fate")
@allowed(access.may_run, on=theme_by_id)
def ask_fate(found: tuple[Consultation, Theme]) -> str:
    """What became of everything in a theme that has no fate yet."""
    return _fate_page(*found, SettleForm())


@bp.post("/<slug>/themes/<int:theme_id>/fate")
@allowed(access.may_run, on=theme_by_id)
def settle_theme(found: tuple[Consultation, Theme]) -> ResponseReturnValue:
    """Record it."""
    consultation, theme = found
    form = SettleForm()

    def act() -> None:
        linking.settle_theme(
            consultation, theme, fate=form.fate.data, why=form.why.data or "", by=me(), now=clock.now()
        )

    target = url_for("manage_consultations.show_outcome", slug=consultation.slug)
    return kept(form, act, _("The fates are recorded."), target) or (_fate_page(consultation, theme, form), 422)


def _fate_page(consultation: Consultation, theme: Theme, form: SettleForm) -> str:
    waiting = outcome.outcome_of(consultation.id).counts.get(theme.id, {}).get("", 0)
    lede = ngettext(
        "%(shown)s contribution in this theme has no recorded fate.",
        "%(shown)s contributions in this theme have no recorded fate.",
        waiting, shown=format_number(waiting),
    )  # fmt: skip
    return form_page(
        consultation, form, heading=_("What became of this theme"), lede=lede, act=_("Record it"),
        action=url_for("manage_consultations.settle_theme", slug=consultation.slug, theme_id=theme.id),
        back=url_for("manage_consultations.show_outcome", slug=consultation.slug), hints={"fate": wording.FATE_HINTS},
    )  # fmt: skip
