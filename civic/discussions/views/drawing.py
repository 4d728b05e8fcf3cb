"""What is the same for many readers is worked out once and kept: a comment as it is drawn, what stands on a page of a thread."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from flask import current_app

MOST = {"parts": 2048, "pages": 32}
"""What a process keeps: drawn comments, some 2 KB each, and what stands on pages, some 60 KB each."""
_lock = Lock()
T = TypeVar("T")


def once(shelf: str, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """What was made for this key before, or what is made now; the key tells everything that it depends on."""
    shelves: dict[str, OrderedDict[tuple[Hashable, ...], Any]]
    shelves = current_app.extensions.setdefault("kept_of_threads", {each: OrderedDict() for each in MOST})
    kept = shelves[shelf]
    with _lock:
        if key in kept:
            kept.move_to_end(key)
            found: T = kept[key]
            return found
    new = make()
    with _lock:
        kept[key] = new
        while len(kept) > MOST[shelf]:
            kept.popitem(last=False)
    return new
