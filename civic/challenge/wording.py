"""How the challenge's codes are called on pages."""

from types import SimpleNamespace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.places import borough

THEMES = {
    "environment": _l("Environment and climate"),
    "getting_around": _l("Getting around"),
    "homes": _l("Homes"),
    "health": _l("Health and care"),
    "money_work": _l("Money and work"),
    "together": _l("Living together"),
    "safety": _l("Safety"),
    "digital": _l("Digital services"),
}
PROBLEM_STATES = {
    "open": _l("Open"),
    "merged": _l("Merged"),
    "answered": _l("Answered"),
    "taken_up": _l("Taken up"),
    "not_taken_up": _l("Not taken up"),
}
PROBLEM_COLOURS = {"open": "", "merged": "grey", "answered": "purple", "taken_up": "green", "not_taken_up": "grey"}
PROBLEM_SORTS = {"supported": _l("Most supported"), "newest": _l("Newest"), "oldest": _l("Oldest")}
PROBLEM_VERBS = {
    "merge": _l("Merge it into another problem"),
    "answer": _l("Answer it"),
    "take_up": _l("Take it up with a challenge"),
    "decline": _l("Do not take it up"),
    "reopen": _l("Open it again"),
}
PROBLEM_MOVES = {
    "merge": _l("Merged into another problem"),
    "answer": _l("Answered"),
    "take_up": _l("Taken up"),
    "decline": _l("Not taken up"),
    "reopen": _l("Opened again"),
}
PROGRAMME_STATES = {"draft": _l("Draft"), "announced": _l("Announced"), "closed": _l("Ended")}
PROGRAMME_VERBS = {
    "announce": _l("Announce this programme"),
    "close": _l("End this programme"),
    "reopen": _l("Open this programme again"),
}
CHALLENGE_STATES = {
    "draft": _l("Draft"),
    "commenting": _l("Brief open for comment"),
    "considering": _l("Comments being considered"),
    "final": _l("Final brief"),
    "closed": _l("Ended"),
}
CHALLENGE_COLOURS = {"draft": "grey", "commenting": "", "considering": "yellow", "final": "green", "closed": "grey"}
PARTNER_KINDS = {
    "public_body": _l("Public body"),
    "borough": _l("Borough council"),
    "health": _l("Health service"),
    "company": _l("Company"),
    "bank": _l("Bank"),
    "charity": _l("Charity"),
    "university": _l("University"),
}
FACT_KINDS = {"date": _l("Dates"), "sum": _l("Money"), "figure": _l("Figures"), "outcome": _l("What came of it")}
REMARK_RESULTS = {"changed": _l("The brief was changed"), "not_changed": _l("The brief was not changed")}
BRIEF_PARTS = {
    "statement": _l("The problem"),
    "success": _l("What success is"),
    "adoption": _l("Route to adoption"),
    "pilot_sites": _l("Where it can be tried out"),
    "data_offered": _l("Data on offer"),
    "criteria": _l("How answers are judged"),
}

challenge_words = SimpleNamespace(
    themes=THEMES,
    problems=PROBLEM_STATES,
    problem_colours=PROBLEM_COLOURS,
    problem_sorts=PROBLEM_SORTS,
    problem_moves=PROBLEM_MOVES,
    programmes=PROGRAMME_STATES,
    programme_verbs=PROGRAMME_VERBS,
    challenges=CHALLENGE_STATES,
    challenge_colours=CHALLENGE_COLOURS,
    partners=PARTNER_KINDS,
    facts=FACT_KINDS,
    results=REMARK_RESULTS,
    parts=BRIEF_PARTS,
)
"""The same for templates."""


def place_name(gss: str) -> str:
    """Where a problem is: a borough by its code, or all London."""
    place = borough(gss)
    return place.name if place else _("All London")
