"""The texts of consultations that can be translated: what is asked, its news, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from civic.consultations.models import Consultation, Decision, Theme, Update
from civic.consultations.queries.consultations import Around
from civic.consultations.queries.outcome import Answered
from civic.core.db import db
from civic.core.subjects import named
from civic.core.translatable import Source, Texts, Translatable
from civic.translation.reading import lay

KIND = "consultation"
OWN: dict[str, tuple[Any, bool]] = {
    "question": (_l("Question"), False),
    "summary": (_l("Summary"), False),
    "background": (_l("Background"), True),
    "can_change": (_l("What can still change"), True),
    "cannot_change": (_l("What cannot change"), True),
    "decision_role": (_l("Office of whoever decides"), False),
    "contact": (_l("Who answers questions"), False),
    "equality_note": (_l("How it affects different people"), False),
    "overdue_reason": (_l("Why the answer is late"), False),
    "withdrawn_why": (_l("Why it was withdrawn"), False),
    "outcome_summary": (_l("What came of it, in short"), True),
}


def row_sources(row: Any) -> dict[str, Source]:
    """What a list shows of a consultation."""
    return {name: Source(getattr(row, name), row.language, OWN[name][0]) for name in ("question", "summary")}


def own_sources(consultation: Consultation, names: Iterable[str] = OWN) -> dict[str, Source]:
    """The consultation's own texts by their columns."""
    return {name: Source(getattr(consultation, name), consultation.language, *OWN[name]) for name in names}


def update_sources(updates: Iterable[Update]) -> dict[str, Source]:
    """The texts of its news."""
    found: dict[str, Source] = {}
    for each in updates:
        found[f"update_{each.id}_title"] = Source(each.title, each.language, _l("Title of news"))
        found[f"update_{each.id}_text"] = Source(each.text, each.language, _l("Text of news"), markdown=True)
    return found


def outcome_sources(language: str, themes: Sequence[Theme], decisions: Sequence[Decision]) -> dict[str, Source]:
    """What was heard and decided."""
    found: dict[str, Source] = {}
    for theme in themes:
        found[f"theme_{theme.id}_title"] = Source(theme.title, language, _l("What we heard: title"))
        found[f"theme_{theme.id}_heard"] = Source(theme.heard, language, _l("What we heard"), markdown=True)
    for each in decisions:
        found[f"decision_{each.id}_decided"] = Source(each.decided, language, _l("What was decided"), markdown=True)
        found[f"decision_{each.id}_because"] = Source(each.because, language, _l("Why it was decided"), markdown=True)
    return found


def lay_list(rows: Iterable[Any]) -> tuple[Any, ...]:
    """Show what lists tell of consultations in the reader's language."""
    return lay({named(KIND, row.id): row_sources(row) for row in rows})


def lay_page(consultation: Consultation, around: Around) -> tuple[Any, ...]:
    """Show a consultation's page in the reader's language, its news and the titles of what it holds too."""
    own = own_sources(consultation, (name for name in OWN if name != "outcome_summary"))
    held = {name: {"title": Source(each.title, each.language, _l("Title"))} for name, each in around.held}
    name = named(KIND, consultation.id)
    return lay(held | {name: own | update_sources(around.updates)}, about=name)


def lay_outcome(consultation: Consultation, answered: Answered) -> tuple[Any, ...]:
    """Show what came of a consultation in the reader's language."""
    own = own_sources(consultation, ("question", "summary", "outcome_summary"))
    name, said = named(KIND, consultation.id), (consultation.language, answered.themes, answered.decisions)
    return lay({name: own | outcome_sources(*said)}, about=name)


def load(numbers: Iterable[int]) -> Mapping[int, Texts]:
    """Consultations with all their texts; four statements. Drafts are for those who run them and translate."""
    wanted = list(numbers)
    rows = db.session.scalars(select(Consultation).where(Consultation.id.in_(wanted))).all()
    updates, themes, decisions = (_of(model, wanted) for model in (Update, Theme, Decision))
    return {
        row.id: Texts(
            row.question,
            row.language,
            url_for("consultations.show_consultation", slug=row.slug),
            own_sources(row)
            | outcome_sources(row.language, themes.get(row.id, []), decisions.get(row.id, []))
            | update_sources(updates.get(row.id, [])),
            row.is_public,
        )
        for row in rows
    }


def _of(model: Any, wanted: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for each in db.session.scalars(select(model).where(model.consultation_id.in_(wanted)).order_by(model.id)):
        found.setdefault(each.consultation_id, []).append(each)
    return found


def choices(below: int | None, most: int) -> list[int]:
    """Consultations, newest first."""
    query = select(Consultation.id).where(Consultation.status != "withdrawn")
    if below is not None:
        query = query.where(Consultation.id < below)
    return list(db.session.scalars(query.order_by(Consultation.id.desc()).limit(most)))


TRANSLATABLES = [Translatable(KIND, _l("Consultations"), load, choices)]
