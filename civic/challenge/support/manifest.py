"""What support brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.challenge.support import jobs, manage, views
from civic.challenge.support.access import may_run
from civic.challenge.support.checks import CHECKS
from civic.challenge.support.notices import NOTICES
from civic.challenge.support.people_data import CARDS
from civic.challenge.support.queries.mentors import how_many_offers_wait
from civic.challenge.support.queries.outcomes import how_many_wait
from civic.challenge.support.refusals import TimeTaken
from civic.challenge.support.wording import language_names, support_words
from civic.core.errors import Conflict
from civic.core.manifest import Manifest, StaffTask

manifest = Manifest(
    name="challenge_support",
    blueprints=[views.bp, manage.bp],
    jobs=[jobs.remind, jobs.ask_for_outcomes, jobs.forget],
    periodic=[
        (jobs.remind, "*/15 * * * *"),
        (jobs.ask_for_outcomes, "10 6 * * *"),
        (jobs.forget, "25 3 * * *"),
    ],
    template_globals={"support_words": support_words, "language_names": language_names},
    staff_tasks=[
        StaffTask(
            _l("Support of startups"),
            "manage_challenge_support.list_programmes",
            may_run,
            lambda: how_many_offers_wait() + how_many_wait(),
        )
    ],
    constraints={
        "ex_support_session_host": ("starts_at", TimeTaken.sentence),
        "ex_support_session_startup": ("starts_at", TimeTaken.sentence),
        "uq_demo_day_programme_id": ("", Conflict.sentence),
        "uq_mentoring_pair": ("", _l("This mentor helps this startup already, or was asked to.")),
        "uq_mentor_programme_id_person_id": (
            "title",
            _l("This person is a mentor in this programme already, or has been asked."),
        ),
    },
    personal_data=CARDS,
    checks=CHECKS,
    notices=NOTICES,
)
