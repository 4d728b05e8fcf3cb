"""Who may do what with public money: recommend, be consulted, decide, sign, instruct, pay. Nobody is two of them for one award.

Actions refuse the same; here doors and buttons ask, so that nobody is offered what would be refused.
"""

from civic.accounts.access import acting_roles, has_role
from civic.assessment import queries as assessment
from civic.core.person import maybe_me
from civic.grants.actions.standing import is_impartial
from civic.grants.models import Agreement, Award, BudgetChange, Decision, Fund, Instalment, Repayment
from civic.grants.queries import authority, decisions, people
from civic.grants.rules.authority import reaches

is_manager = has_role("funds_officer", "challenge_manager")
is_consultee = has_role("consultee")
is_approver = has_role("approver")
is_finance = has_role("finance_officer")
is_administrator = has_role("administrator")
may_see_grants = has_role("funds_officer", "challenge_manager", "consultee", "approver", "finance_officer")
"""Everybody with a part in public money sees the desk; what stands there of one award is asked again."""
may_start_fund = is_manager
may_keep_delegations = is_administrator


def may_manage(fund: Fund) -> bool:
    """Those with the role that runs this fund."""
    return fund.managed_by in acting_roles()


def may_book(change: BudgetChange) -> bool:
    """An approver or a finance officer books what somebody else proposed."""
    person = maybe_me()
    return (
        person is not None
        and (is_approver() or is_finance())
        and change.status == "proposed"
        and change.proposed_by_id != person.id
    )


def may_decline_budget(change: BudgetChange) -> bool:
    """The same people say no, and who proposed it takes it back."""
    person = maybe_me()
    mine = person is not None and change.proposed_by_id == person.id and may_see_grants()
    return change.status == "proposed" and (mine or may_book(change))


# One award.


def may_read(award: Award) -> bool:
    """Everybody with a part in public money, but for those behind the application or with a declared interest."""
    return may_see_grants() and _is_impartial(award)


def may_read_decision(decision: Decision) -> bool:
    """The same, for one decision about it."""
    return may_read(decision.award)


def may_run(award: Award) -> bool:
    """Those who run its fund: they recommend, announce, draft agreements, check claims and reports."""
    return award.pot.fund.managed_by in acting_roles() and _is_impartial(award)


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
    person = maybe_me()
    if person is None or not is_approver() or decision.status != "recommended":
        return False
    if decision.recommended_by_id == person.id or not _is_impartial(decision.award):
        return False
    if person.id in assessment.who_assessed(decision.award.subject) or person.id in decisions.consultees_of(
        decision.id
    ):
        return False
    grade = authority.held_by(person.id)
    return grade is not None and reaches(grade, decision.amounts.total)


def may_refuse(decision: Decision) -> bool:
    """An approver who is apart from it, whatever their grade."""
    person = maybe_me()
    if person is None or not is_approver() or decision.status != "recommended":
        return False
    apart = person.id not in assessment.who_assessed(decision.award.subject)
    not_consulted = person.id not in decisions.consultees_of(decision.id)
    return apart and not_consulted and decision.recommended_by_id != person.id and _is_impartial(decision.award)


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
    person = maybe_me()
    return (
        person is not None
        and is_finance()
        and instalment.status in ("instructed", "paid")
        and instalment.instructed_by_id != person.id
        and person.id not in decisions.deciders_of(instalment.award_id)
        and _is_impartial(instalment.award)
    )


def may_approve_repayment(repayment: Repayment) -> bool:
    """An approver who did not ask for it."""
    person = maybe_me()
    return (
        person is not None and is_approver() and repayment.asked_by_id != person.id and _is_impartial(repayment.award)
    )


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
    return person is not None and award.is_public and people.acts_for(award, person)


def may_sign_for_recipient(award: Award) -> bool:
    """An owner of the organisation, or the person who receives it."""
    person = maybe_me()
    return person is not None and award.is_public and people.may_bind(award, person)


def _is_impartial(award: Award) -> bool:
    person = maybe_me()
    return person is not None and is_impartial(award.subject, person.id)
