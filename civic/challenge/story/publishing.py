"""A programme as data: one line for each challenge, one for each finalist; nobody else is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from civic.challenge.models import Programme
from civic.challenge.story.columns import CHALLENGES, FINALISTS
from civic.challenge.story.queries.startups import register_numbers
from civic.challenge.story.queries.whole import Story
from civic.challenge.testing.queries.public import GrantRow
from civic.core.i18n import DEFAULT
from civic.core.web import external_url
from civic.grants.rules.amounts import pounds
from civic.grants.wording.data import LICENCE

VERSION = "1"


def challenges(programme: Programme, story: Story) -> Iterator[dict[str, Any]]:
    """One line for each challenge, by the names of its columns."""
    for line in story.lines:
        challenge, counts = line.challenge, line.counts
        yield {
            "programme": programme.title,
            "year": programme.year,
            "challenge_url": _url(challenge.slug),
            "challenge": challenge.title,
            "language": challenge.language,
            "theme": challenge.theme,
            "partner": challenge.partner.name if challenge.partner else "",
            "applications": counts.sent,
            "ineligible": counts.of(("ineligible",)),
            "finalists": len(line.finalists),
            "matched": len(line.matched),
        }


def finalists(programme: Programme, story: Story) -> Iterator[dict[str, Any]]:
    """One line for each finalist, with its grant and what came of it as far as those are public."""
    grants = {each.application_id: each for each in story.grants}
    uses = {(each.application_id, each.months): each.in_use or "" for each in story.outcomes}
    numbers = register_numbers(each.startup_id for each in story.finalists)
    for line in story.lines:
        for each in line.finalists:
            yield {
                "programme": programme.title,
                "challenge_url": _url(each.slug),
                "challenge": each.challenge,
                "partner": each.partner or "",
                "startup": each.startup,
                "company_number": numbers.get(each.startup_id, ""),
                "state": each.status,
                **_money(grants.get(each.application_id)),
                **{f"outcome_{months}": uses.get((each.application_id, months), "") for months in (6, 12, 24)},
                "note": each.note,
            }


def table(columns: list[tuple[str, Any]], rows: Iterator[dict[str, Any]]) -> Iterator[list[Any]]:
    """The head and the lines of a CSV."""
    yield [name for name, _meaning in columns]
    for row in rows:
        yield [row[name] for name, _meaning in columns]


def whole(programme: Programme, story: Story) -> dict[str, Any]:
    """All of it in one document, with its version and licence."""
    return {
        "version": VERSION,
        "licence": LICENCE[1],
        "programme": programme.title,
        "year": programme.year,
        "decision": programme.decision_number,
        "budget": _pounds(programme.budget_minor),
        "url": external_url("challenge_story.show_programme", programme=programme.slug, lang=DEFAULT.code),
        "challenges": [_known(CHALLENGES, row) for row in challenges(programme, story)],
        "finalists": [_known(FINALISTS, row) for row in finalists(programme, story)],
    }


def _money(grant: GrantRow | None) -> dict[str, Any]:
    if grant is None:
        return dict.fromkeys(("grant", "decision", "paid", "milestones", "milestones_reached", "test_state"), "")
    return {
        "grant": pounds(grant.amount.minor),
        "decision": "; ".join(number for number, _day in grant.decisions),
        "paid": pounds(grant.paid.minor),
        "milestones": grant.milestones,
        "milestones_reached": grant.reached,
        "test_state": grant.state,
    }


def _known(columns: list[tuple[str, Any]], row: dict[str, Any]) -> dict[str, Any]:
    """A field that is not known is left out."""
    return {name: row[name] for name, _meaning in columns if row[name] != ""}


def _pounds(minor: int | None) -> str | None:
    return None if minor is None else pounds(minor)


def _url(slug: str) -> str:
    return external_url("challenge.show_challenge", slug=slug, lang=DEFAULT.code)
