"""What other formats bring to the house."""

from flask_babel import lazy_gettext as _l

from civic.core.advice import Adviser
from civic.core.manifest import Manifest, PersonalData, StaffTask
from civic.formats import access, jobs, manage, views
from civic.formats.advising import advise
from civic.formats.checks import nothing_is_lost
from civic.formats.models import Slot
from civic.formats.queries.files import failures

manifest = Manifest(
    name="formats",
    blueprints=[views.bp, manage.bp],
    jobs=[jobs.make_format, jobs.tidy_formats],
    periodic=[(jobs.tidy_formats, "10 4 * * *")],
    checks=[nothing_is_lost],
    advisers=[Adviser("formats", advise)],
    staff_tasks=[StaffTask(_l("Other formats"), "manage_formats.show_tools", access.may_see_tools, failures)],
    constraints={
        "uq_format_slot_about_kind_language": ("kind", _l("There is one already in this language. Change that one.")),
    },
    personal_data=[
        PersonalData(
            Slot,
            person="author_id",
            title=_l("Versions that you made by hand"),
            fields=_l("That you began an Easy Read version, a film in sign language or a recording, and when"),
            purpose=_l("So that colleagues know whom to ask about it"),
            basis=_l("Public task"),
            keep=_l("As long as the version is kept; without your name once your account is deleted"),
        ),
    ],
)
