"""The codes that may stand in the database; their words stand in wording."""

SCHEME_STATES = ("draft", "proposed", "running", "ended", "discarded")
PLACE_STATES = ("open", "closed", "left")
"""A campaign in a scheme: its gifts are matched; it has closed, so that nothing rises any more; it failed or was taken out."""
SIGNAL_STATES = ("open", "dismissed", "upheld")
STANDING = ("authorised", "charging", "past_due", "collected", "partly_refunded", "disputed")
"""States of pledges whose gifts are matched."""
