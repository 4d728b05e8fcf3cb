"""Who may do what with lists and matches. Each asks for as little as it can."""

from civic.accounts.access import has_role
from civic.challenge.applying.models import Call, Startup
from civic.challenge.applying.queries.seats import acts_for_startup
from civic.challenge.matching.queries.stakes import acts_for_an_applicant, has_a_stake
from civic.challenge.models import Challenge
from civic.challenge.queries.seats import acts_for_partner
from civic.core.person import maybe_me

may_run = has_role("challenge_manager")
"""Set places, compute matches, propose overrides and a match."""
may_look = has_role("challenge_manager", "approver")
"""See matches, decide about overrides, publish what somebody else proposed."""


def is_impartial(call: Call) -> bool:
    """Somebody who acts neither for a startup nor for a partner of this call."""
    person = maybe_me()
    return person is not None and not has_a_stake(call, person.id)


def may_run_here(call: Call) -> bool:
    """A manager without a stake in the call."""
    return may_run() and is_impartial(call)


def may_look_here(call: Call) -> bool:
    """A manager or an approver without a stake in the call."""
    return may_look() and is_impartial(call)


def is_of_startup(startup: Startup) -> bool:
    """Somebody of the startup."""
    person = maybe_me()
    return person is not None and acts_for_startup(startup.id, person.id)


def is_of_partner(challenge: Challenge) -> bool:
    """Somebody with a seat for the partner that owns the challenge."""
    person = maybe_me()
    return person is not None and challenge.partner_id is not None and acts_for_partner(challenge.partner_id, person.id)


def has_conflict(call: Call) -> bool:
    """Whether somebody of a partner also acts for a startup that applied: then they see and rank nobody."""
    person = maybe_me()
    return person is not None and acts_for_an_applicant(call.id, person.id)
