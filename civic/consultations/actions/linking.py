"""Reading what people gave: putting contributions into themes, and recording what became of each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.consultations import refusals
from civic.consultations.actions.counting import recount_fates
from civic.consultations.actions.outcome import open_to
from civic.consultations.models import Consultation, Link, Theme
from civic.consultations.queries import consultations, registry
from civic.consultations.queries import outcome as queries
from civic.consultations.rules import outcome as rules
from civic.core import audit, clock
from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.core.jobs import enqueue, job
from civic.core.subjects import named

MOST_AT_ONCE = 500


def assign(
    consultation: Consultation, names: Collection[str], *, theme_id: int | None, fate: str = "", why: str = "",
    by: Any, now: datetime,
) -> int:  # fmt: skip
    """Put contributions into a theme, with what became of them where that is known; gives how many.

    One that stands in the theme already keeps its place and takes the new fate. Without a theme a fate is needed: out of scope.
    """
    consultation = open_to(consultation, by, now)
    theme = _theme(consultation, theme_id)
    _check_fate(fate, why, needed=theme is None)
    known = _of_this(consultation, names)
    if not known:
        raise refusals.NothingChosen()
    _link(consultation, known, theme, fate, why, by, now, overwrite=True)
    recount_fates(consultation)
    after = {"theme": theme_id, "fate": fate, "contributions": len(known)}
    audit.record("consultation.contributions_linked", on=consultation, by=by, now=now, why=why, after=after)
    return len(known)


def release(consultation: Consultation, names: Collection[str], *, by: Any, now: datetime) -> int:
    """Take contributions out of every theme, as if nobody had read them; gives how many."""
    consultation = open_to(consultation, by, now)
    mine = Link.consultation_id == consultation.id, Link.contribution.in_(list(names)[:MOST_AT_ONCE])
    gone = db.session.scalars(delete(Link).where(*mine).returning(Link.contribution)).all()
    if not gone:
        raise refusals.NothingChosen()
    recount_fates(consultation)
    after = {"contributions": len(set(gone))}
    audit.record("consultation.contributions_released", on=consultation, by=by, now=now, after=after)
    return len(set(gone))


def settle_theme(consultation: Consultation, theme: Theme, *, fate: str, why: str, by: Any, now: datetime) -> int:
    """Record the fate of everything in a theme that has none yet; gives how many."""
    consultation = open_to(consultation, by, now)
    _check_fate(fate, why, needed=True)
    without = Link.consultation_id == consultation.id, Link.theme_id == theme.id, Link.fate == ""
    values = {"fate": fate, "why": why.strip(), "by_id": by.id, "at": now}
    done = db.session.scalars(update(Link).where(*without).values(**values).returning(Link.id)).all()
    recount_fates(consultation)
    after = {"theme": theme.id, "fate": fate, "contributions": len(done)}
    audit.record("consultation.theme_settled", on=consultation, by=by, now=now, why=why, after=after)
    return len(done)


def assign_rest(
    consultation: Consultation, activity: str, *, theme_id: int, fate: str, why: str, by: Any, now: datetime
) -> None:
    """Put everything of an activity that stands nowhere yet into a theme; a job does it, as it may be thousands."""
    consultation = open_to(consultation, by, now)
    _theme(consultation, theme_id)
    _check_fate(fate, why, needed=False)
    if activity not in consultations.held(consultation.id):
        raise refusals.UnknownActivity()
    enqueue(
        link_rest, key=f"consultation-rest-{consultation.id}-{activity}", consultation_id=consultation.id,
        activity=activity, theme_id=theme_id, fate=fate, why=why, by_id=by.id,
    )  # fmt: skip


def link_stretch(
    consultation: Consultation, names: Sequence[str], *, theme_id: int, fate: str, why: str, by: Any, now: datetime
) -> int:
    """Put those of a stretch of contributions that stand nowhere into a theme; a stretch done twice is done once."""
    consultation = open_to(consultation, by, now)
    theme = _theme(consultation, theme_id)
    fresh = [name for name in names if name not in queries.links_of(consultation.id, names)]
    _link(consultation, fresh, theme, fate, why, by, now, overwrite=False)
    recount_fates(consultation)
    return len(fresh)


def _theme(consultation: Consultation, theme_id: int | None) -> Theme | None:
    if theme_id is None:
        return None
    theme = queries.theme_of(consultation.id, theme_id)
    if theme is None:
        raise refusals.UnknownTheme()
    return theme


def _check_fate(fate: str, why: str, *, needed: bool) -> None:
    if not fate and not needed:
        return
    fault = rules.fate_faults(fate, why)
    if fault == "unknown":
        raise refusals.UnknownFate()
    if fault == "why":
        raise refusals.FateNeedsWhy()


def _of_this(consultation: Consultation, names: Collection[str]) -> list[str]:
    """Those of the names that stand for something that was given to this consultation, in one order for everybody."""
    held = consultations.held(consultation.id)
    found = registry.contributions(list(names)[:MOST_AT_ONCE])
    return sorted(
        name
        for name, each in found.items()
        if each.activity in held or _is_within(held, name.partition(":")[0], each.number)
    )


def _is_within(held: Sequence[str], kind: str, number: int) -> bool:
    """Whether one of the activities has it, although it names another: a thread that is held names its topic."""
    for activity in held:
        found = registry.within(activity, kind, number - 1, 1)
        if found and found[0].number == number:
            return True
    return False


def _link(
    consultation: Consultation, names: Sequence[str], theme: Theme | None, fate: str, why: str, by: Any, now: datetime,
    *, overwrite: bool,
) -> None:  # fmt: skip
    if not names:
        return
    shared = {
        "consultation_id": consultation.id, "theme_id": theme.id if theme else None, "fate": fate, "why": why.strip(),
        "by_id": by.id, "at": now,
    }  # fmt: skip
    rows = insert(Link).values([shared | {"contribution": name} for name in names])
    if overwrite and fate:
        fresh = {column: rows.excluded[column] for column in ("fate", "why", "by_id", "at")}
        constraint = "uq_consultation_link_consultation_id_contribution_theme_id"
        db.session.execute(rows.on_conflict_do_update(constraint=constraint, set_=fresh))
    else:
        db.session.execute(rows.on_conflict_do_nothing())
    if theme is not None:
        _leave_nowhere(consultation, names)


def _leave_nowhere(consultation: Consultation, names: Sequence[str]) -> None:
    """What stands in a theme now no longer stands outside every theme."""
    outside = select(Link.id).where(
        Link.consultation_id == consultation.id, Link.contribution.in_(names), Link.theme_id.is_(None)
    )
    db.session.execute(delete(Link).where(Link.id.in_(outside)))


@job("consultations.link_rest")
def link_rest(
    consultation_id: int, activity: str, theme_id: int, fate: str, why: str, by_id: int, kind: str = "", after: int = -1
) -> None:
    """Link the next stretch of what stands nowhere yet, and let the one after it follow."""
    kinds = sorted(registry.contribution_kinds())
    kind = kind or (kinds[0] if kinds else "")
    found = registry.within(activity, kind, after if after >= 0 else None, MOST_AT_ONCE) if kind else []
    with transaction():
        consultation, by = consultations.by_id(consultation_id), db.session.get(User, by_id)
        if consultation is None or by is None:
            return
        names = [named(kind, each.number) for each in found]
        try:
            link_stretch(consultation, names, theme_id=theme_id, fate=fate, why=why, by=by, now=clock.now())
        except CivicError:  # it was handed over, or the theme went, while this waited
            return
        _go_on(kinds, kind, found, consultation_id, activity, theme_id=theme_id, fate=fate, why=why, by_id=by_id)


def _go_on(kinds: list[str], kind: str, found: list[Any], consultation_id: int, activity: str, **rest: Any) -> None:
    if len(found) == MOST_AT_ONCE:
        place: dict[str, Any] = {"kind": kind, "after": found[-1].number}
    elif later := kinds[kinds.index(kind) + 1 :]:
        place = {"kind": later[0]}
    else:
        return
    enqueue(link_rest, consultation_id=consultation_id, activity=activity, **place, **rest)
