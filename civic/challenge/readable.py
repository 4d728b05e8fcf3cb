"""A challenge's brief as it is read apart from its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.challenge.models import Challenge
from civic.challenge.queries.briefs import criteria_of
from civic.challenge.wording import BRIEF_PARTS, CHALLENGE_STATES, THEMES
from civic.core.db import db
from civic.core.i18n import Words, format_number
from civic.core.reading import Block, Facts, Heading, Prose, Readable, Reading, Said, Table
from civic.core.subjects import named
from civic.core.web import external_url
from civic.translation.readings import in_language, languages_of

KIND = "challenge"


def read(number: int, language: str) -> Reading | None:
    """A challenge whose brief everybody may read."""
    challenge = public(number)
    if challenge is None:
        return None
    whole = Reading(
        challenge.title,
        language,
        tuple(_blocks(challenge)),
        external_url("challenge.show_challenge", slug=challenge.slug),
        kind=_("Challenge"),
        closes_at=challenge.comments_close_at if challenge.status == "commenting" else None,
        title_language=challenge.language,
    )
    return in_language(whole, named(KIND, number))


def public(number: int) -> Challenge | None:
    """The challenge of this number, where everybody may see it."""
    found = db.session.get(Challenge, number)
    return found if found is not None and found.is_public else None


def languages(number: int) -> tuple[str, ...]:
    """The language in which it was written, and those into which it is translated."""
    found = public(number)
    return languages_of(named(KIND, number), found.language) if found else ()


def url(number: int) -> str:
    """Its page."""
    found = db.session.get(Challenge, number)
    return url_for("challenge.show_challenge", slug=found.slug if found else "")


def closes_at(number: int) -> datetime | None:
    """When comments on its brief close."""
    found = db.session.get(Challenge, number)
    return found.comments_close_at if found and found.status == "commenting" else None


def _blocks(challenge: Challenge) -> Iterator[Block]:
    pairs: list[tuple[str, Said]] = [
        (_("State"), str(CHALLENGE_STATES[challenge.status])),
        (_("Theme"), str(THEMES[challenge.theme])),
    ]
    programme = challenge.programme
    pairs.append((_("Programme"), Words(programme.title, programme.language)))
    if challenge.partner:
        pairs.append((_("Partner"), Words(challenge.partner.name, challenge.partner.language)))
    yield Facts(tuple(pairs))
    for part in ("statement", "success", "adoption", "pilot_sites", "data_offered"):
        text = getattr(challenge, part)
        if text:
            yield Heading(str(BRIEF_PARTS[part]))
            yield Prose(text, challenge.language, markdown=False)
    criteria = criteria_of(challenge)
    if criteria:
        yield Heading(str(BRIEF_PARTS["criteria"]))
        rows = tuple((Words(each.name, challenge.language), f"{format_number(each.weight)}%") for each in criteria)
        yield Table(_("Criteria and their weights"), (_("Criterion"), _("Weight")), rows)


CHALLENGE = Readable(KIND, _l("Challenge"), read, languages, url, closes_at)
