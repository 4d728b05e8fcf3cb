"""What can be done with discussions from the command line."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from civic.core.db import db, transaction
from civic.discussions.actions import counts
from civic.discussions.models import Thread, Topic


@click.command("recount-discussions")
@with_appcontext
def recount_discussions() -> None:
    """Make every kept count of discussions again from what it counts: each thread in a transaction of its own."""
    threads, topics = list(db.session.scalars(select(Thread.id).order_by(Thread.id))), 0
    db.session.rollback()
    wrong = 0
    for number in threads:
        with transaction():
            wrong += counts.recount(number)
    with transaction():
        topics = sum(counts.recount_topic(number) for number in db.session.scalars(select(Topic.id).order_by(Topic.id)))
    click.echo(f"{len(threads)} threads counted again: {wrong} had been wrong, and {topics} topics.")
