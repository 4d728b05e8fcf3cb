"""`make bench`: fill a database, measure against the floor, write benchmarks/latest.md, take the database away again."""

import signal
import sys
from pathlib import Path
from time import perf_counter

from benchmarks import data, statements
from benchmarks.measuring import measure
from benchmarks.operations import OPERATIONS
from benchmarks.report import Memory, report
from benchmarks.servers import Server, serving

LATEST = Path(__file__).parent / "latest.md"
FLOOR, SITE = ("benchmarks.floor:create_app", "/page"), ("benchmarks.site:create_app", "/health/ready")
WAYS = {"two workers": 2, "one worker, as make run serves": 1}


def main() -> int:
    """Everything, in at most five minutes."""
    start, notes = perf_counter(), []
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit("Stopped.")
    )  # so that servers and database are taken away then too

    def say(line: str) -> None:
        print(f"[{perf_counter() - start:5.1f} s] {line}", flush=True)

    def note(line: str) -> None:
        notes.append(line)
        say(line)

    with data.database() as address:
        app, large = data.fill(address, note)
        with serving(FLOOR[0], address, FLOOR[1]) as floor, serving(SITE[0], address, SITE[1]) as site:
            timings = measure(floor, site, say)
        memory = [_memory(name, workers, address) for name, workers in WAYS.items()]
        counts = statements.count(app)
        data.let_go(app)
    notes.append(f"the whole run: {perf_counter() - start:.0f} s")
    text = report(timings, counts, memory, notes, large)
    LATEST.write_text(text)
    print(f"\n{text}")
    return 1 if any(timing.refused for timing in timings.values()) else 0


def _memory(name: str, workers: int, address: str) -> Memory:
    """What the site and the floor hold after every operation was done some twenty times."""
    held = []
    for factory, ready in (SITE, FLOOR):
        with serving(factory, address, ready, workers=workers) as server:
            _exercise(server, factory == SITE[0])
            held.append((server.memory(), server.resident()))
    (ours, ours_rss), (floor, floor_rss) = held
    return Memory(name, ours, floor, ours_rss, floor_rss)


def _exercise(server: Server, is_site: bool) -> None:
    """New connections, so that every worker gets its share."""
    for _ in range(12):
        reader = server.reader()
        try:
            if is_site:
                for operation in OPERATIONS:
                    operation.act(reader)
                    operation.act(reader)
            else:
                for _ in range(9):
                    reader.get("/page")
        except AssertionError:
            pass  # an operation that is refused was named in the table of times
        finally:
            reader.close()


if __name__ == "__main__":
    sys.exit(main())
