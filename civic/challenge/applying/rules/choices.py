"""The codes that may stand in the database; their words stand in wording."""

CALL_STATES = ("draft", "open", "assessing", "shortlisted", "matched", "closed")
SEALED = ("draft", "open")
"""Until the deadline has passed nobody but a startup's own people reads an application, by any route."""
APPLICATION_STATES = (
    "draft",
    "submitted",
    "ineligible",
    "not_shortlisted",
    "shortlisted",
    "unmatched",
    "matched",
    "lost",
    "withdrawn",
)
ENDED = ("ineligible", "not_shortlisted", "unmatched", "lost", "withdrawn")
STAGES = ("idea", "prototype", "first_users", "growing")
CAPABILITIES = (
    "software",
    "hardware",
    "data",
    "service",
    "research",
    "community",
    "care",
    "energy",
    "transport",
    "finance",
)
