"""Calls: the list, one with its dashboard, made, changed, opened, finished, ended."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.applying import access
from civic.challenge.applying.actions import calls as actions
from civic.challenge.applying.forms.desk import CallForm, SureForm
from civic.challenge.applying.manage import desk
from civic.challenge.applying.manage.doors import for_managers
from civic.challenge.applying.models import Call
from civic.challenge.applying.queries import calls as queries
from civic.challenge.applying.queries.desk import lines_of
from civic.challenge.applying.rules.choices import STAGES
from civic.challenge.applying.rules.eligibility import USUAL
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import Words
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import can, history


@desk.get("/calls")
@allowed(access.may_run)
def list_calls() -> ResponseReturnValue:
    """Every call, and the programmes that could have one."""
    return render_template(
        "challenge/applying/manage/list_calls.html",
        calls=queries.calls(),
        programmes=queries.programmes_without_call(),
        now=clock.now(),
    )


@desk.get("/calls/new")
@allowed(access.may_run)
def new_call() -> ResponseReturnValue:
    """The form for a new call, begun with the usual conditions."""
    usual = {each["kind"]: each.get("value") for each in USUAL}
    data: dict[str, Any] = {"grant": Money(1_500_000), "finalists": 2, "interview_weight": 50, "stage": STAGES[1]}
    data |= {"conditions": list(usual), "organisation_kinds": usual["organisation_kinds"]}
    form = CallForm(formdata=None, data=data)
    return _form_page(None, _with_programmes(form))


@desk.post("/calls")
@allowed(access.may_run)
def create_call() -> ResponseReturnValue:
    """Begin a call; nobody else sees it before it opens."""
    form = _with_programmes(CallForm())
    if form.validate():
        programme = next(each for each in queries.programmes_without_call() if each.id == form.programme.data)
        facts = form.facts()
        grant, language = Money(facts.pop("grant_minor")), facts.pop("language")
        with saving(form) as saved:
            actions.make(programme, grant=grant, language=language, by=me(), now=clock.now(), **facts)
        if saved.ok:
            return see_other("manage_applying.show_call", programme=programme.slug)
    return _form_page(None, form), 422


@desk.get("/calls/<programme>")
@for_managers
def show_call(call: Call) -> ResponseReturnValue:
    """How far a call is, by challenge, and what is to be done next."""
    return _page(call, SureForm(formdata=None))


@desk.get("/calls/<programme>/edit")
@for_managers
def edit_call(call: Call) -> ResponseReturnValue:
    """What a call says; once it is open little of it changes."""
    form = CallForm.of(call)
    del form.programme
    return _form_page(call, form)


@desk.post("/calls/<programme>/edit")
@for_managers
def change_call(call: Call) -> ResponseReturnValue:
    """Change a call."""
    form, slug = CallForm(), call.programme.slug
    del form.programme
    if form.validate():
        with saving(form) as saved:
            actions.change(call, form.facts(), by=me(), now=clock.now())
        if saved.ok:
            flash(_("The call is changed."), "success")
            return see_other("manage_applying.show_call", programme=slug)
        call = _again(slug)
    return _form_page(call, form), 422


@desk.post("/calls/<programme>/opening")
@for_managers
def open_call(call: Call) -> ResponseReturnValue:
    """Let startups apply by its dates."""
    return _act(call, actions.open_call, _("The call is open. Startups can apply by its dates."))


@desk.post("/calls/<programme>/panels")
@for_managers
def make_panels(call: Call) -> ResponseReturnValue:
    """Give panels to challenges whose briefs became final after the opening."""
    if call.status == "draft":
        return see_other("manage_applying.show_call", programme=call.programme.slug)
    slug = call.programme.slug
    with transaction():
        actions.prepare_panels(call, by=me(), now=clock.now())
    flash(_("Each challenge has its panel."), "success")
    return see_other("manage_applying.show_call", programme=slug)


@desk.post("/calls/<programme>/finish")
@for_managers
def finish_shortlist(call: Call) -> ResponseReturnValue:
    """Publish the shortlist and tell everybody, once all are answered."""
    return _act(call, actions.finish, _("The shortlist is published, and everybody who applied is told."))


@desk.post("/calls/<programme>/closing")
@for_managers
def close_call(call: Call) -> ResponseReturnValue:
    """End a call after the match."""
    return _act(call, actions.close, _("The call is ended."))


def _act(call: Call, act: Any, done: str) -> ResponseReturnValue:
    form, slug = SureForm(), call.programme.slug
    with saving(form) as saved:
        act(call, by=me(), now=clock.now())
    if saved.ok:
        flash(done, "success")
        return see_other("manage_applying.show_call", programme=slug)
    return _page(_again(slug), form), 422


def _again(programme: str) -> Call:
    fresh = queries.call_by_programme(programme)
    assert fresh is not None
    return fresh


def _page(call: Call, form: SureForm) -> str:
    now = clock.now()
    lines = lines_of(call)
    return render_template(
        "challenge/applying/manage/show_call.html",
        call=call,
        programme=call.programme,
        lines=lines,
        gaps=actions.gaps_of(call, now) if call.status == "draft" else [],
        waiting=sum(each.waiting for each in lines),
        is_unsealed=call.is_unsealed(now),
        may_finish=can(call, "shortlist"),
        may_close=can(call, "close"),
        moves=history(call),
        form=form,
        now=now,
    )


def _with_programmes(form: CallForm) -> CallForm:
    form.programme.choices = [(each.id, Words(each.title, each.language)) for each in queries.programmes_without_call()]
    return form


def _form_page(call: Call | None, form: CallForm) -> str:
    return render_template("challenge/applying/manage/edit_call.html", call=call, form=form)
