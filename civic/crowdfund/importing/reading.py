"""One line of a CSV file → one campaign of the past, or the reason why not. No database, no clock.

The columns are documented in docs/import-campaigns.md; `COLUMNS` is what the documentation is held against.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from civic.core.clock import london_minute
from civic.core.money import Money
from civic.core.names import slug_of
from civic.crowdfund.rules.choices import IMPACTS, KINDS
from civic.places import borough, by_name

# Name → whether a line without it is refused.
COLUMNS = {
    "key": True,
    "title": True,
    "target": True,
    "raised": True,
    "closed": True,
    "outcome": True,
    "summary": False,
    "story": False,
    "organisation": False,
    "borough": False,
    "place": False,
    "kind": False,
    "impacts": False,
    "opened": False,
    "backers": False,
    "mayors_pledge": False,
    "other_funds": False,
    "currency": False,
    "language": False,
    "source": False,
    "note": False,
}
OUTCOMES = {
    "funded": "funded",
    "successful": "funded",
    "delivered": "delivered",
    "failed": "failed",
    "unsuccessful": "failed",
    "withdrawn": "withdrawn",
    "canceled": "withdrawn",
    "cancelled": "withdrawn",
}
DAYS_WHEN_NOT_SAID = 30
MOST = Decimal(10) ** 12  # pounds; what no campaign ever reaches, and a column of 64 bits holds
LONGEST = {"title": 200, "summary": 500, "story": 50_000, "organisation": 200, "place": 200, "source": 500, "note": 500}


class Refused(Exception):
    """Why a line cannot become a campaign: a reason to count by, and what stood there."""

    def __init__(self, reason: str, found: str = ""):
        super().__init__(reason)
        self.reason, self.found = reason, found[:80]


@dataclass(frozen=True)
class PastCampaign:
    """What is known of a campaign that is over."""

    key: str
    slug: str
    title: str
    summary: str
    story: str
    organisation: str
    borough: str | None
    place: str
    kind: str
    impacts: tuple[str, ...]
    status: str
    opened_at: datetime
    closed_at: datetime
    target: Money
    pledged: Money
    match: Money
    funds: Money
    backers: int
    language: str
    source: str
    note: str
    notices: tuple[str, ...] = field(default=(), compare=False)


def missing_columns(header: Iterable[str]) -> list[str]:
    """The columns that must be there and are not."""
    there = {name.strip().lower() for name in header}
    return [name for name, is_needed in COLUMNS.items() if is_needed and name not in there]


def read(line: Mapping[str, str | None]) -> PastCampaign:
    """The campaign that a line tells of; raises Refused."""
    told = {(name or "").strip().lower(): _clean(text) for name, text in line.items() if isinstance(text, str)}
    notices: list[str] = []
    for name, longest in LONGEST.items():
        if len(told.get(name, "")) > longest:
            told[name] = told[name][: longest - 1] + "…"
            notices.append(f"{name} was shortened to {longest} characters")
    key, title = told.get("key", ""), told.get("title", "")
    if not key or len(key) > 100:
        raise Refused("the key is missing or longer than 100 characters", key)
    if not title:
        raise Refused("the title is missing")
    if (currency := told.get("currency", "") or "GBP").upper() != "GBP":
        raise Refused("the currency is not GBP", currency)
    status = OUTCOMES.get(told.get("outcome", "").lower())
    if status is None:
        raise Refused("the outcome is none that a finished campaign can have", told.get("outcome", ""))
    opened, closed = _days(told)
    target, raised = _pounds(told, "target"), _pounds(told, "raised")
    match, funds = _pounds(told, "mayors_pledge", Money(0)), _pounds(told, "other_funds", Money(0))
    if target.minor == 0:
        raise Refused("the target is nothing")
    if raised < match + funds:
        raise Refused("the Mayor's pledge and other funds are more than was raised", told.get("raised", ""))
    if status in ("funded", "delivered") and raised < target:
        notices.append("it counts as funded with less than its target")
    if status == "failed" and raised >= target:
        notices.append("it counts as failed with its target reached")
    return PastCampaign(
        key=key,
        slug=slug_of(title, "campaign"),
        title=title,
        summary=told.get("summary", ""),
        story=told.get("story", ""),
        organisation=told.get("organisation", ""),
        borough=_borough(told.get("borough", ""), notices),
        place=told.get("place", ""),
        kind=_one_of(told.get("kind", ""), KINDS, "kind", notices),
        impacts=_several(told.get("impacts", ""), notices),
        status=status,
        opened_at=opened,
        closed_at=closed,
        target=target,
        pledged=raised - match - funds,
        match=match,
        funds=funds,
        backers=_count(told.get("backers", "")),
        language=_language(told.get("language", ""), notices),
        source=told.get("source", ""),
        note=told.get("note", ""),
        notices=tuple(notices),
    )


def numbered(lines: Iterable[Mapping[str, str | None]]) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    """Lines with their number in the file; the first after the header is line 2."""
    return ((number, line) for number, line in enumerate(lines, 2))


def _clean(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text).strip()


def _pounds(told: Mapping[str, str], name: str, otherwise: Money | None = None) -> Money:
    text = told.get(name, "").replace("£", "").replace(",", "")
    if not text and otherwise is not None:
        return otherwise
    try:
        pounds = Decimal(text)
    except InvalidOperation:
        raise Refused(f"{name} is not an amount", text) from None
    if not pounds.is_finite() or pounds < 0 or pounds > MOST:
        raise Refused(f"{name} is not an amount", text)
    pence = pounds * 100
    if pence != pence.to_integral_value():
        raise Refused(f"{name} has parts of a penny", text)
    return Money(int(pence))


def _days(told: Mapping[str, str]) -> tuple[datetime, datetime]:
    closed = _day(told, "closed")
    if not told.get("opened"):
        moment = london_minute(closed)
        return datetime.fromtimestamp(moment.timestamp() - DAYS_WHEN_NOT_SAID * 86_400, UTC), moment
    opened = _day(told, "opened")
    if opened > closed:
        raise Refused("it closed before it opened", told["closed"])
    return london_minute(opened, "00:00"), london_minute(closed)


def _day(told: Mapping[str, str], name: str) -> date:
    try:
        day = date.fromisoformat(told.get(name, "")[:10])
    except ValueError:
        raise Refused(f"{name} is not a date like 2018-12-17", told.get(name, "")) from None
    if not 1990 <= day.year <= 2100:
        raise Refused(f"{name} is not a date like 2018-12-17", told[name])
    return day


def _count(text: str) -> int:
    if not text:
        return 0
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise Refused("backers is not a number", text)
    return int(text)


def _borough(text: str, notices: list[str]) -> str | None:
    if not text:
        return None
    found = borough(text) if text.startswith("E09") else by_name(text)
    if found is None:
        notices.append("the borough is not one of London's and was left out")
    return found.gss if found else None


def _one_of(text: str, choices: tuple[str, ...], name: str, notices: list[str]) -> str:
    code = re.sub(r"[^a-z]+", "_", text.lower().replace("&", "")).strip("_")
    if code and code not in choices:
        notices.append(f"the {name} is not on our list and was left out")
        return ""
    return code


def _several(text: str, notices: list[str]) -> tuple[str, ...]:
    found = [_one_of(part, IMPACTS, "impact", notices) for part in text.split(";") if part.strip()]
    return tuple(dict.fromkeys(code for code in found if code))


def _language(text: str, notices: list[str]) -> str:
    if text and not re.fullmatch(r"[a-z]{2,3}", text):
        notices.append("the language is not a code like en and was taken as en")
        return "en"
    return text or "en"
