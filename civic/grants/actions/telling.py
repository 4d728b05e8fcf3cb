"""Telling recipients and consultees, each in their language."""

from datetime import datetime
from typing import Any

from civic.core.mail import send
from civic.grants.models import Award, Decision
from civic.grants.queries import funds, people


def tell_recipients(award: Award, message: str, *, now: datetime, **facts: Any) -> None:
    """Write to everybody who acts for the recipient."""
    facts |= {"award": award, "fund": funds.of_pot(award.pot_id)}
    for person in people.recipients(award):
        address = {"to": person.email, "language": person.language, "person_id": person.id}
        send(f"grants/{message}", **address, now=now, **facts)


def ask_consultees(decision: Decision, *, now: datetime) -> None:
    """Ask every consultee for their view."""
    for person in people.consultees(besides=decision.recommended_by_id):
        address = {"to": person.email, "language": person.language, "person_id": person.id}
        send("grants/consultation", **address, now=now, decision=decision, award=decision.award)
