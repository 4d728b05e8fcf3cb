"""Cases: opening one, and weighing what was reported.

Whoever touches the cases of an author's texts holds that author first (`hold_author`), then the text, then the case: so nobody waits
for somebody who waits for them.
"""

from datetime import datetime

from flask import current_app
from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Published
from civic.core.moderated import kind_of
from civic.core.moderated import published as texts_of
from civic.core.states import advance_all
from civic.moderation.models import Case, Decision, Report, ScreenedText
from civic.moderation.rules import waves
from civic.moderation.rules.weighing import Weighed, counted, folds

AUTHOR_LOCK = 20_260_913
MOST_IN_A_WAVE = 300
MOST_EARLIER = 50
_Mine = aliased(Report)


def hold_author(author_id: int | None) -> None:
    """Let one act at a time touch what an author wrote and what is said about it; until the transaction ends."""
    held = text("SELECT pg_advisory_xact_lock(:kind, :person)")
    db.session.execute(held, {"kind": AUTHOR_LOCK, "person": (author_id or 0) % 2**31})


def show(thing: str, how: str, broke: str = "") -> None:
    """Let a text be shown in one of the ways of core/moderated.py."""
    kind, number = kind_of(thing)
    kind.show(number, how, broke)


def open_case(
    thing: str,
    *,
    author_id: int | None,
    place: str,
    language: str,
    now: datetime,
    waits_for: str = "",
    is_alike: bool = False,
    is_reported: bool = False,
) -> Case:
    """The case of a text that nobody has finished with, opened where there is none; what is new about it is added."""
    new = insert(Case).values(
        thing=thing, status="open", version=1, author_id=author_id, place=place, language=language, created_at=now, opened_at=now,
        is_reported=is_reported, is_waiting=bool(waits_for), is_alike=is_alike, is_wave=False, is_resubmitted=False,
        waits_for=waits_for, weight=0, reports=0, is_folded=False,
    )  # fmt: skip
    unfinished = text("status IN ('open', 'appealed')")
    added = db.session.scalar(
        new.on_conflict_do_nothing(index_elements=["thing"], index_where=unfinished).returning(Case.id)
    )
    found = select(Case).where(Case.thing == thing, Case.status.in_(("open", "appealed"))).with_for_update()
    case = db.session.scalars(found.execution_options(populate_existing=True)).one()
    if added is None:
        case.is_reported = case.is_reported or is_reported
        case.is_waiting = case.is_waiting or bool(waits_for)
        case.is_alike = case.is_alike or is_alike
        case.waits_for = case.waits_for or waits_for
        db.session.flush()
    return case


def weigh_again(author_id: int | None, case: Case, now: datetime) -> None:
    """Reckon anew what the standing reports of a case count, find waves against its author, and fold what is heavy enough.

    In a wave every open case of the author that it touches is reckoned anew.
    """
    recent = _reports_against(author_id, case, now)
    earlier = _reported_earlier({each.reporter_id for each in recent}, {each.number for each in recent})
    groups = waves.cohorts(recent, earlier)
    in_waves = {number for group in groups for number in group}
    touched = {case.id}
    if in_waves:
        touched |= set(db.session.scalars(select(Report.case_id).where(Report.id.in_(in_waves)).distinct()))
    held = select(Case).where(Case.id.in_(touched), Case.status == "open").order_by(Case.id).with_for_update()
    for each in db.session.scalars(held):
        _weigh(each, groups, in_waves)


