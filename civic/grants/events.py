"""What grants tell the packages above, in the same transaction in which it became true. `subject` is their own name for the thing."""

from dataclasses import dataclass
from datetime import datetime

from civic.core.money import Money


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
class PotChanged:
    """A pot has more or less to give by somebody's hand: money was set aside or taken back, or what had been paid came back."""

    pot_id: int
    now: datetime
