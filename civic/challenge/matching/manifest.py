"""What matching brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.challenge.matching import jobs, manage, models, views
from civic.challenge.matching.access import may_look
from civic.challenge.matching.checks import CHECKS
from civic.challenge.matching.commands import challenge_match
from civic.challenge.matching.notices import NOTICES
from civic.challenge.matching.people_data import CARDS
from civic.challenge.matching.queries.due import what_waits
from civic.challenge.matching.wording import challenge_match_words
from civic.core.manifest import Manifest, StaffTask

manifest = Manifest(
    name="challenge_matching",
    blueprints=[views.bp, manage.bp],
    jobs=[jobs.ask_for_lists],
    periodic=[(jobs.ask_for_lists, "*/10 * * * *")],
    personal_data=CARDS,
    checks=CHECKS,
    commands=[challenge_match],
    notices=NOTICES,
    staff_tasks=[
        StaffTask(_l("Matching startups and challenges"), "manage_challenge_matching.list_calls", may_look, what_waits)
    ],
    template_globals={"challenge_match_words": challenge_match_words},
)

__all__ = ["manifest", "models"]
