"""Who may do what with public money: recommend, be consulted, decide, sign, instruct, pay. Nobody is two of them for one award.

Actions refuse the same; here doors and buttons ask, so that nobody is offered what would be refused. What is asked of the database
is asked once a request, however many buttons a page has.
"""

from collections.abc import Callable
from typing import Any

from flask import g

from civic.accounts.access import acting_roles, has_role
from civic.assessment import queries as assessment
from civic.core import subjects
from civic.core.errors import CivicError
from civic.core.person import maybe_me
from civic.grants.models import Agreement, Award, BudgetChange, Decision, Delegation, Fund, Instalment, Pot, Repayment
from civic.grants.queries import authority, decisions, people
from civic.grants.refusals import BeyondLimit, HasInterest, IsTheirOwn, NeedsSomebodyElse, NoDelegation
from civic.grants.rules.amounts import NOTHING
from civic.grants.rules.authority import lowest_for, reaches

is_manager = has_role("funds_officer", "challenge_manager")
is_consultee = has_role("consultee")
is_approver = has_role("approver")
is_finance = has_role("finance_officer")
is_administrator = has_role("administrator")
may_see_grants = has_role("funds_officer", "challenge_manager", "consultee", "approver", "finance_officer")
"""Everybody with a part in public money sees the desk; what stands there of one award is asked again."""
may_book_budgets = has_role("approver", "finance_officer")
may_start_fund = is_manager
may_keep_delegations = is_administrator


def may_manage(fund: Fund) -> bool:
    """Those with the role that runs this fund."""
    return fund.managed_by in acting_roles()


def may_manage_pot(pot: Pot) -> bool:
    """The same, for one of its pots."""
    return may_manage(pot.fund)


def may_book(change: BudgetChange) -> bool:
    """An approver or a finance officer books what somebody else proposed."""
    person = maybe_me()
    return (
        person is not None and may_book_budgets() and change.status == "proposed" and change.proposed_by_id != person.id
    )


def may_decline_budget(change: BudgetChange) -> bool:
    """The same people say no, and who proposed it takes it back."""
    person = maybe_me()
    mine = person is not None and change.proposed_by_id == person.id and may_see_grants()
    return change.status == "proposed" and (mine or may_book(change))


def may_end(delegation: Delegation) -> bool:
    """An administrator ends what still stands."""
    return may_keep_delegations() and delegation.ended_at is None


# One award.


def against(subject: str) -> CivicError | None:
    """Why the signed-in person has no part in this for the authority: they stand behind it, or declared an interest; None else."""
    person = maybe_me()
    if person is None or person.id in _once(subjects.parties_of, subject):
        return IsTheirOwn()
    return HasInterest() if _once(assessment.has_interest, subject, person.id) else None


def may_read(award: Award) -> bool:
    """Everybody with a part in public money, but for those behind the application or with a declared interest."""
    return may_see_grants() and _is_impartial(award)


def may_read_decision(decision: Decision) -> bool:
    """The same, for one decision about it."""
    return may_read(decision.award)


def may_run(award: Award) -> bool:
    """Those who run its fund: they recommend, announce, draft agreements, check claims and reports."""
    return may_manage(award.pot.fund) and _is_impartial(award)


def may_take_back(decision: Decision) -> bool:
    """Those who run the fund take a recommendation back."""
    return decision.status == "recommended" and may_run(decision.award)


def may_give_view(decision: Decision) -> bool:
    """A consultee who did not recommend it."""
    person = maybe_me()
    return (
        person is not None
        and is_consultee()
        and decision.status == "recommended"
        and decision.recommended_by_id != person.id
        and _is_impartial(decision.award)
    )


def may_decide(decision: Decision) -> bool:
    """An approver with a grade that reaches so far, who neither assessed nor recommended nor was consulted."""
    return may_refuse(decision) and against_limit(decision) is None


def may_refuse(decision: Decision) -> bool:
    """An approver who is apart from it, whatever their grade."""
    return is_approver() and decision.status == "recommended" and against_deciding(decision) is None


