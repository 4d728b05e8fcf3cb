"""`flask civic import-discussion FILE`: threads of comments held elsewhere, with a report of what did not fit."""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from flask.cli import with_appcontext

from civic.core import clock
from civic.core.db import transaction
from civic.core.i18n import LANGUAGE_TAG
from civic.discussions.importing.loading import Loaded, load
from civic.discussions.importing.reading import (
    COLUMNS,
    Incoming,
    Refused,
    columns,
    lines_of_csv,
    lines_of_json,
    openings,
    read,
)
from civic.discussions.queries.topics import topic_by_slug

SHOWN = 3  # refused lines that are named for each reason
SOURCE = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")


@click.command("import-discussion")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--topic", required=True, help="The topic's name in its address.")
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option("--threads", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A CSV file with the threads' own id, title, summary and text.")  # fmt: skip
@click.option(
    "--column", "chosen", multiple=True, metavar="WHAT=NAME", help="Where something stands, like votes=likes."
)
@click.option("--source", default="", help="Where it comes from; the file's name where not said.")
@click.option("--language", default="en", show_default=True, help="Of the comments, like es.")
@click.option("--untitled", default="Thread", show_default=True, help="What a thread without a title is called.")
@click.option("--timezone", default="Europe/London", show_default=True, help="Of dates without one.")
@click.option("--dry-run", is_flag=True, help="Read everything and report, and keep nothing.")
@with_appcontext
def import_discussion(
    file: Path, topic: str, kind: str, threads: Path | None, chosen: tuple[str, ...], source: str, language: str,
    untitled: str, timezone: str, dry_run: bool,
) -> None:  # fmt: skip
    """Load threads of comments from a CSV or JSON file (columns: docs/import-discussions.md); the same file again changes nothing."""
    source = source or re.sub(r"[^a-z0-9.-]+", "-", file.stem.lower()).strip("-")[:40]
    if not SOURCE.fullmatch(source):
        raise click.ClickException("--source is made of small letters, digits, dots and hyphens.")
    if not LANGUAGE_TAG.match(language):
        raise click.ClickException("--language is a code like en, es or pt-BR.")
    into = topic_by_slug(topic)
    if into is None:
        raise click.ClickException(f"There is no topic “{topic}”.")
    reader = Reader(_chosen(chosen), _zone(timezone))
    lines = reader.read((lines_of_csv if kind == "csv" else lines_of_json)(file))
    loaded = None
    try:
        if dry_run:
            reader.fine = sum(1 for _ in lines)
        else:
            with transaction():
                loaded = load(
                    lines, openings(threads) if threads else {}, topic=into, source=source, language=language,
                    untitled=untitled, now=reader.now,
                )  # fmt: skip
    except Refused as why:
        raise click.ClickException(f"Nothing was imported: {why.reason} ({why.found}).") from why
    except (UnicodeDecodeError, csv.Error, ValueError) as bad:
        raise click.ClickException(
            f"Nothing was imported: the file cannot be read after line {reader.seen}: {bad}"
        ) from bad
    for line in reader.report(loaded):
        click.echo(line)
    sys.exit(1 if reader.refused and not reader.fine else 0)


class Reader:
    """Reads line by line, and knows what was read and refused, and why."""

    def __init__(self, chosen: Mapping[str, str], zone: ZoneInfo) -> None:
        self.chosen, self.zone, self.now = chosen, zone, clock.now()
        self.seen = self.fine = 0
        self.refused: Counter[str] = Counter()
        self.examples: list[str] = []

    def read(self, lines: Iterator[Mapping[str, Any]]) -> Iterator[Incoming]:
        """The comments that can be used."""
        names: dict[str, str] | None = None
        for line in lines:
            self.seen += 1
            names = columns(line.keys(), self.chosen) if names is None else names
            try:
                found = read(line, names, now=self.now, zone=self.zone)
            except Refused as why:
                self._refuse(why)
                continue
            self.fine += 1
            yield found

    def _refuse(self, why: Refused) -> None:
        self.refused[why.reason] += 1
        if self.refused[why.reason] <= SHOWN:
            self.examples.append(f"  entry {self.seen}: {why.reason}" + (f" (“{why.found}”)" if why.found else ""))

    def report(self, loaded: Loaded | None) -> Iterator[str]:
        """The report, for a person."""
        if loaded is None:
            yield f"{self.seen} entries read; {self.fine} comments would be imported."
        else:
            yield f"{self.seen} entries read; {loaded.comments} comments imported, and {loaded.threads} new threads."
            there = self.fine - loaded.comments - loaded.twice - loaded.circles
            if there:
                yield f"{there} were already there and stay as they are."
            told = {
                "stood twice and were kept once": loaded.twice,
                "answer something that is not in their thread, and now answer nobody": loaded.lost_parents,
                "answer each other in a circle and were left out": loaded.circles,
            }
            yield from (f"{number} {what}." for what, number in told.items() if number)
        for reason, count in self.refused.most_common():
            yield f"{count} refused: {reason}."
        yield from self.examples


def _chosen(pairs: tuple[str, ...]) -> dict[str, str]:
    chosen = dict(pair.partition("=")[::2] for pair in pairs)
    if strange := chosen.keys() - COLUMNS.keys():
        raise click.ClickException(f"--column knows {', '.join(COLUMNS)}, but not {', '.join(sorted(strange))}.")
    return chosen


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as bad:
        raise click.ClickException(f"There is no time zone “{name}”.") from bad
