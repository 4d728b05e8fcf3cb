"""The words of the demo's challenge: the real programme of 2018 as far as sources tell, and an example of today."""

from __future__ import annotations

from typing import NamedTuple

REPORTS = "MD2491 and reports of 2018 (Bethnal Green Ventures, PublicTechnology, Digital Agenda)"
FACTS_2018: tuple[tuple[str, str, str, str], ...] = (
    ("date", "Launch", "11 June 2018, in London Tech Week", "Bethnal Green Ventures, 11 June 2018"),
    ("date", "Finalists chosen", "Late August 2018, two for each challenge", REPORTS),
    ("date", "Business support for the finalists", "September 2018", REPORTS),
    ("date", "Winners announced", "About 5 October 2018", "PublicTechnology, 5 October 2018"),
    ("date", "Demo day", "December 2018", REPORTS),
    ("date", "Last day to apply", "", ""),
    (
        "sum",
        "First decision",
        "Up to £100,000: £75,000 from LEAP and up to £25,000 from private partners",
        "DD2185, 11 December 2017",
    ),
    ("sum", "Second decision", "Up to £250,000", "MD2286, June 2018"),
    ("sum", "Each winner", "£15,000", REPORTS),
    ("sum", "What was spent in the end", "", ""),
    ("figure", "Challenges", "Seven, in three themes", REPORTS),
    ("figure", "Names of the three themes", "", ""),
    ("figure", "Applications", "More than 100", REPORTS),
    ("figure", "Finalists", "14", REPORTS),
    ("figure", "Winners", "Eight: one challenge had two", REPORTS),
    ("outcome", "Name of the eighth winner", "", ""),
    ("outcome", "Study of what was learned", "£50,000 let for a study and a toolkit", "ADD2533"),
    ("outcome", "Findings of that study", "", ""),
    ("outcome", "What is in use today", "", ""),
)
# Title, address, theme, partner's address ("" where it was not found), finalists, winner ("" where it was not found).
CHALLENGES_2018: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "Dementia care for all",
        "dementia-care-2018",
        "health",
        "our-healthier-south-east-london",
        "Virtue and Pearl Support Network",
        "Pearl Support Network",
    ),
    (
        "Active travel",
        "active-travel-2018",
        "getting_around",
        "transport-for-london",
        "T-Kartor and Go Jauntly",
        "Go Jauntly",
    ),
    (
        "Electric vehicles",
        "electric-vehicles-2018",
        "environment",
        "national-grid-and-shell",
        "Spark EV Technology and Connected Kerb",
        "Connected Kerb",
    ),
    ("Affordable housing", "affordable-housing-2018", "homes", "", "VU.CITY and Crossmap", "VU.CITY"),
    (
        "Financial inclusion",
        "financial-inclusion-2018",
        "money_work",
        "lloyds-banking-group",
        "Quids In! and FairQuid",
        "Quids In!",
    ),
    ("Loneliness and isolation", "loneliness-2018", "together", "hackney-council", "BuddyHub and Singa", "BuddyHub"),
    ("Physical activity", "physical-activity-2018", "health", "ealing-council", "Elemental and Imin", "Elemental"),
)
PARTNERS_2018: tuple[tuple[str, str, str], ...] = (
    ("our-healthier-south-east-london", "Our Healthier South East London", "health"),
    ("transport-for-london", "Transport for London", "public_body"),
    ("national-grid-and-shell", "National Grid and Shell", "company"),
    ("lloyds-banking-group", "Lloyds Banking Group", "bank"),
    ("hackney-council", "Hackney Council", "borough"),
    ("ealing-council", "Ealing Council", "borough"),
)
BRINGS_2018 = "It tested a winner’s product in 2018. What else it brought was not found in the sources."
STATEMENT_2018 = "Finalists: {finalists}.\n\nWinner: {winner}.\n\nThe text of the brief was not found in the sources."


class Planned(NamedTuple):
    """A problem of the demo and what became of it: a verb, or "" where it is open; `merge` names another by its place."""

    title: str
    text: str
    for_whom: str
    theme: str
    borough: str
    language: str
    supports: int
    days: int
    verb: str = ""
    reason: str = ""
    into: int = 0


