"""What requests bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.core import clock
from civic.core.clock import london_today
from civic.core.manifest import Manifest, PersonalData, StaffTask
from civic.requests import access, jobs, manage, models, queries, views

manifest = Manifest(
    name="requests",
    blueprints=[views.bp, manage.bp],
    jobs=[jobs.forget_contacts],
    periodic=[(jobs.forget_contacts, "45 3 * * *")],
    messages=["requests/received", "requests/moved"],
    staff_tasks=[
        StaffTask(
            _l("Requests for formats"),
            "manage_requests.list_requests",
            access.may_handle_requests,
            waiting=lambda: queries.waiting(london_today(clock.now())),
        )
    ],
    personal_data=[
        PersonalData(
            models.FormatRequest,
            "requester_id",
            title=_l("Formats and languages you asked for"),
            fields=_l("What you asked for, your name, address, email address or phone number, and what we did"),
            purpose=_l("To make what you asked for, and to send it to you"),
            basis=_l("Legal obligation"),
            keep=_l(
                "Name, addresses, number and the link to your account are deleted 30 days after it is done, unless the "
                "site is set otherwise; what was asked for stays"
            ),
        ),
        PersonalData(
            models.FormatRequest,
            "taken_by_id",
            title=_l("Requests you wrote down for somebody"),
            fields=_l("That you wrote it down"),
            purpose=_l("So that colleagues know whom to ask"),
            basis=_l("Public task"),
            keep=_l("As long as the request is kept; without your name once your account is deleted"),
        ),
    ],
)
