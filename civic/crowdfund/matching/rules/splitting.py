"""Who pays: each sum is shared among the funders so that, over all, each has paid in proportion to what it has put in.

Three ways were weighed (the tests show where the first two fail):

* Splitting each sum by itself forgets. Of a penny, all falls on whoever put in most: with £9 and £1 in the pot and sums of one
  penny, the first would pay £8 before the second paid anything.
* Splitting the running total by largest remainder, and taking the difference to before, can charge a funder less than nothing:
  the larger total can give somebody a smaller share (the Alabama paradox).
* Here, a sum is split by largest remainder in proportion to how far each funder is behind its share of the new running total. Who
  is not behind pays nothing. So nobody is ever charged more than its contribution, nobody has paid a whole penny more than its share,
  and with n funders nobody falls n − 1 pence behind. A funder who has paid too little so far, because it joined later or because
  money went back, catches up by itself; one whose contribution is used up is passed over, and the others take on its part in
  proportion to what they have still to pay.
"""

from collections.abc import Mapping, Sequence

from civic.core.money import Money
from civic.crowdfund.matching.rules.terms import Funder


def split(amount_minor: int, funders: Sequence[Funder], charged: Mapping[int, int]) -> dict[int, Money]:
    """What each funder pays of a sum, by its number, where it is more than nothing; `charged` is what each has paid, in pence.

    The sum must not be more than what is left of all contributions together.
    """
    if amount_minor == 0:
        return {}
    if len(funders) == 1:
        return {funders[0].id: Money(amount_minor)}
    pot = sum(funder.contribution.minor for funder in funders)
    total = amount_minor + sum(charged[funder.id] for funder in funders)
    assert total <= pot, "more than there is"
    # In pence times the pot, so that no fraction is needed.
    behind = [max(total * funder.contribution.minor - charged[funder.id] * pot, 0) for funder in funders]
    shares = Money(amount_minor).split(behind)
    return {funder.id: share for funder, share in zip(funders, shares, strict=True) if share}


def given_back(shares: Mapping[int, Money], amount: Money) -> dict[int, Money]:
    """What each funder still pays when only `amount` of a sum is left: in proportion to its share of the sum, and never more."""
    if not amount:
        return {}
    left = amount.split([share.minor for share in shares.values()])
    return {funder: share for funder, share in zip(shares, left, strict=True) if share}
