"""The doors of a test's pages: a visitor is asked to sign in, and nobody else learns that there is a test."""

from collections.abc import Callable

from civic.accounts.access import is_signed_in
from civic.challenge.testing import access
from civic.challenge.testing.models import Change, Milestone, TestGrant
from civic.challenge.testing.queries import changes
from civic.challenge.testing.queries import tests as queries
from civic.core.doors import Rule, allowed
from civic.core.errors import NotFound


def for_test(rule: Rule = access.may_see) -> Callable[[Callable], Callable]:
    """A page of one test, for those of the three sides whom the rule lets in; the view receives the test."""
    return lambda view: allowed(is_signed_in)(allowed(rule, on=test_here)(view))


def test_here(test_id: int) -> TestGrant | None:
    """The test, for those who may know of it."""
    found = queries.test_by_id(test_id)
    return found if found is not None and access.may_see(found) else None


def milestone_here(test: TestGrant, milestone_id: int) -> Milestone:
    """One milestone of this test; raises NotFound."""
    found = queries.milestone_of(test, milestone_id)
    if found is None:
        raise NotFound()
    return found


def change_here(test: TestGrant, change_id: int) -> Change:
    """One request of this test; raises NotFound."""
    found = changes.change_of(test.id, change_id)
    if found is None:
        raise NotFound()
    return found
