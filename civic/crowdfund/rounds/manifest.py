"""What the Mayor's pledge brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.accounts.access import acting_roles
from civic.core.manifest import Manifest, StaffTask
from civic.crowdfund.rounds import jobs, listeners, manage, views
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.checked import CHECKED
from civic.crowdfund.rounds.people_data import CARDS
from civic.crowdfund.rounds.queries.applications import waiting_expressions
from civic.crowdfund.rounds.rules.answers import words_in
from civic.crowdfund.rounds.subjects import SUBJECTS
from civic.crowdfund.rounds.translating import TRANSLATABLES
from civic.crowdfund.rounds.views.linking import rounds_for
from civic.crowdfund.rounds.wording import RoundWords
from civic.grants.access import may_see_grants

manifest = Manifest(
    name="rounds",
    blueprints=[views.bp, manage.desk],
    listeners=listeners.LISTENERS,
    jobs=[jobs.look_after_rounds, jobs.remind_writers],
    periodic=[(jobs.look_after_rounds, "* * * * *"), (jobs.remind_writers, "*/10 * * * *")],
    subjects=SUBJECTS,
    checked=CHECKED,
    personal_data=CARDS,
    translatables=TRANSLATABLES,
    messages=[
        "crowdfund/application_received",
        "crowdfund/application_reminder",
        "crowdfund/application_ruled_out",
        "crowdfund/application_turned_down",
        "crowdfund/expression_answered",
    ],
    staff_tasks=[
        StaffTask(
            _l("Rounds of the Mayor’s pledge"),
            "round_desk.list_rounds",
            may_see_grants,
            lambda: waiting_expressions(tuple(acting_roles())),
        )
    ],
    constraints={"uq_round_application_campaign": ("", applying.AppliedAlready.sentence)},
    template_globals={"round_words": RoundWords, "rounds_for": rounds_for, "words_in": words_in},
)
