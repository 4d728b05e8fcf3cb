"""Gift Aid: what a declaration must hold, what may be claimed, and how long it is kept.

gov.uk/guidance/gift-aid-declarations-claiming-tax-back-on-donations; the schedule's columns and lengths are HMRC's.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from civic.core.money import Money
from civic.crowdfund.rules.counting import for_campaign

WORDING_VERSION = "2026-11"
"""Raised whenever the statement's words change; kept with each declaration."""
LONGEST = {"title": 4, "first_name": 35, "last_name": 35, "address": 100, "postcode": 8}
"""Characters that the schedule takes; the address is ours, the schedule takes its first 40."""
KEPT_FOR = timedelta(days=6 * 366)
"""Six years after the claim, and some days more rather than fewer."""
# Money that was taken and stays taken, all of it or a part.
CLAIMABLE = ("collected", "partly_refunded")
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


@dataclass(frozen=True)
class Donor:
    """Who declares, as HMRC wants to know them."""

    title: str
    first_name: str
    last_name: str
    address: str  # house number or name, and street
    postcode: str


def postcode(typed: str) -> str | None:
    """A British postcode as it is written ("SE15 4QN"), or None where it cannot be one."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s-]+", "", typed).upper()[:12])
    return f"{found[1]} {found[2]}" if found else None


def claimable(status: str, *, collected_minor: int, tip_minor: int, is_cancelled: bool, is_charity: bool) -> Money:
    """What the charity may claim for: the campaign's part of what was taken and neither given back nor disputed."""
    if status not in CLAIMABLE or is_cancelled or not is_charity:
        return Money(0)
    return Money(for_campaign(collected_minor, tip_minor))
