"""The lists people choose from. Kinds and impacts are Spacehive's two lists, as the Mayor's fund used them."""

STATES = (
    "draft",
    "in_review",
    "live",
    "collecting",
    "shortfall",
    "paying",
    "refunding",
    "funded",
    "delivered",
    "failed",
    "withdrawn",
)
KINDS = ("sport_play", "parks_gardens", "arts_culture", "buildings", "food_farming", "streets_infrastructure")
IMPACTS = ("environment", "economy", "volunteering_jobs_education", "arts_culture_heritage", "activity_leisure")
PLACE_KINDS = ("borough", "address", "area")
SPENDINGS = ("capital", "revenue")
FUNDING_KINDS = ("money", "in_kind")
EVIDENCE_KINDS = ("quote", "permission", "insurance", "landowner", "governance", "funding", "other")
CHECK_RESULTS = ("fine", "problem", "not_needed")
PLEDGE_STATES = (
    "awaiting_card",
    "authorised",
    "charging",
    "past_due",
    "collected",
    "partly_refunded",
    "refunded",
    "disputed",
    "dropped",
    "released",
    "cancelled",
    "abandoned",
    "refused",
)
OFFLINE_METHODS = ("cash", "cheque", "bank_transfer")
# Addresses under /campaigns that are pages of their own.
RESERVED_SLUGS = frozenset(
    {"new", "edit", "search", "map", "feed", "submission", "reports", "ledger", "desk", "pledges"}
)
# What staff look at before a campaign goes live; their words stand in wording/checking.py.
CHECK_ITEMS = (
    "budget",
    "quotes",
    "landowner",
    "permissions",
    "contractors",
    "insurance",
    "governance",
    "identity",
    "in_london",
    "not_for_profit",
    "funds",
    "words",
    "access",
)
