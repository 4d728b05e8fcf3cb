"""Programmes with their facts, and partners, on the desk."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.authoring.views import typed_reason
from civic.challenge import access
from civic.challenge.actions import programmes as actions
from civic.challenge.forms.desk import FactForm, PartnerForm, ProgrammeForm
from civic.challenge.manage import bp
from civic.challenge.models import Partner, Programme
from civic.challenge.queries import programmes as queries
from civic.challenge.queries.programmes import partner_by_slug, programme_by_slug
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError, NotFound, saving
from civic.core.money import Money
from civic.core.names import slug_of
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import can


@bp.get("/programmes/new")
@allowed(access.may_manage)
def new_programme() -> str:
    """The form for a new programme."""
    return _programme_form(None, ProgrammeForm(formdata=None))


@bp.post("/programmes")
@allowed(access.may_manage)
def create_programme() -> ResponseReturnValue:
    """Begin a programme."""
    form = ProgrammeForm()
    if form.validate():
        with saving(form) as saved:
            programme = actions.create_programme(by=me(), now=clock.now(), **_programme_values(form))
        if saved.ok:
            return see_other("manage_challenge.show_programme", programme=programme.slug)
    return _programme_form(None, form), 422


@bp.get("/programmes/<programme>")
@allowed(access.may_see_desk, on=programme_by_slug)
def show_programme(programme: Programme) -> str:
    """A programme with its facts, and what can be done with it."""
    return _programme_page(programme, FactForm(formdata=None))


@bp.get("/programmes/<programme>/edit")
@allowed(access.may_manage, on=programme_by_slug)
def edit_programme(programme: Programme) -> str:
    """The form to change a programme."""
    budget = Money(programme.budget_minor) if programme.budget_minor else None
    return _programme_form(programme, ProgrammeForm(formdata=None, obj=programme, data={"budget": budget}))


@bp.post("/programmes/<programme>/edit")
@allowed(access.may_manage, on=programme_by_slug)
def change_programme(programme: Programme) -> ResponseReturnValue:
    """Change a programme; what stood there before stays on record."""
    form = ProgrammeForm()
    if form.validate():
        with saving(form) as saved:
            actions.change_programme(programme, by=me(), now=clock.now(), **_programme_values(form))
        if saved.ok:
            flash(_("The programme is changed."), "success")
            return see_other("manage_challenge.show_programme", programme=programme.slug)
    return _programme_form(programme, form), 422


@bp.post("/programmes/<programme>/state")
@allowed(access.may_manage, on=programme_by_slug)
def move_programme(programme: Programme) -> ResponseReturnValue:
    """Announce a programme, end it or open it again."""
    form, verb = FactForm(formdata=None), request.form.get("act", "")
    with saving(form) as saved:
        actions.move_programme(programme, verb, by=me(), now=clock.now(), advice_why=typed_reason())
    if saved.ok:
        return see_other("manage_challenge.show_programme", programme=programme.slug)
    assert saved.refused is not None
    return _programme_page(programme, form, saved.refused), saved.refused.status


@bp.post("/programmes/<programme>/facts")
@allowed(access.may_manage, on=programme_by_slug)
def create_fact(programme: Programme) -> ResponseReturnValue:
    """Write down what is known about a programme."""
    form = FactForm()
    if form.validate():
        with saving(form) as saved:
            actions.add_fact(
                programme, kind=form.kind.data, title=str(form.title.data), value=form.value.data or "",
                source=form.source.data or "", by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("It stands on the page of the programme."), "success")
            return see_other("manage_challenge.show_programme", programme=programme.slug)
    return _programme_page(programme, form), 422


@bp.post("/programmes/<programme>/facts/<int:fact_id>/removal")
@allowed(access.may_manage, on=programme_by_slug)
def remove_fact(programme: Programme, fact_id: int) -> ResponseReturnValue:
    """Take a fact away that is wrong."""
    fact = queries.fact_of(programme, fact_id)
    if fact is None:
        raise NotFound()
    with transaction():
        actions.remove_fact(programme, fact, by=me(), now=clock.now())
    return see_other("manage_challenge.show_programme", programme=programme.slug)


@bp.get("/partners/new")
@allowed(access.may_manage)
def new_partner() -> str:
    """The form for a new partner."""
    return _partner_form(None, PartnerForm(formdata=None))


@bp.post("/partners")
@allowed(access.may_manage)
def create_partner() -> ResponseReturnValue:
    """Write down a partner."""
    form = PartnerForm()
    if form.validate():
        with saving(form) as saved:
            actions.create_partner(by=me(), now=clock.now(), **_partner_values(form))
        if saved.ok:
            flash(_("The partner is written down."), "success")
            return see_other("manage_challenge.show_desk", _anchor="partners")
    return _partner_form(None, form), 422


@bp.get("/partners/<partner>")
@allowed(access.may_manage, on=partner_by_slug)
def edit_partner(partner: Partner) -> str:
    """The form to change what is said of a partner."""
    return _partner_form(partner, PartnerForm(formdata=None, obj=partner))


@bp.post("/partners/<partner>")
@allowed(access.may_manage, on=partner_by_slug)
def change_partner(partner: Partner) -> ResponseReturnValue:
    """Change what is said of a partner."""
    form = PartnerForm()
    if form.validate():
        with saving(form) as saved:
            actions.change_partner(partner, by=me(), now=clock.now(), **_partner_values(form))
        if saved.ok:
            flash(_("The partner is changed."), "success")
            return see_other("manage_challenge.show_desk", _anchor="partners")
    return _partner_form(partner, form), 422


def _programme_page(programme: Programme, form: FactForm, refused: CivicError | None = None) -> str:
    return render_template(
        "challenge/manage/show_programme.html",
        programme=programme,
        budget=Money(programme.budget_minor) if programme.budget_minor else None,
        facts=queries.facts_of(programme),
        verbs=[verb for verb in ("announce", "close", "reopen") if can(programme, verb)],
        form=form,
        refused=refused,
        may_manage=access.may_manage(),
    )


def _programme_form(programme: Programme | None, form: ProgrammeForm) -> str:
    return render_template("challenge/manage/edit_programme.html", programme=programme, form=form)


def _partner_form(partner: Partner | None, form: PartnerForm) -> str:
    return render_template("challenge/manage/edit_partner.html", partner=partner, form=form)


def _programme_values(form: ProgrammeForm) -> dict[str, Any]:
    return {
        "title": form.title.data,
        "year": form.year.data,
        "summary": form.summary.data,
        "language": form.language.data,
        "slug": form.slug.data or slug_of(form.title.data or "", "programme"),
        "delivery_partner": form.delivery_partner.data or "",
        "budget_minor": form.budget.data.minor if form.budget.data else None,
        "decision_number": form.decision_number.data or "",
        "is_example": form.is_example.data,
    }


def _partner_values(form: PartnerForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "kind": form.kind.data,
        "brings": form.brings.data,
        "language": form.language.data,
        "slug": form.slug.data or slug_of(form.name.data or "", "partner"),
    }
