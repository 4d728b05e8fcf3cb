"""The codes that may stand in the database, and how lists may be sorted; their words stand in wording."""

THEMES = ("environment", "getting_around", "homes", "health", "money_work", "together", "safety", "digital")
PROBLEM_STATES = ("open", "merged", "answered", "taken_up", "not_taken_up")
PROBLEM_SORTS = ("supported", "newest", "oldest")
PROGRAMME_STATES = ("draft", "announced", "closed")
CHALLENGE_STATES = ("draft", "commenting", "final", "closed")
PUBLIC_STATES = ("commenting", "final", "closed")
PARTNER_KINDS = ("public_body", "borough", "health", "company", "bank", "charity", "university")
FACT_KINDS = ("date", "sum", "figure", "outcome")
REMARK_RESULTS = ("changed", "not_changed")

TITLE_MOST, TEXT_MOST, WHOM_MOST, REASON_MOST, ROLE_MOST, BRIEF_MOST = 120, 5_000, 300, 2_000, 120, 10_000
CRITERIA_MOST = 6
# Addresses under /challenges that are pages of their own.
RESERVED_SLUGS = frozenset(
    {
        "applications",
        "calls",
        "feed",
        "lists",
        "matching",
        "mentors",
        "new",
        "outcomes",
        "pairings",
        "partners",
        "programmes",
        "search",
        "sessions",
        "startups",
        "support",
        "tests",
    }
)
