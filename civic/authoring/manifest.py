"""What help for authors brings to the house."""

from flask_babel import lazy_gettext as _l

from civic.accounts.access import is_staff
from civic.authoring import manage, queries, views
from civic.authoring.people_data import CARDS
from civic.core.manifest import Manifest, StaffTask

manifest = Manifest(
    name="authoring",
    blueprints=[views.bp, manage.bp],
    staff_tasks=[StaffTask(_l("Languages of the site"), "manage_languages.list_languages", is_staff)],
    personal_data=CARDS,
    template_globals={"advice_on": queries.report, "typed_reason": views.typed_reason},
)
