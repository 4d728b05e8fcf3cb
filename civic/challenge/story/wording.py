"""How the steps of a programme are called on pages and in data."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic.core.i18n import format_number

STEPS = (
    _l("Applications"),
    _l("Assessment"),
    _l("Finalists"),
    _l("Tests with partners"),
    _l("What came of it"),
)
STEP_OF = {"draft": 0, "open": 0, "assessing": 1, "shortlisted": 2, "matched": 3, "closed": 4}
"""By the state of the call."""
CALLS = {
    "draft": _l("Applications have not opened yet"),
    "open": _l("Open for applications"),
    "assessing": _l("Being assessed"),
    "shortlisted": _l("Finalists chosen"),
    "matched": _l("Being tested"),
    "closed": _l("Tests have ended"),
}
CALL_COLOURS = {
    "draft": "grey",
    "open": "green",
    "assessing": "yellow",
    "shortlisted": "purple",
    "matched": "",
    "closed": "grey",
}
FINALISTS = {
    "shortlisted": _l("Finalist"),
    "unmatched": _l("Finalist, not matched"),
    "matched": _l("Matched"),
    "lost": _l("Matched, and ended before its test"),
}
FINALIST_COLOURS = {"shortlisted": "purple", "unmatched": "grey", "matched": "green", "lost": "grey"}

APPLICATIONS = {
    "draft": _l("Draft, not sent"),
    "submitted": _l("Sent"),
    "ineligible": _l("Does not meet the conditions"),
    "not_shortlisted": _l("Not shortlisted"),
    "withdrawn": _l("Withdrawn"),
    **FINALISTS,
}
APPLICATION_COLOURS = {
    "draft": "yellow",
    "submitted": "green",
    "ineligible": "grey",
    "not_shortlisted": "grey",
    "withdrawn": "grey",
    **FINALIST_COLOURS,
}
COLUMNS = (
    _l("Drafts"),
    _l("Sent"),
    _l("Not eligible"),
    _l("Not shortlisted"),
    _l("Shortlisted"),
    _l("Not matched"),
    _l("Matched"),
)
"""Of the pipeline, in the order of queries/pipeline.py."""
DUE = {
    "startup": _l("As a startup"),
    "partner": _l("As a partner"),
    "mentor": _l("As a mentor"),
    "manager": _l("As a manager"),
}
USES = {"yes": _l("In use"), "partly": _l("Partly in use"), "no": _l("Not in use")}
USE_COLOURS = {"yes": "green", "partly": "yellow", "no": "grey"}

story_words = SimpleNamespace(
    steps=STEPS,
    calls=CALLS,
    call_colours=CALL_COLOURS,
    finalists=FINALISTS,
    finalist_colours=FINALIST_COLOURS,
    applications=APPLICATIONS,
    application_colours=APPLICATION_COLOURS,
    columns=COLUMNS,
    due=DUE,
    uses=USES,
    use_colours=USE_COLOURS,
)


def uses_sentence(use: Any) -> str:
    """How many solutions are in use after some months, in one sentence that says the unknown too."""
    told = {name: format_number(getattr(use, name)) for name in ("months", "yes", "partly", "no")}
    told["all"] = format_number(use.yes + use.partly + use.no + use.unknown)
    if use.partly:
        said = _("After %(months)s months %(yes)s of %(all)s are in use, %(partly)s partly and %(no)s not.", **told)
    else:
        said = _("After %(months)s months %(yes)s of %(all)s are in use and %(no)s not.", **told)
    if not use.unknown:
        return said
    unknown = format_number(use.unknown)
    return f"{said} " + ngettext(
        "Of %(shown)s nothing is published.", "Of %(shown)s nothing is published.", use.unknown, shown=unknown
    )
