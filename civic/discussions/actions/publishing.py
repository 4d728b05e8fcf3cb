"""What every text passes before it stands: its pictures are one's own and described, moderation lets it through."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from civic.accounts.models import User
from civic.core.markdown import pictures_in
from civic.discussions.models import Topic
from civic.discussions.queries.readers import OwnPicture, own_pictures
from civic.discussions.refusals import ForeignPicture, PictureWithoutAlt, TooManyPictures
from civic.discussions.rules.choices import PICTURES_MOST
from civic.moderation import actions as moderation
from civic.moderation.actions import Screening


def with_pictures(text: str, *, by: User) -> tuple[str, list[OwnPicture]]:
    """The text with the size of each picture behind its key, and the pictures; no statement for a text without any.

    Raises PictureWithoutAlt, ForeignPicture and TooManyPictures.
    """
    named = pictures_in(text) if "![" in text else []
    if any(picture.key is None for picture in named):
        raise ForeignPicture()
    if any(not picture.alt for picture in named):
        raise PictureWithoutAlt()
    if len(named) > PICTURES_MOST:
        raise TooManyPictures()
    own = own_pictures(by.id, (picture.key for picture in named if picture.key))
    if any(picture.key not in own for picture in named):
        raise ForeignPicture()
    for found in own.values():
        written = re.compile(rf"picture:{re.escape(found.key)}(?:/\d{{1,4}}x\d{{1,4}})?")
        text = written.sub(f"picture:{found.key}/{found.width}x{found.height}", text)
    return text, list(own.values())


def screen(kind: str, text: str, *, by: User, now: datetime, language: str, topic: Topic, own: str = "") -> Screening:
    """Ask moderation whether this may be published here, and how it is shown at first; before anything is locked or written."""
    return moderation.screen(
        kind,
        text,
        by=by,
        now=now,
        language=language,
        place=f"topic:{topic.id}",
        waits=topic.waits,
        pause=timedelta(seconds=topic.pause_seconds) if topic.pause_seconds else None,
        own=own,
    )
