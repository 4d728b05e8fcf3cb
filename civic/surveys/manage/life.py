"""The life of a survey, for staff: checklist and launch, dates, closing, reopening, archiving, publishing results."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.authoring.views import typed_reason
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError
from civic.core.forms import Form
from civic.core.i18n import text_in
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.web import link_to
from civic.surveys import advising, explaining
from civic.surveys.access import may_build
from civic.surveys.actions import building, launching
from civic.surveys.forms.building_life import ArchiveForm, ClosureForm, DatesForm, PublicationForm, ReopeningForm
from civic.surveys.manage import bp
from civic.surveys.manage.desk import Desk, keeping, on_desk
from civic.surveys.queries.surveys import live_version
from civic.surveys.rules import editing
from civic.surveys.rules.faults import faults
from civic.surveys.rules.lint import Advice, estimated_minutes

CONDITION_CODES = (
    "unreachable", "asks_itself", "unknown_question", "later_question", "circle", "comparison_does_not_fit", "unknown_row",
    "row_needed", "impossible_value",
)  # fmt: skip


@bp.get("/<slug>/checklist")
@allowed(may_build, on=on_desk)
def show_checklist(desk: Desk) -> str:
    """What is to be mended, argued or considered before the launch."""
    return _checklist(desk)


@bp.post("/<slug>/launch")
@allowed(may_build, on=on_desk)
def launch(desk: Desk) -> ResponseReturnValue:
    """Put the version being worked on live."""
    points = launching.checklist(desk.survey, desk.questionnaire)
    reasons = {point.mark: request.form.get(f"why-{point.mark}", "")[:1000].replace("\x00", "") for point in points}
    edition = request.form.get("edition", "")
    try:
        with transaction():
            launching.launch(
                desk.survey, by=me(), now=clock.now(), reasons=reasons, edition=edition, advice_why=typed_reason()
            )
    except CivicError as refused:
        return _checklist(desk, refused), 409 if refused.status == 409 else 422
    flash(_("The survey is live."), "success")
    return see_other("manage_surveys.show_survey", slug=desk.survey.slug)


@bp.get("/<slug>/draft/removal")
@allowed(may_build, on=on_desk)
def confirm_discard(desk: Desk) -> str:
    """What it means to throw away a version that is being worked on."""
    return render_template("surveys/manage/confirm_discard.html", desk=desk)


@bp.post("/<slug>/draft/removal")
@allowed(may_build, on=on_desk)
def discard_draft(desk: Desk) -> ResponseReturnValue:
    """Throw away the version that is being worked on."""
    with transaction():
        building.discard_draft(desk.survey, by=me(), now=clock.now())
    flash(_("The unpublished changes were thrown away. The live version is as it was."), "success")
    return see_other("manage_surveys.show_survey", slug=desk.survey.slug)


@bp.get("/<slug>/dates")
@allowed(may_build, on=on_desk)
def edit_dates(desk: Desk) -> str:
    """When it opens and closes."""
    return _act(
        desk, "edit_dates", DatesForm(data={"opens_at": desk.survey.opens_at, "closes_at": desk.survey.closes_at})
    )


@bp.post("/<slug>/dates")
@allowed(may_build, on=on_desk)
def update_dates(desk: Desk) -> ResponseReturnValue:
    """Change when it opens and closes."""
    form = DatesForm(data={"opens_at": desk.survey.opens_at, "closes_at": desk.survey.closes_at})

    def act() -> None:
        launching.set_dates(
            desk.survey,
            opens_at=form.opens_at.data,
            closes_at=form.closes_at.data,
            by=me(),
            now=clock.now(),
            why=form.why.data or "",
        )

    return _do(desk, "edit_dates", form, act, _("The dates were saved."))


@bp.get("/<slug>/closure")
@allowed(may_build, on=on_desk)
def confirm_closure(desk: Desk) -> str:
    """What closing means."""
    return _act(desk, "confirm_closure", ClosureForm())


@bp.post("/<slug>/closure")
@allowed(may_build, on=on_desk)
def close_survey(desk: Desk) -> ResponseReturnValue:
    """Stop taking answers."""
    form = ClosureForm()
    return _do(
        desk,
        "confirm_closure",
        form,
        lambda: launching.close(desk.survey, by=me(), now=clock.now(), why=form.why.data or ""),
        _("The survey is closed."),
    )


@bp.get("/<slug>/reopening")
@allowed(may_build, on=on_desk)
def confirm_reopening(desk: Desk) -> str:
    """What reopening means."""
    return _act(desk, "confirm_reopening", ReopeningForm())


@bp.post("/<slug>/reopening")
@allowed(may_build, on=on_desk)
def reopen_survey(desk: Desk) -> ResponseReturnValue:
    """Take answers again, with a reason."""
    form = ReopeningForm()

    def act() -> None:
        launching.reopen(desk.survey, closes_at=form.closes_at.data, by=me(), now=clock.now(), why=form.why.data or "")

    return _do(desk, "confirm_reopening", form, act, _("The survey is open again."))


@bp.get("/<slug>/archive")
@allowed(may_build, on=on_desk)
def confirm_archive(desk: Desk) -> str:
    """What archiving means."""
    return _act(desk, "confirm_archive", ArchiveForm())


@bp.post("/<slug>/archive")
@allowed(may_build, on=on_desk)
def archive_survey(desk: Desk) -> ResponseReturnValue:
    """Put the survey away."""
    form = ArchiveForm()
    return _do(
        desk,
        "confirm_archive",
        form,
        lambda: launching.archive(desk.survey, by=me(), now=clock.now(), why=form.why.data or ""),
        _("The survey is archived."),
    )


@bp.get("/<slug>/publication")
@allowed(may_build, on=on_desk)
def edit_publication(desk: Desk) -> str:
    """Which sections' results everyone may see."""
    return _act(desk, "edit_publication", _publication(desk))


