"""Who may report, moderate, and hear appeals."""

from civic.accounts.access import has_role, is_signed_in
from civic.core.person import maybe_me
from civic.moderation.models import Case, Report

may_report = is_signed_in
may_moderate = has_role("moderator")
may_set_election_periods = has_role("administrator", "moderator")


def is_my_report(said: Report) -> bool:
    """Whoever reported may take it back."""
    person = maybe_me()
    return person is not None and said.reporter_id == person.id


def is_my_case(case: Case) -> bool:
    """An author reads what was decided about their own words, and appeals against it."""
    person = maybe_me()
    return person is not None and case.author_id == person.id


def may_decide(case: Case) -> bool:
    """A moderator may, but never about their own words."""
    return may_moderate() and not is_my_case(case)
