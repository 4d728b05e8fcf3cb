"""What the demo's consultations say. Facts are from public papers of the GLA; dates and answers are made up, and labelled so."""

from dataclasses import dataclass, field
from datetime import date

REASON = "Example data: the demo’s dates are counted from the day on which it was set up."


@dataclass(frozen=True)
class SeedTheme:
    """A theme, the words by which the demo finds what belongs to it, and what became of that."""

    title: str
    heard: str
    words: tuple[str, ...]
    fate: str
    why: str = ""


@dataclass(frozen=True)
class SeedDecision:
    """A decision and the themes (by their places) that it answers."""

    number: str
    on: date | None  # None: a week before the answer
    decided: str
    because: str
    themes: tuple[int, ...]
    url: str = ""


@dataclass(frozen=True)
class Seed:
    """One consultation; days are counted from the day of planting."""

    slug: str
    survey: str  # the address of the survey that it holds
    question: str
    summary: str
    background: str
    can_change: str
    cannot_change: str
    decides: tuple[str, str, str]  # name, role, kind
    begins: int
    ends: int
    contact: str = "Community engagement team"
    equality: str = "Fewer young people, women, renters and people from ethnic minorities take part than live here."
    boroughs: tuple[str, ...] = ()
    documents: tuple[tuple[str, str, str, str], ...] = ()  # kind, title, language, address
    updates: tuple[tuple[int, str, str], ...] = ()  # day, headline, text
    outcome: str = ""
    themes: tuple[SeedTheme, ...] = ()
    decisions: tuple[SeedDecision, ...] = field(default=())
    answered: int | None = None
    late_because: str = ""


LISTENING = Seed(
    slug="how-can-more-londoners-be-heard",
    survey="how-can-more-londoners-be-heard",
    question="How can more Londoners be heard?",
    summary="Talk London is growing, and some Londoners are still missing from it. What would bring them in? Example data.",
    background=(
        "By 2018 Talk London had 42,000 members. Younger Londoners, women, people from ethnic minorities and renters were "
        "under-represented (MD2300).\n\nIn an earlier survey two thirds thought that the Mayor wants to hear them, and only "
        "38% thought that what they say is used."
    ),
    can_change="- Who may join, and from which age\n- How we ask: surveys, games, visits\n- How we tell people what came of it",
    cannot_change="The budget for the year is settled.",
    decides=("Mayor of London", "", "MD"),
    begins=-190,
    ends=-150,
    documents=(
        ("reasons", "MD2300: Talk London", "en", "https://www.london.gov.uk/decisions/md2300-talk-london"),
        ("summary", "Streszczenie po polsku", "pl", "https://www.london.gov.uk/talk-london"),
    ),
    updates=((-140, "We are reading", "169 people answered. **Thank you.** Two of us are reading every answer."),),
    outcome=(
        "You asked for younger people to be let in, for proof that we listen, and for us to come to where you are. "
        "The first is done, the second has begun, and the third is done in part. Example data."
    ),
    themes=(
        SeedTheme(
            "Let younger people join",
            "Many of you said that 16 and 17 year olds live here too and are never asked.",
            ("16 and 17", "szesnastolat"),
            "taken_up",
        ),
        SeedTheme(
            "Show what came of it",
            "You do not want to answer again before you know what happened last time.",
            ("what you did", "what came of it", "wynikło"),
            "partly",
            "A page on impact was added; it does not cover every survey yet.",
        ),
        SeedTheme(
            "Ask differently",
            "Shorter, in more languages, in games, and at the market instead of on a screen.",
            ("game", "Shorter", "Krótsze", "English", "polsku", "market", "estate"),
            "partly",
            "The budget game came back and outreach was paid for; translation waits for a later year.",
        ),
        SeedTheme(
            "Pay people for their time",
            "Some of you would answer more often for a voucher.",
            ("voucher", "Pay people"),
            "not_taken_up",
            "Prizes were tried in 2014. The money now goes into outreach, which brought in people who had never answered.",
        ),
    ),
    decisions=(
        SeedDecision(
            "MD2535",
            None,
            "The age at which one can join is lowered **from 18 to 16**, and outreach to renters, young people and ethnic "
            "minorities is paid for.",
            "These are the people who were missing, and where it was tried it worked.",
            (0, 2, 3),
            "https://www.london.gov.uk/decisions/md2535-talk-london",
        ),
        SeedDecision(
            "MD2300",
            None,
            "A page on impact shows what was done with what people said.",
            "Only 38% believed that their views are used.",
            (1,),
            "https://www.london.gov.uk/decisions/md2300-talk-london",
        ),
    ),
    answered=-92,
)

