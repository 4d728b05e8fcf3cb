"""Match funding worked out again, slowly and exactly: every sum is looked up among all that was given before, every share is a fraction.

Written from the published rule, without the code it judges: only the plain values of terms and gifts are shared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, inf
from typing import Any

from civic.crowdfund.matching.rules.terms import Fixed, PerBacker, Ratio


@dataclass(frozen=True)
class Given:
    """What was given, in pence."""

    campaign: int
    gift: int
    part: int
    person: str
    full: int
    amount: int
    cap: str
    shares: Mapping[int, int]
    is_sum: bool


def answer(scheme: Any, gifts: Iterable[Any], targets: Mapping[int, Any]) -> list[Given]:
    """Everything that is given, in order."""
    given: list[Given] = []
    seen: list[Any] = []
    for gift in sorted(gifts, key=lambda each: (each.since, each.id, each.part)):
        if isinstance(scheme.formula, (Ratio, PerBacker)):
            full, amount, cap = of_gift(scheme, gift, seen, given)
            given.append(made(scheme, given, gift, full, amount, cap, is_sum=False))
        elif not gift.is_excluded and is_earned(scheme.formula, gift, seen, given, targets):
            full, amount, cap = within(scheme.formula.each.minor, "", [("pot", left_in_pot(scheme, given))])
            given.append(made(scheme, given, gift, full, amount, cap, is_sum=True))
        seen.append(gift)
    return given


def of_gift(scheme: Any, gift: Any, seen: list[Any], given: list[Given]) -> tuple[int, int, str]:
    """Full, amount and reason for a gift under a formula that looks at gifts."""
    formula = scheme.formula
    if gift.is_excluded:
        return 0, 0, "excluded"
    if isinstance(formula, Ratio):
        earlier = sum(each.amount.minor for each in seen if each.id == gift.id)
        rate = Fraction(formula.pence_per_pound, 100)
        full = floor(rate * (earlier + gift.amount.minor)) - floor(rate * earlier)
        if full == 0:
            return 0, 0, "too_small"
        most = limit(formula.per_gift)
        start, start_cap = full, ""
        allowed = min(floor(rate * (earlier + gift.amount.minor)), most) - min(floor(rate * earlier), most)
        if allowed < full:
            start, start_cap = allowed, "gift"
    else:
        of_person = [each for each in seen if (each.campaign, each.person) == (gift.campaign, gift.person)]
        before = sum(each.amount.minor for each in of_person if not each.is_excluded)
        if before + gift.amount.minor < formula.least.minor:
            return 0, 0, "too_small"
        if before >= formula.least.minor:
            return 0, 0, "person"
        full = start = formula.each.minor
        start_cap = ""
    return within(start, start_cap, lefts(scheme, gift, given), full=full)


def lefts(scheme: Any, gift: Any, given: list[Given]) -> list[tuple[str, float]]:
    """What each limit leaves, in the published order."""
    formula, here = scheme.formula, [each for each in given if each.campaign == gift.campaign]
    return [
        (
            "person",
            limit(getattr(formula, "per_person", None)) - total(each for each in here if each.person == gift.person),
        ),
        (
            "person_in_scheme",
            limit(formula.per_person_in_scheme) - total(each for each in given if each.person == gift.person),
        ),
        ("campaign", limit(formula.per_campaign) - total(here)),
        ("pot", left_in_pot(scheme, given)),
    ]


def within(amount: int, cap: str, limits: list[tuple[str, float]], full: int | None = None) -> tuple[int, int, str]:
    full = amount if full is None else full
    for name, left in limits:
        if left < amount:
            amount, cap = int(left), name
    return full, amount, cap


def is_earned(formula: Any, gift: Any, seen: list[Any], given: list[Given], targets: Mapping[int, Any]) -> bool:
    """Whether a campaign's sum is due now."""
    if any(each.campaign == gift.campaign for each in given):
        return False
    here = [each for each in [*seen, gift] if each.campaign == gift.campaign and not each.is_excluded]
    raised, heads = sum(each.amount.minor for each in here), len({each.person for each in here})
    if isinstance(formula, Fixed):
        return heads >= formula.backers
    asked = []
    if formula.percent is not None:
        asked.append(Fraction(raised, targets[gift.campaign].minor) >= Fraction(formula.percent, 100))
    if formula.amount is not None:
        asked.append(raised >= formula.amount.minor)
    if formula.backers is not None:
        asked.append(heads >= formula.backers)
    return all(asked)


def made(scheme: Any, given: list[Given], gift: Any, full: int, amount: int, cap: str, *, is_sum: bool) -> Given:
    shares = charge(scheme, given, amount)
    part, person = (0, "") if is_sum else (gift.part, gift.person)
    return Given(gift.campaign, gift.id, part, person, full, amount, cap, shares, is_sum)


def charge(scheme: Any, given: list[Given], amount: int) -> dict[int, int]:
    """In proportion to how far each funder is behind its exact share of the new running total; rounded by largest remainder."""
    paid = {funder.id: sum(each.shares.get(funder.id, 0) for each in given) for funder in scheme.funders}
    return shared(amount, {funder.id: funder.contribution.minor for funder in scheme.funders}, paid)


def shared(amount: int, contributions: Mapping[int, int], paid: Mapping[int, int]) -> dict[int, int]:
    """The same for any amounts that were paid before; who pays nothing is left out."""
    if not amount:
        return {}
    running, pot = sum(paid.values()) + amount, sum(contributions.values())
    behind = {
        each: max(Fraction(running * share, pot) - paid[each], Fraction(0)) for each, share in contributions.items()
    }
    exact = {each: amount * far / sum(behind.values()) for each, far in behind.items()}
    whole = {each: floor(part) for each, part in exact.items()}
    # sorted() leaves those that are alike in the order in which the funders joined.
    nearest = sorted(exact, key=lambda each: whole[each] - exact[each])
    for each in nearest[: amount - sum(whole.values())]:
        whole[each] += 1
    return {each: pence for each, pence in whole.items() if pence}


def left_in_pot(scheme: Any, given: list[Given]) -> int:
    return sum(funder.contribution.minor for funder in scheme.funders) - total(given)


def total(given: Iterable[Given]) -> int:
    return sum(each.amount for each in given)


def limit(value: Any) -> float:
    return inf if value is None else value.minor


def plain(entries: Iterable[Any]) -> list[Given]:
    """Entries as the oracle tells them."""
    return [
        Given(
            each.campaign,
            each.gift,
            each.part,
            each.person,
            each.full.minor,
            each.amount.minor,
            each.cap,
            {funder: share.minor for funder, share in each.shares.items()},
            each.is_sum,
        )
        for each in entries
    ]
