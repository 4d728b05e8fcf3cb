"""What applying brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.challenge.applying import jobs, listeners, manage, views
from civic.challenge.applying.access import may_run
from civic.challenge.applying.checks import CHECKS
from civic.challenge.applying.notices import NOTICES
from civic.challenge.applying.people_data import CARDS
from civic.challenge.applying.queries.waiting import unanswered
from civic.challenge.applying.refusals import AppliedAlready, InterviewThere
from civic.challenge.applying.subjects import SUBJECTS
from civic.challenge.applying.views.acting import act_for
from civic.challenge.applying.wording import ApplyingWords
from civic.core.manifest import Manifest, StaffTask

manifest = Manifest(
    name="challenge_applying",
    blueprints=[views.bp, manage.desk],
    listeners=listeners.LISTENERS,
    jobs=[jobs.unseal_calls, jobs.remind_writers],
    periodic=[(jobs.unseal_calls, "* * * * *"), (jobs.remind_writers, "*/10 * * * *")],
    subjects=SUBJECTS,
    personal_data=CARDS,
    checks=CHECKS,
    notices=NOTICES,
    messages=["challenge/application_received", "challenge/application_reminder"],
    staff_tasks=[StaffTask(_l("Calls for startups"), "manage_applying.list_calls", may_run, unanswered)],
    constraints={
        "uq_challenge_application_startup": ("", AppliedAlready.sentence),
        "uq_challenge_interview_application": ("", InterviewThere.sentence),
    },
    template_globals={"applying_words": ApplyingWords, "applying_act_for": act_for, "may_run_calls": may_run},
)
