"""What has to be talked about, and the meetings in which it was."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from civic.assessment import access
from civic.assessment.actions import moderating as actions
from civic.assessment.forms.interests import SureForm
from civic.assessment.forms.moderating import MeetingForm
from civic.assessment.manage import desk
from civic.assessment.models import Meeting, Panel
from civic.assessment.queries import interests, panels
from civic.assessment.queries import results as queries
from civic.assessment.queries.standing import standing
from civic.core import clock
from civic.core.db import db
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import current, format_number
from civic.core.pages import see_other
from civic.core.person import me


@desk.get("/panels/<int:panel_id>/moderation")
@allowed(access.may_run)
@allowed(access.may_run, on=panels.panel_by_id)
def show_moderation(panel: Panel) -> ResponseReturnValue:
    """The items whose assessors are too far apart, farthest first; and how many others may stand as they are."""
    return render_template(
        "assessment/show_moderation.html",
        panel=panel,
        to_talk=interests.shown_to(me().id, queries.to_talk_about(panel)),
        means=actions.means_for(panel, me()),
        meetings=queries.meetings_of(panel),
        standing=standing(panel),
        may_conduct=access.may_conduct(panel),
    )


@desk.get("/panels/<int:panel_id>/meetings/new")
@allowed(access.may_run)
@allowed(access.may_conduct, on=panels.panel_by_id)
def new_meeting(panel: Panel) -> ResponseReturnValue:
    """A form for a meeting that was held."""
    form = _form(panel)
    form.people.data = [number for number, _name in form.people.choices]
    return _page(panel, form)


@desk.post("/panels/<int:panel_id>/meetings")
@allowed(access.may_run)
@allowed(access.may_conduct, on=panels.panel_by_id)
def create_meeting(panel: Panel) -> ResponseReturnValue:
    """Write down that a meeting was held."""
    form = _form(panel)
    if form.validate():
        names = {row.user_id: row.name for row in panels.assessors_of(panel)}
        there = [(number, names[number]) for number in form.people.data] + [(None, name) for name in form.names()]
        facts = {"held_on": form.held_on.data, "people": there, "notes": form.notes.data or ""}
        with saving(form) as saved:
            actions.hold_meeting(panel, **facts, by=me(), now=clock.now(), language=current().code)
        if saved.ok:
            flash(_("The meeting is on record. Now write down what was agreed for each item."), "success")
            return see_other("assessment.show_moderation", panel_id=panel.id)
    return _page(panel, form), 422


@desk.get("/meetings/<int:meeting_id>")
@allowed(access.may_run)
@allowed(access.may_run, on=queries.meeting_by_id)
def show_meeting(meeting: Meeting) -> ResponseReturnValue:
    """A meeting: who was there, what was said, for which items something was agreed."""
    return render_template(
        "assessment/show_meeting.html",
        meeting=meeting,
        panel=db.session.get_one(Panel, meeting.panel_id),
        items=interests.shown_to(me().id, queries.agreed_in(meeting)),
        names=panels.names_of([meeting.written_by_id]),
    )


@desk.get("/panels/<int:panel_id>/means")
@allowed(access.may_run)
@allowed(access.may_conduct, on=panels.panel_by_id)
def confirm_means(panel: Panel) -> ResponseReturnValue:
    """Every item whose mean would stand, before it does."""
    return _means_page(panel, SureForm())


@desk.post("/panels/<int:panel_id>/means")
@allowed(access.may_run)
@allowed(access.may_conduct, on=panels.panel_by_id)
def let_means_stand(panel: Panel) -> ResponseReturnValue:
    """Let the mean stand for all that were shown."""
    form = SureForm()
    if form.validate():
        with saving(form) as saved:
            n = actions.let_means_stand(panel, by=me(), now=clock.now(), seen=request.form.get("seen", ""))
        if saved.ok:
            flash(
                ngettext("%(shown)s item is agreed.", "%(shown)s items are agreed.", n, shown=format_number(n)),
                "success",
            )
            return see_other("assessment.show_moderation", panel_id=panel.id)
    return _means_page(panel, form), 409


def _form(panel: Panel) -> MeetingForm:
    form = MeetingForm()
    form.people.choices = [
        (row.user_id, Markup("<bdi>{}</bdi>").format(row.name)) for row in panels.assessors_of(panel)
    ]
    form.now = clock.now()
    return form


def _page(panel: Panel, form: MeetingForm) -> str:
    return render_template("assessment/new_meeting.html", panel=panel, form=form)


def _means_page(panel: Panel, form: SureForm) -> str:
    found = actions.means_for(panel, me())
    return render_template(
        "assessment/confirm_means.html", panel=panel, items=found, seen=actions.edition_of_means(found), form=form
    )