BUDGET = Seed(
    slug="what-should-the-next-budget-put-first",
    survey="what-should-london-put-first",
    question="What should the next budget put first?",
    summary="City Hall shares out its money for the coming year. Where would you begin? Example data.",
    background="Between July 2017 and July 2018 Londoners gave 18,000 answers to Talk London’s surveys. The budget is one of them.",
    can_change="How much goes to buses, homes, policing, youth work and parks.",
    cannot_change="What the government pays, and what the law obliges us to spend.",
    decides=("Mayor of London", "", "MD"),
    begins=-75,
    ends=-40,
    documents=(
        (
            "options",
            "Options for the budget, with costs",
            "en",
            "https://www.london.gov.uk/who-we-are/governance-and-spending",
        ),
        ("summary", "Streszczenie po polsku", "pl", "https://www.london.gov.uk/talk-london"),
    ),
    outcome="Youth work and buses in outer London get more; fares stay where they are. Example data.",
    themes=(
        SeedTheme(
            "Buses in outer London",
            "You want more buses where there is no Tube, above all in the evening.",
            ("buses", "autobus", "الحافلات"),
            "taken_up",
        ),
        SeedTheme(
            "Homes that people can rent",
            "Rents take more of your wages every year.",
            ("homes", "Build", "Mieszkania", "مساكن"),
            "partly",
            "More homes are planned; rents are not ours to set.",
        ),
        SeedTheme("Young people", "Youth clubs cost little and change a lot.", ("Youth", "youth"), "taken_up"),
        SeedTheme(
            "Fares and lifts",
            "Keep fares where they are, and make stations open to everybody.",
            ("fares", "lift"),
            "partly",
            "Fares stay; two stations get lifts this year.",
        ),
        SeedTheme(
            "What we did with your answers",
            "You want to see what came of the last time.",
            ("our answers", "odpowiedziami", "بإجاباتنا"),
            "taken_up",
        ),
        SeedTheme("Police on foot", "You want officers whom you know.", ("officers", "Officers"), "noted"),
        SeedTheme("Parks", "Look after them.", ("parks", "Parks"), "noted"),
    ),
    decisions=(
        SeedDecision(
            "Example 1",
            None,
            "More buses in the evening in outer London, and two more lifts.",
            "Outer London was named most often.",
            (0, 3),
        ),
        SeedDecision(
            "Example 2",
            None,
            "Youth clubs get a three-year grant instead of one year at a time.",
            "They cannot plan from year to year.",
            (2, 5, 6),
        ),
        SeedDecision(
            "Example 3",
            None,
            "The plan for homes is brought forward, and this page is published.",
            "You asked for both.",
            (1, 4),
        ),
    ),
    answered=-11,
)

