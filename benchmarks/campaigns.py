"""The list of campaigns and a campaign's page alone: `python -m benchmarks.campaigns`; `make bench` measures them with all others."""

import sys
from time import perf_counter

from benchmarks import campaign_data, data, statements
from benchmarks.measuring import measure, ratio
from benchmarks.operations import CAMPAIGN_PAGES, PAGE_FEW, PAGE_MANY
from benchmarks.servers import serving


def main() -> int:
    """Fill, measure, print; 1 where something was refused."""
    start = perf_counter()

    def say(line: str) -> None:
        print(f"[{perf_counter() - start:5.1f} s] {line}", flush=True)

    with data.database() as address:
        app = data.tables_only(address, say)
        with (
            serving("benchmarks.floor:create_app", address, "/page") as floor,
            serving("benchmarks.site:create_app", address, "/health/ready") as site,
        ):
            timings = measure(floor, site, say, CAMPAIGN_PAGES)
        counts = statements.count(app, CAMPAIGN_PAGES)
        data.let_go(app)
    for each in CAMPAIGN_PAGES:
        timing = timings[each.name]
        told = timing.refused or f"{timing.ms:.2f} ms, ×{ratio(timings, each.name, each.floor):.2f} of {each.floor}"
        print(f"{name_of(each.name)}: {told}, {counts.get(each.name)} statements, {timing.kilobytes:.0f} KB")
    print(f"growth: ×{ratio(timings, PAGE_MANY, PAGE_FEW):.2f}")
    return 1 if any(timing.refused for timing in timings.values()) else 0


def name_of(name: str) -> str:
    """The name of an operation with its numbers in it."""
    return name.format(few=campaign_data.FEW, many=campaign_data.MANY, campaigns=campaign_data.CAMPAIGNS)


if __name__ == "__main__":
    sys.exit(main())
