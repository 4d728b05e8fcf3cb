"""What a decision may give: never more than there is, and never less than what was paid already."""

from civic.grants.rules.amounts import Amounts


def change(before: Amounts, after: Amounts) -> Amounts:
    """How much a decision adds (or takes) to what the award gave before."""
    return after - before


def taken_from(agreed: Amounts, total: Amounts, after: Amounts) -> tuple[Amounts, Amounts]:
    """When an award becomes smaller: how much comes (from what is only reserved, from what an agreement covers).

    `total` is what the award gives now and `agreed` how much of that the agreement in force covers. What no agreement covers
    goes first, because nobody has signed for it.
    """
    taken = Amounts.of(
        max(0, total.capital.minor - after.capital.minor), max(0, total.revenue.minor - after.revenue.minor)
    )
    loose = total - agreed
    reserved = Amounts.of(min(taken.capital.minor, loose.capital.minor), min(taken.revenue.minor, loose.revenue.minor))
    return reserved, taken - reserved


def added(total: Amounts, after: Amounts) -> Amounts:
    """How much more an award gives, where it gives more."""
    return Amounts.of(
        max(0, after.capital.minor - total.capital.minor), max(0, after.revenue.minor - total.revenue.minor)
    )
