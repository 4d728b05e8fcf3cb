"""Links: how long each kind lives, where one may be sent on to, and how a browser is called."""

import re
from urllib.parse import urlsplit

# Purpose → minutes it works. A link is for one use; asking for a new one ends the old one.
PURPOSES = {"sign_up": 24 * 60, "sign_in": 20, "reset_password": 60, "change_email": 24 * 60}
INVITATION_DAYS = 14
SESSION_DAYS = 30
STAFF_SESSION_HOURS = 12

_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def safe_next(target: str | None) -> str | None:
    """A path of our own to go on to, or None: never another host, another scheme, or a trick that a browser reads as one."""
    if (
        not target
        or len(target) > 2000
        or not target.startswith("/")
        or target.startswith("//")
        or _CONTROLS.search(target)
    ):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target


def device(user_agent: str) -> tuple[str, str]:
    """The names of browser and system in a User-Agent header; empty where they cannot be told."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return browser, system
