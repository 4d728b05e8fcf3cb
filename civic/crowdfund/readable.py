"""A campaign as it is read apart from its page: what it wants, what the money is for, who does it, and what happens with a pledge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from civic.core import clock
from civic.core.db import db
from civic.core.i18n import Words, format_date, format_datetime, money_text
from civic.core.reading import Block, Facts, Heading, Picture, Prose, Readable, Reading, Said, Table
from civic.core.subjects import named
from civic.core.web import external_url
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import campaigns as queries
from civic.crowdfund.queries.listing import place_words
from civic.translation.readings import in_language, languages_of

KIND = "campaign"


def read(number: int, language: str) -> Reading | None:
    """A campaign that was launched."""
    campaign = public(number)
    if campaign is None:
        return None
    whole = Reading(
        campaign.title,
        language,
        tuple(_blocks(campaign)),
        external_url("crowdfund.show_campaign", slug=campaign.slug),
        summary=campaign.summary,
        kind=_("Campaign"),
        closes_at=campaign.closes_at,
        title_language=campaign.language,
    )
    return in_language(whole, named(KIND, number))


def public(number: int) -> Campaign | None:
    """The campaign of this number with its organisation, where everybody may know of it."""
    asked = select(Campaign).where(Campaign.id == number).options(joinedload(Campaign.organisation, innerjoin=True))
    found = db.session.scalar(asked)
    return found if found is not None and found.is_public() else None


def languages(number: int) -> tuple[str, ...]:
    """The language in which it was written, and those into which it is translated."""
    found = public(number)
    return languages_of(named(KIND, number), found.language) if found else ()


def url(number: int) -> str:
    """Its page."""
    found = db.session.get(Campaign, number)
    return url_for("crowdfund.show_campaign", slug=found.slug if found else "")


def closes_at(number: int) -> datetime | None:
    """When it closes."""
    found = db.session.get(Campaign, number)
    return found.closes_at if found else None


def _blocks(c: Campaign) -> Iterator[Block]:
    parts, is_open = queries.parts(c), c.is_open(clock.now())
    yield Facts(tuple(_facts(c)))
    if parts.cover:
        yield Picture(parts.cover.key, parts.cover.alt, c.language)
    yield Heading(_("The project"))
    yield Prose(c.story, c.language)
    for picture in parts.pictures:
        if not picture.is_cover:
            yield Picture(picture.key, picture.alt, c.language)
    yield from _section(_("What changes because of it"), c.impact_story, c.language)
    if parts.costs:
        yield Heading(_("What the money is for"))
        rows: list[tuple[Said, ...]] = [
            (Words(each.title, c.language), money_text(each.amount)) for each in parts.costs
        ]
        rows.append((_("Together"), money_text(c.target)))
        yield Table(_("Costs"), (_("What"), _("Amount")), tuple(rows))
    if parts.matches:
        yield Heading(_("Money of funders"))
        yield Facts(tuple((each.funder, money_text(each.amount)) for each in parts.matches))
    if parts.milestones:
        yield Heading(_("Milestones"))
        steps = tuple((Words(each.title, c.language), format_date(each.due_on)) for each in parts.milestones)
        yield Table(_("Milestones"), (_("What"), _("When")), steps)
    yield from _section(_("Who does it"), c.team, c.language)
    yield from _section(_("Risks"), c.risks, c.language, markdown=False)
    yield from _section(_("Permissions"), c.permissions, c.language, markdown=False)
    if parts.film:
        yield Heading(_("What is said in the film"))
        yield Prose(parts.film.transcript, parts.film.language, markdown=False)
    if is_open:
        yield Heading(_("What happens with your money"))
        yield Prose(_promise(c), markdown=False)


def _section(heading: str, text: str, language: str, *, markdown: bool = True) -> Iterator[Block]:
    if text:
        yield Heading(heading)
        yield Prose(text, language, markdown)


def _facts(c: Campaign) -> Iterator[tuple[str, Said]]:
    yield _("Target"), money_text(c.target)
    yield _("Organisation"), c.organisation.name
    place = place_words(c.place, c.place_kind, c.borough)
    if place:
        yield _("Place"), place


def _promise(c: Campaign) -> str:
    closes, target = format_datetime(c.closes_at), money_text(c.target)
    return _(
        "You promise a sum now; nothing leaves your account today. It is taken once, on %(closes)s, and only if %(target)s "
        "has come together by then.",
        closes=closes, target=target,
    )  # fmt: skip


CAMPAIGN = Readable(KIND, _l("Campaign"), read, languages, url, closes_at)
