"""What surveys bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.accounts.events import SignedIn
from civic.core.manifest import Manifest, PersonalData, StaffTask, Way
from civic.places import BOROUGHS
from civic.surveys import jobs, manage, views
from civic.surveys.access import may_build_surveys
from civic.surveys.actions.counting import wrong_counts
from civic.surveys.assisted import jobs as assisted_jobs
from civic.surveys.assisted import manage as assisted_manage
from civic.surveys.assisted import queries as assisted_queries
from civic.surveys.assisted import views as assisted_views  # noqa: F401 - fills the surveys' room
from civic.surveys.assisted.access import may_type_answers
from civic.surveys.assisted.people_data import CARDS as ASSISTED_CARDS
from civic.surveys.checked import ADVISERS, CHECKED
from civic.surveys.commands import recount_survey
from civic.surveys.contributing import ACTIVITY, CONTRIBUTION
from civic.surveys.importing.command import import_survey
from civic.surveys.models.response import Draft, Participation, Response
from civic.surveys.models.survey import Survey
from civic.surveys.queries.surveys import results_to_publish
from civic.surveys.readable import SURVEY
from civic.surveys.readable_results import RESULTS
from civic.surveys.translating import TRANSLATABLES
from civic.surveys.views.browser import attach_to_account

manifest = Manifest(
    name="surveys",
    readables=[SURVEY, RESULTS],
    blueprints=[views.bp, manage.bp, assisted_manage.bp],
    commands=[import_survey, recount_survey],
    listeners={SignedIn: [attach_to_account]},
    jobs=[jobs.forget_drafts, jobs.mix_participation, assisted_jobs.forget_typed],
    periodic=[
        (jobs.forget_drafts, "20 3 * * *"),
        (jobs.mix_participation, "40 3 * * *"),
        (assisted_jobs.forget_typed, "25 3 * * *"),
    ],
    checks=[wrong_counts, assisted_queries.wrong_numbers],
    messages=["surveys/draft_link"],
    template_globals={"boroughs": BOROUGHS},
    ways=[
        Way(
            _l("Surveys"),
            "surveys.list_surveys",
            _l("Answer questions about London, and see what others said."),
            ("surveys",),
        )
    ],
    personal_data=[
        PersonalData(
            Response,
            person="person_id",
            title=_l("Your answers in surveys with names"),
            fields=_l("What you answered, the day, the language, how you answered, and your borough at that time"),
            purpose=_l("To take your answers into account, and to let you change or withdraw them"),
            basis=_l("Public task"),
            keep=_l("As long as the survey is kept; without your name once your account is deleted"),
        ),
        PersonalData(
            Participation,
            person="person_id",
            title=_l("Which surveys you took part in"),
            fields=_l(
                "That you took part; in anonymous surveys neither the day nor anything that leads to your answers"
            ),
            purpose=_l("So that nobody is counted twice"),
            basis=_l("Public task"),
            keep=_l("As long as the survey is kept"),
        ),
        PersonalData(
            Draft,
            person="person_id",
            title=_l("Answers you saved and have not sent"),
            fields=_l("Your answers so far, and when you last changed them"),
            purpose=_l("So that you can come back and go on"),
            basis=_l("Public task"),
            keep=_l("Until you send or delete them, at most 60 days after your last change"),
        ),
        PersonalData(
            Survey,
            person="owner_id",
            title=_l("Surveys you are responsible for"),
            fields=_l("That you are named as the person responsible for a survey"),
            purpose=_l("So that colleagues know whom to ask about a survey"),
            basis=_l("Public task"),
            keep=_l("As long as the survey is kept, or until somebody else takes it over"),
        ),
        *ASSISTED_CARDS,
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
    activities=[ACTIVITY],
    checked=CHECKED,
    advisers=ADVISERS,
    contributions=[CONTRIBUTION],
    translatables=TRANSLATABLES,
    staff_tasks=[
        StaffTask(_l("Surveys"), "manage_surveys.list_surveys", may_build_surveys, results_to_publish),
        StaffTask(
            _l("Answers on paper and by phone"), "assisted.list_surveys", may_type_answers, assisted_queries.waiting
        ),
    ],
)
