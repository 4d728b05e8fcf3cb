"""The desk: surveys that can be answered for somebody, batches of printed forms, and their printing."""

from __future__ import annotations

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock, pdf
from civic.core.clock import london_today
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.numbers import plain_number
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.surveys.assisted import queries
from civic.surveys.assisted.access import may_type_answers
from civic.surveys.assisted.actions import batches as actions
from civic.surveys.assisted.actions.sending import SENTENCES, refusal
from civic.surveys.assisted.forms import ArrivalForm, BatchForm, language_choices
from civic.surveys.assisted.manage import bp
from civic.surveys.assisted.queries import OnPaper
from civic.surveys.assisted.views import draw
from civic.surveys.models.survey import Survey

AT_ONCE = 10
"""So many forms are drawn into one PDF: more would keep everybody else's documents waiting."""


@bp.get("")
@allowed(may_type_answers)
def list_surveys() -> str:
    """The surveys that can be answered for somebody now, with their batches and how far each is."""
    now = clock.now()
    query = queries.surveys_to_type_in(now, current_app.config["PAPER_LATE_DAYS"])
    page = page_of(query, [Survey.id.desc()], at=request.args.get("at"), size=10, scalars=True)
    numbers = [survey.id for survey in page.items]
    return render_template(
        "surveys/assisted/list_surveys.html",
        page=page,
        now=now,
        batches=queries.batches_of(numbers),
        calls=queries.calls_under_way(numbers),
    )


@bp.get("/surveys/<slug>/batches/new")
@allowed(may_type_answers, on=queries.on_paper)
def new_batch(on: OnPaper) -> str:
    """A form for a stack of printed forms."""
    return _new(on, _batch_form(on, formdata=None, language=on.survey.language))


@bp.post("/surveys/<slug>/batches/new")
@allowed(may_type_answers, on=queries.on_paper)
def begin_batch(on: OnPaper) -> ResponseReturnValue:
    """Begin it."""
    form = _batch_form(on)
    if form.validate():
        assert form.forms.data is not None
        with saving(form) as saved:
            batch = actions.begin(
                on,
                forms=form.forms.data,
                language=str(form.language.data),
                reason=form.reason.data or "",
                by=me(),
                now=clock.now(),
            )
        if saved.ok:
            flash(_("The batch is ready to be printed."), "success")
            return see_other("assisted.show_batch", batch_id=batch.id)
    return _new(on, form), 422


@bp.get("/batches/<int:batch_id>")
@allowed(may_type_answers, on=queries.batch_on_desk)
def show_batch(on: OnPaper) -> str:
    """A batch: what to print, which forms were typed, and what waits for whom."""
    return _batch(on, ArrivalForm(formdata=None))


@bp.get("/batches/<int:batch_id>/forms")
@allowed(may_type_answers, on=queries.batch_on_desk)
def find_form(on: OnPaper) -> ResponseReturnValue:
    """To the form whose number was typed; back to the batch where there is none."""
    assert on.batch is not None
    number = plain_number(request.args.get("number", ""))
    if not number.isdecimal() or len(number) > 6 or not 1 <= int(number) <= on.batch.forms:
        flash(_("This batch has forms from 1 to %(most)s.", most=on.batch.forms), "warning")
        return see_other("assisted.show_batch", batch_id=on.batch.id)
    return see_other("assisted.type_form", batch_id=on.batch.id, form_number=int(number))


@bp.post("/batches/<int:batch_id>/arrival")
@allowed(may_type_answers, on=queries.batch_on_desk)
def note_arrival(on: OnPaper) -> ResponseReturnValue:
    """Say when it arrived, and why it is typed in after the close."""
    form = ArrivalForm()
    assert on.batch is not None
    if form.validate():
        with saving(form) as saved:
            actions.arrived(
                on.batch.id, on=form.arrived_on.data, reason=form.reason.data or "", by=me(), now=clock.now()
            )
        if saved.ok:
            flash(_("Recorded."), "success")
            return see_other("assisted.show_batch", batch_id=on.batch.id)
    return _batch(on, form), 422


@bp.get("/batches/<int:batch_id>/forms.pdf")
@allowed(may_type_answers, on=queries.batch_on_desk)
def print_forms(on: OnPaper) -> ResponseReturnValue:
    """Some forms of a batch, each with its number on every page."""
    assert on.batch is not None
    first = min(max(request.args.get("first", 1, type=int), 1), on.batch.forms)
    last = min(first + AT_ONCE - 1, on.batch.forms)
    is_large = request.args.get("size") == "large"
    made = draw(on, on.batch.language, is_large=is_large, numbers=[*range(first, last + 1)])
    return pdf.send(made, f"batch-{on.batch.code}-{first}-{last}{'-large' if is_large else ''}")


def _batch_form(on: OnPaper, **more: object) -> BatchForm:
    form = BatchForm(**more)
    form.language.choices = language_choices(on.survey)
    return form


def _new(on: OnPaper, form: BatchForm) -> str:
    return render_template("surveys/assisted/new_batch.html", on=on, form=form)


def _batch(on: OnPaper, form: ArrivalForm) -> str:
    assert on.batch is not None
    now = clock.now()
    code = refusal(on, now)
    begun = queries.forms_of(on.batch)
    typed_by_me = {number for number, row in begun.items() if row.status == "once" and row.first_by == me().id}
    following = [n for n in range(1, on.batch.forms + 1) if n not in begun or begun[n].status in ("waiting", "once")]
    return render_template(
        "surveys/assisted/show_batch.html",
        on=on,
        form=form,
        begun=begun,
        mine=typed_by_me,
        following=next((n for n in following if n not in typed_by_me), None),
        refusal=SENTENCES[code] if code else "",
        may_be_late=code in ("not_arrived", "arrived_late") or bool(form.errors),
        no_pdf=pdf.why_not(),
        stretches=[(n, min(n + AT_ONCE - 1, on.batch.forms)) for n in range(1, on.batch.forms + 1, AT_ONCE)],
        today=london_today(now),
    )
