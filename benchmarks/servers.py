"""Starting and stopping the server for one application, and how much memory its processes hold."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.wire import Reader

ROOT = Path(__file__).parent.parent
THREADS = 4
PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """A running server: its port, and the process that was started."""

    port: int
    process: subprocess.Popen[bytes]

    def reader(self) -> Reader:
        """A new client."""
        return Reader(self.port)

    def cpu_ms(self) -> float:
        """Milliseconds of processor time its processes have used so far; steadier than the clock when the machine is busy."""
        pids = [self.process.pid, *_children(self.process.pid)]
        threads = [thread for pid in pids for thread in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    def memory(self) -> float:
        """Megabytes held by its processes together, shared pages counted once (PSS); 0 where the system does not tell."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return sum(_proportional_kb(pid) for pid in pids) / 1024

    def resident(self) -> float:
        """Megabytes by the common measure, RSS summed, in which shared pages count in every process again."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return sum(_field(Path(f"/proc/{pid}/status"), "VmRSS:") for pid in pids) / 1024


@contextmanager
def serving(factory: str, database: str, ready: str, *, workers: int = 1) -> Iterator[Server]:
    """Serve an application on a free port of this machine until the block ends."""
    port = _free_port()
    environ = os.environ | {
        "DATABASE_URL": database, "BASE_URL": f"http://localhost:{port}", "ENVIRONMENT": "development",
        "LOG_LEVEL": "INFO", "PYTHONPATH": str(ROOT), "PSEUDO_LANGUAGE": "no",
    }  # fmt: skip
    command = [
        str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--factory", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", str(THREADS), "--no-access-log",
        "--log-level", "warning", factory,
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(port, ready, process)
        yield Server(port, process)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(port: int, ready: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("The server stopped before it was ready.")
        reader = Reader(port)
        try:
            if reader.get(ready).status == 200:
                return
        except OSError:
            pass
        finally:
            reader.close()
        time.sleep(0.1)
    raise RuntimeError(f"The server was not ready after {PATIENCE} seconds.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    try:
        direct = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [each for child in direct for each in (child, *_children(child))]


def _proportional_kb(pid: int) -> int:
    return _field(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") or _field(Path(f"/proc/{pid}/status"), "VmRSS:")


def _field(file: Path, name: str) -> int:
    try:
        return next((int(line.split()[1]) for line in file.read_text().splitlines() if line.startswith(name)), 0)
    except OSError:
        return 0
