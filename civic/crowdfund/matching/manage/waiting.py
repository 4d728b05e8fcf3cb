"""What waits for somebody at the desk of match funding."""

from civic.accounts.access import acting_roles
from civic.core.person import me
from civic.crowdfund.matching import access
from civic.crowdfund.matching.queries.schemes import waiting_proposals, waiting_signals


def what_waits() -> int:
    """Signals in schemes that this person runs, and proposals of others that they may approve."""
    signals = waiting_signals(acting_roles()) if access.may_start() else 0
    return signals + (waiting_proposals(me().id) if access.is_approver() else 0)
