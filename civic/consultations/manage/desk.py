"""The list of consultations for staff, a new one, and one of them: what is done, what is to do, what waits."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from civic.consultations import access, wording
from civic.consultations.actions import life, writing
from civic.consultations.forms import NewForm
from civic.consultations.manage import bp
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations as queries
from civic.consultations.rules import dates, gunning
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history


@bp.get("")
@allowed(access.may_see)
def list_consultations() -> str:
    """Every consultation, the newest first; what is owed comes above."""
    now = clock.now()
    page = page_of(queries.for_staff(), [Consultation.id.desc()], at=request.args.get("at"), scalars=True)
    owed = queries.listed("considering", now, size=10).items if not request.args.get("at") else []
    return render_template(
        "consultations/manage/list_consultations.html",
        page=page,
        owed=owed,
        now=now,
        words=wording,
        dates=dates,
        may_run=access.may_run(),
    )


@bp.get("/new")
@allowed(access.is_researcher)
def new_consultation() -> str:
    """The form for a new consultation."""
    return render_template("consultations/manage/new_consultation.html", form=NewForm())


@bp.post("")
@allowed(access.is_researcher)
def create_consultation() -> ResponseReturnValue:
    """Begin a draft."""
    form = NewForm()
    if form.validate():
        slug = ""
        with saving(form) as saved:
            slug = writing.create(form.question.data or "", language=form.language.data, by=me(), now=clock.now()).slug
        if saved.ok:
            return see_other("manage_consultations.show_consultation", slug=slug)
    return render_template("consultations/manage/new_consultation.html", form=form), 422


@bp.get("/<slug>")
@allowed(access.may_see, on=queries.by_slug)
def show_consultation(consultation: Consultation) -> str:
    """One consultation: its steps, its dates, what the rules say, what can be done now."""
    now = clock.now()
    points = life.check_list(consultation, now) if consultation.status == "draft" else []
    return render_template(
        "consultations/manage/show_consultation.html",
        c=consultation,
        stage=consultation.stage(now),
        around=queries.around(consultation, also_hidden=True),
        blocks=gunning.blocks(points),
        warnings=gunning.warnings(points),
        followers=len(queries.followers(consultation.id)),
        moves=history(consultation),
        days_over=consultation.days_over(now),
        runs=access.may_run(),
        now=now,
        words=wording,
    )


def back_to(consultation: Consultation) -> str:
    """Where the page of a consultation stands."""
    return url_for("manage_consultations.show_consultation", slug=consultation.slug)
