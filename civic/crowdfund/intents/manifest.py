"""What wishes to pledge bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.manifest import Manifest, PersonalData, StaffTask
from civic.crowdfund.intents import jobs, manage, models, views

manifest = Manifest(
    name="intents",
    blueprints=[views.bp, manage.bp],
    jobs=[jobs.forget_intents],
    periodic=[(jobs.forget_intents, "55 3 * * *")],
    messages=["intents/invitation"],
    staff_tasks=[StaffTask(_l("Pledges by phone"), "manage_intents.list_intents", manage.may_take_intents)],
    personal_data=[
        PersonalData(
            models.PledgeIntent,
            "taken_by_id",
            title=_l("Wishes to pledge you wrote down for somebody"),
            fields=_l("That you wrote it down; the wish holds the name and address of the person until it ends"),
            purpose=_l("To send the person the way to pledge by themselves"),
            basis=_l("Legitimate interests"),
            keep=_l("Name and address are deleted after 30 days, or when the campaign closes"),
        )
    ],
)
