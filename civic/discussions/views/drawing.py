"""A comment that says the same looks the same: it is drawn once for everybody to whom it does, and kept for the next page with it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import current_app
from markupsafe import Markup

MOST = 2048
"""Parts that are kept in a process: comments of some forty pages, each some 2 KB."""
_lock = Lock()


def drawn_once(key: tuple[Hashable, ...], draw: Callable[[], Markup]) -> Markup:
    """A part of a page; `key` is everything that it depends on: the words themselves, and how the reader stands to them."""
    kept: OrderedDict[tuple[Hashable, ...], Markup] = current_app.extensions.setdefault("drawn_parts", OrderedDict())
    with _lock:
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    part = draw()
    with _lock:
        kept[key] = part
        while len(kept) > MOST:
            kept.popitem(last=False)
    return part
