"""The doors of an organiser's pages: a visitor is asked to sign in, and nobody else learns that there is a draft."""

from collections.abc import Callable

from civic.accounts.access import is_signed_in
from civic.core.doors import allowed
from civic.crowdfund.access import is_organiser_of
from civic.crowdfund.queries.campaigns import campaign_by_slug


def for_organisers(view: Callable) -> Callable:
    """A page of a campaign for those who run it; the view receives the campaign."""
    return allowed(is_signed_in)(allowed(is_organiser_of, on=campaign_by_slug, hide=True)(view))
