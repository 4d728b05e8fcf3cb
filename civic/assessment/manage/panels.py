"""Panels for those who run them: how each stands, its settings, and its opening and closing."""

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.assessment import access
from civic.assessment.actions import panels as actions
from civic.assessment.actions.moderating import means_for
from civic.assessment.forms.interests import SureForm, WhyForm
from civic.assessment.forms.panels import PersonForm, SettingsForm
from civic.assessment.manage import desk
from civic.assessment.models import Panel
from civic.assessment.queries import panels as queries
from civic.assessment.queries import results
from civic.assessment.queries.interests import shown_to
from civic.assessment.queries.standing import standing
from civic.assessment.refusals import ChangedMeanwhile
from civic.core import clock, subjects
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import can, history

CHOICES = {
    "current": (_l("Current"), ("draft", "open")),
    "closed": (_l("Closed"), ("closed",)),
}


@desk.get("/panels")
@allowed(access.may_read_results)
def list_panels() -> ResponseReturnValue:
    """Every panel, those at work first."""
    shown = request.args.get("show", "current")
    shown = shown if shown in CHOICES else "current"
    page = page_of(queries.panels(CHOICES[shown][1]), [Panel.id.desc()], at=request.args.get("at"))
    return render_template(
        "assessment/list_panels.html",
        page=page,
        shown=shown,
        choices={key: words for key, (words, _states) in CHOICES.items()},
        may_run=access.may_run(),
        now=clock.now(),
    )


@desk.get("/panels/<int:panel_id>")
@allowed(access.may_run)
@allowed(access.may_run, on=queries.panel_by_id)
def show_panel(panel: Panel) -> ResponseReturnValue:
    """A panel: how far it is, what is to be done next, who sits on it, by what it judges."""
    return panel_page(panel)


@desk.get("/panels/<int:panel_id>/settings")
@allowed(access.may_run)
@allowed(access.may_seat, on=queries.panel_by_id)
def edit_settings(panel: Panel) -> ResponseReturnValue:
    """What a panel goes by; once it has opened its title and its day only."""
    form = SettingsForm.of(panel)
    form.seen.data = actions.edition_of_settings(panel)
    return _settings_page(panel, form)


@desk.post("/panels/<int:panel_id>/settings")
@allowed(access.may_run)
@allowed(access.may_seat, on=queries.panel_by_id)
def save_settings(panel: Panel) -> ResponseReturnValue:
    """Keep the settings; refuses to overwrite what somebody else changed meanwhile."""
    form = SettingsForm()
    form.only_for(panel)
    if not form.validate():
        return _settings_page(panel, form), 422
    with saving(form) as saved:
        actions.tell(panel, form.facts(), seen=form.seen.data or "", by=me(), now=clock.now())
    if saved.ok:
        flash(_("The settings are saved."), "success")
        return see_other("assessment.show_panel", panel_id=panel.id)
    form.seen.data = actions.edition_of_settings(panel)
    return _settings_page(panel, form, is_stale=ChangedMeanwhile.sentence in form.form_errors), 409


@desk.post("/panels/<int:panel_id>/opening")
@allowed(access.may_run)
@allowed(access.may_shape, on=queries.panel_by_id)
def open_panel(panel: Panel) -> ResponseReturnValue:
    """Let the assessors begin."""
    form = SureForm()
    with saving(form) as saved:
        actions.open(panel, by=me(), now=clock.now())
    if saved.ok:
        flash(_("The panel is open. Its criteria are fixed now."), "success")
        return see_other("assessment.show_panel", panel_id=panel.id)
    return panel_page(panel, problem=form), 422


@desk.get("/panels/<int:panel_id>/closure")
@allowed(access.may_run)
@allowed(access.may_conduct, on=queries.panel_by_id)
def confirm_closure(panel: Panel) -> ResponseReturnValue:
    """What closing the panel would leave undone."""
    return _closure_page(panel)


@desk.post("/panels/<int:panel_id>/closure")
@allowed(access.may_run)
@allowed(access.may_conduct, on=queries.panel_by_id)
def close_panel(panel: Panel) -> ResponseReturnValue:
    """Close it: nothing more is scored or agreed."""
    form = SureForm()
    with saving(form) as saved:
        actions.close(panel, by=me(), now=clock.now())
    if saved.ok:
        flash(_("The panel is closed."), "success")
        return see_other("assessment.show_panel", panel_id=panel.id)
    return panel_page(panel, problem=form), 409


@desk.get("/panels/<int:panel_id>/reopening")
@allowed(access.may_run)
@allowed(access.may_run, on=queries.panel_by_id)
def confirm_reopening(panel: Panel) -> ResponseReturnValue:
    """Ask why before a closed panel is opened again."""
    return _reopening_page(panel, WhyForm())


@desk.post("/panels/<int:panel_id>/reopening")
@allowed(access.may_run)
@allowed(access.may_run, on=queries.panel_by_id)
def reopen_panel(panel: Panel) -> ResponseReturnValue:
    """Open a closed panel again."""
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            actions.reopen(panel, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("The panel is open again."), "success")
            return see_other("assessment.show_panel", panel_id=panel.id)
    return _reopening_page(panel, form), 422


def panel_page(panel: Panel, *, person: PersonForm | None = None, problem: SureForm | None = None) -> str:
    """The page of a panel, perhaps with a form that was refused."""
    moves, now = history(panel)[::-1], clock.now()
    if person is None and access.may_seat(panel):
        person = PersonForm(formdata=None)
        person.offer_seats(queries.could_sit_on(panel))
    return render_template(
        "assessment/show_panel.html",
        panel=panel,
        standing=standing(panel, now),
        criteria=queries.criteria_of(panel),
        seats={row.user_id: row.id for row in queries.assessors_of(panel)},
        gaps=actions.gaps_of(panel) if panel.status == "draft" else [],
        means=len(means_for(panel, me())) if panel.status == "open" else 0,
        to_talk=len(shown_to(me().id, results.to_talk_about(panel))) if panel.status == "open" else 0,
        meetings=results.meetings_of(panel),
        person=person,
        form=problem or person,
        may_shape=access.may_shape(panel),
        may_seat=access.may_seat(panel),
        may_conduct=access.may_conduct(panel),
        moves=moves,
        names=queries.names_of(move.actor_id for move in moves),
        owner_url=_owner_url(panel),
        now=now,
    )


def _owner_url(panel: Panel) -> str:
    """Where what the panel works for is seen by staff; nowhere where no package of the house knows its kind."""
    known = panel.owner.partition(":")[0] in current_app.extensions["civic"].subjects
    return subjects.url_of(panel.owner) if known else ""


def _settings_page(panel: Panel, form: SettingsForm, *, is_stale: bool = False) -> str:
    return render_template("assessment/edit_settings.html", panel=panel, form=form, is_stale=is_stale)


def _closure_page(panel: Panel) -> str:
    return render_template("assessment/confirm_closure.html", panel=panel, standing=standing(panel, clock.now()))


def _reopening_page(panel: Panel, form: WhyForm) -> str:
    return render_template("assessment/confirm_reopening.html", panel=panel, form=form, can_reopen=can(panel, "reopen"))
