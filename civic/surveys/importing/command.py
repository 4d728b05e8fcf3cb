"""`flask civic import-survey FILE.xlsx`: a questionnaire from an XLSForm, as a draft, with a report."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from civic.accounts.models import User
from civic.core import clock
from civic.core.db import db, transaction
from civic.surveys.actions.importing import import_survey as import_file
from civic.surveys.forms.building import SLUG
from civic.surveys.importing.report import Imported, Unreadable, left_sentence, unreadable_sentence
from civic.surveys.queries.surveys import survey_by_slug


@click.command("import-survey")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", default="", help="The address of the new survey; made from the title where not given.")
@click.option("--as", "email", default="", help="The e-mail address of the member of staff who answers for it.")
@with_appcontext
def import_survey(file: Path, slug: str, email: str) -> None:
    """Import an XLSForm questionnaire as a draft survey; on any error nothing is imported."""
    by = _person(email)
    if slug and not SLUG.match(slug):
        raise click.ClickException("An address has small letters, digits and single hyphens only.")
    if slug and survey_by_slug(slug) is not None:
        raise click.ClickException(f"There is already a survey at the address “{slug}”.")
    try:
        with transaction():
            survey, imported = import_file(file.read_bytes(), name=file.stem, slug=slug, by=by, now=clock.now())
            slug = survey.slug
    except Unreadable as error:
        place = ", ".join(part for part in (error.sheet, f"row {error.row}" if error.row else "") if part)
        raise click.ClickException(
            f"Nothing was imported. {unreadable_sentence(error)}{f' ({place})' if place else ''}"
        ) from error
    click.echo(_summary(imported, slug))
    for left in imported.left:
        place = f"{left.sheet}:{left.row or '–'}:{left.column or '–'}"
        click.echo(f"  {place}  {left_sentence(left)}")


def _person(email: str) -> User | None:
    if not email:
        return None
    person = db.session.scalar(select(User).where(User.email == email.strip().lower()))
    if person is None:
        raise click.ClickException("Nobody here has that e-mail address.")
    return person


def _summary(imported: Imported, slug: str) -> str:
    questionnaire = imported.questionnaire
    asked = sum(question.is_asked for question in questionnaire.questions())
    conditions = sum(bool(section.show_if) for section in questionnaire.sections)
    conditions += sum(bool(question.show_if) for question in questionnaire.questions())
    return (
        f"Imported as a draft: {slug}. Sections: {len(questionnaire.sections)}; questions: {asked}; conditions: {conditions}; "
        f"languages: {', '.join(questionnaire.languages)}; not carried over: {len(imported.left)}"
    )
