"""Who may report, moderate, and hear appeals."""

from civic.accounts.access import has_role, is_signed_in
from civic.accounts.models import User
from civic.core.person import maybe_me
from civic.moderation.models import Case, Report, Suspension
from civic.moderation.queries.cases import open_appeal

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


def may_decide_appeal(case: Case) -> bool:
    """A moderator may who neither removed the text nor wrote it; where nobody has appealed there is nobody to keep out."""
    person = maybe_me()
    if person is None or not may_decide(case):
        return False
    asked = open_appeal(case)
    return asked is None or asked.against_id != person.id


def is_my_suspension(suspension: Suspension) -> bool:
    """Whoever is suspended may appeal."""
    person = maybe_me()
    return person is not None and suspension.person_id == person.id


def may_decide_suspension_appeal(suspension: Suspension) -> bool:
    """A moderator may who neither imposed the suspension nor is suspended."""
    person = maybe_me()
    return person is not None and may_moderate() and person.id not in (suspension.by_id, suspension.person_id)


def may_act_on(person: User) -> bool:
    """A moderator warns and suspends others, never themselves."""
    here = maybe_me()
    return here is not None and may_moderate() and here.id != person.id
