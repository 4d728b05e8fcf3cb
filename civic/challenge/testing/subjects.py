"""What a programme's money is to grants, which know it by name alone."""

from flask import url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.challenge.models import Programme
from civic.core.db import db
from civic.core.manifest import Subject


def desk_url(number: int) -> str:
    """Where staff see it."""
    programme = db.session.get(Programme, number)
    return url_for("manage_testing.show_grants", programme=programme.slug) if programme else ""


def public_url(number: int) -> str:
    """Where everybody sees it."""
    programme = db.session.get(Programme, number)
    return (
        url_for("challenge_story.show_programme", programme=programme.slug) if programme and programme.is_public else ""
    )


SUBJECTS = [
    Subject(
        kind="programme",
        label=_l("Programme of the challenge"),
        url=desk_url,
        draw=lambda number: Markup(""),
        public_url=public_url,
        parties=lambda number: frozenset(),
    )
]
