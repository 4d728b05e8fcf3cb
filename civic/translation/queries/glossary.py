"""The glossary: its words, and those that an original uses."""

from sqlalchemy import func, select

from civic.core.db import db
from civic.core.pages import Page, page_of
from civic.translation.models import GlossaryTerm
from civic.translation.rules.checking import Term


def terms(language: str, source_language: str) -> list[Term]:
    """Every word from one language into another, as the rules look at it."""
    query = select(GlossaryTerm.term, GlossaryTerm.translation, GlossaryTerm.is_locked).where(
        GlossaryTerm.language == language, GlossaryTerm.source_language == source_language
    )
    return [Term(*row) for row in db.session.execute(query.order_by(GlossaryTerm.id))]


def listed(language: str, *, at: str | None = None) -> Page:
    """The words of a language in their order."""
    query = select(GlossaryTerm).where(GlossaryTerm.language == language)
    return page_of(query, [GlossaryTerm.folded, GlossaryTerm.id], at=at, size=50, scalars=True)


def term_by_id(term_id: int) -> GlossaryTerm | None:
    """The word with this number."""
    return db.session.get(GlossaryTerm, term_id) if 0 < term_id < 2**62 else None


def how_many(language: str) -> int:
    """How many words a language has."""
    return db.session.scalar(select(func.count()).where(GlossaryTerm.language == language)) or 0
