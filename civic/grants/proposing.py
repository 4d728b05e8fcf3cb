"""What is proposed: for what, for whom, and on which terms."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from civic.grants.models import Award, Pot
from civic.grants.rules.amounts import Amounts


@dataclass(frozen=True)
class Proposed:
    """For what money is recommended, and who would get it: an organisation, or a person where the rules allow it."""

    pot: Pot
    subject: str
    title: str
    language: str
    recipient: str
    organisation_id: int | None = None
    person_id: int | None = None
    summary: str = ""
    place: str | None = None
    needs_target: bool = True
    note: str = ""

    def award(self, now: datetime) -> Award:
        """The award that it would be, with no money yet."""
        return Award(
            public_id=secrets.token_hex(8),
            pot_id=self.pot.id,
            subject=self.subject,
            title=self.title,
            summary=self.summary,
            language=self.language,
            place=self.place,
            organisation_id=self.organisation_id,
            person_id=self.person_id,
            recipient=self.recipient,
            needs_target=self.needs_target,
            note=self.note,
            created_at=now,
        )


@dataclass(frozen=True)
class Terms:
    """What is recommended: how much in all, on which conditions, until when, and why."""

    amounts: Amounts
    rationale: str
    conditions: str = ""
    expires_at: datetime | None = None
    language: str = "en"
