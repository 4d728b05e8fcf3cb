"""The codes that may stand in the database, and the bounds of what may be typed; their words stand in wording.py."""

PANEL_STATES = ("draft", "open", "closed")
ITEM_STATES = ("waiting", "scored", "agreed", "withdrawn")
ASSIGNMENT_STATES = ("assigned", "reading", "submitted", "recused", "released")
# An assignment that no longer counts.
ENDED = ("recused", "released")
# Who may be asked to judge, and who runs a panel.
ASSESSING = ("assessor", "funds_officer", "challenge_manager")
RUNNING = ("funds_officer", "challenge_manager")
# Who sees results once they are in.
READING = (*RUNNING, "approver")
# Whoever has a part in public money may have to declare an interest in who asks for it.
DECLARING = ("funds_officer", "challenge_manager", "assessor", "consultee", "approver", "finance_officer")

LOWEST_QUORUM = 2
HIGHEST_SCALE = 10
FEWEST_WORDS = 20
"""A justification has at least so many characters."""
LONGEST_WORDS = 4000
