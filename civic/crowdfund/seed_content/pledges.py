"""Rounds of the Mayor's pledge that really were, with what public sources tell of them, and what they do not.

Where a name or a sum was not found, the row says so; sums of such rows are examples that make up the published total. Sentences are
ours.
"""

from datetime import date
from typing import NamedTuple

from civic.core.money import GBP, Money
from civic.grants.rules.amounts import Amounts


class Pledged(NamedTuple):
    """One pledge of the past; `campaign` is the key of a campaign in past.py, where there is one."""

    title: str
    amounts: Amounts
    recipient: str
    borough: str
    note: str
    campaign: str = ""
    is_reached: bool = True
    outcome: str = ""


class PastRound(NamedTuple):
    """A round of the past, with its decision and its dates; days that were not found are examples, as `note` says."""

    slug: str
    title: str
    theme: str
    most: Money
    budget: Amounts
    budget_number: str
    number: str
    form: str
    source: str
    closed_on: date  # until when one could apply
    decided_on: date
    announced_on: date
    targets_on: date
    criteria: tuple[str, ...]
    pledges: tuple[Pledged, ...]
    note: str


NOT_NAMED = "Not named in the sources"
EXAMPLE = "The name was not found in public sources. Sum, kind of money and borough are examples; all of them make up the published total."
BOROUGHS = tuple(f"E09{number:06}" for number in (22, 12, 28, 25, 19, 14, 31, 23, 5, 9, 30, 8, 32, 11, 7, 15, 3, 10))
"""Boroughs that the examples are spread over."""


def unnamed(
    total: Amounts, number: int, weights: tuple[int, ...], *, missed: tuple[int, ...] = ()
) -> tuple[Pledged, ...]:
    """So many projects without a name that together come to exactly this; `missed` are the places of those that failed."""
    capital = _in_hundreds(total.capital, [weights[i % len(weights)] for i in range(number)])
    revenue = _in_hundreds(total.revenue, [1 + i % 3 for i in range(number)])
    return tuple(
        Pledged(
            f"Project not named in the sources ({place + 1} of {number})",
            Amounts(capital[place], revenue[place]),
            NOT_NAMED,
            BOROUGHS[place % len(BOROUGHS)],
            EXAMPLE,
            is_reached=place not in missed,
        )
        for place in range(number)
    )


