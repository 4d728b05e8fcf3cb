"""Startups: a page for an organisation's members; everybody reads of finalists."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.challenge.applying import access
from civic.challenge.applying.actions import startups as actions
from civic.challenge.applying.forms.applying import BodyForm, StartupForm
from civic.challenge.applying.models import Startup
from civic.challenge.applying.queries import startups as queries
from civic.challenge.applying.queries.applications import of_startup
from civic.challenge.applying.queries.seats import startups_of
from civic.challenge.applying.refusals import ChangedMeanwhile
from civic.challenge.applying.rules import profile
from civic.challenge.applying.views import bp
from civic.challenge.applying.views.doors import for_the_startup
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import Words
from civic.core.pages import see_other
from civic.core.person import maybe_me, me
from civic.core.security import limit


@bp.get("/challenges/startups")
@allowed(access.may_apply)
def list_startups() -> ResponseReturnValue:
    """One's startups, and the organisations of which one can be made."""
    return _list(_body_form())


@bp.post("/challenges/startups")
@allowed(access.may_apply)
@limit("20/hour", key=person)
def create_startup() -> ResponseReturnValue:
    """Begin the startup of an organisation."""
    form = _body_form()
    if not form.organisation.choices:
        return see_other("applying.list_startups", to=_way_back())
    if form.validate():
        body = queries.body_of(form.organisation.data, me().id)
        assert body is not None, "one of those that are offered"
        with saving(form) as saved:
            made = actions.begin(body, by=me(), now=clock.now())
        if saved.ok:
            return see_other("applying.edit_startup", startup_id=made.id, to=_way_back())
    return _list(form), 422


@bp.get("/challenges/startups/<int:startup_id>")
@allowed(access.may_see_startup, on=queries.startup_by_id, hide=True)
def show_startup(startup: Startup) -> ResponseReturnValue:
    """A startup: for everybody what it does and where it was a finalist, for its people their applications too."""
    mine = access.may_edit_startup(startup)
    told = {name: getattr(startup, name) for name in profile.FIELDS}
    return render_template(
        "challenge/applying/show_startup.html",
        startup=startup,
        mine=mine,
        finals=queries.finals_of(startup.id),
        applications=of_startup(startup.id) if mine and maybe_me() else [],
        missing=profile.missing(told) if mine else [],
    )


@bp.get("/challenges/startups/<int:startup_id>/edit")
@for_the_startup
def edit_startup(startup: Startup) -> ResponseReturnValue:
    """What it says of itself."""
    form = StartupForm(formdata=None, obj=startup, data={"borough": startup.borough or ""})
    form.seen.data = actions.edition_of(startup)
    return _edit(startup, form)


@bp.post("/challenges/startups/<int:startup_id>/edit")
@for_the_startup
def save_startup(startup: Startup) -> ResponseReturnValue:
    """Keep it; refuses to overwrite what somebody else changed meanwhile."""
    form, number = StartupForm(), startup.id
    if not form.validate():
        return _edit(startup, form), 422
    with saving(form) as saved:
        actions.tell(startup, form.facts(), seen=form.seen.data or "", by=me(), now=clock.now())
    if saved.ok:
        flash(_("Your startup’s page is saved."), "success")
        if back := _way_back():
            return see_other("applying.show_application", entry_id=back)
        return see_other("applying.show_startup", startup_id=number)
    fresh = queries.startup_by_id(number)
    assert fresh is not None
    form.seen.data = actions.edition_of(fresh)
    return _edit(fresh, form, is_stale=ChangedMeanwhile.sentence in form.form_errors), 409


def _way_back() -> int | None:
    """The application from which somebody came, if they did."""
    return request.args.get("to", type=int)


def _body_form() -> BodyForm:
    form = BodyForm()
    bodies = queries.bodies_without(me().id)
    form.organisation.choices = [(each.id, Words(each.name, each.language)) for each in bodies]
    if len(bodies) == 1 and not form.organisation.raw_data:
        form.organisation.data = bodies[0].id
    return form


def _list(form: BodyForm) -> str:
    return render_template("challenge/applying/list_startups.html", startups=startups_of(me().id), form=form)


def _edit(startup: Startup, form: StartupForm, *, is_stale: bool = False) -> str:
    back = _way_back()
    away = url_for("applying.show_startup", startup_id=startup.id)
    if back:
        away = url_for("applying.show_application", entry_id=back)
    page = {"startup": startup, "form": form, "is_stale": is_stale, "away": away, "to": back}
    return render_template("challenge/applying/edit_startup.html", **page)
