"""What test grants bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.challenge.testing import jobs, manage, refusals, views
from civic.challenge.testing.access import may_see_desk
from civic.challenge.testing.checks import CHECKS
from civic.challenge.testing.listeners import LISTENERS
from civic.challenge.testing.notices import NOTICES
from civic.challenge.testing.people_data import CARDS
from civic.challenge.testing.subjects import SUBJECTS
from civic.core.manifest import Manifest, StaffTask

manifest = Manifest(
    name="challenge_testing",
    blueprints=[views.bp, manage.bp],
    listeners=LISTENERS,
    jobs=[jobs.chase_milestones],
    periodic=[(jobs.chase_milestones, "20 * * * *")],
    staff_tasks=[StaffTask(_l("Test grants"), "manage_testing.list_tests", may_see_desk)],
    subjects=SUBJECTS,
    notices=NOTICES,
    checks=CHECKS,
    personal_data=CARDS,
    constraints={
        "uq_test_grant_application_id": ("", refusals.AlreadyOffered.sentence),
        "uq_test_change_open": ("", refusals.OneChangeAtATime.sentence),
        "uq_test_change_yes_change_id_person_id": ("", refusals.SpeaksAlready.sentence),
    },
)
