"""`flask civic challenge-match FILE`: anybody who has the file of a match computes it once more, without a database."""

import json
from typing import Any

import click

from civic.challenge.matching.rules.documents import faults


@click.command("challenge-match")
@click.argument("file", type=click.File("rb"))
def challenge_match(file: Any) -> None:
    """Compute the match in FILE once more and say whether it is the same."""
    try:
        document = json.loads(file.read().decode("utf-8"))
    except (ValueError, RecursionError) as broken:
        raise click.ClickException("This is not a JSON file.") from broken
    if found := faults(document):
        raise click.ClickException("\n".join(found))
    matched = sum(1 for each in document["decided"].values() if each is not None)
    click.echo(
        f"Equal: {matched} of {len(document['startups'])} startups matched, {len(document['overrides'])} overrides."
    )
