"""What grants tell the packages above, in the same transaction in which it became true. `subject` is their own name for the thing."""

from dataclasses import dataclass, field
from datetime import datetime

from civic.core.money import Money
from civic.grants.models import Instalment


@dataclass(frozen=True)
class AwardDecided:
    """A first decision gave money to a subject; it is not public yet."""

    award_id: int
    subject: str
    now: datetime


@dataclass(frozen=True)
class AwardTurnedDown:
    """A recommendation was refused or taken back, so nothing is given."""

    award_id: int
    subject: str
    now: datetime


@dataclass(frozen=True)
class ChangeTurnedDown:
    """A recommended change or end of a standing award was refused or taken back: it stands as it stood."""

    award_id: int
    subject: str
    decision_id: int
    why: str
    now: datetime


@dataclass(frozen=True)
class AwardAnnounced:
    """Everybody may know of it now. Raise a refusal where it cannot be announced (the campaign has closed)."""

    award_id: int
    subject: str
    amount: Money
    now: datetime


@dataclass(frozen=True)
class AwardChanged:
    """A new decision made an announced award larger or smaller."""

    award_id: int
    subject: str
    amount: Money
    now: datetime


@dataclass(frozen=True)
class AwardReleased:
    """The promise is void and the money back in the fund; `why`: ended, expired, declined or cancelled."""

    award_id: int
    subject: str
    why: str
    now: datetime


@dataclass(frozen=True)
class AwardPaid:
    """An instalment was paid."""

    award_id: int
    subject: str
    amount: Money
    now: datetime


@dataclass(frozen=True)
class AwardFinished:
    """Everything was paid and reported, or it was stopped."""

    award_id: int
    subject: str
    now: datetime


@dataclass(frozen=True)
class AgreementBegins:
    """The first text of a version is being made: add what the subject's own package has to say, as (heading, paragraphs) in Markdown.

    It may also say how the money will be paid, where that changes with this version. Nothing is written.
    """

    award_id: int
    subject: str
    sections: list[tuple[str, list[str]]] = field(default_factory=list)
    instalments: list[Instalment] = field(default_factory=list)  # none: as they stand


@dataclass(frozen=True)
class AgreementMoved:
    """A version was offered ("offer"), taken back ("withdraw") or signed by both sides ("enter"). Raise a refusal where it may not be."""

    award_id: int
    subject: str
    agreement_id: int
    verb: str
    by_id: int | None
    now: datetime


@dataclass(frozen=True)
class InstalmentMoved:
    """An instalment was claimed ("claim"), a claim returned ("return"), or payment instructed ("instruct").

    Raise a refusal where the subject's own package wants something else first.
    """

    award_id: int
    subject: str
    instalment_id: int
    verb: str
    by_id: int
    now: datetime
    why: str = ""


@dataclass(frozen=True)
class ReportSubmitted:
    """A recipient sent a report. Raise a refusal where the subject's own package wants something else first."""

    award_id: int
    subject: str
    report_id: int
    now: datetime


@dataclass(frozen=True)
class PotChanged:
    """A pot has more or less to give by somebody's hand: money was set aside or taken back, or what had been paid came back."""

    pot_id: int
    now: datetime
