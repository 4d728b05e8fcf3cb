"""What one pledge adds to its campaign's kept sums: one rule, for a pledge that moves and for sums that are made again."""

# A promise that stood until the close is counted for ever after as pledged, whatever came of its card; so the sum shown once a
# campaign has closed is the sum that decided. What came of it is told by the other sums.
PLEDGED = (
    "authorised",
    "charging",
    "past_due",
    "collected",
    "partly_refunded",
    "refunded",
    "disputed",
    "dropped",
    "released",
)
COLLECTED = ("collected", "partly_refunded", "disputed")

Sums = dict[str, int]


def for_campaign(collected_minor: int, tip_minor: int) -> int:
    """What of the money still taken is the campaign's, in pence: a refund takes from the campaign first, then from the tip."""
    return max(collected_minor - tip_minor, 0)


def sums_of(status: str, *, amount_minor: int, tip_minor: int, collected_minor: int) -> Sums:
    """What a pledge adds to the columns of campaign_total, in pence and heads; columns it adds nothing to are left out."""
    sums: Sums = {}
    if status in PLEDGED:
        sums |= {"pledged_minor": amount_minor, "backers": 1}
    if status in COLLECTED:
        sums |= {"collected_minor": for_campaign(collected_minor, tip_minor), "collected": 1}
    if status in ("past_due", "dropped"):
        sums |= {f"{status}_minor": amount_minor, status: 1}
    return sums


def difference(before: Sums, after: Sums) -> Sums:
    """What must be added to the kept sums when a pledge has become another."""
    changed = {name: after.get(name, 0) - before.get(name, 0) for name in (*before, *after)}
    return {name: by for name, by in changed.items() if by}
