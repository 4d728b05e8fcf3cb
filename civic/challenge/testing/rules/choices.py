"""The codes that may stand in the database; their words stand in wording."""

TEST_STATES = ("planned", "running", "finished", "stopped", "ended")
NOTICE_STATES = ("notified", "confirmed", "exceeded", "given", "void")
MILESTONE_STATES = ("planned", "handed_in", "signed_off", "cancelled")
CHANGE_KINDS = ("milestones", "budget", "pivot", "stop")
CHANGE_STATES = ("asked", "agreed", "done", "declined", "withdrawn")
OPEN_CHANGES = ("asked", "agreed")
"""One at a time: while a change is in one of these states there is no second."""
SIDES = ("startup", "partner", "manager")
CATEGORIES = ("people", "equipment", "software", "travel", "users", "evaluation", "other")
"""What the money of a test is spent on."""
