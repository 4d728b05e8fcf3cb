"""The demo's campaigns that move: real projects of the Mayor's programme at a known moment, set into today, and a few made up.

`note` says on the page which sums are known, from which public source, and which are examples. The sentences are ours.
"""

from typing import NamedTuple


class Current(NamedTuple):
    """A campaign of the demo: amounts in whole pounds; `days` from today to its closing (less than nothing: closed)."""

    slug: str
    state: str
    title: str
    summary: str
    organisation: str
    organisation_kind: str
    borough: str
    place: str
    kind: str
    impacts: tuple[str, ...]
    story: str
    team: str
    costs: tuple[tuple[str, int, str], ...]
    raised: int
    backers: int
    days: int
    note: str
    begun: int = 30  # days before today
    funds: tuple[str, int] | None = None
    milestones: tuple[tuple[str, int], ...] = ()  # (what, days after the closing)
    update: tuple[str, str] | None = None
    comments: tuple[str, ...] = ()
    gift_aid: bool = False


EXAMPLE = "This campaign is made up, to show how the site works."
EAST_STREET = Current(
    "expand-55-east",
    "live",
    "Expand 55 East",
    "An arts space on East Street grows into the empty shop next door, with room for classes, markets and"
    " Saturday breakfasts.",
    "55 East project group",
    "unincorporated_association",
    "E09000028",
    "East Street, Walworth",
    "buildings",
    ("economy", "arts_culture_heritage"),
    """For three years we have lent out our one room by the hour: to a sewing circle, a Spanish-speaking homework club, a chess
league and whoever turned up with a good idea. Every week we turn somebody away.

The shop next door has stood empty since the pandemic. Its owner will let us have it for five years if we make it fit to use.

## What your money does

* opens the wall between the two shops, so that there is one step-free way in
* builds a kitchen that meets the food rules, with a counter at a height for everybody
* makes a toilet that a wheelchair user can turn round in
* pays somebody to be there on market days for the first six months

## Who it is for

Anybody within walking distance of East Street Market. Classes will be free or pay what you can; groups book a room for less
than the price of a coffee each.""",
    """**Six of us run it**, all from within half a mile: a retired electrician, two parents of children at the school round the
corner, a trader from the market, a youth worker and a bookkeeper who counts every penny twice.""",
    (
        ("Opening the wall, step-free entrance, making good", 21_400, "capital"),
        ("Kitchen, with extraction", 15_750, "capital"),
        ("Accessible toilet", 8_900, "capital"),
        ("Furniture, lights and signs", 5_984, "capital"),
        ("Somebody there on market days, six months", 7_000, "revenue"),
    ),
    7_955,
    129,
    60,
    "A real project of the Mayor's programme of 2018, at the moment when £7,955 of £59,034 had been "
    "promised by 129 backers and 60 "
    "days were left (spacehive.com/55east). Costs, words and names are examples.",
    begun=21,
    milestones=(("Wall opened", 60), ("Kitchen and toilet ready", 120), ("Opening day", 150)),
    update=(
        "The structural engineer says yes",
        "The wall can come down. The drawings are with the council, and you can see them at our table on "
        "Saturday, next to the plantain stall.",
    ),
    comments=(
        "Will the new toilet have a changing bench for adults? My brother needs one.",
        "Not in this round, the room is too small. We are asking the owner about the yard behind, and will "
        "say here what comes of it.",
        "Love this place. My daughter learnt to sew there.",
    ),
)
KINGS_CRESCENT = Current(
    "kings-crescent-community-space",
    "live",
    "Kings Crescent Community Space",
    "A ground-floor room on the estate becomes a place to cook, play and meet, run by the people who live around it.",
    "Lea Bank Rowing for All",
    "registered_charity",
    "E09000012",
    "Kings Crescent Estate, Green Lanes",
    "buildings",
    ("volunteering_jobs_education", "activity_leisure"),
    """There are four hundred homes around this room and nowhere in them big enough for a birthday. The room has been a store for
paint since the building works ended.

We have asked every household what they want from it. The answer was the same on every staircase: **somewhere warm to be
together, that is ours to open and lock.**

## What happens when we get there

The council gives us the keys and a ten-year lease at no rent. We put in a kitchen, a store for each group and doors on to the
play street, and open six days a week with volunteers who live here.""",
    "**The residents' group** has eleven members on its committee, elected each spring. The charity holds"
    " the money and the lease.",
    (
        ("Kitchen and storage", 9_800, "capital"),
        ("Doors to the play street", 6_300, "capital"),
        ("Tables, chairs, a projector and a piano that works", 2_900, "capital"),
        ("Training for volunteers, insurance for the first year", 2_000, "revenue"),
    ),
    19_840,
    214,
    6,
    "A real project of the Mayor's programme of 2020: “almost £20,000” was raised (Hackney Gazette, 22 "
    "May 2020). £19,840, the target, "
    "the costs, the charity and the words are examples.",
    begun=44,
    funds=("Tenants' fund of the estate", 500),
    milestones=(("Lease signed", 14), ("Kitchen in", 60), ("Opening party", 80)),
    update=(
        "£660 to go, and six days",
        "Two hundred and fourteen of you have promised £19,840. All or nothing means what it says: at £20,999"
        " nobody pays and nothing is built. Tell one neighbour.",
    ),
    comments=("Put me down for the piano tuning.",),
    gift_aid=True,
)
CHALTON = Current(
    "chalton-street-market",
    "live",
    "Chalton Street Market",
    "New stalls, lights and a Friday kitchen for a market that has been on this street since the 1860s.",
    "Creekside Growers",
    "cic",
    "E09000007",
    "Chalton Street, Somers Town",
    "food_farming",
    ("economy", "volunteering_jobs_education"),
    """On a good Friday there are thirty stalls here and on a wet one there are nine. Traders tell us what they need: cover that
does not blow away, light in the winter afternoons, power that is not a neighbour's extension lead, and a reason for people to
come.

We will buy twelve strong stalls that any trader can borrow, put lights across the street, and cook lunch together every Friday
with what is left on the stalls.""",
    "Traders and neighbours of Somers Town, with a market manager who has worked on three other London streets.",
    (
        ("Twelve stalls with covers", 11_600, "capital"),
        ("Lights and power points", 9_400, "capital"),
        ("Friday kitchen: equipment and first twenty lunches", 4_000, "revenue"),
    ),
    4_120,
    58,
    27,
    "A real project of the Mayor's programme of 2017, to which the Mayor pledged £15,000 (City Hall blog,"
    " 24 July 2017). All other "
    "figures, the organisation and the words are examples.",
    begun=10,
    milestones=(("Stalls ordered", 10), ("Lights on", 45)),
)
TOLWORTH = Current(
    "suburban-farm-for-tolworth",
    "paying",
    "Suburban Farm for Tolworth",
    "Polytunnels, an orchard and a classroom on land beside the A3, worked by schools and neighbours.",
    "Suburban Farm project group",
    "unincorporated_association",
    "E09000021",
    "Jubilee Way, Tolworth",
    "food_farming",
    ("environment", "volunteering_jobs_education"),
    """Thirty thousand cars a day pass the field where we want to grow food. Behind the hedge it is quiet enough to hear the
skylarks.

With two polytunnels, a hundred fruit trees and a classroom on wheels we can have six schools on the land every week and a
vegetable box for everybody who comes to dig.""",
    "Growers, teachers and neighbours of Tolworth. Our treasurer is a parish accountant.",
    (
        ("Two polytunnels", 7_200, "capital"),
        ("Orchard: trees, stakes, deer fence", 4_300, "capital"),
        ("Classroom on wheels", 3_500, "capital"),
        ("Growing teacher, one season", 2_500, "revenue"),
    ),
    17_565,
    112,
    -12,
    "A real project of the Mayor's programme of 2017, for which £17,565 was raised online "
    "(communitywellbeing.coop). The target, "
    "the backers, the costs and the words are examples.",
    begun=60,
    milestones=(("Orchard planted", 30), ("First school on the land", 75)),
)
PALM_HOUSE = Current(
    "wolves-lane-palm-house",
    "collecting",
    "Wolves Lane Palm House",
    "The old municipal palm house at Wolves Lane opens again, warm all winter and free to walk into.",
    "Palm House project group",
    "unincorporated_association",
    "E09000014",
    "Wolves Lane, Wood Green",
    "parks_gardens",
    ("environment", "activity_leisure"),
    """The palms were planted by the council's gardeners in the 1970s and have been growing against locked doors for years. The
roof leaks on one side. Everything else is ready.

We will mend the glass, make the paths smooth enough for wheels, and open it from Wednesday to Sunday.""",
    "Three growers' groups share the site; the palm house is looked after by volunteers on a rota.",
    (
        ("Glass and glazing bars", 5_400, "capital"),
        ("Paths and handrail", 2_100, "capital"),
        ("Somebody to open up, first winter", 1_500, "revenue"),
    ),
    9_240,
    72,
    -1,
    "A real project of the Mayor's programme of 2018 that reached its target (about.spacehive.com). Its "
    "figures here and the words are examples.",
    begun=45,
)
OAK_TRAIL = Current(
    "oak-sculpture-trail-furzedown",
    "in_review",
    "Oak Sculpture Trail for Furzedown",
    "Storm-felled oaks become benches and carved animals along a mile of Furzedown.",
    "Oak Trail project group",
    "unincorporated_association",
    "E09000032",
    "Furzedown",
    "arts_culture",
    ("arts_culture_heritage", "activity_leisure"),
    """Eleven oaks came down in two storms. The council would chip them. We would rather carve them: eleven stops on a walk
that a six-year-old can do on a scooter, each with a place to sit.""",
    "A sculptor, a tree officer who has just retired, and the friends' groups of two parks.",
    (("Carving, eleven pieces", 8_800, "capital"), ("Fixing, paths and signs", 3_700, "capital")),
    0,
    0,
    40,
    "A real project of the Mayor's programme of 2017, to which the Mayor pledged £5,000 (City Hall blog, "
    "24 July 2017). All other figures and the words are examples.",
)
BEE_SPOKE = Current(
    "bee-spoke-learning-centre",
    "draft",
    "Bee-Spoke Learning Centre",
    "A classroom among the hives, built of straw and cycled timber.",
    "Creekside Growers",
    "cic",
    "E09000030",
    "Tower Hamlets",
    "buildings",
    ("environment", "volunteering_jobs_education"),
    "",
    "",
    (("Timber and straw walls", 18_000, "capital"),),
    0,
    0,
    50,
    "A real project of the Mayor's programme of 2018, to which the Mayor pledged £20,000. All other "
    "figures and the words are examples.",
)
TOOL_LIBRARY = Current(
    "tool-library-downham",
    "failed",
    "A tool library for Downham",
    "Borrow a drill, a ladder or a carpet cleaner for a pound a week, from a shop on the parade.",
    "Downham Tool Library",
    "unincorporated_association",
    "E09000023",
    "Downham Way",
    "streets_infrastructure",
    ("environment", "economy"),
    """Most drills work for thirteen minutes in their lives. We would put two hundred tools in one shop, with somebody who shows
you how to use them.""",
    "Four neighbours and a carpenter.",
    (
        ("Two hundred tools", 6_000, "capital"),
        ("Shop fitting", 4_000, "capital"),
        ("First year's rent", 2_500, "revenue"),
    ),
    12_000,
    143,
    -20,
    EXAMPLE + " It shows a campaign that ended at 96%.",
    begun=60,
    update=(
        "We did not make it",
        "£12,000 of £12,500: so close, and it still means no. Nobody has been charged a penny. We will rest "
        "for a month and come back with a smaller shop.",
    ),
)
NIGHT_KITCHEN = Current(
    "night-workers-kitchen-whitechapel",
    "shortfall",
    "A night workers' kitchen for Whitechapel",
    "Hot food and a place to sit between two and five in the morning, for cleaners, porters and nurses.",
    "Night Kitchen Whitechapel",
    "unincorporated_association",
    "E09000030",
    "Whitechapel Road",
    "food_farming",
    ("volunteering_jobs_education",),
    "Between the last bus and the first train there is nowhere warm to sit on Whitechapel Road. We will "
    "open a kitchen there, five nights a week.",
    "Two cooks and a union branch.",
    (("Kitchen", 3_000, "capital"), ("First three months", 1_000, "revenue")),
    4_060,
    34,
    -9,
    EXAMPLE + " It shows what happens when cards fail after the close.",
    begun=50,
)
CURRENT = (
    EAST_STREET,
    KINGS_CRESCENT,
    CHALTON,
    TOLWORTH,
    PALM_HOUSE,
    OAK_TRAIL,
    BEE_SPOKE,
    TOOL_LIBRARY,
    NIGHT_KITCHEN,
)