def _in_hundreds(total: Money, weights: list[int]) -> list[Money]:
    """Shares in whole hundreds of pounds, as pledges are made."""
    return [share * 100_00 for share in Money(total.minor // 100_00).split(weights)]


_ROUND_TWO = (
    Pledged(
        "Peckham Coal Line",
        Amounts(GBP(10_000)),
        "Friends of the Peckham Coal Line",
        "E09000028",
        "£10,000 from the Mayor; £75,757 raised from 928 backers, £10,000 of it from Southwark Council "
        "(spacehive.com/peckhamcoalline; cityam.com). That it was capital is an example.",
        "peckham-coal-line",
        outcome="The group published a study of the route and goes on working for it with landowners and councils.",
    ),
    Pledged(
        "Good Food Catford",
        Amounts(GBP(14_000)),
        "Good Food Catford",
        "E09000023",
        "£14,000 from the Mayor, about 350 backers (thecorbettsociety.org.uk; citymonitor.ai). That it was capital is an example.",
    ),
)
_ROUND_FIVE = (
    Pledged(
        "Bridge to the Crystal Palace Dinosaurs",
        Amounts(GBP(30_000)),
        "Friends of Crystal Palace Dinosaurs",
        "E09000006",
        "£30,000 from the Mayor on a target of £69,980 (City Hall blog; ianvisits.co.uk, 2 November 2018).",
        "dinosaur-bridge",
        outcome="The bridge swings: the islands can be reached for repairs and on open days.",
    ),
    Pledged(
        "Bee-Spoke Learning Centre",
        Amounts(GBP(20_000)),
        "Bee-Spoke project group",
        "E09000030",
        "£20,000 from the Mayor (City Hall blog, 2018). The organisation’s name is an example.",
    ),
    Pledged(
        "Beckenham Green, Community of Commons",
        Amounts(GBP(22_000), GBP(3_000)),
        "Beckenham Green project group",
        "E09000006",
        "£25,000 from the Mayor (City Hall blog, 2018). The split into capital and revenue and the organisation’s name are examples.",
    ),
    Pledged(
        "A village hall for Clapton Common",
        Amounts(GBP(30_000), GBP(4_500)),
        "Liberty Hall, Clapton Common",
        "E09000012",
        "Backed by the Mayor, and delivered (City Hall blog, 2018; hackneygazette.co.uk). The sum is an example.",
        outcome="Liberty Hall is open on Clapton Common.",
    ),
    Pledged(
        "Wolves Lane Palm House",
        Amounts(GBP(18_000)),
        "Palm House project group",
        "E09000014",
        "Backed by the Mayor; it reached its target (about.spacehive.com). The sum is an example.",
    ),
    Pledged(
        "D-Lab East",
        Amounts(GBP(26_000)),
        "D-Lab East project group",
        "E09000025",
        "Backed by the Mayor; it reached its target (about.spacehive.com). The sum is an example.",
    ),
)
ROMFORD = Pledged(
    "Colour in Romford",
    Amounts(GBP(11_000)),
    "Colour in Romford",
    "E09000016",
    "£11,000 from the Mayor. Two totals were published: £24,701 from 44 backers, by its campaign page and the City Hall blog of "
    "23 May 2017; and over £27,000, by the group’s own site and “Smarter London Together” (June 2018). That it was capital is an example.",
    "colour-in-romford",
    outcome="The walls between Romford’s station and its market are painted.",
)
PAST_ROUNDS = (
    PastRound(
        "round-2-2015",
        "Mayor’s crowdfunding, round 2 (2015)",
        "Ideas of Londoners for their high streets and neighbourhoods: the Mayor pledged up to £20,000, and no more than three quarters "
        "of what a project cost.",
        GBP(20_000),
        Amounts(GBP(235_548), GBP(50_000)),
        "DD1399",
        "DD1399",
        "DD",
        "london.gov.uk/decisions/dd1399",
        date(2015, 7, 31),
        date(2015, 9, 14),
        date(2015, 9, 15),
        date(2015, 10, 31),
        ("Innovation", "Deliverability", "Local support"),
        unnamed(Amounts(GBP(235_500), GBP(50_000)) - Amounts(GBP(24_000)), 18, (10, 14, 11, 13, 9, 12, 14, 11, 10))
        + _ROUND_TWO,  # the last come first in a list
        "20 projects were pledged £285,500 (£235,500 capital, £50,000 revenue) of £285,548 (DD1399; londonplanninganalyst.com). "
        "The day of the announcement is known. How the budget’s last £48 was split, the other days, and the order of events are examples.",
    ),
    PastRound(
        "round-3-2016",
        "Mayor’s crowdfunding, round 3 (2016)",
        "A round with special emphasis on healthy, sustainable food; the pledges were made at an evening at City Hall.",
        GBP(20_000),
        Amounts(GBP(220_500), GBP(21_500)),
        "DD2015",
        "DD2015",
        "DD",
        "london.gov.uk/decisions/dd2015",
        date(2016, 5, 1),
        date(2016, 6, 28),
        date(2016, 6, 29),
        date(2016, 8, 27),
        (
            "Local economic impact",
            "Benefit to the wider community",
            "Value for money",
            "Local support",
            "Deliverability",
        ),
        (ROMFORD,),
        "Up to £242,000 (£220,500 capital, £21,500 revenue) for 21 projects; 20 were announced (DD2015; City Hall, 1 July 2016). "
        "Only the pledge whose sum was found is shown.",
    ),
    PastRound(
        "round-5-2018",
        "Crowdfund London, round 5 (2018)",
        "Pledges of up to £50,000 to campaigns that make a place better for everybody who lives there.",
        GBP(50_000),
        Amounts(GBP(820_000), GBP(180_000)),
        "DD2225",
        "DD2225",
        "DD",
        "london.gov.uk/decisions/dd2225",
        date(2018, 9, 3),
        date(2018, 10, 24),
        date(2018, 10, 25),
        date(2018, 12, 17),
        (
            "Local economic impact",
            "Benefit to the wider community",
            "Value for money",
            "Local support",
            "Deliverability",
        ),
        unnamed(
            Amounts(GBP(490_000), GBP(108_500)) - Amounts(GBP(146_000), GBP(7_500)),
            20,
            (12, 20, 9, 26, 17, 14, 30, 11, 22),
            missed=(6, 15),
        )
        + _ROUND_FIVE,
        "26 projects in 19 boroughs, nearly £600,000 of a £1m pot; 24 reached their target with 3,000 backers (City Hall blog; "
        "about.spacehive.com). The exact total (£598,500), the split into capital and revenue, the criteria of this round and which two "
        "missed their target are examples; the days of pitch, pledge and target are known.",
    ),
)
