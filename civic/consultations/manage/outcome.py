"""Writing the outcome, for staff: summary, themes, decisions; handing it over; and the second person's signature."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.consultations import access, wording
from civic.consultations.actions import outcome as actions
from civic.consultations.forms import DecisionForm, SendBackForm, SignForm, SummaryForm, ThemeForm
from civic.consultations.manage import bp
from civic.consultations.manage.analysis import closed_by_slug, theme_by_id
from civic.consultations.manage.desk import back_to
from civic.consultations.manage.pages import form_page, kept
from civic.consultations.models import Consultation, Decision, Theme
from civic.consultations.queries import outcome as queries
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.pages import see_other
from civic.core.person import me


def here(consultation: Consultation) -> str:
    """Where the outcome is written."""
    return url_for("manage_consultations.show_outcome", slug=consultation.slug)


@bp.get("/<slug>/outcome")
@allowed(access.may_see, on=closed_by_slug)
def show_outcome(consultation: Consultation) -> str:
    """The outcome as far as it is written, what it lacks, and what can be done with it."""
    return _page(consultation, SignForm(data={"edition": str(consultation.version_id)}), SendBackForm())


def _page(consultation: Consultation, sign: SignForm, back: SendBackForm) -> str:
    return render_template(
        "consultations/manage/show_outcome.html",
        c=consultation, consultation=consultation, answered=queries.outcome_of(consultation.id), form=sign, send_back=back,
        lacks=[wording.LACKS[code] for code in actions.lacking(consultation)], words=wording, runs=access.may_run(),
        signs=access.is_signer(consultation), is_open=consultation.status != "answered" and consultation.submitted_at is None,
    )  # fmt: skip


@bp.get("/<slug>/outcome/summary")
@allowed(access.may_run, on=closed_by_slug)
def edit_summary(consultation: Consultation) -> str:
    """The form for the summary."""
    return _summary_page(consultation, SummaryForm(data={"summary": consultation.outcome_summary}))


@bp.post("/<slug>/outcome/summary")
@allowed(access.may_run, on=closed_by_slug)
def save_summary(consultation: Consultation) -> ResponseReturnValue:
    """Keep the summary."""
    form = SummaryForm()

    def act() -> None:
        actions.write_summary(consultation, form.summary.data or "", by=me(), now=clock.now())

    return kept(form, act, _("Saved."), here(consultation)) or (_summary_page(consultation, form), 422)


def _summary_page(consultation: Consultation, form: SummaryForm) -> str:
    action = url_for("manage_consultations.save_summary", slug=consultation.slug)
    return form_page(
        consultation, form, heading=_("The outcome in short"), action=action, act=_("Save"), back=here(consultation)
    )


# Themes.


@bp.get("/<slug>/outcome/themes/new")
@allowed(access.may_run, on=closed_by_slug)
def new_theme(consultation: Consultation) -> str:
    """The form for a theme."""
    return _theme_page(consultation, None, ThemeForm())


@bp.post("/<slug>/outcome/themes")
@allowed(access.may_run, on=closed_by_slug)
def create_theme(consultation: Consultation) -> ResponseReturnValue:
    """Add a theme."""
    return _save_theme(consultation, None)


@bp.get("/<slug>/outcome/themes/<int:theme_id>")
@allowed(access.may_run, on=theme_by_id)
def edit_theme(found: tuple[Consultation, Theme]) -> str:
    """The form for a theme that is there."""
    consultation, theme = found
    return _theme_page(consultation, theme, ThemeForm(data={"title": theme.title, "heard": theme.heard}))


@bp.post("/<slug>/outcome/themes/<int:theme_id>")
@allowed(access.may_run, on=theme_by_id)
def save_theme(found: tuple[Consultation, Theme]) -> ResponseReturnValue:
    """Keep a theme."""
    return _save_theme(*found)


@bp.post("/<slug>/outcome/themes/<int:theme_id>/removal")
@allowed(access.may_run, on=theme_by_id)
def remove_theme(found: tuple[Consultation, Theme]) -> ResponseReturnValue:
    """Take out a theme in which nothing stands."""
    with transaction():
        actions.remove_theme(*found, by=me(), now=clock.now())
    flash(_("The theme was removed."), "success")
    return see_other("manage_consultations.show_outcome", slug=found[0].slug)


def _save_theme(consultation: Consultation, theme: Theme | None) -> ResponseReturnValue:
    form = ThemeForm()

    def act() -> None:
        title, heard = form.title.data or "", form.heard.data or ""
        actions.write_theme(consultation, theme, title=title, heard=heard, by=me(), now=clock.now())

    return kept(form, act, _("Saved."), here(consultation)) or (_theme_page(consultation, theme, form), 422)


def _theme_page(consultation: Consultation, theme: Theme | None, form: ThemeForm) -> str:
    slug = consultation.slug
    if theme is None:
        heading, action = _("New theme"), url_for("manage_consultations.create_theme", slug=slug)
    else:
        heading = _("Change a theme")
        action = url_for("manage_consultations.save_theme", slug=slug, theme_id=theme.id)
    return form_page(
        consultation, form, heading=heading, action=action, act=_("Save the theme"), back=here(consultation)
    )


# Decisions.


def decision_here(slug: str, resolution_id: int) -> tuple[Consultation, Decision] | None:
    """A decision of a consultation that has closed."""
    consultation = closed_by_slug(slug)
    decision = queries.decision_of(consultation.id, resolution_id) if consultation else None
    return (consultation, decision) if consultation and decision else None


@bp.get("/<slug>/outcome/decisions/new")
@allowed(access.may_run, on=closed_by_slug)
def new_decision(consultation: Consultation) -> str:
    """The form for a decision."""
    return _decision_page(consultation, None, DecisionForm())


@bp.post("/<slug>/outcome/decisions")
@allowed(access.may_run, on=closed_by_slug)
def create_decision(consultation: Consultation) -> ResponseReturnValue:
    """Add a decision."""
    return _save_decision(consultation, None)


@bp.get("/<slug>/outcome/decisions/<int:resolution_id>")
@allowed(access.may_run, on=decision_here)
def edit_decision(found: tuple[Consultation, Decision]) -> str:
    """The form for a decision that is there."""
    consultation, decision = found
    ties = queries.outcome_of(consultation.id).ties
    data = {name: getattr(decision, name) for name in ("decided", "because", "number", "decided_on")}
    themes = [theme for theme, each in ties if each == decision.id]
    return _decision_page(
        consultation, decision, DecisionForm(data=data | {"url": decision.url or "", "themes": themes})
    )


@bp.post("/<slug>/outcome/decisions/<int:resolution_id>")
@allowed(access.may_run, on=decision_here)
def save_decision(found: tuple[Consultation, Decision]) -> ResponseReturnValue:
    """Keep a decision."""
    return _save_decision(*found)


@bp.post("/<slug>/outcome/decisions/<int:resolution_id>/removal")
@allowed(access.may_run, on=decision_here)
def remove_decision(found: tuple[Consultation, Decision]) -> ResponseReturnValue:
    """Take out a decision."""
    with transaction():
        actions.remove_decision(*found, by=me(), now=clock.now())
    flash(_("The decision was removed."), "success")
    return see_other("manage_consultations.show_outcome", slug=found[0].slug)


def _choices(consultation: Consultation) -> list[tuple[int, str]]:
    return [(theme.id, theme.title) for theme in queries.outcome_of(consultation.id).themes]


def _save_decision(consultation: Consultation, decision: Decision | None) -> ResponseReturnValue:
    form = DecisionForm()
    form.themes.choices = _choices(consultation)

    def act() -> None:
        assert form.decided_on.data is not None, "the form wants a date"
        actions.write_decision(
            consultation, decision, decided=form.decided.data or "", because=form.because.data or "",
            number=form.number.data or "", decided_on=form.decided_on.data, url=form.url.data or None,
            themes=form.themes.data or [], by=me(), now=clock.now(),
        )  # fmt: skip

    return kept(form, act, _("Saved."), here(consultation)) or (_decision_page(consultation, decision, form), 422)


def _decision_page(consultation: Consultation, decision: Decision | None, form: DecisionForm) -> str:
    form.themes.choices = _choices(consultation)
    slug = consultation.slug
    if decision is None:
        heading, action = _("New decision"), url_for("manage_consultations.create_decision", slug=slug)
    else:
        heading = _("Change a decision")
        action = url_for("manage_consultations.save_decision", slug=slug, resolution_id=decision.id)
    return form_page(
        consultation, form, heading=heading, action=action, act=_("Save the decision"), back=here(consultation)
    )


# Four eyes.


@bp.post("/<slug>/outcome/handover")
@allowed(access.may_run, on=closed_by_slug)
def submit(consultation: Consultation) -> ResponseReturnValue:
    """Hand the outcome to a second person."""
    with transaction():
        actions.submit(consultation, by=me(), now=clock.now())
    flash(_("The outcome waits for a second person to sign it."), "success")
    return see_other("manage_consultations.show_outcome", slug=consultation.slug)


@bp.post("/<slug>/outcome/return")
@allowed(access.may_see)
@allowed(access.may_send_back, on=closed_by_slug)
def send_back(consultation: Consultation) -> ResponseReturnValue:
    """Open it to its writers again."""
    form = SendBackForm()

    def act() -> None:
        actions.send_back(consultation, why=form.why.data or "", by=me(), now=clock.now())

    sign = SignForm(formdata=None, data={"edition": str(consultation.version_id)})
    return kept(form, act, _("The outcome can be changed again."), here(consultation)) or (
        _page(consultation, sign, form),
        422,
    )


@bp.post("/<slug>/outcome/signature")
@allowed(access.may_see)
@allowed(access.is_signer, on=closed_by_slug)
def sign(consultation: Consultation) -> ResponseReturnValue:
    """Publish the outcome, and let everybody who took part know."""
    form = SignForm()
    typed = str(form.edition.data or "")
    edition = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else 0

    def act() -> None:
        actions.sign(consultation, by=me(), now=clock.now(), edition=edition)

    done = _("The outcome is published. Everybody who took part is being told.")
    answer = kept(form, act, done, back_to(consultation))
    return answer or (_page(consultation, form, SendBackForm(formdata=None)), 422)
