"""Take part first, account later: what a browser kept is attached to the account that signs in with it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from civic.core.db import db
from civic.surveys.actions.answering import receipt_hash
from civic.surveys.models.response import Draft, Participation, Response

MOST = 20
"""A browser keeps no more receipts and drafts than this."""


def attach(person_id: int, *, codes: Iterable[str], keys: Iterable[str]) -> None:
    """Count a person as having taken part where they hold the receipt, and give them their drafts.

    A response in a survey with names becomes theirs; in an anonymous one nothing is written to the response.
    """
    hashes = [receipt_hash(code) for code in list(codes)[:MOST]]
    if hashes:
        held = (Response.id, Response.survey_id, Response.anonymity, Response.submitted_on, Response.person_id)
        for row in db.session.execute(
            select(*held).where(Response.receipt_hash.in_(hashes)).order_by(Response.survey_id)
        ):
            _attach_response(person_id, row)
    for key in list(keys)[:MOST]:
        _attach_draft(person_id, key)


def _attach_response(person_id: int, row: object) -> None:
    identified = row.anonymity == "identified"  # type: ignore[attr-defined]
    if identified and row.person_id is not None:  # type: ignore[attr-defined]
        return
    part = insert(Participation).values(
        survey_id=row.survey_id, person_id=person_id, anonymity=row.anonymity,  # type: ignore[attr-defined]
        answered_on=row.submitted_on if identified else None,  # type: ignore[attr-defined]
    )  # fmt: skip
    is_new = db.session.scalar(part.on_conflict_do_nothing().returning(Participation.person_id)) is not None
    if identified and is_new:
        db.session.execute(update(Response).where(Response.id == row.id).values(person_id=person_id))  # type: ignore[attr-defined]


def _attach_draft(person_id: int, key: str) -> None:
    draft = db.session.scalar(select(Draft).where(Draft.key == key).with_for_update())
    if draft is None or draft.person_id is not None or draft.response_id is not None:
        return
    other = select(Draft.id).where(Draft.survey_id == draft.survey_id, Draft.person_id == person_id)
    if db.session.scalar(other) is None:
        draft.person_id = person_id
        db.session.flush()
