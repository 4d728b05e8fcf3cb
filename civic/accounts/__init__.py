"""People: how they come in, who they say they are, what they may do, and for which organisation they act."""
