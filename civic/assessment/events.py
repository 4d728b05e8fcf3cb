"""What assessment tells the packages above, in the same transaction in which it became true."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ItemAssessed:
    """The result of a thing ("application:12") is agreed: by a meeting, or because nobody had to talk about it."""

    subject: str


@dataclass(frozen=True)
class ItemReopened:
    """An agreed result no longer stands, because a conflict of interest came up; ItemAssessed comes again."""

    subject: str
