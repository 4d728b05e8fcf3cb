"""What a maker gets, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from civic.core.reading import Reading


class NotMade(Exception):
    """A format that could not be made: which fault, in one word for the log and the page ("tool", "long", "time", "memory")."""

    def __init__(self, fault: str):
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Source:
    """What is to be put into another format, with its pictures (WebP) by their keys, and when it is made."""

    reading: Reading
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    """A file, and how long it is: pages of print or Braille, seconds of speech, files on a disc; 0 where nobody counts."""

    data: bytes
    length: int = 0
