"""Files of translations that wait for somebody to look at them."""

from sqlalchemy import select

from civic.core.db import db
from civic.translation.models import TranslationFile


def file_by_id(file_id: int) -> TranslationFile | None:
    """The file with this number."""
    return db.session.get(TranslationFile, file_id) if 0 < file_id < 2**62 else None


def waiting_files() -> list[TranslationFile]:
    """Files that nobody has taken over yet, newest first."""
    query = select(TranslationFile).where(TranslationFile.taken_at.is_(None)).order_by(TranslationFile.id.desc())
    return list(db.session.scalars(query.limit(20)))