def against_deciding(decision: Decision) -> CivicError | None:
    """Why an approver may neither decide nor refuse: what they did before in the same matter; None where nothing stands against it."""
    person = maybe_me()
    if (known := against(decision.award.subject)) is not None or person is None:
        return known or IsTheirOwn()
    if decision.recommended_by_id == person.id:
        return NeedsSomebodyElse("recommended")
    if person.id in _once(assessment.who_assessed, decision.award.subject):
        return NeedsSomebodyElse("assessed")
    if person.id in _once(decisions.consultees_of, decision.id):
        return NeedsSomebodyElse("consulted")
    return None


def against_limit(decision: Decision) -> CivicError | None:
    """Why an approver's grade does not reach so far; None where it does."""
    person = maybe_me()
    grade = _once(authority.held_by, person.id) if person is not None else None
    if grade is None:
        return NoDelegation()
    if reaches(grade, decision.amounts.total):
        return None
    needed = lowest_for(authority.grades(), decision.amounts.total)
    return BeyondLimit(grade.limit or NOTHING, needed.title if needed else None)


def may_sign_for_authority(agreement: Agreement) -> bool:
    """An approver signs for the authority, once it is offered."""
    person = maybe_me()
    return (
        person is not None
        and is_approver()
        and agreement.status == "offered"
        and agreement.authority_signed_at is None
        and agreement.recipient_signed_by_id != person.id
        and _is_impartial(agreement.award)
    )


def may_instruct(instalment: Instalment) -> bool:
    """Those who run the fund, but not who claimed it."""
    person = maybe_me()
    return person is not None and instalment.claimed_by_id != person.id and may_run(instalment.award)


def may_pay(instalment: Instalment) -> bool:
    """A finance officer who neither decided about the award nor gave the instruction."""
    return is_finance() and instalment.status in ("instructed", "paid") and against_paying(instalment) is None


def against_paying(instalment: Instalment) -> CivicError | None:
    """Why a finance officer may not pay this: what they did before in the same matter; None where nothing stands against it."""
    person = maybe_me()
    if (known := against(instalment.award.subject)) is not None or person is None:
        return known or IsTheirOwn()
    if instalment.instructed_by_id == person.id:
        return NeedsSomebodyElse("instructed")
    if person.id in _once(decisions.deciders_of, instalment.award_id):
        return NeedsSomebodyElse("approved")
    return None


def may_approve_repayment(repayment: Repayment) -> bool:
    """An approver who did not ask for it."""
    person = maybe_me()
    return (
        person is not None and is_approver() and repayment.asked_by_id != person.id and _is_impartial(repayment.award)
    )


def may_withdraw_repayment(repayment: Repayment) -> bool:
    """Those who run the fund take it back, and an approver says no."""
    return repayment.status == "asked" and (may_run(repayment.award) or may_approve_repayment(repayment))


def may_receive_repayment(repayment: Repayment) -> bool:
    """A finance officer who did not approve it."""
    person = maybe_me()
    return (
        person is not None and is_finance() and repayment.approved_by_id != person.id and _is_impartial(repayment.award)
    )


# The recipient.


def acts_for_recipient(award: Award) -> bool:
    """Somebody who belongs to the recipient, once the award is announced."""
    person = maybe_me()
    return person is not None and award.is_public and _once(people.role_for, award, person) is not None


def may_sign_for_recipient(award: Award) -> bool:
    """An owner of the organisation, or the person who receives it."""
    person = maybe_me()
    return person is not None and award.is_public and _once(people.role_for, award, person) == "owner"


def _is_impartial(award: Award) -> bool:
    return against(award.subject) is None


def _once(question: Callable[..., Any], *about: Any) -> Any:
    """The answer of this request, asked of the database where nobody has asked yet."""
    answers: dict[Any, Any] = g.setdefault("grants_answers", {})
    key = (question.__module__, question.__qualname__, *about)
    if key not in answers:
        answers[key] = question(*about)
    return answers[key]
