"""Briefs: written by staff, opened for comment, changed in the open, published by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.authoring.actions import pass_gate
from civic.challenge.models import BriefVersion, BriefWriter, Challenge, Criterion, Partner, Programme
from civic.challenge.queries.briefs import criteria_of, facts_of, has_written
from civic.challenge.refusals import (
    BriefIsFinal,
    BriefUnfinished,
    ClosingTooEarly,
    OwnBrief,
    SlugTaken,
    WeightsOff,
    WhatChangedMissing,
)
from civic.challenge.rules.brief import missing, weigh_up
from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance, can

TEXTS = ("title", "statement", "success", "adoption", "pilot_sites", "data_offered")
"""What a brief says; kept with every version."""
PLACED = ("slug", "theme", "language")
MISSING = {
    "statement": _l("The problem is not stated yet."),
    "success": _l("It does not say yet what success is."),
    "adoption": _l(
        "It does not say yet how the partner will put into use what works: a challenge without a route to adoption "
        "is not a good challenge."
    ),
    "criteria": _l("The weights of the criteria do not add up to exactly 100 yet."),
    "still_open": _l("Members can still comment on it. Wait until comments have closed."),
    "unanswered": _l("Some comments have no answer yet."),
}  # fmt: skip
"""What stands between a brief and its publication, in words."""


def create(
    *,
    programme: Programme,
    partner: Partner,
    criteria: Sequence[tuple[str, int]],
    by: User,
    now: datetime,
    **values: Any,
) -> Challenge:
    """Begin a brief (TEXTS and PLACED); nobody but staff sees it. Raises SlugTaken and WeightsOff."""
    _refuse_weights(criteria)
    if db.session.scalar(select(Challenge.id).where(Challenge.slug == values["slug"])) is not None:
        raise SlugTaken()
    assert values.keys() <= {*TEXTS, *PLACED}, values.keys()
    challenge = Challenge(programme=programme, partner=partner, author_id=by.id, created_at=now, **values)
    db.session.add(challenge)
    db.session.flush()
    _weigh(challenge, criteria)
    _remember_writer(challenge, by)
    audit.record("create challenge", on=challenge, by=by, now=now, after={"slug": challenge.slug})
    return challenge


def change(
    challenge: Challenge,
    *,
    programme: Programme,
    partner: Partner,
    criteria: Sequence[tuple[str, int]],
    by: User,
    now: datetime,
    what_changed: str = "",
    **values: Any,
) -> None:
    """Change a brief that is not final; once it is open for comment, everybody reads what changed and why.

    Raises BriefIsFinal, WhatChangedMissing, SlugTaken and WeightsOff. Changing nothing changes nothing.
    """
    _refuse_weights(criteria)
    assert values.keys() <= {*TEXTS, *PLACED}, values.keys()
    held = locked(Challenge, challenge.id)
    if held.status not in ("draft", "commenting"):
        raise BriefIsFinal()
    old = [(each.name, each.weight) for each in criteria_of(held)]
    new = {name: value for name, value in values.items() if getattr(held, name) != value}
    is_placed = (held.programme_id, held.partner_id) == (programme.id, partner.id)
    if not new and is_placed and old == list(criteria):
        return
    if held.status == "commenting" and not what_changed.strip():
        raise WhatChangedMissing()
    if "slug" in new and db.session.scalar(select(Challenge.id).where(Challenge.slug == new["slug"])) is not None:
        raise SlugTaken()
    for name, value in new.items():
        setattr(held, name, value)
    held.programme, held.partner, held.author_id = programme, partner, by.id
    db.session.flush()
    _weigh(held, criteria)
    _remember_writer(held, by)
    if held.status == "commenting":
        _keep_version(held, criteria, what_changed.strip(), now)
    audit.record("change challenge", on=held, by=by, now=now, after={"names": sorted(new)})


def open_for_comment(
    challenge: Challenge, *, closes_at: datetime, by: User, now: datetime, advice_why: str = ""
) -> None:
    """Let everybody read a brief, and members comment until the closing minute.

    Raises ClosingTooEarly and IllegalMove; KeepsSomebodyOut where its texts do and nobody says why they stay (`advice_why`).
    """
    if closes_at <= now:
        raise ClosingTooEarly()
    held = locked(Challenge, challenge.id)
    if not can(held, "open"):
        raise IllegalMove()
    pass_gate(f"challenge:{held.id}", why=advice_why, by=by, now=now)
    held.comments_close_at = closes_at
    advance(held, "open", by=by, now=now)
    db.session.flush()
    _keep_version(held, [(each.name, each.weight) for each in criteria_of(held)], "", now)
    audit.record("open challenge for comment", on=held, by=by, now=now, after={"closes_at": closes_at.isoformat()})


def publish(challenge: Challenge, *, by: User, now: datetime, advice_why: str = "") -> None:
    """Make a brief final; by somebody who wrote nothing in it. Raises BriefUnfinished, OwnBrief, IllegalMove and KeepsSomebodyOut."""
    held = locked(Challenge, challenge.id)
    if not can(held, "publish"):
        raise IllegalMove()
    if held.author_id == by.id or has_written(held, by.id):
        raise OwnBrief()
    if lacking := missing(facts_of(held), now):
        raise BriefUnfinished(MISSING[lacking[0]])
    pass_gate(f"challenge:{held.id}", why=advice_why, by=by, now=now)
    held.published_by_id, held.published_at = by.id, now
    advance(held, "publish", by=by, now=now)
    db.session.flush()
    audit.record("publish challenge", on=held, by=by, now=now)


def record(
    *, programme: Programme, partner: Partner | None, published_at: datetime, by: User, now: datetime, **values: Any
) -> Challenge:
    """Write down an earlier year's challenge from what was published; what the sources do not say stays empty."""
    assert values.keys() <= {*TEXTS, *PLACED}, values.keys()
    challenge = Challenge(
        programme=programme, partner=partner, author_id=by.id, created_at=published_at, is_record=True, **values
    )
    db.session.add(challenge)
    db.session.flush()
    challenge.published_at = published_at
    advance(challenge, "record", by=by, now=now)
    db.session.flush()
    audit.record("record challenge", on=challenge, by=by, now=now, after={"slug": challenge.slug})
    return challenge


