"""What everybody sees: the form that asks for a format, and how far a request has come, behind its link."""

from flask import current_app, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound
from civic.core.pages import see_other
from civic.core.person import maybe_me
from civic.core.security import limit
from civic.core.states import can, history
from civic.core.web import room
from civic.requests import actions, links, wording
from civic.requests.forms import RequestForm
from civic.requests.models import FormatRequest
from civic.requests.things import Thing, thing_of

bp = room("requests", __name__)


@bp.get("/format-requests/new")
@allowed(anyone)
def new_request() -> str:
    """A form for asking for another format, of one thing or of the site."""
    about = thing_of(request.args.get("thing", ""))
    form = RequestForm(formdata=None, thing=about.name if about else "", language=g.language.code)
    if (person := maybe_me()) is not None:
        form.email.data, form.name.data = person.email, person.display_name or ""
    return _form_page(form, about)


@bp.post("/format-requests")
@allowed(anyone)
@limit("10/hour")
def ask() -> ResponseReturnValue:
    """Take a request from anybody; what a machine typed is thanked for and forgotten."""
    form = RequestForm()
    about = thing_of(form.thing.data or "")
    if not form.validate():
        return _form_page(form, about), 422
    thanks = _("Thank you. We have your request.")
    if form.came_from_a_machine:
        flash(thanks, "success")
        return see_other("requests.new_request")
    with transaction():
        asked = actions.ask(form.wish(), about=about, requester=maybe_me(), now=clock.now())
    flash(thanks, "success")
    return see_other("requests.show_request", token=links.token_of(asked))


@bp.get("/format-requests/<token>")
@allowed(anyone)
def show_request(token: str) -> str:
    """How far it has come, for whoever has its link; it names nobody."""
    asked = _behind(token)
    return render_template(
        "requests/show_request.html",
        asked=asked,
        token=token,
        moves=history(asked),
        may_withdraw=can(asked, "withdraw"),
        formats=wording.FORMATS,
        states=wording.STATES,
        colours=wording.STATE_COLOURS,
        explained=wording.STATES_EXPLAINED,
        canonical=False,
    )


@bp.post("/format-requests/<token>/withdrawal")
@allowed(anyone)
@limit("30/hour")
def withdraw(token: str) -> ResponseReturnValue:
    """Say that it is no longer needed."""
    asked = _behind(token)
    with transaction():
        actions.move(asked.id, "withdraw", by=maybe_me(), now=clock.now())
    flash(_("Your request is withdrawn."), "success")
    return see_other("requests.show_request", token=token)


def _behind(token: str) -> FormatRequest:
    asked = links.behind(token)
    if asked is None:
        raise NotFound()
    return asked


def _form_page(form: RequestForm, about: Thing | None) -> str:
    days = current_app.config["FORMAT_REQUEST_DAYS"]
    return render_template("requests/new_request.html", form=form, about=about, days=days, canonical=False)
