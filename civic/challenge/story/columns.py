"""What every column of the programme's data means."""

from typing import Any

from flask_babel import lazy_gettext as _l

CHALLENGES: list[tuple[str, Any]] = [
    ("programme", _l("Title of the programme")),
    ("year", _l("Its year")),
    ("challenge_url", _l("Address of the challenge, which never changes")),
    ("challenge", _l("Title of the challenge, in the language it was written in")),
    ("language", _l("That language")),
    ("theme", _l("What it is about, as a code")),
    ("partner", _l("The organisation that owns it; empty where it is not known")),
    ("applications", _l("How many were sent and not withdrawn")),
    ("ineligible", _l("How many of them did not meet the conditions")),
    ("finalists", _l("How many came onto the shortlist")),
    ("matched", _l("How many were matched with the partner")),
]
FINALISTS: list[tuple[str, Any]] = [
    ("programme", _l("Title of the programme")),
    ("challenge_url", _l("Address of the challenge, which never changes")),
    ("challenge", _l("Title of the challenge, in the language it was written in")),
    ("partner", _l("The organisation that owns it; empty where it is not known")),
    ("startup", _l("Name of the startup")),
    ("company_number", _l("Its number in its register; empty where it is not known")),
    ("state", _l("shortlisted, unmatched, matched or lost")),
    ("grant", _l("What its test was given, in pounds; empty where nothing was decided")),
    ("decision", _l("Number of the decision that gave it")),
    ("paid", _l("What of it was paid, in pounds")),
    ("milestones", _l("How many steps were agreed")),
    ("milestones_reached", _l("How many of them the partner signed off")),
    ("test_state", _l("Where the test stands")),
    ("outcome_6", _l("In use after 6 months: yes, partly, no, or empty where nothing is published")),
    ("outcome_12", _l("The same after 12 months")),
    ("outcome_24", _l("The same after 24 months")),
    ("note", _l("What of these facts stands in public sources, and what is an example or not known")),
]
