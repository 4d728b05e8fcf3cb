"""What assessment tells the packages above, in the same transaction in which it became true."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ItemAssessed:
    """The result of a thing ("application:12") is agreed: by a meeting, or because nobody had to talk about it."""

    subject: str


@dataclass(frozen=True)
class ItemReopened:
    """An agreed result no longer stands, because a conflict of interest came up; ItemAssessed comes again."""

    subject: str


@dataclass(frozen=True)
class InterestDeclared:
    """Somebody declared an interest in a thing; a package that handles the same under another name hides that as well."""

    subject: str
    user_id: int
    words: str
    language: str
    now: datetime


@dataclass(frozen=True)
class InterestLifted:
    """Somebody else let a declared interest count no more, for a reason."""

    subject: str
    user_id: int
    by_id: int
    why: str
    language: str
    now: datetime
