"""The codes that may stand in the database; their words stand in wording.py."""

STAGES = ("coming_up", "open", "considering", "answered")
"""The stages that everybody sees, in order."""
STATUSES = ("draft", *STAGES, "withdrawn")
DOCUMENT_KINDS = ("reasons", "options", "evidence", "equality", "summary", "easy_read", "sign_language", "other")
DECISION_KINDS = ("MD", "DD", "ADD", "DAR", "other")
"""Forms of decision as "Mayoral Decision-Making in the GLA" had them on 24 April 2017 (MD2085)."""
FATES = ("taken_up", "partly", "not_taken_up", "out_of_scope", "noted")
NEED_WHY = ("not_taken_up", "out_of_scope")
"""Fates that are told to a person with the reason."""
DATE_CHANGES = ("extended", "closed_early")
SHORTEST_REASON = 10  # characters
