"""What discussions bring to the house."""

from civic.core.manifest import Manifest
from civic.discussions import jobs
from civic.discussions.actions import counts, telling
from civic.discussions.commands import recount_discussions
from civic.discussions.given import ACTIVITIES, CONTRIBUTIONS
from civic.discussions.moderated import MODERATED
from civic.discussions.notices import NOTICES
from civic.discussions.people_data import CARDS

manifest = Manifest(
    name="discussions",
    jobs=[telling.tell_of_comment, telling.tell_of_thread, telling.tell_of_idea, jobs.sweep],
    periodic=[(jobs.sweep, "20 3 * * *")],
    personal_data=CARDS,
    checks=[counts.wrong_counts],
    commands=[recount_discussions],
    moderated=MODERATED,
    notices=NOTICES,
    activities=ACTIVITIES,
    contributions=CONTRIBUTIONS,
)