def _weigh(case: Case, groups: list[frozenset[int]], in_waves: set[int]) -> None:
    proven = select(Report.id).where(Report.reporter_id == _Mine.reporter_id, Report.status == "upheld").exists()
    rows = db.session.execute(
        select(_Mine.id, _Mine.weight, _Mine.counted, proven).where(
            _Mine.case_id == case.id, _Mine.status == "standing"
        )
    ).all()
    counts = counted((Weighed(row.id, row.weight, row[3]) for row in rows), groups)
    for row in rows:
        if counts[row.id] != row.counted:
            db.session.execute(update(Report).where(Report.id == row.id).values(counted=counts[row.id]))
    case.weight, case.reports = sum(counts.values()), len(rows)
    case.is_wave = case.is_wave or any(row.id in in_waves for row in rows)
    case.is_reported = case.reports > 0 or case.is_reported
    threshold = current_app.config["FOLD_WEIGHT"] * 100
    if (
        not case.is_folded
        and not case.is_waiting
        and folds(case.weight, threshold=threshold, seen=was_seen(case.thing))
    ):
        case.is_folded = True
        show(case.thing, "folded")
    db.session.flush()


def was_seen(thing: str) -> bool:
    """Whether a moderator has kept this text since it was last changed."""
    kept = select(func.max(Decision.at)).join(Case).where(Case.thing == thing, Decision.verb.in_(("keep", "restore")))
    written = select(func.max(ScreenedText.at)).where(ScreenedText.thing == thing)
    seen_at, written_at = db.session.execute(select(kept.scalar_subquery(), written.scalar_subquery())).one()
    return seen_at is not None and (written_at is None or seen_at >= written_at)


def _reports_against(author_id: int | None, case: Case, now: datetime) -> list[waves.Reported]:
    """The latest standing reports of a day against one author; of a former member's text, those against the text."""
    whose = Case.author_id == author_id if author_id is not None else Case.id == case.id
    rows = db.session.execute(
        select(Report.id, Report.reporter_id, Report.at, User.created_at)
        .join(Case, Case.id == Report.case_id)
        .join(User, User.id == Report.reporter_id)
        .where(whose, Case.status == "open", Report.status == "standing", Report.at > now - waves.WITHIN)
        .order_by(Report.id.desc())
        .limit(MOST_IN_A_WAVE)
    )
    return [waves.Reported(number, who or 0, at, made_at) for number, who, at, made_at in rows]


def _reported_earlier(people: set[int], without: set[int]) -> dict[int, frozenset[str]]:
    """What each of these people reported before, the latest of it."""
    if not people:
        return {}
    place = func.row_number().over(partition_by=Report.reporter_id, order_by=Report.id.desc())
    numbered = (
        select(Report.reporter_id, Report.thing, place.label("place"))
        .where(Report.reporter_id.in_(people), Report.id.not_in(without))
        .subquery()
    )
    found: dict[int, set[str]] = {}
    for person, thing in db.session.execute(
        select(numbered.c.reporter_id, numbered.c.thing).where(numbered.c.place <= MOST_EARLIER)
    ):
        found.setdefault(person, set()).add(thing)
    return {person: frozenset(things) for person, things in found.items()}


def latest_words(thing: str) -> int:
    """The number of the latest version of a text that is remembered; 0 where none is."""
    latest = select(func.max(ScreenedText.id)).where(ScreenedText.thing == thing)
    return db.session.scalar(latest) or 0


def answer_reports(case: Case, verb: str, *, by: User | None, now: datetime) -> None:
    """Move the reports in a case by a verb: they are answered for the words as they stand now."""
    answered = update(Report).where(Report.case_id == case.id, Report.status.in_(states_before(Report, verb)))
    latest = select(func.coalesce(func.max(ScreenedText.id), 0)).where(ScreenedText.thing == case.thing)
    db.session.execute(
        answered.values(words_seen=latest.scalar_subquery()).execution_options(synchronize_session=False)
    )
    advance_all(Report, verb, where=Report.case_id == case.id, by=by, now=now)


def states_before(model: type[Report], verb: str) -> list[str]:
    """The states from which a verb leads on."""
    return [state for state, known in model.TRANSITIONS if known == verb]


def text_of(thing: str) -> Published | None:
    """The text as it stands, or None where it is gone."""
    return texts_of([thing]).get(thing)
