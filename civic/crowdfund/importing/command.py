"""`flask civic import-campaigns FILE.csv`: thousands of campaigns of the past, with a report of what did not fit."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click
from flask.cli import with_appcontext

from civic.core import clock
from civic.core.db import transaction
from civic.crowdfund.importing.loading import load
from civic.crowdfund.importing.reading import PastCampaign, Refused, missing_columns, numbered, read

AT_ONCE = 1000  # lines of one transaction
SHOWN = 3  # refused lines that are named for each reason


@click.command("import-campaigns")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read everything and report, and keep nothing.")
def import_campaigns(file: Path, dry_run: bool) -> None:
    """Load finished campaigns from a CSV file (columns: docs/import-campaigns.md); the same file again changes nothing."""
    report = Report()
    csv.field_size_limit(1_000_000)
    try:
        with file.open(newline="", encoding="utf-8-sig") as opened:
            lines = csv.DictReader(opened)
            if missing := missing_columns(lines.fieldnames or []):
                raise click.ClickException(f"Nothing was imported: the file has no column {', '.join(missing)}.")
            _load_all(lines, file.name, report, dry_run)
    except (UnicodeDecodeError, csv.Error) as bad:
        raise click.ClickException(
            f"The file is not CSV in UTF-8 after line {report.read + 1}: {bad}. What was imported before stays."
        ) from bad
    for line in report.lines(dry_run):
        click.echo(line)
    sys.exit(1 if report.refused and not report.fine else 0)


class Report:
    """What was read, kept and refused, and why."""

    def __init__(self) -> None:
        self.read = self.fine = self.new = 0
        self.refused: Counter[str] = Counter()
        self.notices: Counter[str] = Counter()
        self.examples: list[str] = []

    def refuse(self, number: int, why: Refused) -> None:
        """Count a line that cannot become a campaign, and keep the first few to show."""
        self.refused[why.reason] += 1
        if self.refused[why.reason] <= SHOWN:
            self.examples.append(f"  line {number}: {why.reason}" + (f" (“{why.found}”)" if why.found else ""))

    def lines(self, dry_run: bool) -> Iterator[str]:
        """The report, for a person."""
        kept = "would be imported" if dry_run else "imported"
        yield f"{self.read} lines read; {self.fine if dry_run else self.new} campaigns {kept}."
        if not dry_run and self.fine > self.new:
            yield f"{self.fine - self.new} were already there and stay as they are."
        for reason, count in self.refused.most_common():
            yield f"{count} refused: {reason}."
        for notice, count in self.notices.most_common():
            yield f"{count} imported with a remark: {notice}."
        yield from self.examples


@with_appcontext
def _load_all(lines: "csv.DictReader[str]", name: str, report: Report, dry_run: bool) -> None:
    several = _readable(lines, report)
    while batch := list(islice(several, AT_ONCE)):
        report.fine += len(batch)
        if not dry_run:
            with transaction():
                report.new += len(load(batch, imported_from=name, now=clock.now()))


def _readable(lines: "csv.DictReader[str]", report: Report) -> Iterator[PastCampaign]:
    for number, line in numbered(lines):
        report.read += 1
        try:
            past = read(line)
        except Refused as why:
            report.refuse(number, why)
            continue
        report.notices.update(past.notices)
        yield past
