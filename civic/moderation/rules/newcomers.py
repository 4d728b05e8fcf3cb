"""What new accounts may not do yet, how fast anybody may post, and what a link is."""

import re
from datetime import datetime, timedelta

PAUSE = timedelta(seconds=20)
"""Between two posts of one person, wherever."""
HOURLY = 30
"""Posts of one person in an hour."""
LINKS = 10
"""Links in one text."""
SAID_DAYS = 14
"""How long nearly the same words by the same person are a repetition."""
COPY_DAYS = 7
COPIERS = 3
"""So many other people with nearly the same words within so many days are shown to moderators; nobody is refused for it."""

# An address, or a host with a top-level domain that people type without one. Linear: no part can match in two ways.
_LINK = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w@.-])[a-z0-9-]{1,63}\."
    r"(?:com|net|org|info|biz|io|co|uk|london|ru|xyz|top|shop|online|site|club|me|tv|ly)(?!\w)",
    re.IGNORECASE,
)


def links_in(text: str) -> int:
    """How many links a text holds, also those without https://."""
    return len(_LINK.findall(text))


def links_of(text: str) -> list[str]:
    """The links in a text as they are written, each once, at most twenty."""
    return list(dict.fromkeys(_LINK.findall(text)))[:20]


def is_newcomer(created_at: datetime, now: datetime, days: int) -> bool:
    """Whether an account is younger than so many days."""
    return now - created_at < timedelta(days=days)
