"""Writing an application: the list of what is done and what is missing, and every step that is a form of its own."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock, files
from civic.core.errors import NotFound, saving
from civic.core.i18n import Words
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import takes_uploads
from civic.core.states import history
from civic.crowdfund.queries.writing import budget_of
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.forms.applying import MoneyForm, ProjectForm, RefereeForm, StepForm, answers_form
from civic.crowdfund.rounds.models import Application
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.rules.dates import takes_applications
from civic.crowdfund.rounds.views import bp
from civic.crowdfund.rounds.views import saving as steps
from civic.crowdfund.rounds.views.doors import for_applicants
from civic.crowdfund.rounds.views.progress import Progress, page_of
from civic.crowdfund.rounds.wording.steps import TITLES
from civic.grants.queries.awards import of_subject

PAPER = files.MAX_PICTURE + files.AROUND


@bp.get("/applications/<int:application_id>")
@for_applicants
def show_application(application: Application) -> ResponseReturnValue:
    """A draft's list of tasks; later where the application stands, and what came of it."""
    now, moves = clock.now(), history(application)
    page = page_of(application, now, moves=moves, editor=steps.editor_of(application))
    if application.status == "draft":
        takes = application.round.status == "open" and takes_applications(application.round.dates, now)
        return render_template("crowdfund/rounds/edit_application.html", **page, takes=takes)
    award = of_subject(application.name)
    return render_template(
        "crowdfund/rounds/show_application.html",
        **page,
        award=award if award is not None and award.is_public else None,
        is_unsealed=application.round.is_unsealed(now),
        may_take_back=_may_take_back(application),
        letter=url_for("rounds.show_letter", application_id=application.id),
    )


@bp.get("/applications/<int:application_id>/edit/<step>")
@for_applicants
def edit_step(application: Application, step: str) -> ResponseReturnValue:
    """One step as it stands."""
    progress = _progress(application, step)
    form = _form_of(progress, step, filled=True)
    form.seen.data = steps.mark(application, form)
    return _step_page(progress, step, form)


@bp.post("/applications/<int:application_id>/edit/<step>")
@for_applicants
@takes_uploads(PAPER)
def save_step(application: Application, step: str) -> ResponseReturnValue:
    """Keep a step; refuses to overwrite what somebody else changed meanwhile."""
    progress = _progress(application, step)
    form = _form_of(progress, step)
    if not form.validate():
        return _step_page(progress, step, form), 422
    if isinstance(form, RefereeForm):
        return _save_referee(progress, form)
    if refused := steps.keep(application, form):
        fresh = Progress(steps.again(Application, application.id), clock.now())
        return _step_page(fresh, step, form, is_stale=steps.is_stale(refused)), 409
    return _after_saving(progress, step)


@bp.get("/applications/<int:application_id>/letter")
@for_applicants
def show_letter(application: Application) -> ResponseReturnValue:
    """The letter of whoever knows an individual applicant, as a download."""
    letter = queries.referee_file(application)
    if letter is None:
        raise NotFound()
    return files.send_private(letter)


def _save_referee(progress: Progress, form: RefereeForm) -> ResponseReturnValue:
    application = progress.application
    if form.letter.data is None and application.referee_file_id is None:
        form.letter.errors = [_("Choose the letter.")]
        return _step_page(progress, "referee", form), 422
    number = application.id
    with saving(form) as saved:
        applying.keep_letter(
            application, form.letter.data, referee=form.referee.data, seen=form.seen.data, by=me(), now=clock.now()
        )
    if saved.ok:
        return _after_saving(progress, "referee")
    fresh = steps.again(Application, number)
    form.seen.data = steps.mark(fresh, form)
    is_stale = bool(form.form_errors)
    return _step_page(Progress(fresh, clock.now()), "referee", form, is_stale=is_stale), 409 if is_stale else 422


def _after_saving(progress: Progress, step: str) -> ResponseReturnValue:
    number, following = progress.application.id, progress.following(step)
    if request.form.get("act") == "next" and following is not None:
        return see_other("rounds.edit_step", application_id=number, step=following)
    flash(_("Saved: %(step)s.", step=TITLES[step]), "success")
    return see_other("rounds.show_application", application_id=number)


def _progress(application: Application, step: str) -> Progress:
    """What is known of the draft; raises NotADraft where it was sent, and NotFound for a step that it does not have."""
    if application.status != "draft":
        raise applying.NotADraft(location=url_for("rounds.show_application", application_id=application.id))
    progress = Progress(application, clock.now())
    if step not in progress.steps:
        raise NotFound()
    return progress


def _form_of(progress: Progress, step: str, *, filled: bool = False) -> StepForm:
    application = progress.application
    if step in ("public", "assessors"):
        return answers_form(progress.questions(step), application.answers if filled else None)
    if step == "money":
        return _money_form(progress, filled=filled)
    if step == "project":
        return ProjectForm(obj=application) if filled else ProjectForm()
    return RefereeForm(data={"referee": application.referee}) if filled else RefereeForm()


def _money_form(progress: Progress, *, filled: bool) -> MoneyForm:
    form, round_ = MoneyForm(), progress.application.round
    form.tier.choices = [(each.id, Words(each.title, round_.language)) for each in round_.tiers]
    if progress.asks_turnover:
        form.with_turnover()
    else:
        form.without_turnover()
    if filled:
        form.fill(progress.application)
    return form


def _step_page(progress: Progress, step: str, form: StepForm, *, is_stale: bool = False) -> str:
    application = progress.application
    more: dict[str, Any] = {}
    if step == "money" and application.campaign is not None:
        more["budget"] = budget_of(application.campaign)
    if step == "referee":
        more["letter"] = queries.referee_file(application)
    return render_template(
        "crowdfund/rounds/edit_step.html",
        **page_of(application, progress.now),
        step=step,
        form=form,
        is_stale=is_stale,
        editor=steps.editor_of(application),
        **more,
    )


def _may_take_back(application: Application) -> bool:
    closes = application.round.applications_close_at
    return application.status == "submitted" and closes is not None and clock.now() < closes
