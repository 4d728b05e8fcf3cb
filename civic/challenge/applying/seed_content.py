"""The words of the demo's call: startups, applications and reasons. All of it is made up."""

CHALLENGE = "evening-for-carers"
GOVERNANCE = "Two founders, who decide together."
GUIDANCE = """Answer in your own words: what counts is whether the solution helps, and whether the test is fair and can be done.

If you need help with the form, or another way to apply, write to us. We answer within two working days."""
REASONS = (
    "It names who gains, and the test would show whether they do.",
    "The steps of the test are clear, and the costs add up.",
    "It says what it would do if too few families take part.",
    "How the partner would go on with it stays rather open.",
)
_HOUSE = {
    "team": "Two founders and three others. One of us was a carer for nine years.",
    "stage": "first_users",
    "capabilities": ["software", "service", "care"],
    "website": "",
    "borough": "E09000012",
    "accessibility": "Tested with six people who use screen readers or switches. The calendar is not good by voice yet.",
    "data_protection": "We are the controller, registered with the ICO. Data are kept in the UK and deleted after a year.",
    "language": "en",
}
_ANSWERS = {
    "solution": (
        "Carers say by telephone or on a page when they need an evening. Sitters whom the partner has checked see it, and "
        "whoever is near answers. The carer sees who comes, and has met them before."
    ),
    "novelty": "Today families ask an agency a week ahead, or nobody. We answer in hours, with people they know.",
    "evidence": "Forty families in one borough have used it since March; 31 of them had at least two evenings a month.",
    "test": (
        "Three months with two day centres of the partner. First month: thirty families and twenty sitters meet. Then "
        "evenings begin. We need the centres’ rooms for the first meetings, and a person who knows the families."
    ),
    "users": "Four carers decide with us each fortnight what changes. They are paid for their time.",
    "measures": "Evenings for each carer before and after, and how rested they say they are. Under ten families we stop.",
    "budget": "Sitters’ hours £7,000, coordination £4,500, carers’ group £1,500, checks and insurance £2,000.",
    "risks": "Too few sitters in the evening: we begin with two postcodes and pay travel.",
    "data": "Names, addresses, needs. Only the coordinator and the sitter who comes see them; deleted after six months.",
    "access": "By telephone in English, Bengali and Polish; large print; no smartphone is needed.",
}
_ADOPTION = {
    "adoption": "The partner pays for each evening from its carers’ budget: about £38. Two boroughs have asked to join."
}


def _startup(name: str, number: str, summary: str, **about: object) -> dict[str, object]:
    return _HOUSE | {"name": name, "number": number, "summary": summary} | about


def _words(title: str, summary: str, **answers: str) -> dict[str, str]:
    return {"title": title, "summary": summary} | _ANSWERS | _ADOPTION | answers


APPLICATIONS: tuple[tuple[dict[str, object], dict[str, str]], ...] = (
    (
        _startup(
            "Sitwell Evenings Ltd (example)", "09990001", "We find a sitter whom a family knows, for this evening."
        ),
        {"title": "An evening within the day", "summary": "A sitter for tonight, whom the family has met before."}
        | _ANSWERS,
    ),
    (
        _startup("Lanternhouse CIC (example)", "09990002", "Neighbours take turns in an open house, twice a week."),
        _words(
            "An open house in the evening", "A house where people with dementia spend an evening, while carers go out."
        ),
    ),
    (
        _startup("Quietbell Ltd (example)", "09990003", "A bell and a telephone line for carers who need a break."),
        _words("One number for a break", "One telephone number that finds a sitter, an open house or a taxi."),
    ),
    (
        _startup("Duskline Care Ltd (example)", "09990004", "Rotas for small care teams that work in the evening."),
        _words(
            "A rota for evenings", "Small teams of sitters plan their evenings together, and carers see who is free."
        ),
    ),
)
"""The first is a draft that lacks an answer; the others were sent."""