@bp.post("/<slug>/publication")
@allowed(may_build, on=on_desk)
def update_publication(desk: Desk) -> ResponseReturnValue:
    """Publish the results of the chosen sections, or take them back."""
    form = _publication(desk)

    def act() -> None:
        launching.publish_results(desk.survey, form.sections.data or [], by=me(), now=clock.now())

    done = _("The results are published.") if form.sections.data else _("The results are no longer public.")
    return _do(desk, "edit_publication", form, act, done)


def _publication(desk: Desk) -> PublicationForm:
    form = PublicationForm(data={"sections": desk.survey.published_sections})
    live = live_version(desk.survey)
    form.sections.choices = [(s.key, text_in(s.title) or s.key) for s in live.questionnaire.sections] if live else []
    return form


def _act(desk: Desk, template: str, form: Form) -> str:
    return render_template(f"surveys/manage/{template}.html", desk=desk, survey=desk.survey, form=form, now=clock.now())


def _do(desk: Desk, template: str, form: Form, act: Any, done: str) -> ResponseReturnValue:
    status = 422
    if form.validate():
        with keeping(form) as kept:
            act()
        if kept.ok:
            flash(done, "success")
            return see_other("manage_surveys.show_survey", slug=desk.survey.slug)
        status = kept.status
    return _act(desk, template, form), status


def _checklist(desk: Desk, refused: CivicError | None = None) -> str:
    points = launching.checklist(desk.survey, desk.questionnaire)
    return render_template(
        "surveys/manage/show_checklist.html",
        desk=desk,
        survey=desk.survey,
        faults=[
            (explaining.fault_sentence(desk.questionnaire, f), where_mended(desk, f.code, f.at))
            for f in faults(desk.questionnaire)
        ],
        blocking=[_told(desk, point) for point in points if point.is_blocking],
        advice=[_told(desk, point) for point in points if not point.is_blocking],
        minutes=estimated_minutes(desk.questionnaire),
        edition=editing.edition(desk.questionnaire),
        refused=refused,
        has_errors=refused is not None,
        typed=request.form,
    )


def _told(desk: Desk, point: Advice) -> tuple[Advice, str, str]:
    """A point of the checklist, its sentence, and where it can be mended."""
    return point, advising.sentence(desk.questionnaire, point), where_mended(desk, point.code, point.at)


def where_mended(desk: Desk, code: str, at: str) -> str:
    """The page on which a point of the checklist is mended."""
    slug = desk.survey.slug
    if code == "no_closing_date":
        return link_to("manage_surveys.edit_dates", slug=slug)
    if code in ("no_purpose", "sensitive_and_named"):
        return link_to("manage_surveys.edit_settings", slug=slug)
    if code == "no_translation":
        return link_to("manage_surveys.edit_translation", slug=slug, language=at)
    if code in CONDITION_CODES and at:
        return link_to("manage_surveys.edit_condition", slug=slug, key=at)
    if desk.questionnaire.question(at):
        return link_to("manage_surveys.edit_question", slug=slug, key=at)
    return link_to("manage_surveys.show_survey", slug=slug, _anchor=at or None)
