"""The demo's barrier reports: some answered, one that is being looked into, one of yesterday. Example data."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from civic.accessibility import actions
from civic.accounts.models import User


@dataclass(frozen=True)
class Told:
    """One report: how many days ago, what somebody wrote, and what came of it (days later, verb, why)."""

    days_ago: int
    page: str
    happened: str
    moves: tuple[tuple[int, str, str], ...] = ()
    summary: str = ""
    language: str = "en"
    wanted: str = field(default="")


REPORTS = (
    Told(
        96,
        "/en/discussions",
        "My screen reader says “Support” for every idea in the list, so I cannot tell which one I support.",
        (
            (1, "look", "We are listening to the page with NVDA."),
            (4, "fix", "Each button now says which idea it is for."),
        ),
        "The buttons to support an idea all had the same name. Each one says now which idea it is for.",
    ),
    Told(
        61,
        "/pl/surveys",
        "Po powiększeniu tekstu do 200% przycisk „Dalej” zasłania ostatnią odpowiedź.",
        ((2, "look", "Sprawdzamy to na telefonie."), (9, "fix", "Przycisk stoi teraz pod odpowiedziami.")),
        "At double text size the button covered the last answer on a phone. It stands below the answers now.",
        "pl",
    ),
    Told(
        40,
        "/en/campaigns",
        "The page would not open on the bus.",
        (
            (1, "look", "We are looking at the times you named."),
            (6, "decline", "The site was up; the connection was not."),
        ),
        "A page did not open on a mobile connection. The site was reachable at the time.",
    ),
    Told(
        12,
        "/en/consultations",
        "I use Dragon. When I say “click show results” nothing happens, I have to count through the links.",
        ((3, "look", "We can repeat it, and are working on it."),),
        wanted="Read what came of the consultation about heat",
    ),
    Told(1, "/ar/preferences", "ألوان الروابط في الوضع الداكن متقاربة جدًا ولا أميزها عن النص.", language="ar"),
)


def plant(moderator: User, *, now: datetime) -> str:
    """Reports of the last three months, with what came of them."""
    for told in REPORTS:
        at = now - timedelta(days=told.days_ago)
        report = actions.report_barrier(
            happened=told.happened,
            wanted=told.wanted,
            page=told.page,
            contact_by="nothing",
            email="",
            phone="",
            language=told.language,
            by=None,
            now=at,
        )
        for days, verb, why in told.moves:
            actions.answer(report, verb, why=why, by=moderator, now=at + timedelta(days=days))
        if told.summary:
            after = at + timedelta(days=told.moves[-1][0])
            actions.summarise(report, told.summary, published=True, by=moderator, now=after)
    return f"{len(REPORTS)} barriers that somebody met on the site, most of them removed"
