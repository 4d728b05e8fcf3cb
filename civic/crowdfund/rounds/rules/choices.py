"""The codes that may stand in the database; their words stand in wording."""

ROUND_STATES = ("draft", "open", "closed", "cancelled")
EXPRESSION_STATES = ("draft", "submitted", "answered", "withdrawn")
APPLICATION_STATES = (
    "draft",
    "submitted",
    "withdrawn",
    "ineligible",
    "awarded",
    "unsuccessful",
    "lost",
)
SENT = ("submitted", "ineligible", "awarded", "unsuccessful", "lost")
"""States in which an application was handed in and not taken back."""
STAGES = ("expression", "application")
RULE_KINDS = (
    "organisation_kinds",
    "organisation_verified",
    "individuals",
    "referee",
    "in_london",
    "campaign_live",
    "campaign_closes",
    "ask_at_most",
    "share_at_most",
    "within_costs",
    "turnover_below",
    "yes_to",
)
"""What an eligibility rule can ask (rules.eligibility says how each is judged)."""
