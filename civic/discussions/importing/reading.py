"""One line of a file → one comment of a discussion held elsewhere, or the reason why not. No database, no clock.

The columns are documented in docs/import-discussions.md; `COLUMNS` is what the documentation is held against.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

# What we ask for → the names under which it is found by itself, the first that the file has.
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("id", "comment_id"),
    "thread": ("thread", "proposalId", "proposal_id", "commentable_id", "thread_id"),
    "parent": ("parent", "parentId", "parent_id", "ancestry"),
    "text": ("text", "body"),
    "date": ("date", "created_at", "timestamp"),
    "time": ("time",),
    "votes": ("votes", "numPositiveVotes", "cached_votes_up", "votes_up"),
    "author": ("author", "userId", "user_id", "author_id"),
    "title": ("title", "thread_title", "proposalTitle"),
}
NEEDED = ("id", "thread", "text", "date")
NO_PARENT = ("", "-1", "0", "null", "None", "NULL", "nan")
MOST_TEXT, MOST_TITLE, MOST_KEY, MOST_VOTES = 20_000, 150, 100, 10**9
_UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class Refused(Exception):
    """Why a line cannot become a comment: a reason to count by, and what stood there."""

    def __init__(self, reason: str, found: str = ""):
        super().__init__(reason)
        self.reason, self.found = reason, found[:80]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is known of a comment that was made elsewhere."""

    key: str
    thread: str
    parent: str | None
    title: str
    text: str
    at: datetime
    votes: int
    author: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens a thread: from a file of its own (proposals)."""

    title: str
    text: str


def columns(found: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Which column of the file holds what: as chosen, else by its usual names. Raises Refused where a needed one is missing."""
    present = list(found)
    names: dict[str, str] = {}
    for wanted, usual in COLUMNS.items():
        tried = (chosen[wanted],) if wanted in chosen else usual
        name = next((each for each in tried if each in present), None)
        if name is not None:
            names[wanted] = name
        elif wanted in NEEDED or wanted in chosen:
            raise Refused(f"the file has no column for “{wanted}”", ", ".join(tried))
    return names


def read(line: Mapping[str, Any], names: Mapping[str, str], *, now: datetime, zone: tzinfo) -> Incoming:
    """A comment from a line; raises Refused."""
    told = {wanted: _text(line.get(name)) for wanted, name in names.items()}
    text = told["text"][:MOST_TEXT]
    if not text:
        raise Refused("no text")
    parent = told.get("parent", "").rsplit("/", 1)[-1].strip()  # an ancestry is a path that ends with the parent
    return Incoming(
        key=_key(told["id"], "id"),
        thread=_key(told["thread"], "thread"),
        parent=None if parent in NO_PARENT else _key(parent, "parent"),
        title=" ".join(told.get("title", "").split())[:MOST_TITLE],
        text=text,
        at=_moment(_dated(told["date"], told.get("time", "")), now, zone),
        votes=_votes(told.get("votes", "")),
        author=told.get("author", "")[:MOST_KEY],
    )


def lines_of_csv(file: Path) -> Iterator[dict[str, Any]]:
    """The lines of a CSV file in UTF-8 with a header, one after another."""
    csv.field_size_limit(1_000_000)
    with file.open(newline="", encoding="utf-8-sig") as opened:
        head = opened.readline()
        opened.seek(0)
        yield from csv.DictReader(opened, delimiter=";" if head.count(";") > head.count(",") else ",")


def lines_of_json(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON file: one a line (read one after another), or a list of them (read whole)."""
    with file.open(encoding="utf-8-sig") as opened:
        first = opened.read(64).lstrip()[:1]
        opened.seek(0)
        several = json.load(opened) if first == "[" else (json.loads(line) for line in opened if line.strip())
        for each in several:
            if not isinstance(each, dict):
                raise ValueError("what stands there is no object")
            yield each


def openings(file: Path) -> dict[str, Opening]:
    """The threads' own titles and texts from a CSV file with `id`, `title` and perhaps `summary` and `text`."""
    found = {}
    for line in lines_of_csv(file):
        title = " ".join(_text(line.get("title")).split())[:MOST_TITLE]
        parts = dict.fromkeys(part for part in (_text(line.get("summary")), _text(line.get("text"))) if part)
        if title:
            found[_text(line.get("id"))] = Opening(title, "\n\n".join(parts)[:MOST_TEXT])
    return found


def _text(value: Any) -> str:
    if value is None or isinstance(value, list | dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _UNKEPT.sub("", str(value).replace("\r\n", "\n")).strip()


def _key(value: str, what: str) -> str:
    value = value.removesuffix(".0")  # whole numbers that a spreadsheet made into others
    if not value or len(value) > MOST_KEY:
        raise Refused(f"no usable {what}", value)
    return value


def _dated(day: str, time: str) -> str:
    """A date with the time that stands beside it ("0 days 10:50:19" in some files); noon where nobody says, so that the day stays."""
    return day if len(day) != len("2015-09-15") else f"{day} {time.rsplit(' ', 1)[-1] or '12:00'}"


def _moment(value: str, now: datetime, zone: tzinfo) -> datetime:
    try:
        moment = datetime.fromisoformat(value.replace(" UTC", "+00:00"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        is_past = moment.year >= 1990 and moment <= now
    except (ValueError, OverflowError) as bad:
        raise Refused("a date that cannot be read", value) from bad
    if not is_past:
        raise Refused("a date that cannot be", value)
    return moment


def _votes(value: str) -> int:
    if not value:
        return 0
    try:
        return min(MOST_VOTES, max(0, int(float(value))))
    except (ValueError, OverflowError) as bad:
        raise Refused("votes that are no number", value) from bad
