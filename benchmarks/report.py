"""The table: milliseconds, times the floor, the goal, met or missed."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.campaign_data import CAMPAIGNS, FEW, MANY
from benchmarks.data import SMALL
from benchmarks.measuring import ROUNDS, Timing, ratio
from benchmarks.operations import FLOORS, OPERATIONS, PAGE_FEW, PAGE_MANY, RESULTS_LARGE, RESULTS_SMALL

GROWTH = 1.2
MOST_MB = {"two workers": 150, "one worker, as make run serves": 120}


@dataclass(frozen=True)
class Memory:
    """Megabytes of one way of serving: pages counted once, and summed process by process; the floor's beside it."""

    name: str
    ours: float
    floor: float
    ours_rss: float
    floor_rss: float


def report(
    timings: dict[str, Timing], statements: dict[str, int], memory: list[Memory], notes: list[str], large: int
) -> str:
    """The whole report as Markdown."""
    return "\n".join(
        [
            "# Speed and size",
            "",
            f"Measured on {datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores, Python {platform.python_version()}. One client on a "
            f"connection kept open, {ROUNDS} rounds, the median of each, and the median of the rounds. The floor is the least a "
            "Flask application can do, served by the same server in the same run; only ratios inside one run count. Processor time is "
            f"that of the server's processes for one act with what must come before it. Load of the machine at the end: {_load()}.",
            "",
            "| operation | ms | processor ms | KB | floor | × floor | goal | × by processor | SQL | goal | |",
            "|---|--:|--:|--:|---|--:|--:|--:|--:|--:|---|",
            *_operations(timings, statements, large),
            "",
            *_growth(timings, large),
            "",
            "| memory | MB | MB of the floor | goal | RSS summed | of the floor | |",
            "|---|--:|--:|--:|--:|--:|---|",
            *(_memory(each) for each in memory),
            "",
            *(f"- {note}" for note in notes),
            "",
        ]
    )


def _operations(timings: dict[str, Timing], statements: dict[str, int], large: int) -> Iterator[str]:
    for floor in FLOORS:
        timing = timings[floor.name]
        yield f"| *floor: {floor.name}* | {timing.ms:.2f} | {timing.cpu_ms:.2f} | {timing.kilobytes:.0f} | | 1 | | 1 | | | |"
    for each in OPERATIONS:
        timing = timings[each.name]
        name = each.name.format(small=SMALL, large=large, few=FEW, many=MANY, campaigns=CAMPAIGNS)
        if timing.refused or not timing.rounds:
            yield f"| {name} | | | | | | | | | | not measured: {timing.refused} |"
            continue
        times, taken = ratio(timings, each.name, each.floor), statements.get(each.name)
        work = timing.cpu_ms / (timings[each.floor].cpu_ms or 1)
        verdicts = []
        if each.most is not None:
            verdicts.append(times <= each.most)
        if each.statements is not None and taken is not None:
            verdicts.append(taken <= each.statements)
        yield (
            f"| {name} | {timing.ms:.2f} | {timing.cpu_ms:.2f} | {timing.kilobytes:.0f} | {each.floor} | {times:.2f} | "
            f"{_most(each.most)} | {work:.1f} | {'' if taken is None else taken} | {_most(each.statements)} | {_verdict(verdicts)} |"
        )


def _growth(timings: dict[str, Timing], large: int) -> Iterator[str]:
    if timings[RESULTS_SMALL].rounds and timings[RESULTS_LARGE].rounds:
        growth = ratio(timings, RESULTS_LARGE, RESULTS_SMALL)
        yield f"Results of {large:,} against {SMALL:,} responses: ×{growth:.2f} (goal ≤ {GROWTH}) – {_verdict([growth <= GROWTH])}."
        yield ""
    if timings[PAGE_FEW].rounds and timings[PAGE_MANY].rounds:
        growth = ratio(timings, PAGE_MANY, PAGE_FEW)
        yield f"A campaign with {MANY:,} against {FEW:,} pledges: ×{growth:.2f} (goal ≤ {GROWTH}) – {_verdict([growth <= GROWTH])}."


def _memory(each: Memory) -> str:
    goal = MOST_MB[each.name]
    return (
        f"| {each.name} | {each.ours:.0f} | {each.floor:.0f} | ≤ {goal} | {each.ours_rss:.0f} | {each.floor_rss:.0f} | "
        f"{_verdict([each.ours <= goal])} |"
    )


def _load() -> str:
    """How busy everything on the machine kept it; far above the number of cores the clock measures the others' work too."""
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "unknown"


def _most(goal: float | None) -> str:
    return "" if goal is None else f"≤ {goal:g}"


def _verdict(verdicts: list[bool]) -> str:
    return "" if not verdicts else "met" if all(verdicts) else "**missed**"
