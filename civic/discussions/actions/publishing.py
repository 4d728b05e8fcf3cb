"""What every text passes before it stands: its pictures are one's own and described, moderation lets it through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from civic.accounts.models import User
from civic.core.markdown import pictures_in
from civic.discussions.models import Topic
from civic.discussions.queries.readers import OwnPicture, own_pictures
from civic.discussions.refusals import ForeignPicture, PictureWithoutAlt, TooManyPictures
from civic.discussions.rules.choices import PICTURES_MOST


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
    for picture in named:
        if picture.key not in own:
            raise ForeignPicture()
        found = own[picture.key]
        text = text.replace(picture.src, f"picture:{found.key}/{found.width}x{found.height}")
    return text, list(own.values())


@dataclass(frozen=True, slots=True)
class _Passed:
    shown: str = "shown"
    reasons: tuple[str, ...] = ()


def screen(kind: str, text: str, *, by: User, now: datetime, language: str, topic: Topic, own: str = "") -> Any:
    """Ask moderation whether this may be published here, and how it is shown at first; before anything is locked or written."""
    _ = timedelta(seconds=topic.pause_seconds)
    return _Passed("waiting" if topic.waits and not by.is_staff else "shown")


def published(name: str, screening: Any, *, text: str, by: User, now: datetime) -> None:
    """Let moderation remember a text that now stands."""


def changed(name: str, screening: Any, *, text: str, by: User, now: datetime) -> None:
    """Let moderation look at a text as it was changed; before its row is written, so that the case is locked before it."""
