"""What a person chooses: at what pace to hear of what, what to hear nothing of, what they have read. What still waits obeys at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from civic.accounts.models import User
from civic.core.db import db
from civic.notifications import queries, rules
from civic.notifications.links import Stop
from civic.notifications.models import Notification, NotificationChoice, NotificationSetting, NotificationSilence
from civic.notifications.rules import Wishes


def choose(person_id: int, paces: Mapping[str, str], wishes: Wishes) -> None:
    """Keep a pace for each of these kinds of news, and what is chosen for all of them; the usual pace is kept by keeping nothing."""
    _one_at_a_time(person_id)
    known = queries.notices()
    _want(person_id, wishes)
    _forget_paces(person_id, [key for key, pace in paces.items() if pace == known[key].usual])
    _want_kinds(
        person_id, {key: pace for key, pace in paces.items() if pace != known[key].usual and not known[key].owed}
    )
    _call_back(person_id)


def silence(
    person_id: int, about: str, *, now: datetime, notice: str = "", facts: Mapping[str, Any] | None = None
) -> None:
    """Tell a person nothing more about one thing, but for what is owed."""
    _one_at_a_time(person_id)
    row = {"person_id": person_id, "about": about, "notice": notice, "facts": dict(facts or {}), "at": now}
    db.session.execute(insert(NotificationSilence).values(row).on_conflict_do_nothing())
    _keep_on_page(_waiting(person_id).where(Notification.about == about))


def end_silence(person_id: int, about: str) -> None:
    """Tell a person about a thing again, from now on."""
    mine = (NotificationSilence.person_id == person_id, NotificationSilence.about == about)
    db.session.execute(delete(NotificationSilence).where(*mine))


def stop(what: Stop, *, now: datetime) -> None:
    """Stop what a link in a letter stops; stopping twice is stopping once."""
    person_id = what.person.id
    _one_at_a_time(person_id)
    if what.scope == "about":
        news = queries.latest_about(person_id, what.value)
        silence(person_id, what.value, now=now, notice=news.notice if news else "", facts=news.facts if news else None)
        return
    if what.scope == "kinds":
        known = queries.notices()
        _want_kinds(person_id, {key: "never" for key in what.kinds if key in known and not known[key].owed})
    else:
        _want_one(person_id, "no_weekly" if what.scope == "weekly" else "paused", True)
    _call_back(person_id)


def resume(what: Stop) -> None:
    """Undo what such a link did: kinds go by their usual pace again."""
    _one_at_a_time(what.person.id)
    if what.scope == "about":
        end_silence(what.person.id, what.value)
    elif what.scope == "kinds":
        _forget_paces(what.person.id, what.kinds)
    else:
        _want_one(what.person.id, "no_weekly" if what.scope == "weekly" else "paused", False)


def pause(person_id: int) -> None:
    """Send a person no letters but what is owed: they told their mail service that ours were not wanted."""
    _one_at_a_time(person_id)
    _want_one(person_id, "paused", True)
    _call_back(person_id)


def mark_read(person_id: int, *, up_to: int, now: datetime) -> None:
    """Note that a person has seen their news up to this one; what came since stays unread."""
    _one_at_a_time(person_id)
    unread = Notification.person_id == person_id, Notification.read_at.is_(None), Notification.id <= up_to
    held = select(Notification.id).where(*unread).order_by(Notification.id).with_for_update()
    _change(held, read_at=now)


def forget_old(now: datetime) -> None:
    """Delete what was told a year ago or earlier."""
    db.session.execute(delete(Notification).where(Notification.at < now - rules.KEEP))


def _one_at_a_time(person_id: int) -> None:
    """Two windows of one person take turns, and so does whoever writes a letter to them."""
    db.session.execute(select(User.id).where(User.id == person_id).with_for_update(key_share=True))


def _want(person_id: int, wishes: Wishes) -> None:
    chosen = {"only_mine": wishes.only_mine, "no_weekly": wishes.no_weekly, "paused": wishes.paused}
    added = insert(NotificationSetting).values(person_id=person_id, **chosen)
    db.session.execute(added.on_conflict_do_update(index_elements=["person_id"], set_=chosen))


def _want_one(person_id: int, name: str, value: bool) -> None:
    chosen = {"only_mine": False, "no_weekly": False, "paused": False, name: value}
    added = insert(NotificationSetting).values(person_id=person_id, **chosen)
    db.session.execute(added.on_conflict_do_update(index_elements=["person_id"], set_={name: value}))


def _want_kinds(person_id: int, paces: Mapping[str, str]) -> None:
    if paces:
        rows = [{"person_id": person_id, "notice": key, "pace": pace} for key, pace in sorted(paces.items())]
        added = insert(NotificationChoice).values(rows)
        replaced = added.on_conflict_do_update(
            index_elements=["person_id", "notice"], set_={"pace": added.excluded.pace}
        )
        db.session.execute(replaced)


def _forget_paces(person_id: int, kinds: Iterable[str]) -> None:
    mine = (NotificationChoice.person_id == person_id, NotificationChoice.notice.in_(list(kinds)))
    db.session.execute(delete(NotificationChoice).where(*mine))


def _call_back(person_id: int) -> None:
    """What waits to be sent and would not be sent any more stays on the page."""
    known, paces, wishes = queries.notices(), queries.paces_of(person_id), queries.wishes_of(person_id)
    stays = [
        notice.key
        for notice in known.values()
        if rules.way(
            owed=notice.owed, took_part=notice.took_part, pace=paces.get(notice.key, notice.usual), wishes=wishes
        ) == "page"
    ]  # fmt: skip
    _keep_on_page(_waiting(person_id).where(Notification.notice.in_(stays)))


def _waiting(person_id: int) -> Any:
    mine = (Notification.person_id == person_id, Notification.due_at.is_not(None), Notification.way != "owed")
    return select(Notification.id).where(*mine).order_by(Notification.id).with_for_update()


def _keep_on_page(held: Any) -> None:
    _change(held, way="page", due_at=None)


def _change(held: Any, **values: Any) -> None:
    numbers = list(db.session.scalars(held))
    if numbers:
        changed = update(Notification).where(Notification.id.in_(numbers)).values(**values)
        db.session.execute(changed, execution_options={"synchronize_session": False})