PROBLEMS = (
    Planned(
        "The last bus leaves before the late shift ends",
        (
            "The warehouse shift ends at half past one. The last bus leaves at one. People walk an hour "
            "along a dual carriageway, or pay for a cab what they earned in two hours."
        ),
        "People who work at night in outer London",
        "getting_around",
        "E09000010",
        "en",
        64,
        40,
    ),
    Planned(
        "Carers have no evening of their own",
        (
            "Day centres close at four. Whoever looks after somebody with dementia at home has no free "
            "evening from one year to the next, and nobody to ask at short notice."
        ),
        "People who care for somebody with dementia",
        "health",
        "",
        "en",
        58,
        90,
        "take_up",
        ("Many carers told us the same. A partner of the health service owns it now, and its brief is final."),
    ),
    Planned(
        "Damp flats and letters that nobody answers",
        ("Our block has had damp since 2021. Each letter gets a number, and no answer says when somebody comes."),
        "Families in social housing",
        "homes",
        "E09000028",
        "en",
        41,
        70,
        "take_up",
        "Three housing associations see the same. The brief is open: tell them what it must say.",
    ),
    Planned(
        "W bloku jest wilgoć i nikt nie odpowiada na listy",
        "Piszę od dwóch lat. Dostaję numer zgłoszenia i nic więcej. Syn choruje na astmę.",
        "Rodziny w mieszkaniach socjalnych",
        "homes",
        "E09000028",
        "pl",
        9,
        66,
        "merge",
        "It is the same problem in the same block, so we count the support together.",
        2,
    ),
    Planned(
        "Nie ma gdzie naładować roweru elektrycznego",
        ("Mieszkam na czwartym piętrze bez windy. Akumulator waży cztery kilo, a w piwnicy nie wolno ładować."),
        "Osoby, które dojeżdżają rowerem i mieszkają w bloku",
        "environment",
        "E09000012",
        "pl",
        17,
        21,
    ),
    Planned(
        "لا يجد كبار السن من يساعدهم في المواقع الحكومية",
        ("كل شيء صار عبر الإنترنت: موعد الطبيب والإعانة والشكوى. والدتي لا تقرأ الإنجليزية ولا تعرف من تسأل."),
        "كبار السن الذين لا يقرؤون الإنجليزية",
        "digital",
        "E09000033",
        "ar",
        33,
        30,
    ),
    Planned(
        "أرصفة ضيقة لا تتسع لعربة أطفال",
        "السيارات تقف على الرصيف في شارعنا، فننزل إلى الطريق بعربات الأطفال والكراسي المتحركة.",
        "الأهل ومستخدمو الكراسي المتحركة",
        "getting_around",
        "E09000025",
        "ar",
        12,
        55,
        "answer",
        (
            "Parking on pavements is already against the law in London. The borough has doubled its patrols "
            "here since May; report a car on its page."
        ),
    ),
    Planned(
        "No cash machine without a fee within two miles",
        (
            "Both banks closed. The machine in the shop takes £1.95 each time, which is a lot if you take "
            "out ten pounds."
        ),
        "People who live on cash",
        "money_work",
        "E09000004",
        "en",
        26,
        60,
        "decline",
        "A bank hub opens here in spring, which solves it. We look again if it does not open.",
    ),
    Planned(
        "Nobody knows which lift works today",
        "I find out that the lift is broken when I stand in front of it. The page says it works.",
        "People who use a wheelchair or push a pram",
        "getting_around",
        "",
        "en",
        49,
        12,
    ),
    Planned(
        "New neighbours never meet",
        "Twelve hundred flats, one door code each. After two years I know nobody on my floor.",
        "People who have just moved in",
        "together",
        "E09000030",
        "en",
        7,
        5,
    ),
)


class PlannedBrief(NamedTuple):
    """A brief of the demo's present programme, as it was opened for comment."""

    slug: str
    title: str
    theme: str
    partner: str
    statement: str
    success: str
    adoption: str
    pilot_sites: str
    data_offered: str
    criteria: tuple[tuple[str, int], ...]


PARTNERS_NOW: tuple[tuple[str, str, str, str], ...] = (
    (
        "rivergate-homes",
        "Rivergate Homes (example)",
        "charity",
        (
            "Four estates with 2,100 homes, a repairs team of thirty, and three years of repair "
            "records.\n\nA member of staff for two days a week while something is tried out."
        ),
    ),
    (
        "northbank-health",
        "Northbank Health Partnership (example)",
        "health",
        ("Two day centres, eleven surgeries, and a group of forty carers who try things out and say what they think."),
    ),
)
DAMP = PlannedBrief(
    "damp-homes",
    "Damp found before it makes people ill",
    "homes",
    "rivergate-homes",
    (
        "One home in nine on our estates is damp. Tenants report it, wait eleven weeks on average, and "
        "hear nothing meanwhile. Surveyors come when the walls are black. Dehumidifiers were tried: "
        "they move the damp next door."
    ),
    (
        "A home that turns damp is known within two weeks, its tenant knows what happens next and when, "
        "and after a winter fewer homes are damp than before."
    ),
    "",
    "Two blocks of the Alder estate, with 140 homes. The tenants’ association agrees to it.",
    "Repairs since 2021 by block and month, without names; a plan of each block.",
    (
        ("How well it solves the problem", 40),
        ("How easily tenants use it", 25),
        ("What it costs to keep", 20),
        ("How the team works with tenants", 15),
    ),
)
DAMP_ADOPTION = (
    "If it works in both blocks for one winter, Rivergate buys it for all four estates from its "
    "repairs budget of 2027. Its director of homes decides in March, and publishes why."
)
EVENING = PlannedBrief(
    "evening-for-carers",
    "An evening off for people who care",
    "health",
    "northbank-health",
    (
        "Day centres close at four. Somebody who cares for a person with dementia at home has no free "
        "evening, and nobody to ask at short notice. Paid sitters exist; families do not find them, and "
        "do not know whom to trust."
    ),
    ("Forty carers have two evenings off a month, arranged within a day, with somebody whom they trust."),
    (
        "Northbank pays for it from its carers’ budget in the year after the test, if half of the "
        "carers use it in its third month."
    ),
    "Two day centres in the north, and the homes of forty carers.",
    "How many ask for a sitter by month and surgery, without names.",
    (("How well it solves the problem", 50), ("Safety and trust", 30), ("What it costs to keep", 20)),
)
# Text, language, answer ("" where it waits), result.
REMARKS_DAMP: tuple[tuple[str, str, str, str], ...] = (
    (
        ("It does not say who pays when the test is over. We had three trials on our estate and each one vanished."),
        "en",
        "You are right. The brief now says from which budget Rivergate buys it, who decides and when.",
        "changed",
    ),
    (
        (
            "Proszę dodać, że odpowiedzi mają być także po polsku. Moja matka nie zgłasza wilgoci, bo nie "
            "zna angielskiego."
        ),
        "pl",
        (
            "Rivergate answers in the tenant’s language already. We ask each team how theirs would do it, "
            "under “How easily tenants use it”."
        ),
        "not_changed",
    ),
    ("Sensors in bedrooms feel like being watched. Say what is measured and who sees it.", "en", "", ""),
)
WHAT_CHANGED = (
    "Comment 1 asked who pays when the test is over. The route to adoption now names the budget, who decides and when."
)
