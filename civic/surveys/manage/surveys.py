"""The list of surveys, a new one, an imported one, the survey itself and its settings."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.doors import allowed
from civic.core.i18n import LANGUAGES, Words
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history
from civic.surveys import explaining, words
from civic.surveys.access import may_build, may_build_surveys
from civic.surveys.actions import building
from civic.surveys.actions.importing import import_survey
from civic.surveys.forms.building import CreateSurveyForm, ImportForm, SettingsForm
from civic.surveys.importing.report import LEFT, Unreadable, unreadable_sentence
from civic.surveys.importing.safety import MOST_BYTES
from civic.surveys.manage import bp
from civic.surveys.manage.desk import Desk, keeping, on_desk
from civic.surveys.models.survey import Survey
from civic.surveys.queries import surveys as queries
from civic.surveys.rules.faults import faults
from civic.surveys.rules.lint import estimated_minutes

OWN_TEXTS = ("title", "summary", "purpose")
PLAIN_SETTINGS = ("who_may_answer", "anonymity", "one_answer_each", "suppress_below", "slug")


@bp.get("")
@allowed(may_build_surveys)
def list_surveys() -> str:
    """Every survey, the newest first."""
    page = page_of(queries.all_surveys(), [Survey.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template("surveys/manage/list_surveys.html", page=page, now=clock.now())


@bp.get("/new")
@allowed(may_build_surveys)
def new_survey() -> str:
    """The form for a new survey."""
    return render_template("surveys/manage/new_survey.html", form=CreateSurveyForm())


@bp.post("")
@allowed(may_build_surveys)
def create_survey() -> ResponseReturnValue:
    """Begin a survey as a draft with one empty section."""
    form = CreateSurveyForm()
    if form.validate():
        language, title = form.language.data, form.title.data
        slug = form.slug.data or queries.free_slug(title)
        beginning = building.Beginning(
            {language: title}, slug, building.empty_questionnaire((language,), _("Questions"))
        )
        with keeping(form) as kept:
            building.create_survey(beginning, by=me(), now=clock.now())
        if kept.ok:
            return see_other("manage_surveys.show_survey", slug=slug)
    return render_template("surveys/manage/new_survey.html", form=form), 422


@bp.get("/import")
@allowed(may_build_surveys)
def new_import() -> str:
    """The form for an XLSForm to import."""
    return render_template("surveys/manage/new_import.html", form=ImportForm())


@bp.post("/imports")
@allowed(may_build_surveys)
def create_import() -> ResponseReturnValue:
    """Make a draft survey from an XLSForm, or say why nothing was imported."""
    form = ImportForm()
    if form.validate():
        upload = form.file.data
        assert upload is not None, "the form wants a file"
        data = upload.stream.read(MOST_BYTES + 1)
        name = (upload.filename or "").rsplit(".", 1)[0][:80]
        slug = ""
        try:
            with keeping(form) as kept:
                survey, _imported = import_survey(data, name=name, slug=form.slug.data or "", by=me(), now=clock.now())
                slug = survey.slug
            if kept.ok:
                return see_other("manage_surveys.show_import", slug=slug)
        except Unreadable as error:
            form.file.errors = [*form.file.errors, _unreadable(error)]
    return render_template("surveys/manage/new_import.html", form=form), 422


@bp.get("/<slug>/import")
@allowed(may_build, on=on_desk)
def show_import(desk: Desk) -> str:
    """What an import could not carry over, line by line."""
    kept = desk.survey.imported or {"file": "", "left": []}
    lines = [
        (sheet, row, column, str(LEFT[code]) % {"detail": detail})
        for sheet, row, column, code, detail in kept["left"]
        if code in LEFT
    ]
    return render_template("surveys/manage/show_import.html", desk=desk, file=kept["file"], lines=lines)


@bp.get("/<slug>")
@allowed(may_build, on=on_desk)
def show_survey(desk: Desk) -> str:
    """The survey with its sections and questions, and what can be done next."""
    return render_template(
        "surveys/manage/show_survey.html",
        desk=desk,
        survey=desk.survey,
        faults=[explaining.fault_sentence(desk.questionnaire, fault) for fault in faults(desk.questionnaire)],
        minutes=estimated_minutes(desk.questionnaire),
        kinds=words.KIND_NAMES,
        in_words=lambda condition: explaining.condition_in_words(desk.questionnaire, condition),
        live=queries.live_version(desk.survey),
        moves=history(desk.survey),
        now=clock.now(),
    )


@bp.get("/<slug>/settings")
@allowed(may_build, on=on_desk)
def edit_settings(desk: Desk) -> str:
    """The form for what stands around the questionnaire."""
    return _settings_page(desk, _settings_form(desk))


@bp.post("/<slug>/settings")
@allowed(may_build, on=on_desk)
def update_settings(desk: Desk) -> ResponseReturnValue:
    """Keep the settings, unless somebody else changed them meanwhile."""
    form = _settings_form(desk)
    if not form.validate():
        return _settings_page(desk, form), 422
    survey = desk.survey
    changes = {name: form[name].data for name in PLAIN_SETTINGS if name in form}
    changes |= {name: {**getattr(survey, name), desk.language: form[name].data} for name in OWN_TEXTS}
    changes["languages"] = [desk.language, *(code for code in form.languages.data or [] if code != desk.language)]
    typed = form.edition.data or ""
    edition = int(typed) if typed.isdecimal() and len(typed) < 16 else 0
    with keeping(form) as kept:
        building.change_settings(survey, changes, edition=edition, by=me(), now=clock.now())
    if kept.ok:
        flash(_("The settings were saved."), "success")
        return see_other("manage_surveys.show_survey", slug=form.slug.data if "slug" in form else survey.slug)
    fresh = on_desk(request.view_args["slug"]) or desk  # type: ignore[index]
    form.edition.data = str(fresh.survey.version_id)
    return _settings_page(fresh, form), kept.status


def _settings_form(desk: Desk) -> SettingsForm:
    survey = desk.survey
    data = {name: getattr(survey, name) for name in PLAIN_SETTINGS}
    data |= {name: getattr(survey, name).get(desk.language, "") for name in OWN_TEXTS}
    data |= {"languages": survey.languages[1:], "edition": str(survey.version_id)}
    form = SettingsForm(data=data)
    known = [*LANGUAGES, *(code for code in survey.languages if code not in LANGUAGES)]
    form.languages.choices = [(code, _language_name(code)) for code in known if code != desk.language]
    if survey.status != "draft":
        for name in building.DRAFT_SETTINGS:
            del form[name]
    return form


def _settings_page(desk: Desk, form: SettingsForm) -> str:
    return render_template("surveys/manage/edit_settings.html", desk=desk, survey=desk.survey, form=form)


def _language_name(code: str) -> Words:
    return Words(LANGUAGES[code].name if code in LANGUAGES else code, code)


def _unreadable(error: Unreadable) -> str:
    sentence = _("Nothing was imported. %(reason)s", reason=unreadable_sentence(error))
    return sentence + (
        " " + _("(Sheet “%(sheet)s”, row %(row)s.)", sheet=error.sheet, row=error.row) if error.row else ""
    )
