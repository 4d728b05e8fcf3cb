"""The demo's rounds of today: tiers and conditions as the programme had them in 2021 (london.md A.1, A.2); all else is made up."""

from typing import NamedTuple

from civic.core.money import GBP, Money
from civic.crowdfund.rounds.actions.rounds import Condition, Question, Tier
from civic.grants.rules.amounts import Amounts

FUND = "crowdfund-london"
MADE_UP = "This round is made up, to show how the site works. Its tiers and conditions follow Make London of 2021."
TIERS = (
    Tier(
        "Small pledge, up to £5,000",
        GBP(5_000),
        "For small groups and for individuals with a letter from a local organisation. You need no crowdfunding campaign.",
        needs_target=False,
    ),
    Tier(
        "Pledge of up to £50,000",
        GBP(50_000),
        "For constituted organisations with a campaign that is live. The crowd gives the rest.",
    ),
)
CONSTITUTED = [
    "registered_charity",
    "unincorporated_association",
    "cic",
    "cooperative",
    "community_benefit_society",
]
CONDITIONS = (
    Condition("in_london", "The project is in Greater London."),
    Condition("turnover_below", "You turn over less than £50,000 a year.", 50_000_00, tier=0),
    Condition("individuals", "Individuals may apply.", True, tier=0),
    Condition("referee", "An individual has a letter of reference from a constituted local organisation.", tier=0),
    Condition("ask_at_most", "You ask for £5,000 at most.", 5_000_00, tier=0),
    Condition("organisation_kinds", "You are a constituted local organisation.", CONSTITUTED, tier=1),
    Condition("organisation_verified", "We have seen your organisation’s papers and verified it.", tier=1),
    Condition("campaign_live", "Your campaign takes pledges by the day that the round names.", tier=1),
    Condition("campaign_closes", "Your campaign closes before the round’s last day for targets.", tier=1),
    Condition("ask_at_most", "You ask for £50,000 at most.", 50_000_00, tier=1),
    Condition("share_at_most", "You ask for no more than 75% of what the project costs.", 75, tier=1),
    Condition("within_costs", "You ask for no more capital or revenue than the project costs of each.", tier=1),
)
QUESTIONS = (
    Question("expression", "idea", "What would you like to do, and where?", "Three or four sentences.", most_words=150),
    Question("expression", "people", "Who is it for, and who is behind it already?", most_words=100),
    Question(
        "application",
        "difference",
        "What will be different when it is done?",
        "Everybody can read this answer once a pledge is announced.",
        is_public=True,
        most_words=200,
    ),
    Question(
        "application",
        "welcome",
        "How do you make sure that everybody feels welcome?",
        "Think of money, language, disability, faith and age.",
        is_public=True,
        most_words=150,
    ),
    Question("application", "after", "Who looks after it in three years’ time?", most_words=150),
    Question("application", "bank", "Does your group have a bank account in its own name?", is_yes_no=True),
)
CRITERIA = (
    (
        "Local economic impact",
        20,
        "Trade, work and skills that stay in the neighbourhood.",
        "Nothing that lasts",
        "Lasting work or trade for local people",
    ),
    (
        "Benefit to the wider community",
        25,
        "Who gains, and who has not been reached before.",
        "A few people who know each other",
        "The whole neighbourhood, those who are rarely asked among them",
    ),
    (
        "Value for money",
        15,
        "What each pound does, with quotes for what is dear.",
        "Costs are guessed",
        "Every large cost is quoted, and nothing is padded",
    ),
    (
        "Local support",
        25,
        "The number of people who give time or money, more than the sum.",
        "Hardly anybody knows of it",
        "Many people of all kinds give, help and speak for it",
    ),
    (
        "Deliverability",
        15,
        "Permissions, people, plan and risks.",
        "The land or the people are missing",
        "Ready to start, with permissions in hand",
    ),
)
"""(title, weight, guidance, what 0 means, what 5 means). The criteria are those of 2016; the weights are made up."""
BUDGET = Amounts(GBP(850_000), GBP(150_000))
"""MD2605 of 10 March 2020: £1m for two years, £850,000 of it for pledges. That the rest is revenue is an example."""
CONDITION = "You tell us in writing before anything changes that the pledge is for, and name the Mayor of London as a supporter."


class Today(NamedTuple):
    """A round of the demo: dates in days from today."""

    slug: str
    title: str
    theme: str
    dates: dict[str, int]
    money: Amounts


AUTUMN = Today(
    "autumn-2026",
    "Crowdfund London, autumn 2026",
    "Places that bring people together: rooms, streets, gardens and markets where Londoners of every kind meet.\n\n"
    "We look for projects that could only happen where they happen, that give unused space a new life, and that many people "
    "give a little for.",
    {
        "applications_open_at": -75,
        "applications_close_at": -9,
        "campaigns_live_by": -9,
        "assessed_by": -4,
        "decided_by": 6,
        "announced_on": 9,
        "targets_by": 62,
        "agreements_by": 100,
        "paid_from": 1,
        "paid_until": 160,
        "monitored_until": 520,
    },
    Amounts(GBP(60_000), GBP(15_000)),
)
WINTER = Today(
    "winter-2027",
    "Crowdfund London, winter 2027",
    "High streets in winter: reasons to come out after dark, and somewhere warm to sit when you do.\n\n"
    "Tell us your idea first. You hear from us within three weeks what would make it stronger, and whether to apply.",
    {
        "expressions_open_at": -6,
        "expressions_close_at": 24,
        "applications_open_at": -6,
        "applications_close_at": 45,
        "campaigns_live_by": 42,
        "assessed_by": 70,
        "decided_by": 84,
        "announced_on": 90,
        "targets_by": 150,
        "agreements_by": 190,
        "paid_from": 151,
        "paid_until": 260,
        "monitored_until": 620,
    },
    Amounts(GBP(120_000), GBP(40_000)),
)


