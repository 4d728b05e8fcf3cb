"""What can be done with responses from the command line."""

import click

from civic.core.db import transaction
from civic.surveys.actions.counting import recount
from civic.surveys.queries.surveys import survey_by_slug


@click.command("recount-survey")
@click.argument("slug")
def recount_survey(slug: str) -> None:
    """Make the kept counts of a survey again from its responses."""
    with transaction():
        survey = survey_by_slug(slug)
        if survey is None:
            raise click.ClickException(f"There is no survey “{slug}”.")
        was_wrong = recount(survey)
    click.echo("The counts were wrong and are right now." if was_wrong else "The counts were right.")
