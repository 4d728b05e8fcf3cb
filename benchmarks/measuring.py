"""Rounds: every operation and every floor in turn, the middle of each round, and the middle of the rounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from benchmarks.operations import FLOORS, OPERATIONS, Operation
from benchmarks.servers import Server
from benchmarks.wire import Answer, Reader

ROUNDS = 5
LONGEST = 1.6
"""Seconds that one operation may take in one round, preparation included."""


@dataclass
class Timing:
    """The medians of one operation, a round each, in milliseconds; and what an answer of it weighs."""

    rounds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    kilobytes: float = 0
    refused: str = ""

    @property
    def ms(self) -> float:
        """The middle of the rounds."""
        return median(self.rounds) if self.rounds else 0.0

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of the server's processor time for one such act, preparation included."""
        return median(self.cpu) if self.cpu else 0.0


def measure(
    floor: Server, site: Server, say: Callable[[str], None], operations: Sequence[Operation] = OPERATIONS
) -> dict[str, Timing]:
    """All timings by the operation's name; floors and operations stand beside each other in each round."""
    servers = {True: floor, False: site}
    readers = {is_floor: server.reader() for is_floor, server in servers.items()}
    timings = {each.name: Timing() for each in (*FLOORS, *operations)}
    for number in range(ROUNDS + 1):  # the first one warms up and is not kept
        for operation in (*FLOORS, *operations):
            timing = timings[operation.name]
            if timing.refused:
                continue
            server, before = servers[operation in FLOORS], servers[operation in FLOORS].cpu_ms()
            times = _round(operation, readers[operation in FLOORS], timing, 10 if number == 0 else operation.each_round)
            if number and times:
                timing.rounds.append(median(times))
                timing.cpu.append((server.cpu_ms() - before) / len(times))
        say(f"round {number} of {ROUNDS}" if number else "warm")
    for reader in readers.values():
        reader.close()
    return timings


def ratio(timings: dict[str, Timing], name: str, floor: str) -> float:
    """How many times the floor, in the middle of the rounds, each round against its own floor."""
    both = zip(timings[name].rounds, timings[floor].rounds, strict=False)
    return median([ours / least for ours, least in both]) if timings[name].rounds else 0.0


def _round(operation: Operation, reader: Reader, timing: Timing, number: int) -> list[float]:
    reader.forget()
    times, end = [], perf_counter() + LONGEST
    for _ in range(number):
        try:
            answer = operation.act(reader)
        except AssertionError as refusal:
            timing.refused = str(refusal)
            return []
        if not _is_right(operation, answer, timing):
            return []
        times.append(answer.ms)
        if perf_counter() > end:
            break
    return times


def _is_right(operation: Operation, answer: Answer, timing: Timing) -> bool:
    timing.kilobytes = len(answer.body) / 1024
    if answer.status != operation.status:
        timing.refused = f"answered {answer.status} instead of {operation.status}"
    return not timing.refused
