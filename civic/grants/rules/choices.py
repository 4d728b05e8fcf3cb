"""The codes that may stand in the database; their words stand in wording."""

SPENDINGS = ("capital", "revenue")
"""Capital is what lasts; revenue is what is used up. Every budget and every pledge of the GLA is split so."""
PLACES = ("left", "reserved", "committed", "paid")
"""Where the money of a pot can stand."""
MANAGERS = ("funds_officer", "challenge_manager")
"""Staff roles that may run a fund."""
FORMS = ("DAR", "ADD", "DD", "MD")
"""Forms of a decision, by who may sign it (Mayoral Decision-Making in the GLA, MD2085, 2017)."""

BUDGET_STATES = ("proposed", "booked", "declined")
DECISION_KINDS = ("award", "change", "cancel")
DECISION_STATES = ("recommended", "decided", "refused", "withdrawn")
VIEWS = ("supports", "supports_if", "objects")
AWARD_STATES = (
    "proposed",
    "withdrawn",
    "turned_down",
    "approved",
    "announced",
    "due",
    "agreed",
    "completed",
    "stopped",
    "released",
)
UNSIGNED = ("approved", "announced", "due")
"""Decided, and not yet an obligation: the money is reserved and may still go back to the fund."""
STANDING = (*UNSIGNED, "agreed", "completed", "stopped")
"""Decided, and not given back: what public figures count."""
IN_USE = ("proposed", *STANDING)
"""Of one subject at most one award is in one of these states."""
BASES = ("decision", "formula")
AGREEMENT_STATES = ("draft", "offered", "in_force", "superseded", "withdrawn")
INSTALMENT_STATES = ("planned", "claimed", "instructed", "paid", "confirmed", "cancelled")
PAID = ("paid", "confirmed")
MOVING = ("instructed", *PAID)
"""Instalments that a smaller award must still cover."""
REPORT_KINDS = ("progress", "final")
REPORT_STATES = ("due", "submitted", "accepted", "waived")
REPAYMENT_KINDS = ("underspend", "reclaim")
REPAYMENT_STATES = ("asked", "approved", "received", "written_off", "withdrawn")
