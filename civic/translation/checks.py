"""What must always be true of translations, for `flask civic check`."""

from collections.abc import Iterable

from sqlalchemy import select

from civic.core.db import db, stream
from civic.translation.models import Translation
from civic.translation.rules.comparing import mark_of


def unsound_translations() -> Iterable[str]:
    """A sentence for every translation that a member approved of their own, or whose mark is not that of its original."""
    own = select(Translation.id).where(
        Translation.origin == "community", Translation.by_id == Translation.decided_by_id
    )
    for number in db.session.scalars(own.order_by(Translation.id)):
        yield f"translation {number} was decided by whoever suggested it"
    rows = select(Translation.id, Translation.source_text, Translation.source_mark).order_by(Translation.id)
    for number, text, mark in stream(rows, 500):
        if mark != mark_of(text):
            yield f"translation {number} does not carry the mark of its original"


CHECKS = [unsound_translations]
