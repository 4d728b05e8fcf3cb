"""Who may do what with money: the rules that doors and templates of the finance desk ask."""

from civic.accounts.access import has_role
from civic.accounts.queries.organisations import role_in
from civic.core.person import maybe_me
from civic.payments.actions.refunds import card_holder
from civic.payments.models import Charge, Refund, Transfer
from civic.payments.queries.payees import organisation_of

may_keep_books = has_role("finance_officer")


def may_ask_refund(charge: Charge) -> bool:
    """A finance officer may, while money of the charge is left."""
    return may_keep_books() and charge.status == "succeeded" and charge.refunded_minor < charge.amount_minor


def may_decide_refund(refund: Refund) -> bool:
    """A finance officer who did not ask for it, and to whose card it does not go: two people stand behind every refund."""
    person = maybe_me()
    return may_keep_books() and not _is_mine(refund) and person is not None and card_holder(refund) != person.id


def may_decline_refund(refund: Refund) -> bool:
    """Any finance officer may say no, also who asked."""
    return may_keep_books() and refund.status == "requested"


def may_release_transfer(transfer: Transfer) -> bool:
    """A finance officer who did not ask for it, and is no member of the organisation."""
    person = maybe_me()
    if person is None or not may_keep_books() or _is_mine(transfer):
        return False
    return role_in(organisation_of(transfer.payee_id), person) is None


def _is_mine(row: Refund | Transfer) -> bool:
    person = maybe_me()
    return person is not None and row.requested_by_id == person.id
