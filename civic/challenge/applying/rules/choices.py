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
SENT = ("submitted", "ineligible", "not_shortlisted", "shortlisted", "unmatched", "matched", "lost")
"""What was handed in and not taken back."""
CHOSEN = ("shortlisted", "unmatched", "matched", "lost")
"""What is or was on the shortlist: the finalists."""
RANKING = ("shortlisted", "matched", "closed")
"""States of a call in which the shortlist stands, and its partners read it."""
ENDED = ("ineligible", "not_shortlisted", "unmatched", "lost", "withdrawn")
INTERVIEW_STATES = ("planned", "held", "cancelled")
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


def told_status(status: str, call_status: str) -> str:
    """What a startup knows of where its application stands: nobody hears of the shortlist before everybody does."""
    return "submitted" if call_status == "assessing" and status in ("shortlisted", "not_shortlisted") else status
