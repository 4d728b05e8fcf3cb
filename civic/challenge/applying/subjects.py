"""What applications are to the packages below, which know them by name alone."""

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.challenge.applying.models import KIND
from civic.challenge.applying.queries import applications as queries
from civic.core.manifest import Subject

SUBJECTS = [
    Subject(
        kind=KIND,
        label=_l("Application to a challenge"),
        url=lambda number: "",
        draw=lambda number: Markup(""),
        public_url=lambda number: "",
        parties=queries.parties,
        behind=queries.behind,
    )
]
