"""What stands below tells what stands above: announced events, heard at once, in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Listener = Callable[[Any], None]
_listeners: dict[type, list[Listener]] = defaultdict(list)


def listen(kind: type, listener: Listener) -> None:
    """Hear every announcement of this kind; manifests call it once at start."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


def announce(event: Any) -> None:
    """Tell every listener of this event's class, in the order of the manifests; an error in one undoes the whole act."""
    for listener in _listeners[type(event)]:
        listener(event)
