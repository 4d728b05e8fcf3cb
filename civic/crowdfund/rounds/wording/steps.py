"""The steps of writing in words."""

from flask_babel import lazy_gettext as _l

from civic.accounts.wording import Words

TITLES: Words = {
    "money": _l("How much you ask for"),
    "project": _l("Your project"),
    "about": _l("Your idea in a few words"),
    "public": _l("Questions whose answers everybody can read"),
    "assessors": _l("Questions for the assessors"),
    "questions": _l("Questions about your idea"),
    "referee": _l("A letter from somebody who knows you"),
    "eligibility": _l("Conditions of the round"),
    "answers": _l("Read it through"),
}
STATES: Words = {"done": _l("Done"), "missing": _l("Something is missing"), "empty": _l("To do")}
COLOURS: dict[str, str] = {"missing": "red", "empty": "yellow"}
