"""What happens by itself: wishes that nobody went on with are forgotten."""

from civic.core import clock
from civic.core.db import transaction
from civic.core.jobs import job
from civic.crowdfund.intents import actions


@job("intents.forget")
def forget_intents() -> None:
    """After thirty days, or when the campaign closes, name and addresses go."""
    with transaction():
        actions.forget(clock.now())
