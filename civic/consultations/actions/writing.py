"""Writing a consultation: begin one, change its parts, add what one can read and take part in, post news."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from civic.consultations import refusals
from civic.consultations.models import Consultation, Document, Held, Update
from civic.consultations.queries import consultations as queries
from civic.consultations.queries import registry
from civic.consultations.rules.choices import SHORTEST_REASON
from civic.core import audit
from civic.core.db import db, locked
from civic.core.errors import NotFound
from civic.core.files import StoredFile
from civic.notifications.actions import tell

DRAFT_ONLY = {
    "slug", "question", "summary", "background", "language", "boroughs", "can_change", "cannot_change", "opens_at",
    "closes_at", "equality_note",
}  # fmt: skip
"""What people were told when it was announced."""
UNTIL_ANSWERED = {"officer_id", "contact", "decision_maker", "decision_role", "decision_kind", "decision_on"}
"""Who looks after it may change as people change; it stands in the audit log."""


def create(question: str, *, language: str, by: Any, now: datetime, slug: str = "", **facts: Any) -> Consultation:
    """Begin a draft; whoever begins it is responsible until somebody else is named."""
    made = Consultation(
        slug=slug or queries.free_slug(question),
        question=question,
        language=language,
        created_at=now,
        touched_at=now,
        **({"officer_id": by.id} | facts),
    )
    db.session.add(made)
    db.session.flush()
    audit.record("consultation.created", on=made, by=by, now=now)
    return made


def change(
    consultation: Consultation, changes: Mapping[str, Any], *, by: Any, now: datetime, edition: int | None = None
) -> None:
    """Change parts of it; `edition` is the version that the writer looked at. What was announced stands."""
    consultation = held_fast(consultation)
    assert set(changes) <= DRAFT_ONLY | UNTIL_ANSWERED, "a part that nobody writes"
    if edition is not None and edition != consultation.version_id:
        raise refusals.ChangedMeanwhile()
    changed = {name: value for name, value in changes.items() if getattr(consultation, name) != value}
    if consultation.is_over:
        raise refusals.Over()
    if consultation.status != "draft" and set(changed) & DRAFT_ONLY:
        raise refusals.Announced()
    before = {name: _plain(getattr(consultation, name)) for name in changed}
    for name, value in changed.items():
        setattr(consultation, name, value)
    if changed:
        _touch(consultation, now)
        after = {name: _plain(value) for name, value in changed.items()}
        audit.record("consultation.changed", on=consultation, by=by, now=now, before=before, after=after)


def add_document(
    consultation: Consultation, *, kind: str, title: str, language: str, published_on: date, url: str | None = None,
    file: StoredFile | None = None, by: Any, now: datetime,
) -> Document:  # fmt: skip
    """Add something to read: a link or a file. It may come later too, and shows its date."""
    consultation = held_fast(consultation)
    if consultation.is_over:
        raise refusals.Over()
    made = Document(
        consultation_id=consultation.id, kind=kind, title=title, language=language, published_on=published_on,
        url=None if file is not None else url, file_id=file.id if file is not None else None,
    )  # fmt: skip
    db.session.add(made)
    _touch(consultation, now)
    audit.record("consultation.document_added", on=consultation, by=by, now=now, after={"title": title, "kind": kind})
    return made


def remove_document(consultation: Consultation, document: Document, *, by: Any, now: datetime) -> None:
    """Take a document out of a draft; what people could read stays readable."""
    consultation = held_fast(consultation)
    if consultation.status != "draft":
        raise refusals.Announced()
    file = db.session.get(StoredFile, document.file_id) if document.file_id else None
    db.session.delete(document)
    db.session.flush()
    if file is not None:
        db.session.delete(file)
    _touch(consultation, now)
    audit.record("consultation.document_removed", on=consultation, by=by, now=now, before={"title": document.title})


def add_activity(consultation: Consultation, name: str, *, by: Any, now: datetime) -> None:
    """Put an activity ("survey:3") into a consultation; each belongs to one at most, also for two who add at once."""
    consultation = held_fast(consultation)
    if consultation.stage(now) not in ("draft", "coming_up", "open"):
        raise refusals.NotOpen()
    if name not in registry.facts([name]):
        raise refusals.UnknownActivity()
    row = insert(Held).values(consultation_id=consultation.id, name=name, added_at=now)
    done = db.session.scalar(row.on_conflict_do_nothing(index_elements=["name"]).returning(Held.id))
    if done is None:
        if name in queries.held(consultation.id):
            return
        raise refusals.Elsewhere()
    _touch(consultation, now)
    audit.record("consultation.activity_added", on=consultation, by=by, now=now, after={"activity": name})


def remove_activity(consultation: Consultation, name: str, *, by: Any, now: datetime) -> None:
    """Take an activity out of a draft."""
    consultation = held_fast(consultation)
    if consultation.status != "draft":
        raise refusals.Announced()
    row = db.session.scalar(select(Held).where(Held.consultation_id == consultation.id, Held.name == name))
    if row is None:
        raise NotFound()
    db.session.delete(row)
    _touch(consultation, now)
    audit.record("consultation.activity_removed", on=consultation, by=by, now=now, before={"activity": name})


def post_update(consultation: Consultation, *, title: str, text: str, language: str, by: Any, now: datetime) -> Update:
    """Post dated news, and let followers know."""
    consultation = held_fast(consultation)
    if not consultation.is_public:
        raise refusals.NotOpen()
    made = Update(consultation_id=consultation.id, title=title, text=text, language=language, at=now, by_id=by.id)
    db.session.add(made)
    _touch(consultation, now)
    tell_followers(consultation, "consultation_update", by=by, now=now, update=made.id)
    audit.record("consultation.update_posted", on=consultation, by=by, now=now, after={"update": made.id})
    return made


def tell_followers(consultation: Consultation, notice: str, *, by: Any, now: datetime, **facts: str | int) -> None:
    """Let everybody who follows it know."""
    about = f"consultation:{consultation.id}"
    people = queries.followers(consultation.id)
    tell(notice, people, about=about, now=now, by=getattr(by, "id", None), consultation=consultation.id, **facts)


def held_fast(consultation: Consultation) -> Consultation:
    """The consultation, locked and read afresh: whoever changes it waits for whoever changes it now."""
    fresh: Consultation = locked(Consultation, consultation.id)
    return fresh


def need(why: str, field: str = "why") -> str:
    """A reason that everybody can read; raises ReasonNeeded where it is none."""
    if len(why.strip()) < SHORTEST_REASON:
        raise refusals.ReasonNeeded(field=field)
    return why.strip()


def _touch(consultation: Consultation, now: datetime) -> None:
    consultation.touched_at = now
    db.session.flush()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
