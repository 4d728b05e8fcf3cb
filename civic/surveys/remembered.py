"""What was worked out once and stays true while what it was worked out from stays the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Worked = TypeVar("Worked")


class Remembered(Generic[Worked]):
    """The last `most` things worked out from a pinned questionnaire (the very object) and a key; lost with the process."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[tuple[int, Hashable], tuple[Any, Worked]] = OrderedDict()

    def get(self, about: Any, key: Hashable, work_out: Callable[[], Worked]) -> Worked:
        """What was worked out about `about` under this key, now or earlier."""
        name = (id(about), key)
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name][1]
        worked = work_out()
        with self._lock:
            self._kept[name] = (about, worked)  # `about` is held, so that its id is nobody else's meanwhile
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return worked
