"""The codes that may stand in the database; their words stand in wording."""

SUPPORTED = ("shortlisted", "matched")
"""Applications in these states are on their way: finalists and those who were matched get support."""
SEEN = ("shortlisted", "matched", "unmatched", "lost")
"""What was agreed with finalists stays readable for those who were there."""
TOPICS = (
    "procurement",
    "pricing",
    "data_protection",
    "accessibility",
    "evidence",
    "investment",
    "product",
    "users",
    "public_sector",
    "team",
)
WHO = ("startup", "mentor", "partner", "manager")
ACTION_STATES = ("open", "done", "dropped")

MENTOR_STATES = ("offered", "invited", "active", "declined", "ended")
PAIR_STATES = ("proposed", "active", "declined", "ended")
WAYS = ("online", "in_person", "both")

SESSION_KINDS = ("mentor", "partner")
SESSION_STATES = ("offered", "proposed", "booked", "held", "missed", "cancelled")
TAKING_TIME = ("offered", "booked", "held")
"""Sessions in these states fill their host's time; those booked or held fill the startup's."""
SIDES = ("host", "startup")
LENGTHS = (30, 45, 60, 90, 120)

DAY_STATES = ("draft", "published", "held", "cancelled")
PLACE_STATES = ("invited", "registered", "waiting", "cancelled")
NEEDS = ("step_free", "sign_language", "hearing_loop", "captions", "quiet_seat", "carer")

OUTCOME_STATES = ("planned", "asked", "overdue", "answered", "published", "closed")
OUTCOME_MONTHS = (6, 12, 24)
OUTCOME_SIDES = ("startup", "partner")
USES = ("yes", "partly", "no")

TEXT_MOST, LONG_MOST, LINE_MOST = 2_000, 5_000, 200
