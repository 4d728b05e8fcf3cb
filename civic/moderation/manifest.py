"""What moderation brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.manifest import Manifest, StaffTask
from civic.moderation import checks, jobs, manage, refusals, views
from civic.moderation.access import may_moderate
from civic.moderation.notices import NOTICES
from civic.moderation.people_data import CARDS
from civic.moderation.queries.periods import period_at
from civic.moderation.queries.queue import waiting_for_moderators
from civic.moderation.wording import house_rule

manifest = Manifest(
    name="moderation",
    blueprints=[views.bp, manage.bp],
    jobs=[jobs.forget],
    periodic=[(jobs.forget, "20 3 * * *")],
    checks=checks.CHECKS,
    constraints={
        "uq_moderation_appeal_decision_id": ("", refusals.AppealedBefore.sentence),
        "uq_moderation_appeal_suspension_id": ("", refusals.AppealedBefore.sentence),
        "ck_moderation_appeal_somebody_else": ("", refusals.NeedsSomebodyElse.sentence),
    },
    staff_tasks=[StaffTask(_l("To moderate"), "moderation_desk.list_cases", may_moderate, waiting_for_moderators)],
    notices=NOTICES,
    personal_data=CARDS,
    template_globals={"house_rule": house_rule, "election_period": lambda: period_at(clock.now())},
)
