"""What accessibility brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.accessibility import access, display, jobs, manage, models, queries, views
from civic.core.manifest import Manifest, PersonalData, StaffTask

manifest = Manifest(
    name="accessibility",
    blueprints=[views.bp, manage.bp],
    setup=[display.init_app],
    jobs=[jobs.forget_contacts],
    periodic=[(jobs.forget_contacts, "35 3 * * *")],
    messages=["accessibility/barrier_report_received", "accessibility/barrier_report_answered"],
    template_globals={"display": display.display},
    staff_tasks=[
        StaffTask(
            _l("Barrier reports"),
            "manage_accessibility.list_barriers",
            access.may_answer_barriers,
            waiting=queries.open_reports,
        )
    ],
    personal_data=[
        PersonalData(
            models.BarrierReport,
            "reporter_id",
            title=_l("Barriers you told us about"),
            fields=_l("What you wrote, the page it was about, and the email address or phone number you left"),
            purpose=_l("To remove the barrier, and to tell you what we did"),
            basis=_l("Legal obligation"),
            keep=_l(
                "Your address, your number and the link to your account are deleted 90 days after our answer; the report stays"
            ),
        ),
    ],
)
