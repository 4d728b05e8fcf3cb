"""What happens by itself: how people are reached is forgotten once it is no longer needed."""

from civic.core import clock
from civic.core.db import transaction
from civic.core.jobs import job
from civic.requests import actions


@job("requests.forget_contacts")
def forget_contacts() -> None:
    """Some days after a request is done (FORMAT_CONTACT_DAYS), name, address, number and account go; what was asked for stays."""
    while True:
        with transaction():
            if not actions.forget(clock.now()):
                return
