"""Who may do what with match funding: who runs one of its funds writes, somebody else approves, and nobody decides about their own.

Actions refuse the same; here doors and buttons ask, so that nobody is offered what would be refused.
"""

from civic.accounts.access import acting_roles, has_role
from civic.core.errors import CivicError, Forbidden
from civic.core.person import maybe_me
from civic.crowdfund.matching.actions import schemes as actions
from civic.crowdfund.matching.actions import signals
from civic.crowdfund.matching.models import MatchScheme, MatchSignal
from civic.grants.rules.choices import MANAGERS

may_start = has_role(*MANAGERS)
"""Those who run funds; which scheme they may write is asked of the funds that pay for it."""
may_simulate = has_role(*MANAGERS, "approver")
may_see_schemes = has_role(*MANAGERS, "approver")
is_approver = has_role("approver")


def may_run(scheme: MatchScheme) -> bool:
    """Those with the role that runs one of its funds; before anybody pays, those who run any fund."""
    managers = {funder.pot.fund.managed_by for funder in scheme.funders}
    return may_start() and (not managers or bool(managers & acting_roles()))


def may_see(scheme: MatchScheme) -> bool:
    """The same people, and approvers; what was thrown away is there for nobody."""
    return scheme.status != "discarded" and (may_run(scheme) or is_approver())


def may_write(scheme: MatchScheme) -> bool:
    """They write it while it is a draft."""
    return scheme.status == "draft" and may_run(scheme)


def may_discard(scheme: MatchScheme) -> bool:
    """They throw away what never ran."""
    return scheme.status in ("draft", "proposed") and may_run(scheme)


def may_enrol(scheme: MatchScheme) -> bool:
    """They let campaigns join while it is written and while it runs."""
    return scheme.status in ("draft", "running") and may_run(scheme)


def may_end(scheme: MatchScheme) -> bool:
    """They end it."""
    return scheme.status == "running" and may_run(scheme)


# Approving.


def against_approving(scheme: MatchScheme) -> CivicError | None:
    """Why an approver has no say in this scheme: they proposed it, or a campaign of theirs is in it; None where nothing is against it."""
    person = maybe_me()
    assert person is not None
    try:
        actions.must_be_apart(scheme, person)
    except Forbidden as known:
        return known
    return None


def against_limit(scheme: MatchScheme) -> CivicError | None:
    """Why an approver's grade does not reach so far; None where it does."""
    person = maybe_me()
    assert person is not None
    try:
        actions.must_reach(scheme, person)
    except Forbidden as known:
        return known
    return None


def may_approve(scheme: MatchScheme) -> bool:
    """An approver who is apart from it, with a grade that reaches the whole pot."""
    return may_send_back(scheme) and against_limit(scheme) is None


def may_send_back(scheme: MatchScheme) -> bool:
    """An approver who is apart from it, whatever their grade."""
    return scheme.status == "proposed" and is_approver() and against_approving(scheme) is None


def may_take_back(scheme: MatchScheme) -> bool:
    """Those who run it take a proposal back."""
    return scheme.status == "proposed" and may_run(scheme)


def may_return(scheme: MatchScheme) -> bool:
    """Either of them: it is a draft again."""
    return may_take_back(scheme) or may_send_back(scheme)


# Signals and gifts.


def may_look(scheme: MatchScheme) -> bool:
    """Those who run it look at what was noticed about gifts, from its approval on."""
    return scheme.is_public and may_run(scheme)


def may_decide(signal: MatchSignal) -> bool:
    """They decide about it, but not where a campaign of theirs is in it; whether they run the scheme is asked before."""
    person = maybe_me()
    assert person is not None
    try:
        signals.must_be_apart(signal.campaigns, person)
    except Forbidden:
        return False
    return True
