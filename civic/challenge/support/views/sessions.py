"""One session: taken, agreed to, cancelled; written down afterwards; and as an entry of one's own calendar."""

from __future__ import annotations

from flask import Response, current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.support import access
from civic.challenge.support.actions import sessions as actions
from civic.challenge.support.forms.journeys import MissedForm, RecordForm, TakingForm, WhyForm
from civic.challenge.support.models import SupportSession
from civic.challenge.support.queries import sessions as queries
from civic.challenge.support.queries.journeys import journey_by_id
from civic.challenge.support.refusals import NotYetOver
from civic.challenge.support.views import bp
from civic.challenge.support.views.doors import on_session
from civic.core import clock
from civic.core.errors import NotFound, saving
from civic.core.forms import Form
from civic.core.i18n import Words
from civic.core.icalendar import TYPE, Entry, calendar
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove
from civic.core.web import external_url


@bp.get("/sessions/<int:session_id>")
@on_session(access.may_see_session)
def show_session(session: SupportSession) -> str:
    """A session for those who meet: when, where, what about, and what was agreed."""
    return _page(session)


@bp.post("/sessions/<int:session_id>/taking")
@on_session(access.may_take)
def take_session(session: SupportSession) -> ResponseReturnValue:
    """A startup takes a time that was offered."""
    form = _taking(session)
    if form.validate():
        journey = journey_by_id(form.journey.data)
        if journey is None:
            raise NotFound()
        with saving(form) as saved:
            actions.take(
                session, journey, about=str(form.about.data), language=form.language.data, by=me(), now=clock.now()
            )
        if saved.ok:
            flash(_("The session is booked. Both of you are told."), "success")
            return see_other("challenge_support.show_session", session_id=session.id)
    return _page(session, form), 422


@bp.post("/sessions/<int:session_id>/state")
@on_session(access.may_record)
def move_session(session: SupportSession) -> ResponseReturnValue:
    """The host agrees, or either side cancels with a reason."""
    form, act = WhyForm(), request.form.get("act", "")
    if act not in access.verbs_for(session, access.session_sides(session), clock.now()):
        raise IllegalMove()
    if form.validate():
        with saving(form) as saved:
            if act == "agree":
                actions.agree(session, by=me(), now=clock.now())
            else:
                actions.cancel(session, why=form.why.data or "", language=form.language.data, by=me(), now=clock.now())
        if saved.ok:
            done = (
                _("The session is booked. Both of you are told.") if act == "agree" else _("The session is cancelled.")
            )
            flash(done, "success")
            return see_other("challenge_support.show_session", session_id=session.id)
    return _page(session, form), 422


@bp.post("/sessions/<int:session_id>/record")
@on_session(access.may_record)
def record_session(session: SupportSession) -> ResponseReturnValue:
    """Write down how it went."""
    _must_be(session, "booked", "held")
    form = RecordForm()
    if form.validate():
        with saving(form) as saved:
            actions.hold(
                session, minutes=form.minutes.data or 0, attended=str(form.attended.data), agreed=str(form.agreed.data),
                language=form.language.data, by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("It is written down."), "success")
            return see_other("challenge_support.show_session", session_id=session.id)
    return _page(session, form), 422


@bp.post("/sessions/<int:session_id>/absence")
@on_session(access.may_record)
def miss_session(session: SupportSession) -> ResponseReturnValue:
    """Write down that somebody did not come."""
    _must_be(session, "booked")
    form = MissedForm()
    if form.validate():
        with saving(form) as saved:
            actions.miss(session, missed_by=form.missed_by.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("It is written down."), "success")
            return see_other("challenge_support.show_session", session_id=session.id)
    return _page(session, form), 422


@bp.get("/sessions/<int:session_id>/calendar.ics")
@on_session(access.may_see_session)
def session_calendar(session: SupportSession) -> ResponseReturnValue:
    """The session as an entry of one's own calendar."""
    row = queries.with_names(session)
    host, startup = row.partner or row.host or _("A former member"), row.startup or _("Offered")
    entry = Entry(
        uid=f"session-{session.id}@{current_app.config['BASE_URL'].split('//')[-1]}",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=_("%(startup)s meets %(host)s", startup=startup, host=host),
        changed_at=clock.now(),
        place=session.place,
        url=external_url("challenge_support.show_session", session_id=session.id),
        sequence=session.changes,
        is_cancelled=session.status == "cancelled",
    )
    return send_calendar([entry], f"session-{session.id}.ics")


def send_calendar(entries: list[Entry], name: str) -> Response:
    """A calendar file as a download."""
    response = Response(calendar(entries), mimetype=TYPE)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _must_be(session: SupportSession, *states: str) -> None:
    """The page shows the form only then, and after the beginning. Raises IllegalMove, NotYetOver."""
    if session.status not in states:
        raise IllegalMove()
    if not session.has_begun(clock.now()):
        raise NotYetOver()


def _taking(session: SupportSession, *, blank: bool = False) -> TakingForm:
    choices = [
        (each.id, Words(each.startup.organisation.name, each.startup.organisation.language))
        for each in access.takers(session)
    ]
    if blank:
        return TakingForm(choices, formdata=None)
    return TakingForm(choices)


def _page(session: SupportSession, form: Form | None = None) -> str:
    """The page of a session; a form that was refused stands in its place, and its errors on top."""
    now, who = clock.now(), access.session_sides(session)
    forms = {
        "taking": form if isinstance(form, TakingForm) else _taking(session, blank=True) if "taker" in who else None,
        "why": form if isinstance(form, WhyForm) else WhyForm(formdata=None),
        "record": form if isinstance(form, RecordForm) else _record(session),
        "missed": form if isinstance(form, MissedForm) else MissedForm(formdata=None),
    }
    return render_template(
        "challenge/support/show_session.html",
        session=session,
        row=queries.with_names(session),
        journey=journey_by_id(session.application_id) if session.application_id is not None else None,
        who=who,
        verbs=access.verbs_for(session, who, now),
        may_record=bool(who & {"host", "startup"}) and session.has_begun(now) and session.status in ("booked", "held"),
        may_take="taker" in who and not session.has_begun(now),
        forms=forms,
        form=form,
    )


def _record(session: SupportSession) -> RecordForm:
    if session.status == "held":
        given = {"minutes": session.minutes, "attended": session.attended, "agreed": session.agreed}
        return RecordForm(formdata=None, data=given | {"language": session.agreed_language})
    length = int((session.ends_at - session.starts_at).total_seconds()) // 60
    return RecordForm(formdata=None, data={"minutes": length})
