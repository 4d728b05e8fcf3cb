"""Who may do what with a test: its startup's people, its partner's people, and those who manage the challenge.

Actions refuse the same; here doors and buttons ask, so that nobody is offered what would be refused.
"""

from civic.accounts.access import has_role
from civic.accounts.queries.organisations import role_in
from civic.assessment import queries as assessment
from civic.challenge.applying.queries.seats import acts_for_startup
from civic.challenge.queries.seats import acts_for_partner
from civic.challenge.testing.models import TestGrant
from civic.core.person import maybe_me
from civic.grants import access as grants

may_run = has_role("challenge_manager")
"""Those who offer test grants and look after them."""
may_see_desk = has_role("challenge_manager", "approver", "consultee", "finance_officer")
"""Everybody with a part in the money of tests; what stands there of one test is asked again."""


def is_startup(test: TestGrant) -> bool:
    """Somebody of the startup."""
    person = maybe_me()
    return person is not None and acts_for_startup(test.startup_id, person.id)


def binds_startup(test: TestGrant) -> bool:
    """An owner of the startup's organisation: confirms, declines, signs."""
    person = maybe_me()
    return person is not None and role_in(test.startup.organisation_id, person) == "owner"


def is_partner(test: TestGrant) -> bool:
    """Somebody with a seat for the partner, who is not of the startup too and declared no interest."""
    person, partner_id = maybe_me(), test.challenge.partner_id
    if person is None or partner_id is None or not acts_for_partner(partner_id, person.id):
        return False
    return not acts_for_startup(test.startup_id, person.id) and not assessment.has_interest(test.subject, person.id)


def is_manager(test: TestGrant) -> bool:
    """A challenge manager who neither stands behind the application nor declared an interest in it."""
    return may_run() and grants.against(test.subject) is None


def sides_here(test: TestGrant) -> list[str]:
    """The sides for which the person here may speak; whoever is of the startup speaks for it alone."""
    if is_startup(test):
        return ["startup"]
    return [side for side, rule in (("partner", is_partner), ("manager", is_manager)) if rule(test)]


def may_see(test: TestGrant) -> bool:
    """The three sides; nobody else learns that there is a test before it is public."""
    return bool(sides_here(test))


def may_read_as_staff(test: TestGrant) -> bool:
    """Everybody with a part in public money who is impartial."""
    return may_see_desk() and grants.against(test.subject) is None


def may_see_subsidy(test: TestGrant) -> bool:
    """What was declared is between the startup and the authority."""
    return is_startup(test) or is_manager(test)


def may_plan(test: TestGrant) -> bool:
    """Startup and manager plan together, until the agreement is offered."""
    return test.status == "planned" and (is_startup(test) or is_manager(test))


def may_decline(test: TestGrant) -> bool:
    """An owner of the startup, until both sides have signed."""
    return test.status == "planned" and binds_startup(test)


def may_declare(test: TestGrant) -> bool:
    """The same people confirm what was given before."""
    return test.status == "planned" and binds_startup(test)
