"""The codes that may stand in the database; their words stand in wording.py."""

# Members of staff: everybody below needs a second factor.
ROLES = (
    "researcher",
    "moderator",
    "funds_officer",
    "assessor",
    "consultee",
    "approver",
    "finance_officer",
    "challenge_manager",
    "translator",
    "assistant",
    "administrator",
)
MEMBER_ROLES = ("owner", "editor")

# What an activity may ask for before one starts, from least to most; results are reported by it.
LEVELS = ("nothing", "email_confirmed", "borough_given", "organisation_verified")

CONNECTIONS = ("live", "work", "study", "run")
TENURES = (
    "owns_outright",
    "mortgage",
    "shared_ownership",
    "council",
    "housing_association",
    "private_rent",
    "with_family",
    "temporary",
    "other",
)
WORK_STATUSES = (
    "full_time",
    "part_time",
    "self_employed",
    "looking",
    "student",
    "caring",
    "sick_or_disabled",
    "retired",
    "other",
)
ORGANISATION_KINDS = (
    "registered_charity",
    "cic",
    "unincorporated_association",
    "cooperative",
    "community_benefit_society",
    "company",
    "public_body",
)
# Kinds that always stand in a public register, so that verification needs their number.
REGISTERED_KINDS = frozenset(ORGANISATION_KINDS) - {"unincorporated_association", "public_body"}
CONSENT_PURPOSES = ("equality_monitoring",)

OLDEST_BIRTH_YEAR = 1900


def reaches(level: str, wanted: str) -> bool:
    """Whether a person at `level` may do what asks for `wanted`."""
    return LEVELS.index(level) >= LEVELS.index(wanted)


def age_is_enough(birth_year: int, birth_month: int, *, year: int, month: int, minimum: int) -> bool:
    """Whether somebody born in that month has `minimum` years in this one; the month of the birthday counts from its start."""
    return (year - birth_year) * 12 + (month - birth_month) >= minimum * 12
