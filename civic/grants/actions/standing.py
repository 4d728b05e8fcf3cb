"""Who may not act: people behind an application, people with a declared interest. Asked by every act on an award."""

from typing import Any

from civic.assessment import queries as assessment
from civic.core import subjects
from civic.core.db import locked
from civic.grants.models import Award
from civic.grants.refusals import HasInterest, IsTheirOwn


def hold(award: Award) -> Award:
    """The award, locked, after whatever its own package locks first; read afresh."""
    subjects.hold(award.subject)
    held: Award = locked(Award, award.id)
    return held


def must_be_impartial(subject: str, by: Any) -> None:
    """Raises IsTheirOwn for somebody behind the application, and HasInterest for who declared one."""
    if by.id in subjects.parties_of(subject):
        raise IsTheirOwn()
    if assessment.has_interest(subject, by.id):
        raise HasInterest()


def is_impartial(subject: str, person_id: int) -> bool:
    """The same as an answer, for doors."""
    return person_id not in subjects.parties_of(subject) and not assessment.has_interest(subject, person_id)
