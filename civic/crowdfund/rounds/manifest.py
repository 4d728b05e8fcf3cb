"""What the Mayor's pledge brings to the house."""

from civic.core.manifest import Manifest
from civic.crowdfund.rounds import jobs, listeners
from civic.crowdfund.rounds.actions import applying
from civic.crowdfund.rounds.people_data import CARDS
from civic.crowdfund.rounds.subjects import SUBJECTS

manifest = Manifest(
    name="rounds",
    listeners=listeners.LISTENERS,
    jobs=[jobs.look_after_rounds],
    periodic=[(jobs.look_after_rounds, "* * * * *")],
    subjects=SUBJECTS,
    personal_data=CARDS,
    messages=[
        "crowdfund/application_ruled_out",
        "crowdfund/application_turned_down",
        "crowdfund/expression_answered",
    ],
    constraints={"uq_round_application_campaign": ("", applying.AppliedAlready.sentence)},
)
