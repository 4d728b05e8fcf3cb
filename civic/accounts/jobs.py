"""What happens by itself: links and sessions that have ended are forgotten."""

from civic.accounts.actions import links
from civic.core import clock
from civic.core.db import transaction
from civic.core.jobs import job


@job("accounts.sweep")
def sweep() -> None:
    """Forget ended links, invitations and sessions."""
    with transaction():
        links.sweep(clock.now())
