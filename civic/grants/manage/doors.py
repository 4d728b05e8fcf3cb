"""The doors of the desk: first a part in public money, then the thing itself; who stands behind it or has an interest is told so."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from civic.core.doors import Rule, allowed
from civic.core.errors import NotFound
from civic.core.states import IllegalMove, can
from civic.core.web import way_to
from civic.grants import access
from civic.grants.models import Award, Decision, Instalment, Repayment
from civic.grants.queries import awards, decisions, funds, listing

Door = Callable[[Callable], Callable]


def for_fund(rule: Rule = access.may_see_grants) -> Door:
    """A page of one fund."""
    return _behind(rule, funds.fund_by_slug)


def for_pot(rule: Rule = access.may_see_grants) -> Door:
    """A page of one pot."""
    return _behind(rule, funds.pot_by_id)


def for_award(rule: Rule = access.may_read) -> Door:
    """A page of one award."""
    return _behind(rule, award_here)


def for_decision(rule: Rule = access.may_read_decision) -> Door:
    """A page of one decision."""
    return _behind(rule, decision_here)


def for_instalment(rule: Rule) -> Door:
    """A page about one payment."""
    return _behind(rule, instalment_here)


def for_repayment(rule: Rule) -> Door:
    """A page about one repayment."""
    return _behind(rule, repayment_here)


def _behind(rule: Rule, finder: Callable[..., Any]) -> Door:
    return lambda view: allowed(access.may_see_grants)(allowed(rule, on=finder)(view))


def award_here(public_id: str) -> Award | None:
    """The award; raises IsTheirOwn and HasInterest for whom it is not."""
    return _for_me(awards.award_by_public_id(public_id))


def decision_here(decision_id: int) -> Decision | None:
    """The decision with all that belongs to it; raises the same."""
    return _for_me(decisions.decision_by_id(decision_id))


def instalment_here(instalment_id: int) -> Instalment | None:
    """The instalment with its award; raises the same."""
    return _for_me(listing.instalment_by_id(instalment_id))


def repayment_here(repayment_id: int) -> Repayment | None:
    """The repayment with its award; raises the same."""
    return _for_me(listing.repayment_by_id(repayment_id))


def _for_me(found: Any) -> Any:
    if found is not None:
        award = found if isinstance(found, Award) else found.award
        if (known := access.against(award.subject)) is not None:
            raise known
    return found


def part_of(award: Award, kind: Any, number: int) -> Any:
    """One instalment, report or repayment of an award, with the award; raises NotFound."""
    part = awards.part_of(award, kind, number)
    if part is None:
        raise NotFound()
    set_committed_value(part, "award", award)
    return part


def interest_url(subject: str) -> str:
    """Where somebody declares an interest in what the money is for; empty in a house where nothing is assessed."""
    return way_to("assessment.show_interest", subject=subject)


def must_be_able(row: Any, verb: str) -> None:
    """Raise IllegalMove where a verb does not apply any more, before anything that was typed is judged."""
    if not can(row, verb):
        raise IllegalMove()


def again(award: Award) -> Award:
    """The award as it stands after something was refused, with what was loaded beside it."""
    found = award_here(award.public_id)
    assert found is not None
    return found
