"""The `flask civic` commands: set up, run, check and look after the site."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from civic.config import SETTINGS
from civic.core.db import db

civic = AppGroup("civic", help="Set up, run, check and look after the site.")


@civic.command("migrate")
def migrate() -> None:
    """Bring the database to this release's tables."""
    current_app.extensions["migrations"].upgrade()
    click.echo("The database is up to date.")


@civic.command("check")
def check() -> None:
    """Prove every invariant over the live data; names each that does not hold and exits with 1."""
    problems = [problem for proof in current_app.extensions["civic"].checks for problem in proof()]
    for problem in problems:
        click.echo(f"NOT TRUE: {problem}", err=True)
    if problems:
        sys.exit(1)
    click.echo(f"{len(current_app.extensions['civic'].checks)} invariants hold.")


@civic.command("worker")
def worker() -> None:
    """Do the jobs that wait, until stopped."""
    _work(wait=True)


@civic.command("tick")
def tick() -> None:
    """Do every job that is due now, once, and stop: for a machine that has cron and no service manager."""
    _work(wait=False)


def _work(*, wait: bool) -> None:
    from civic.core.jobs import work

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    work(app, address, app.extensions["civic"].periodic, wait=wait)


@civic.command("seed")
@click.option("--scale", default=1, show_default=True, help="How many times larger than the demo.")
@with_appcontext
def seed(scale: int) -> None:
    """Fill an empty database with a realistic London, through the same actions that people use."""
    from civic.seeds import plant

    for line in plant(scale):
        click.echo(line)


@civic.command("demo")
def demo() -> None:
    """Set up the database, load the demo once, and run the web server and the worker until Ctrl-C."""
    from civic.serve import run

    run(current_app._get_current_object())  # type: ignore[attr-defined]


@civic.command("settings")
def settings() -> None:
    """Print every setting as the table that stands in docs/settings.md."""
    click.echo(settings_table())


def settings_table() -> str:
    """The settings as a Markdown table."""
    rows = [f"| `{each.name}` | {f'`{each.default}`' if each.default else '–'} | {each.meaning} |" for each in SETTINGS]
    return "\n".join(
        ["# Settings", "", "Read from the environment.", "", "| name | default | meaning |", "|---|---|---|", *rows]
    )
