"""`flask civic bounce`: for a mail service that tells a person, or a script, and not our address."""

import click

from civic.core import clock
from civic.core.db import transaction
from civic.notifications import actions
from civic.notifications.actions.bouncing import KINDS


@click.command("bounce")
@click.argument("address")
@click.option("--kind", type=click.Choice(KINDS), default="hard", show_default=True, help="What the mail service said.")
def bounce(address: str, kind: str) -> None:
    """Note that mail to ADDRESS came back; no more letters go there until its owner confirms it again."""
    with transaction():
        is_kept = actions.note_bounce(address, kind, now=clock.now())
    click.echo("Noted." if is_kept else "Nothing to note: no account has this address, or the fault will pass.")
