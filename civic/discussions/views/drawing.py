"""What visitors see of a thread is the same for all of them: it is drawn once and kept while nothing in the thread changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import current_app
from markupsafe import Markup

MOST = 64
"""Pages that are kept in a process: the liveliest are asked for again and again, and each is some 80 KB."""
_lock = Lock()


def drawn_once(key: tuple[Hashable, ...], draw: Callable[[], Markup]) -> Markup:
    """A part of a page for visitors; `key` is everything that it depends on, and nothing in it may be about the reader."""
    kept: OrderedDict[tuple[Hashable, ...], Markup] = current_app.extensions.setdefault("drawn_threads", OrderedDict())
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
