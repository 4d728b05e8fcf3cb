"""The words of the demo's programmes. What is real has its source in base's seed_content; what is made up says so."""

from __future__ import annotations

FINALIST = "Finalist, as reported in 2018."
WINNER = "Winner, as reported in October 2018."
# Challenge, name, whether it won (MD2491, publictechnology.net of 5 October 2018).
FINALISTS_2018: tuple[tuple[str, str, bool], ...] = (
    ("dementia-care-2018", "Pearl Support Network", True),
    ("dementia-care-2018", "Virtue", False),
    ("active-travel-2018", "Go Jauntly", True),
    ("active-travel-2018", "T-Kartor", False),
    ("electric-vehicles-2018", "Connected Kerb", True),
    ("electric-vehicles-2018", "Spark EV Technology", False),
    ("affordable-housing-2018", "VU.CITY", True),
    ("affordable-housing-2018", "Crossmap", False),
    ("financial-inclusion-2018", "Quids In!", True),
    ("financial-inclusion-2018", "FairQuid", False),
    ("loneliness-2018", "BuddyHub", True),
    ("loneliness-2018", "Singa", False),
    ("physical-activity-2018", "Elemental", True),
    ("physical-activity-2018", "Imin", False),
)
UNKNOWN_2018 = (
    "active-travel-2018",
    "Eighth winner of 2018 (name not found)",
    "Sources name eight winners and tell seven. Which of the finalists was the eighth, and in which challenge, was not found: "
    "this line stands for it, so that the sums are right.",
)
STARTUP_2018 = "Its number, its people and what it offered were not found in the sources of this demo."
UNTITLED_2018 = "Title not found in the sources"
NO_WORDS = "What was said to applicants in 2018 was not found in the sources."
EXAMPLE = "Example data: sources say that more than 100 applied, and not who."
TEST_2018 = "A test with the partner, in the autumn and winter of 2018."
PAPERS = (
    "The agreement of that time was not found in public sources. Who recommended, decided and signed is example data."
)
RATIONALE = "One of eight winners, chosen after their pitches."
NOT_FOUND = "What came of it was not found in the sources."
FUND = (
    "civic-innovation-challenge",
    "Civic Innovation Challenge",
    "Grants for startups that test an answer to a problem of London with the organisation that owns the problem.",
)

# The earlier example programme: title, address, theme, partner, statement.
YEAR_TITLE = "An example of a programme that has ended"
YEAR_SUMMARY = (
    "Three challenges, from the call to what is in use two years after the tests. "
    "Everything in it is made up, to show how it works."
)
YEAR_PARTNERS = (
    (
        "lea-valley-trust",
        "Lea Valley Health Trust (example)",
        "health",
        "Six wards, and two nurses who try things out.",
    ),
    ("harbour-council", "Harbour Council (example)", "borough", "Forty streets, and a team that answers within a day."),
    (
        "crosstown-buses",
        "Crosstown Buses (example)",
        "company",
        "Two garages, ninety buses, and data of every journey.",
    ),
)
YEAR_CHALLENGES = (
    ("hospital-home", "Home from hospital without waiting for a van", "health", "lea-valley-trust"),
    ("street-repairs", "A broken pavement is mended before somebody falls", "safety", "harbour-council"),
    ("ramps-on-buses", "Nobody is left at the stop because a ramp fails", "getting_around", "crosstown-buses"),
)
YEAR_STATEMENT = {
    "hospital-home": "Patients who are well enough wait five hours on average for a ride home, and a bed waits with them.",
    "street-repairs": "Residents report a pavement three times before it is mended. Falls cost more than repairs.",
    "ramps-on-buses": "One ramp in thirty fails on a given day. Drivers know in the morning, passengers at the stop.",
}
YEAR_APPLICANTS = (
    "Kettle and Kin", "Ridewell", "Homeward", "Paveline", "Tread Safe", "Kerbside", "Rampwatch", "Boarding Pass", "Levelled",
    "Second Door", "Night Nurse", "Short Hop", "Slab and Sand", "Footfall", "Mend It", "Stop Gap", "Way On", "Ninety Wheels",
    "Bedside", "Porterly", "Crackling", "Even Ground", "Tailboard", "Next Stop",
)  # fmt: skip
YEAR_OFFER = "We bring together those who wait and those who can help, by phone and on paper too, and show every day what changed."
TOLD = {
    6: ("partly", "Two of six wards use it.", "Two wards"),
    12: ("yes", "All six wards use it, and the wait has halved.", "Six wards"),
    24: ("yes", "The partner bought it for three years after a tender.", "Six wards and two clinics"),
}
TOLD_NOT = (
    "no",
    "The test showed that it saves no time. The partner published what it learned, and three others have asked for it.",
    "",
)
