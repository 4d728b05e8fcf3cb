"""What people are told, in their own language, and nothing about what is gone."""

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.core.i18n import speaking
from civic.moderation.actions import appealing, people
from civic.moderation.models import Case, Decision
from civic.notifications.models import Notification


@pytest.fixture
def draw(in_request):
    """The words of every notice so far, by its kind."""

    def drawn():
        known = in_request.extensions["civic"].notices
        rows = db.session.scalars(sa.select(Notification).order_by(Notification.id))
        return {row.notice: known[row.notice].draw(row.facts) for row in rows}

    return drawn


def test_every_notice_says_what_happened_and_where_to_go(draw, make, now):
    author = make.resident()
    case = make.appealed(author)
    appealing.decide_appeal(
        case, "uphold", version=case.version, words="I agree.", language="en", by=make.staff("moderator"), now=now
    )
    person = make.resident()
    people.warn(person, words="Stop.", language="en", by=make.staff("moderator"), now=now)
    people.lift(make.suspension(person), why="Enough.", by=make.staff("moderator"), now=now)
    told = draw()
    assert set(told) == {
        "moderation.decided",
        "moderation.report_answered",
        "moderation.appeal_decided",
        "moderation.warned",
        "moderation.suspended",
        "moderation.suspension_lifted",
    }
    for notice in told.values():
        assert notice.sentence and notice.url.startswith("http://localhost/en/")
    decided = told["moderation.decided"]
    assert "Abuse, threats or bullying" in decided.sentence and decided.quoted == "It insults."
    assert decided.url.endswith(f"/account/moderation/{case.id}")
    assert "stays removed" in told["moderation.appeal_decided"].sentence


def test_notices_speak_the_readers_language(draw, make, in_request):
    make.removed()
    with speaking("ar"):
        assert draw()["moderation.decided"].url.startswith("http://localhost/ar/")


def test_of_what_is_gone_there_is_nothing_to_tell(draw, make):
    case = make.removed()
    db.session.execute(sa.delete(Decision))
    db.session.execute(sa.delete(Case).where(Case.id == case.id))
    db.session.expire_all()
    assert set(draw().values()) == {None}


def test_decisions_cannot_be_chosen_away(in_request):
    known = in_request.extensions["civic"].notices
    assert {key for key in known if known[key].owed and key.startswith("moderation.")} == {
        f"moderation.{each}" for each in ("decided", "appeal_decided", "warned", "suspended", "suspension_lifted")
    }
