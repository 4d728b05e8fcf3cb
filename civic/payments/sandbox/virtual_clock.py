"""The demo's clock: how far it runs ahead stands in one small file, so that every process agrees and no page needs SQL for it."""

import os
from datetime import timedelta
from pathlib import Path

from flask import Flask

from civic.config import ROOT
from civic.core import clock

FARTHEST = timedelta(days=3653)


class VirtualClock:
    """A number of seconds in a file, read again only when the file has changed."""

    def __init__(self, file: Path):
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._ahead = timedelta(0)

    def ahead(self) -> timedelta:
        """How far the demo's time is ahead of the machine's; nothing where there is no file."""
        try:
            status = os.stat(self._file)
        except OSError:
            self._seen, self._ahead = None, timedelta(0)
            return self._ahead
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            self._ahead, self._seen = _read(self._file), seen
        return self._ahead

    def set(self, ahead: timedelta) -> None:
        """Run so far ahead from now on; nothing means the machine's own time."""
        self._file.parent.mkdir(exist_ok=True)
        fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        fresh.write_text(f"{round(ahead.total_seconds())}\n")
        fresh.replace(self._file)


def init_app(app: Flask) -> None:
    """Let the application's time be the demo's, where the sandbox is on and this is somebody's own machine."""
    file = _file(app)
    mine = VirtualClock(file) if file and app.config["PAYMENTS_PROVIDER"] == "sandbox" else None
    app.extensions["virtual_clock"] = mine
    clock.shift_by(mine.ahead if mine else None)


def _file(app: Flask) -> Path | None:
    """Where the clock stands: never in production, and in tests only where the test says."""
    given = app.config.get("SANDBOX_CLOCK")
    if app.config["PRODUCTION"]:
        return None
    return (
        Path(given)
        if given
        else ROOT / "instance" / "sandbox_clock"
        if app.config["ENVIRONMENT"] == "development"
        else None
    )


def _read(file: Path) -> timedelta:
    try:
        seconds = int(file.read_text().strip() or 0)
    except (OSError, ValueError):
        return timedelta(0)
    return min(max(timedelta(0), timedelta(seconds=seconds)), FARTHEST)
