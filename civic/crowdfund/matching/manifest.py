"""What match funding brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, StaffTask
from civic.crowdfund.matching import access, checks, jobs, listeners, manage, views
from civic.crowdfund.matching.manage.waiting import what_waits
from civic.crowdfund.matching.people_data import CARDS
from civic.crowdfund.matching.queries.public import offers
from civic.crowdfund.matching.refusals import ProposedIt
from civic.crowdfund.matching.subjects import SUBJECTS
from civic.crowdfund.matching.wording import MatchWords

manifest = Manifest(
    name="matching",
    blueprints=[views.bp, manage.desk],
    listeners=listeners.LISTENERS,
    jobs=[jobs.look_for_signals, jobs.follow_pots],
    periodic=[(jobs.look_for_signals, "20 2 * * *")],
    checks=[*checks.CHECKS],
    staff_tasks=[StaffTask(_l("Match funding"), "match_desk.list_schemes", access.may_see_schemes, what_waits)],
    subjects=SUBJECTS,
    personal_data=CARDS,
    constraints={"ck_match_scheme_four_eyes": ("", ProposedIt.SENTENCE)},
    template_globals={"match_words": MatchWords, "match_offers": offers},
)
