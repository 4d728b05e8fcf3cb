"""A consultation as it is read apart from its pages: what is asked, what can still change, who decides, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.consultations import wording
from civic.consultations.models import Consultation
from civic.consultations.queries import consultations as queries
from civic.consultations.queries.outcome import outcome_of
from civic.core import clock
from civic.core.i18n import Words, format_date, format_datetime
from civic.core.reading import Block, Facts, Heading, Prose, Readable, Reading, Said
from civic.core.subjects import named
from civic.core.web import external_url
from civic.places import borough
from civic.translation.readings import in_language, languages_of

KIND = "consultation"
OPEN_STAGES = ("draft", "coming_up", "open", "considering")


def read(number: int, language: str) -> Reading | None:
    """A consultation that everybody may know of, with its outcome where there is one."""
    consultation = public(number)
    if consultation is None:
        return None
    whole = Reading(
        consultation.question,
        language,
        tuple(_blocks(consultation)),
        external_url("consultations.show_consultation", slug=consultation.slug),
        summary=consultation.summary,
        kind=_("Consultation"),
        closes_at=consultation.closes_at,
        title_language=consultation.language,
    )
    return in_language(whole, named(KIND, number))


def public(number: int) -> Consultation | None:
    """The consultation of this number, where everybody may know of it."""
    found = queries.by_id(number)
    return found if found is not None and found.is_public else None


def languages(number: int) -> tuple[str, ...]:
    """The language in which it was written, and those into which it is translated."""
    found = public(number)
    return languages_of(named(KIND, number), found.language) if found else ()


def url(number: int) -> str:
    """Its page."""
    found = queries.by_id(number)
    return url_for("consultations.show_consultation", slug=found.slug if found else "")


def closes_at(number: int) -> datetime | None:
    """When it closes."""
    found = queries.by_id(number)
    return found.closes_at if found else None


def _blocks(c: Consultation) -> Iterator[Block]:
    stage, around = c.stage(clock.now()), queries.around(c)
    is_open = stage in OPEN_STAGES
    yield Facts(tuple(_facts(c, stage)))
    if c.withdrawn_why and stage == "withdrawn":
        yield Heading(_("Why it was withdrawn"))
        yield Prose(c.withdrawn_why, c.language, markdown=False)
    for heading, text in (
        (_("What can still change") if is_open else _("What could change"), c.can_change),
        (_("What cannot change"), c.cannot_change),
        (_("Background"), c.background),
    ):
        if text:
            yield Heading(heading)
            yield Prose(text, c.language)
    if around.held:
        yield Heading(_("Take part") if stage == "open" else _("What it is made of"))
        yield Facts(tuple((each.title, _until(each.closes_at)) for _name, each in around.held))
    if around.documents:
        yield Heading(_("Documents"))
        yield Facts(tuple(_document(document) for document, _size, _type in around.documents))
    if c.equality_note:
        yield Heading(_("How it affects different people"))
        yield Prose(c.equality_note, c.language, markdown=False)
    for change in around.changes:
        before, after = format_datetime(change.before), format_datetime(change.after)
        said = _("It was to close on %(before)s; now it is %(after)s.", before=before, after=after)
        yield Prose(f"{wording.DATE_CHANGES[change.kind]}. {said}", markdown=False)
        yield Prose(change.why, c.language, markdown=False)
    if stage == "answered":
        yield from _outcome(c)
    if around.updates:
        yield Heading(_("News"))
        for update in around.updates:
            yield Heading(update.title, 3, update.language)
            yield Prose(format_date(update.at), markdown=False)
            yield Prose(update.text, update.language)


def _facts(c: Consultation, stage: str) -> Iterator[tuple[str, Said]]:
    yield _("Stage"), str(wording.STAGES[stage])
    if c.opens_at:
        yield _("Opens") if stage in ("draft", "coming_up") else _("Opened"), format_datetime(c.opens_at)
    if c.decision_maker:
        yield (
            _("Who decides"),
            Words(", ".join(part for part in (c.decision_maker, c.decision_role) if part), c.language),
        )
        yield _("How"), str(wording.DECISION_KINDS[c.decision_kind])
    if c.decision_on:
        yield _("Decision expected"), format_date(c.decision_on)
    if c.due_at:
        yield _("Answer promised by"), format_date(c.due_at)
    names = sorted(place.name for place in map(borough, c.boroughs) if place)
    yield _("About"), ", ".join(names) or _("All London")
    if c.contact:
        yield _("Questions to"), Words(c.contact, c.language)


def _until(closes: datetime | None) -> str:
    return _("Closes on %(day)s", day=format_datetime(closes)) if closes else _("No closing date")


def _document(document: object) -> tuple[str, Said]:
    kind = str(wording.DOCUMENT_KINDS[document.kind])  # type: ignore[attr-defined]
    return kind, Words(document.title, document.language)  # type: ignore[attr-defined]


def _outcome(c: Consultation) -> Iterator[Block]:
    answered = outcome_of(c.id)
    yield Heading(_("What came of it"))
    yield Prose(c.outcome_summary, c.language)
    yield Heading(_("What we heard"))
    for theme in answered.themes:
        yield Heading(theme.title, 3, c.language)
        yield Prose(theme.heard, c.language)
    yield Heading(_("What was decided, and why"))
    for decision in answered.decisions:
        yield Heading(decision.number, 3)
        yield Prose(_("Decided on %(day)s", day=format_date(decision.decided_on)), markdown=False)
        yield Heading(_("We decided"), 4)
        yield Prose(decision.decided, c.language)
        yield Heading(_("Because"), 4)
        yield Prose(decision.because, c.language)


CONSULTATION = Readable(KIND, _l("Consultation"), read, languages, url, closes_at)
