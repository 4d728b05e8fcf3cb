"""Screening: what is asked of every text before it is published, and what is remembered of it afterwards.

A package calls `screen` before it locks or writes anything of its own (whoever writes is held one text at a time, so that two at
once do not pass each other), then writes its row with `screening.shown`, then calls `published` or `changed`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import ARRAY, BigInteger, bindparam, func, select

from civic.accounts.models import User
from civic.core.db import db
from civic.core.i18n import format_datetime
from civic.core.moderated import kind_of
from civic.core.states import advance
from civic.moderation import refusals
from civic.moderation.actions.cases import hold_author, open_case, show
from civic.moderation.models import Case, ScreenedText
from civic.moderation.queries.people import suspension_of
from civic.moderation.queries.periods import period_at
from civic.moderation.rules import likeness, newcomers

MOST_COMPARED = 50

# Built once: every text that is published asks all of these.
_MINE, _SINCE = ScreenedText.person_id == bindparam("person"), ScreenedText.at > bindparam("since")
_LATELY = select(func.count(), func.max(ScreenedText.at)).where(_MINE, _SINCE, ~ScreenedText.is_change)
_SAID = (
    select(ScreenedText.text, ScreenedText.place)
    .where(_MINE, _SINCE, ScreenedText.thing != bindparam("own"))
    .order_by(ScreenedText.at.desc())
    .limit(MOST_COMPARED)
)
_LIKE_IT = (
    select(ScreenedText.person_id, ScreenedText.text)
    .where(
        ScreenedText.marks.overlap(bindparam("marks", type_=ARRAY(BigInteger))),
        ScreenedText.person_id != bindparam("person"),
        _SINCE,
    )
    .limit(MOST_COMPARED)
)


@dataclass(frozen=True, slots=True)
class Screening:
    """What screening found: how the text is shown, and why it waits or why moderators should see it."""

    shown: str = "shown"
    reasons: tuple[str, ...] = ()  # of "place", "election", "alike"
    place: str = ""
    language: str = "en"

    @property
    def waits(self) -> str:
        """Why nobody sees it yet; empty where everybody does."""
        return next((each for each in self.reasons if each != "alike"), "")


def screen(
    kind: str,
    text: str,
    *,
    by: User,
    now: datetime,
    language: str,
    place: str,
    waits: bool = False,
    pause: timedelta | None = None,
    own: str = "",
) -> Screening:
    """Whether this person may publish this text now, and how it is shown at first.

    `place` is where ("topic:3"); `waits` says that everything waits there, `pause` that people take turns slowly there. `own` names
    the text that is being changed. Raises Suspended, TooFast, TooMany, SaidBefore, TooManyLinks and NoLinksYet.
    """
    assert kind in current_app.extensions["civic"].moderated, kind
    hold_author(by.id)
    if (suspension := suspension_of(by.id, now)) is not None:
        raise refusals.Suspended(format_datetime(suspension.ends_at))
    is_new = newcomers.is_newcomer(by.created_at, now, current_app.config["NEWCOMER_DAYS"]) and not by.is_staff
    _refuse_links(text, is_new=is_new)
    _refuse_repetition(text, by, now, place=place, own=own)
    if not own:
        _refuse_floods(by, now, place=place, pause=pause, is_new=is_new)
    reasons = []
    if waits and not by.is_staff:
        reasons.append("place")
    period = period_at(now)
    if period is not None and not by.is_staff and (period.holds_back == "everybody" or is_new):
        reasons.append("election")
    shown = "waiting" if reasons else "shown"
    if _copiers(text, by, now) >= newcomers.COPIERS:
        reasons.append("alike")
    return Screening(shown, tuple(reasons), place, language)


def published(name: str, screening: Screening, *, text: str, by: User, now: datetime) -> None:
    """Remember a text that now stands, and show it to moderators where it waits or is one of many copies."""
    _remember(name, screening, text, by, now, is_change=False)
    _open_where_needed(name, screening, by, now)


def changed(name: str, screening: Screening, *, text: str, by: User, now: datetime) -> None:
    """Remember a text as it was changed. What was removed comes before moderators again; what waits or is folded stays so.

    The package leaves the way in which the text is shown to this. Raises NothingChanged where a removed text says what it said.
    """
    before = db.session.scalars(
        select(ScreenedText.text).where(ScreenedText.thing == name).order_by(ScreenedText.id.desc()).limit(1)
    ).one_or_none()
    _remember(name, screening, text, by, now, is_change=True)
    case = db.session.scalars(
        select(Case).where(Case.thing == name).order_by(Case.id.desc()).limit(1).with_for_update()
    ).one_or_none()
    if case is not None and case.status in ("removed", "upheld"):
        if before is not None and likeness.said(before) == likeness.said(text):
            raise refusals.NothingChanged()
        advance(case, "resubmit", by=by, now=now)
        case.is_resubmitted, case.is_waiting, case.opened_at = True, True, now
        case.is_reported = case.is_alike = case.is_wave = False
        case.language, case.decided_at = screening.language, None
        case.version += 1
        show(name, "waiting")
        return
    if case is not None and case.status in ("open", "appealed"):
        case.version, case.language = case.version + 1, screening.language
    _open_where_needed(name, screening, by, now)
    if screening.waits and not (case and case.status == "appealed"):
        show(name, "waiting")


def _open_where_needed(name: str, screening: Screening, by: User, now: datetime) -> None:
    if screening.reasons:
        open_case(
            name, author_id=by.id, place=screening.place, language=screening.language, now=now,
            waits_for=screening.waits, is_alike="alike" in screening.reasons,
        )  # fmt: skip


def _remember(name: str, screening: Screening, text: str, by: User, now: datetime, *, is_change: bool) -> None:
    kind_of(name)  # a name that nobody declares is our mistake
    db.session.add(
        ScreenedText(
            thing=name, person_id=by.id, place=screening.place, text=text, language=screening.language,
            is_change=is_change, marks=likeness.marks(text), at=now,
        )
    )  # fmt: skip
    db.session.flush()


# The questions that screening asks, the cheapest first.


def _refuse_links(text: str, *, is_new: bool) -> None:
    links = newcomers.links_in(text)
    if links and is_new:
        raise refusals.NoLinksYet()
    if links > newcomers.LINKS:
        raise refusals.TooManyLinks()


def _refuse_floods(by: User, now: datetime, *, place: str, pause: timedelta | None, is_new: bool) -> None:
    hourly, last = db.session.execute(_LATELY, {"person": by.id, "since": now - timedelta(hours=1)}).one()
    if last is not None and now - last < newcomers.PAUSE and not by.is_staff:
        raise refusals.TooFast()
    if hourly >= (current_app.config["NEWCOMER_POSTS"] if is_new else newcomers.HOURLY):
        raise refusals.TooMany()
    if pause is not None and not by.is_staff:
        here = select(func.max(ScreenedText.at)).where(
            ScreenedText.person_id == by.id, ScreenedText.place == place, ~ScreenedText.is_change
        )
        before = db.session.scalar(here)
        if before is not None and now - before < pause:
            raise refusals.SlowMode(format_datetime(before + pause))


def _refuse_repetition(text: str, by: User, now: datetime, *, place: str, own: str) -> None:
    """Nearly the same words anywhere within days, or the very same in one place, were said before."""
    mine = {"person": by.id, "since": now - timedelta(days=newcomers.SAID_DAYS), "own": own}
    wanted, pieces = likeness.said(text), likeness.pieces(text)
    for words, where in db.session.execute(_SAID, mine):
        same = where == place and likeness.said(words) == wanted
        if same or likeness.likeness(pieces, likeness.pieces(words)) >= likeness.ALIKE:
            raise refusals.SaidBefore()


def _copiers(text: str, by: User, now: datetime) -> int:
    """How many other people said nearly the same within days."""
    marks, pieces = likeness.marks(text), likeness.pieces(text)
    if not marks:
        return 0
    since = now - timedelta(days=newcomers.COPY_DAYS)
    rows = db.session.execute(_LIKE_IT, {"marks": marks, "person": by.id, "since": since})
    return len(
        {person for person, words in rows if likeness.likeness(pieces, likeness.pieces(words)) >= likeness.ALIKE}
    )