def close(challenge: Challenge, *, by: User, now: datetime) -> None:
    """End a challenge; everything in it stays to be read. Raises IllegalMove."""
    held = locked(Challenge, challenge.id)
    advance(held, "close", by=by, now=now)
    db.session.flush()
    audit.record("close challenge", on=held, by=by, now=now)


def _refuse_weights(criteria: Sequence[tuple[str, int]]) -> None:
    if criteria and not weigh_up([weight for _name, weight in criteria]):
        raise WeightsOff()


def _weigh(challenge: Challenge, criteria: Sequence[tuple[str, int]]) -> None:
    """Put these criteria in the place of those before; the challenge is held."""
    db.session.execute(delete(Criterion).where(Criterion.challenge_id == challenge.id))
    for position, (name, weight) in enumerate(criteria, 1):
        db.session.add(Criterion(challenge_id=challenge.id, position=position, name=name, weight=weight))
    challenge.weight_total = sum(weight for _name, weight in criteria)
    db.session.flush()


def _remember_writer(challenge: Challenge, by: User) -> None:
    new = insert(BriefWriter).values(challenge_id=challenge.id, person_id=by.id)
    db.session.execute(new.on_conflict_do_nothing())


def _keep_version(challenge: Challenge, criteria: Sequence[tuple[str, int]], what_changed: str, now: datetime) -> None:
    last = (
        db.session.scalar(select(func.max(BriefVersion.number)).where(BriefVersion.challenge_id == challenge.id)) or 0
    )
    words = {name: str(getattr(challenge, name)) for name in TEXTS}
    words["criteria"] = "\n".join(f"{name}: {weight}" for name, weight in criteria)
    db.session.add(
        BriefVersion(challenge_id=challenge.id, number=last + 1, words=words, what_changed=what_changed, at=now)
    )
    db.session.flush()
