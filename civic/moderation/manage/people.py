"""A person as moderators see them: what was decided, warnings, suspensions, notes."""

from flask import flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.models import User
from civic.accounts.queries.people import user_by_id
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.forms import Form
from civic.core.pages import see_other
from civic.core.person import me
from civic.moderation import wording
from civic.moderation.access import may_act_on, may_decide_suspension_appeal, may_moderate
from civic.moderation.actions import appealing
from civic.moderation.actions import people as actions
from civic.moderation.forms import LiftForm, NoteForm, SuspensionAppealDecisionForm, SuspensionForm, WarningForm
from civic.moderation.manage import bp
from civic.moderation.models import Suspension
from civic.moderation.queries import cases, people
from civic.moderation.refusals import Stale


@bp.get("/people/<int:user_id>")
@allowed(may_moderate, on=user_by_id)
def show_person(person: User) -> str:
    """What moderators know of a person."""
    return _page(person)


@bp.post("/people/<int:user_id>/warnings")
@allowed(may_act_on, on=user_by_id)
def warn(person: User) -> ResponseReturnValue:
    """Warn a person."""
    form = WarningForm(prefix="warning")
    if form.validate():
        with saving(form) as saved:
            actions.warn(person, words=form.words.data, language=g.language.code, by=me(), now=clock.now())
        if saved.ok:
            return _done(person, _("Warned. The person is told."))
    return _page(person, form), 422


@bp.post("/people/<int:user_id>/suspensions")
@allowed(may_act_on, on=user_by_id)
def suspend(person: User) -> ResponseReturnValue:
    """Let a person publish nothing for a time."""
    form = SuspensionForm(prefix="suspension")
    if form.validate():
        with saving(form) as saved:
            actions.suspend(
                person, days=int(form.days.data or 0), words=form.words.data, without_warning=form.without_warning.data or "",
                language=g.language.code, by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            return _done(person, _("Suspended from publishing. The person is told."))
    return _page(person, form), 422


@bp.post("/suspensions/<int:suspension_id>/lifting")
@allowed(may_moderate, on=people.suspension_by_id)
def lift(suspension: Suspension) -> ResponseReturnValue:
    """End a suspension before its time."""
    person = user_by_id(suspension.person_id)
    assert person is not None
    form = LiftForm(prefix="lift")
    if form.validate():
        with saving(form) as saved:
            actions.lift(suspension, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            return _done(person, _("The suspension has ended. The person is told."))
    return _page(person, form), 422


@bp.get("/suspensions")
@allowed(may_moderate)
def list_suspension_appeals() -> str:
    """Appeals against suspensions that wait for somebody."""
    page = people.suspension_appeals(request.args.get("at"))
    return render_template("moderation/manage/list_suspension_appeals.html", page=page)


@bp.post("/suspensions/<int:suspension_id>/appeal-decisions")
@allowed(may_decide_suspension_appeal, on=people.suspension_by_id)
def decide_suspension_appeal(suspension: Suspension) -> ResponseReturnValue:
    """Decide an appeal against a suspension that somebody else imposed."""
    person = user_by_id(suspension.person_id)
    assert person is not None
    form = SuspensionAppealDecisionForm(prefix="appeal")
    if form.validate():
        with saving(form) as saved:
            appealing.decide_suspension_appeal(
                suspension, form.verb.data, words=form.words.data, language=g.language.code, by=me(), now=clock.now()
            )
        if saved.ok:
            return _done(person, _("Decided. Those concerned are told."))
    asked = people.appeal_against(suspension.id)
    if asked is None or asked.outcome:
        flash(str(Stale.sentence), "error")
        return _page(person, typed=form.words.data or ""), 409
    return _page(person, form), 422


@bp.post("/people/<int:user_id>/notes")
@allowed(may_moderate, on=user_by_id)
def add_person_note(person: User) -> ResponseReturnValue:
    """Write something for the other moderators."""
    form = NoteForm(prefix="note")
    if not form.validate():
        return _page(person, form), 422
    with saving(form):
        actions.note(form.words.data, by=me(), now=clock.now(), person=person)
    return _done(person, _("Noted."))


def _done(person: User, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return see_other("moderation_desk.show_person", user_id=person.id)


def _page(person: User, sent: Form | None = None, typed: str = "") -> str:
    now = clock.now()
    forms = {
        name: sent if isinstance(sent, kind) else kind(formdata=None, prefix=name)
        for name, kind in (
            ("warning", WarningForm),
            ("suspension", SuspensionForm),
            ("lift", LiftForm),
            ("note", NoteForm),
            ("appeal", SuspensionAppealDecisionForm),
        )
    }
    suspension = people.suspension_of(person.id, now)
    return render_template(
        "moderation/manage/show_person.html",
        person=person,
        form=sent,
        typed=typed,
        forms=forms,
        record=people.author_records([person.id], now)[person.id],
        reporting=people.reporter_record(person.id),
        cases=cases.latest_of(person.id),
        warnings=people.warnings_of(person.id),
        suspensions=people.suspensions_of(person.id),
        suspension=suspension,
        was_warned=people.warned_lately(person.id, now),
        notes=cases.notes_on(person_id=person.id),
        may_act=may_act_on(person),
        may_decide_appeal=may_decide_suspension_appeal,
        now=now,
        wording=wording,
    )