class Asked(NamedTuple):
    """An application to this autumn's round: by a campaign or without one; `scores` by assessor, for the five criteria."""

    title: str
    summary: str
    organisation: str  # empty: an individual
    borough: str
    ask: Amounts
    cost: Money
    answers: dict[str, str]
    scores: tuple[tuple[int, ...], ...]
    campaign: str = ""
    outcome: str = ""  # how far it has come: announced, paying, consulting, deciding, turned_down


def _answers(difference: str, welcome: str, after: str) -> dict[str, str]:
    return {"difference": difference, "welcome": welcome, "after": after, "bank": "yes"}


APPLICATIONS = (
    Asked(
        "Chalton Street Market", "", "", "E09000007", Amounts(GBP(15_000)), GBP(25_000),
        _answers(
            "A wet Friday has as many stalls as a dry one. Traders who have left come back, and people stay for lunch.",
            "Stalls are free for the first month. Signs are in Bengali, Somali and English, and the lunch is pay what you can.",
            "The market manager is paid from stall fees, which cover the lights and repairs by then.",
        ),
        ((5, 5, 4, 4, 4), (4, 5, 4, 5, 4)), "chalton-street-market", "announced",
    ),
    Asked(
        "Expand 55 East", "", "", "E09000028", Amounts(GBP(25_000)), GBP(59_034),
        _answers(
            "Nobody is turned away for want of a room. A quiet street has lights on six evenings a week.",
            "One step-free way in, a toilet for a wheelchair, and prices that start at nothing.",
            "Room fees pay a caretaker for two days a week; the rent is fixed for five years.",
        ),
        ((4, 4, 3, 5, 4), (4, 5, 3, 4, 4)), "expand-55-east", "consulting",
    ),
    Asked(
        "Plant swap and tool shed, Creekside", "A shed on the towpath where seedlings, tools and advice change hands.",
        "Creekside Growers", "E09000012", Amounts(GBP(2_600), GBP(2_000)), GBP(5_200),
        _answers(
            "Two hundred balconies grow something they did not have to buy, and neighbours know each other’s names.",
            "No shop, no till: what you take you may bring back next year. We open on a weekday evening and a Sunday.",
            "The growers’ rota, which has run for four years.",
        ),
        ((3, 5, 5, 4, 5), (3, 4, 5, 4, 5)), outcome="paying",
    ),
    Asked(
        "First strokes: rowing for people who never have",
        "Ten free mornings on the Lea for people who cannot swim yet, with a lift to the water.",
        "Lea Bank Rowing for All", "E09000012", Amounts(GBP(0), GBP(3_900)), GBP(4_400),
        _answers(
            "Sixty people have been on the water who thought it was not for them; ten of them come back every week.",
            "A hoist, two trained helpers and changing space with doors that close.",
            "Our club, from members’ fees.",
        ),
        ((2, 4, 4, 4, 5), (3, 5, 4, 4, 4)), outcome="deciding",
    ),
    Asked(
        "Noticeboards for Downham", "Four boards where the parade, the clinic and the school meet.",
        "Downham Tool Library", "E09000023", Amounts(GBP(1_200)), GBP(1_350),
        _answers(
            "What happens on the estate is known to people who are not online.",
            "Large print, one board in each corner of the estate at the height of a wheelchair.",
            "Two keyholders for each board.",
        ),
        ((2, 4, 4, 3, 5),),
    ),
    Asked(
        "A wall of names for Whitechapel",
        "Tiles with the names of the people who cleaned, cooked and nursed through the nights of 2020.",
        "Night Kitchen Whitechapel", "E09000030", Amounts(GBP(4_100)), GBP(4_900),
        _answers(
            "The people who kept the hospital going see their names on its street.",
            "Names in every script that people write theirs in.",
            "The union branch looks after the wall.",
        ),
        ((1, 4, 3, 4, 2), (4, 5, 4, 5, 4)),
    ),
    Asked(
        "Repair café on wheels", "A cargo bike that brings the repair café to three more parks.",
        "Harlesden Repair Café", "E09000005", Amounts(GBP(4_800)), GBP(4_950),
        _answers("More things are mended.", "Everybody may come.", "We do."),
        ((2, 2, 1, 2, 2), (1, 2, 2, 2, 2)), outcome="turned_down",
    ),
)  # fmt: skip
TURNED_DOWN = (
    "We liked the idea and the people. The assessors scored value for money lowest: the bike makes up nine tenths of the cost, and "
    "there was one price for it. With two quotes, and a word from the three parks, this would be a strong application to the next round."
)
EXPRESSIONS = (
    (
        "Creekside Growers",
        "A classroom among the hives",
        "E09000030",
        {
            "idea": "A classroom of straw and timber beside the hives, where two schools already come to look through the fence.",
            "people": "Four hundred children a year, two schools and the growers.",
        },
        "Please apply. Tell us more about who opens the gate on a school day, and ask for two prices for the timber.",
    ),
    (
        "Morden Parents’ Forum",
        "Buggies, prams and a dry place to meet",
        "E09000024",
        {
            "idea": "A covered corner by the library with a kettle, a mat and a clock, run by parents who are up anyway.",
            "people": "Parents of under-fives in two wards. Thirty of us meet under the porch now.",
        },
        "",
    ),
)
"""(organisation, title, borough, answers, the officer's feedback; none: it waits for an answer)."""
REASONS = (
    "Clear and close to what the guidance asks for; the figures in the answer can be checked.",
    "Convincing, though one step depends on people who have not agreed in writing yet.",
    "Good for those it reaches; how others would hear of it is not said.",
)
"""Reasons that the demo's assessors give in turn."""
