"""The codes that may stand in the database; their words stand in wording.py."""

ORIGINS = ("person", "community", "machine")
STATES = ("draft", "suggested", "approved", "rejected", "withdrawn", "replaced", "discarded")
DECIDED = ("approved", "rejected", "replaced")
FORMATS = ("po", "xliff", "csv")
FIELD = r"^[a-z][a-z0-9_]{0,79}$"
TEXT_MOST = 40_000  # characters, where the original sets no limit of its own
