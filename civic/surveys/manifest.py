"""What surveys bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, PersonalData, StaffTask
from civic.surveys import manage
from civic.surveys.access import may_build_surveys
from civic.surveys.importing.command import import_survey
from civic.surveys.models.survey import Survey

manifest = Manifest(
    name="surveys",
    blueprints=[manage.bp],
    commands=[import_survey],
    personal_data=[
        PersonalData(
            Survey,
            person="owner_id",
            title=_l("Surveys you are responsible for"),
            fields=_l("That you are named as the person responsible for a survey"),
            purpose=_l("So that colleagues know whom to ask about a survey"),
            basis=_l("Public task"),
            keep=_l("As long as the survey is kept, or until somebody else takes it over"),
        ),
    ],
    constraints={
        "uq_survey_slug": ("slug", _l("Another survey already has this address. Choose a different one.")),
        "ck_survey_slug": ("slug", _l("Use small letters, digits and single hyphens only.")),
        "ck_survey_dates": ("closes_at", _l("The closing date must be after the opening date.")),
        "uq_survey_version_draft": (
            "",
            _l("Somebody else began a new version at the same moment. Open the survey again to see it."),
        ),
        "ck_survey_version_pinned": ("", _l("This version has gone live and can no longer change.")),
    },
    staff_tasks=[StaffTask(_l("Surveys"), "manage_surveys.list_surveys", may_build_surveys)],
)
