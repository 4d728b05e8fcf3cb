"""What consultations bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.consultations import access, jobs, manage, views
from civic.consultations.actions import linking, telling
from civic.consultations.checked import CHECKED
from civic.consultations.checks import unsound_answers, wrong_counts
from civic.consultations.notices import NOTICES
from civic.consultations.people_data import CARDS
from civic.consultations.queries.consultations import owing
from civic.consultations.readable import CONSULTATION
from civic.consultations.translating import TRANSLATABLES
from civic.core.manifest import Manifest, StaffTask, Way

manifest = Manifest(
    name="consultations",
    readables=[CONSULTATION],
    blueprints=[views.bp, manage.bp],
    jobs=[jobs.step_consultations, telling.tell_outcome, linking.link_rest],
    periodic=[(jobs.step_consultations, "*/5 * * * *")],
    checks=[wrong_counts, unsound_answers],
    notices=NOTICES,
    checked=CHECKED,
    personal_data=CARDS,
    translatables=TRANSLATABLES,
    ways=[
        Way(
            _l("Consultations"),
            "consultations.list_consultations",
            _l("Help to shape decisions before they are made, and see what came of it."),
            ("consultations",),
        )
    ],
    staff_tasks=[StaffTask(_l("Consultations"), "manage_consultations.list_consultations", access.may_look, owing)],
    constraints={
        "uq_consultation_slug": ("slug", _l("Another consultation already has this address. Choose a different one.")),
        "ck_consultation_slug": ("slug", _l("Use small letters, digits and single hyphens only.")),
        "ck_consultation_dates": ("closes_at", _l("The closing date must be after the opening date.")),
        "ck_consultation_formative": (
            "decision_maker",
            _l("Once it is announced, it must say who decides and what can still change."),
        ),
        "uq_consultation_activity_name": ("activity", _l("This belongs to another consultation already.")),
    },
)