RESILIENCE = Seed(
    slug="what-should-london-prepare-for-first",
    survey="ready-for-the-next-emergency",
    question="What should London prepare for first?",
    summary="Floods, heat, a loss of power: we are writing the next plan. Example data.",
    background="In 2021 nearly a thousand Londoners (999) answered about the Resilience Fund. The next plan is being written now.",
    can_change="Which dangers come first, and how people are warned.",
    cannot_change="The duties of the fire brigade and of the boroughs, which the law sets.",
    decides=("Deputy Mayor for Fire and Resilience", "", "DD"),
    begins=-145,
    ends=-100,
    documents=(
        (
            "evidence",
            "London City Resilience Strategy",
            "en",
            "https://www.london.gov.uk/programmes-strategies/fire-and-city-resilience",
        ),
    ),
    late_because=(
        "Two boroughs sent their flood maps late, and we did not want to answer without them. The answer will come in three weeks. "
        "Example data."
    ),
)

SAFETY = Seed(
    slug="what-would-make-you-feel-safer",
    survey="feeling-safe-where-you-live",
    question="What would make you feel safer where you live?",
    summary="The police and crime plan is being written. What should it put first near you? Example data.",
    background="Almost 8,000 Londoners answered Talk London’s survey on an earlier police and crime plan.",
    can_change="What local officers do first, and how they stay in touch with you.",
    cannot_change="The law, and how many officers there are in all this year.",
    decides=("Deputy Mayor for Policing and Crime", "", "DD"),
    begins=-35,
    ends=-6,
)

HEAT = Seed(
    slug="how-should-london-keep-cool",
    survey="cooler-streets-cleaner-air",
    question="How should London keep cool?",
    summary="Trees, water, shade and cleaner air: which streets come first, and what should be done there? Example data.",
    background=(
        "Summers grow hotter. In an earlier discussion about hot weather Londoners wrote 632 comments and gave 1,552 upvotes.\n\n"
        "In August 2016 over 15,000 people answered a survey on air quality. Four in five asked for alerts about pollution, "
        "and got them."
    ),
    can_change="- Which streets get trees first\n- Where drinking water and cool rooms are\n- How people are warned",
    cannot_change="The money for the year, and the Ultra Low Emission Zone, which was decided before.",
    decides=("Deputy Mayor for Environment and Energy", "", "DD"),
    begins=-12,
    ends=16,
    equality="Older people, small children and people in flats without shade suffer most from heat. We look at them first.",
    documents=(
        ("evidence", "Climate risk map of London", "en", "https://data.london.gov.uk/dataset/climate-risk-mapping"),
        ("summary", "Streszczenie po polsku", "pl", "https://www.london.gov.uk/talk-london"),
        ("summary", "ملخّص بالعربية", "ar", "https://www.london.gov.uk/talk-london"),
    ),
    updates=(
        (
            -5,
            "Already over a thousand answers",
            "Thank you. We hear least from people over 75: *please ask them for us*.",
        ),
    ),
)

NIGHT = Seed(
    slug="what-does-london-need-after-dark",
    survey="london-after-dark",
    question="What does London need after dark?",
    summary="Night buses, lighting, licences: tell us before the boroughs decide with us. Example data.",
    background="Many Londoners work at night, and hardly any plan begins with them.",
    can_change="Where night buses go, and where streets are lit.",
    cannot_change="Licences that have been given.",
    decides=("Night Czar", "", "ADD"),
    begins=9,
    ends=37,
)

SCHOOLS = Seed(
    slug="which-school-streets-come-next",
    survey="streets-around-schools",
    question="Which school streets come next?",
    summary="A draft that is not finished. Example data.",
    # Not finished, and with what "Check this page" finds in a first draft.
    background=(
        "**Why now**\n\nAbout a hundred London schools have a street that is closed to most motor traffic when children "
        "arrive and when they leave, and before the boroughs decide where the next ones come, with the money that is there, "
        "they want to hear from parents, neighbours and schools.\n\n"
        "How the streets were chosen so far can be read [here](https://www.london.gov.uk/talk-london)."
    ),
    can_change="",
    cannot_change="",
    decides=("", "", "DAR"),
    begins=40,
    ends=90,
)

ALL = (LISTENING, BUDGET, RESILIENCE, SAFETY, HEAT, NIGHT)
