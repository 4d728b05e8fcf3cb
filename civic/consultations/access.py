"""Who may do what with consultations."""

from civic.accounts.access import acting_roles, has_role
from civic.consultations.actions.outcome import may_sign as is_apart
from civic.consultations.models import Consultation
from civic.core.person import maybe_me

is_researcher = has_role("researcher")
may_look = has_role("researcher", "approver")
"""Researchers run consultations; approvers read what they may sign."""


def may_run(*consultations: object) -> bool:
    """Any researcher may work on any consultation; every act says who did it."""
    return is_researcher()


def may_see(*consultations: object) -> bool:
    """Those who run consultations, and those who sign what came of them."""
    return may_look()


def may_know_of(consultation: Consultation) -> bool:
    """Everybody may know of it from its announcement on; before, only those who run consultations."""
    return consultation.is_public or is_researcher()


def is_signer(consultation: Consultation) -> bool:
    """Whether the person here is a second pair of eyes for an outcome that was handed over."""
    person = maybe_me()
    if person is None or not {"researcher", "approver"} & acting_roles():
        return False
    waits = consultation.status == "considering" and consultation.submitted_at is not None
    return waits and is_apart(consultation, person)


def may_send_back(consultation: Consultation) -> bool:
    """Those who run it take an outcome back; whoever would sign it sends it back."""
    return is_researcher() or is_signer(consultation)
