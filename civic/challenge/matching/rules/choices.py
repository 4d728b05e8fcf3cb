"""The codes that may stand in the database; their words stand in wording."""

SIDES = ("startup", "partner")
RANKING_STATES = ("draft", "sent")
RUN_STATES = ("draft", "proposed", "published", "discarded")
OVERRIDE_KINDS = ("match", "leave")
OVERRIDE_STATES = ("proposed", "approved", "refused", "withdrawn")
PLACES_MOST = 50
WHY_MOST = 1_000
