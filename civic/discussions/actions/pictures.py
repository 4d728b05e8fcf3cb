"""Pictures for one's texts: drawn anew, described in words, swept away where no text uses them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from civic.accounts.models import User
from civic.core import files
from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.files import StoredFile
from civic.discussions.models import DiscussionPicture
from civic.discussions.queries.readers import OwnPicture
from civic.discussions.rules.choices import ALT_MOST, UNUSED_PICTURE_DAYS


class AltMissing(CivicError):
    """Somebody may not see it."""

    sentence, status, field = _l("Describe the picture in words, for those who cannot see it."), 422, "alt"


def keep_picture(upload: Any, *, alt: str, by: User, now: datetime) -> OwnPicture:
    """Keep a picture for a text of one's own; `.markdown` is what to put into the text.

    Raises AltMissing, and FileRefused at the field "picture".
    """
    words = " ".join(alt.split())[:ALT_MOST]
    if not any(letter.isalnum() for letter in words):
        raise AltMissing()
    file = files.keep_picture(upload, now=now, field="picture")
    picture = DiscussionPicture(file_id=file.id, person_id=by.id, alt=words, at=now)
    db.session.add(picture)
    db.session.flush()
    return OwnPicture(picture.id, file.key, words, file.width or 0, file.height or 0)


def sweep_pictures(now: datetime) -> int:
    """Delete pictures that no text has used for a week; tells how many."""
    unused = delete(DiscussionPicture).where(
        DiscussionPicture.comment_id.is_(None),
        DiscussionPicture.thread_id.is_(None),
        DiscussionPicture.at < now - timedelta(days=UNUSED_PICTURE_DAYS),
    )
    gone = list(db.session.scalars(unused.returning(DiscussionPicture.file_id)))
    if gone:
        db.session.execute(delete(StoredFile).where(StoredFile.id.in_(gone)))
    return len(gone)


def pictures_of_thread(thread_id: int) -> list[int]:
    """The numbers of the pictures in a thread's opening."""
    return list(db.session.scalars(select(DiscussionPicture.id).where(DiscussionPicture.thread_id == thread_id)))
