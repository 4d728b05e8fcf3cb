"""What people are told: every kind of news has its words and leads somewhere, and says nothing any more once it is over."""

from datetime import timedelta

from sqlalchemy import select

from civic.accounts.models import User
from civic.challenge.support.actions import demo, mentors, outcomes, plans, sessions
from civic.challenge.support.notices import NOTICES
from civic.core.db import db
from civic.notifications.models import Notification
from tests.make_support import PROFILE

DRAW = {each.key: each.draw for each in NOTICES}
TIME = {"minutes": 60, "place": "Here", "about": "Prices", "language": "en"}


def drawn():
    """Everything that was told so far: {(notice, what): (sentence, address, quoted)}."""
    found = {}
    for row in db.session.scalars(select(Notification).order_by(Notification.id)):
        words = DRAW[row.notice](row.facts)
        found[row.notice.split(".")[1], row.facts["what"]] = words and (words.sentence, words.url, words.quoted)
    return found


def test_plans_mentors_and_sessions_are_told_in_whole_sentences(in_request, make, way, now):
    person = db.session.get_one(User, way.mentor.person_id)
    plans.write(way.journey, needs=[], diagnosis="", goals="A", language="en", edition=0, by=way.manager, now=now)
    action = plans.add_action(
        way.journey, what="Sign", who="startup", due_on=now.date(), language="en", by=way.manager, now=now
    )
    plans.remind(action.id, now=now)
    invited = mentors.invite(way.programme, make.settled_member().email, by=way.manager, now=now)
    offered = [mentors.offer(way.programme, by=make.settled_member(), now=now, **PROFILE) for _ in range(2)]
    mentors.decide(offered[0], "accept", by=way.manager, now=now)
    pair = mentors.propose(way.journey, offered[0].id, by=way.manager, now=now)
    told = drawn()
    assert told["mentor", "asked"] and told["mentoring", "proposed"] and told["mentor", "accepted"]
    mentors.decline(pair, by=way.manager, now=now)
    other = mentors.propose(way.journey, offered[0].id, by=way.manager, now=now)
    mentors.agree(other, frozenset({"startup", "mentor"}), by=way.manager, now=now)
    mentors.end(other, by=way.manager, now=now)
    mentors.decide(offered[1], "decline", by=way.manager, now=now)
    for days, end in ((1, "cancel"), (2, "hold"), (3, "miss"), (4, "remind")):
        starts_at = now + timedelta(days=days)
        session = sessions.propose(way.journey, way.mentor, starts_at=starts_at, by=way.manager, now=now, **TIME)
        sessions.agree(session, by=person, now=now)
        session.host_id = person.id
        late = starts_at + timedelta(hours=1)
        if end == "cancel":
            sessions.cancel(session, why="I am ill.", language="en", by=way.manager, now=now)
        elif end == "hold":
            sessions.hold(session, minutes=60, attended="All", agreed="A", language="en", by=way.manager, now=late)
        elif end == "miss":
            sessions.miss(session, missed_by="host", by=way.manager, now=late)
        else:
            sessions.remind(session.id, now=now)
    told = drawn()
    wanted = {
        "plan": ("changed", "due"), "mentor": ("invited", "accepted", "declined", "asked", "begun", "ended"),
        "mentoring": ("proposed", "begun", "declined", "ended"),
        "session": ("proposed", "booked", "cancelled", "held", "missed", "soon"),
    }  # fmt: skip
    for notice, whats in wanted.items():
        for what in whats:
            sentence, url, _quoted = told[notice, what]
            assert sentence.endswith((".", "?")) and url.startswith("http"), (notice, what)
    assert told["session", "cancelled"][2] == "I am ill." and told["plan", "due"][2] == "Sign"
    assert invited.status == "invited"
    plans.move_action(action, "finish", by=way.manager, now=now)
    assert drawn()["plan", "due"] is None


def test_demo_days_and_outcomes_are_told_and_are_silent_once_they_are_over(in_request, make, way, now):
    day = make.demo_day(way.programme, status="draft", capacity=1)
    demo.move(day, "publish", by=way.manager, now=now)
    for each in (way.owner, way.partner_person):
        place = demo.register(day, needs=[], needs_text="", language="en", by=each, now=now)
        demo.remind(place.id, now=now)
    make.demo_day(way.programme, days=21, capacity=1)
    outcome = make.challenge_outcome(way.journey)
    outcomes.look_after(outcome.id, now=now + timedelta(days=14))
    outcomes.look_after(outcome.id, now=now + timedelta(days=29))
    told = drawn()
    for what in ("invited", "registered", "waiting", "soon", "changed"):
        assert "demo" in told["demo_day", what][0] and "/demo-day" in told["demo_day", what][1]
    for what in ("asked", "reminded", "overdue"):
        assert told["outcome", what][0].endswith((".", "?"))
    demo.move(day, "cancel", why="A strike.", by=way.manager, now=now)
    outcomes.move(outcome, "close", why="Dissolved.", by=way.manager, now=now)
    told = drawn()
    assert told["demo_day", "cancelled"][2] == "A strike." and told["demo_day", "invited"] is None
    assert told["outcome", "asked"] is None
