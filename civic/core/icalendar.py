"""Calendar files (RFC 5545), so that a moment here becomes one in anybody's own calendar, in London time the whole year round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from civic.core.clock import in_london

TYPE = "text/calendar"
# Since 1996: from the last Sunday in March to the last Sunday in October, each at 1:00 UTC.
LONDON_TIME = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T010000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "END:STANDARD",
    "END:VTIMEZONE",
)
LINE = 75  # octets, without the line break


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar; `sequence` counts its changes, so that a later file replaces an earlier one."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    changed_at: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def calendar(entries: Iterable[Entry]) -> bytes:
    """A whole calendar file with these entries."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Civic London//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += LONDON_TIME
    for entry in entries:
        lines += _entry(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def escaped(text: str) -> str:
    """A text as a value: backslashes, commas and semicolons marked, each line break as two signs."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(sign for sign in plain.replace("\n", "\\n") if sign >= " " and sign != "\x7f")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, none cut within a character; each after the first begins with a space."""
    piece, size = "", 0
    for sign in line:
        wide = len(sign.encode())
        if size + wide > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + wide
    yield piece


def _entry(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{entry.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART{_moment(entry.starts_at)}"
    yield f"DTEND{_moment(entry.ends_at)}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.text:
        yield f"DESCRIPTION:{escaped(entry.text)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    """London's wall clock with its zone; in the hour that happens twice the second time is said in UTC, which is GMT then."""
    here = in_london(moment)
    return f":{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" if here.fold else f";TZID=Europe/London:{here:%Y%m%dT%H%M%S}"
