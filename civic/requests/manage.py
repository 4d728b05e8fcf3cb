"""What staff see: the queue by due date, one request with what can be done, and the letter that goes with what was made."""

from typing import Any

from flask import current_app, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock, pdf
from civic.core.clock import london_today
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import speaking
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import IllegalMove, can, history
from civic.core.web import room
from civic.requests import actions, queries, wording
from civic.requests.access import may_handle_requests
from civic.requests.forms import MoveForm, TakenForm
from civic.requests.models import FormatRequest
from civic.requests.things import thing_of, things

bp = room("manage_requests", __name__, "/staff/requests")


@bp.get("")
@allowed(may_handle_requests)
def list_requests() -> str:
    """Requests in a state, the next to be due first, each with its activity's own deadline."""
    which = request.args.get("status", "open")
    which = which if which in queries.FILTERS else "open"
    page = page_of(queries.for_staff(which), [FormatRequest.due_on, FormatRequest.id], at=request.args.get("at"))
    return render_template(
        "requests/manage/list_requests.html",
        page=page,
        which=which,
        filters=queries.FILTERS,
        about=things(each.thing for each in page.items if each.thing),
        today=london_today(clock.now()),
        **_words(),
    )


@bp.get("/new")
@allowed(may_handle_requests)
def take_request() -> str:
    """A form for writing down what somebody asked for by phone, by letter or at a desk."""
    about = thing_of(request.args.get("thing", ""))
    return _taking(TakenForm(formdata=None, thing=about.name if about else "", language=g.language.code))


@bp.post("/new")
@allowed(may_handle_requests)
def keep_request() -> ResponseReturnValue:
    """Write it down."""
    form = TakenForm()
    if form.validate():
        about = thing_of(form.thing.data or "")
        with saving(form) as saved:
            asked = actions.ask(form.wish(), about=about, mode=form.mode.data, taken_by=me(), now=clock.now())
        if saved.ok:
            flash(_("Recorded."), "success")
            return see_other("manage_requests.show_request", request_id=asked.id)
    return _taking(form), 422


@bp.get("/<int:request_id>")
@allowed(may_handle_requests, on=queries.request_by_id)
def show_request(asked: FormatRequest) -> str:
    """One request, with what can be done about it."""
    return _page(asked, _moving(asked, formdata=None))


@bp.post("/<int:request_id>/moves")
@allowed(may_handle_requests, on=queries.request_by_id)
def move_request(asked: FormatRequest) -> ResponseReturnValue:
    """Move a request on; the person is told."""
    form = _moving(asked)
    if not form.verb.choices:
        raise IllegalMove()
    if form.validate():
        with saving(form) as saved:
            actions.move(asked.id, form.verb.data, by=me(), now=clock.now(), why=form.why.data or "")
        if saved.ok:
            flash(_("Recorded."), "success")
            return see_other("manage_requests.show_request", request_id=asked.id)
    return _page(asked, form), 422


@bp.get("/<int:request_id>/letter")
@allowed(may_handle_requests, on=queries.request_by_id)
def show_letter(asked: FormatRequest) -> str:
    """The letter as a page."""
    return render_template("requests/manage/show_letter.html", no_pdf=pdf.why_not(), **_letter(asked))


@bp.get("/<int:request_id>/letter.pdf")
@allowed(may_handle_requests, on=queries.request_by_id)
def download_letter(asked: FormatRequest) -> ResponseReturnValue:
    """The letter on paper, in large type and in the person's language."""
    with speaking(asked.language):
        drawn = pdf.draw("requests/documents/letter.html", **_letter(asked))
    return pdf.send(drawn, f"letter-{asked.id}")


def _letter(asked: FormatRequest) -> dict[str, Any]:
    moves = history(asked)
    return {
        "asked": asked,
        "why": moves[-1].why if moves else "",
        "today": london_today(clock.now()),
        "formats": wording.FORMATS,
        "explained": wording.STATES_EXPLAINED,
    }


def _words() -> dict[str, object]:
    return {
        "formats": wording.FORMATS,
        "states": wording.STATES,
        "colours": wording.STATE_COLOURS,
        "modes": wording.MODES,
        "contacts": wording.CONTACTS,
    }


def _moving(asked: FormatRequest, **more: object) -> MoveForm:
    form = MoveForm(**more)
    form.verb.choices = [(verb, words) for verb, words in wording.VERBS.items() if can(asked, verb)]
    return form


def _taking(form: TakenForm) -> str:
    days = current_app.config["FORMAT_REQUEST_DAYS"]
    return render_template(
        "requests/manage/take_request.html", form=form, about=thing_of(form.thing.data or ""), days=days
    )


def _page(asked: FormatRequest, moving: MoveForm) -> str:
    return render_template(
        "requests/manage/show_request.html",
        asked=asked,
        about=thing_of(asked.thing),
        moving=moving,
        form=moving if moving.errors else None,
        moves=history(asked),
        today=london_today(clock.now()),
        **_words(),
    )
