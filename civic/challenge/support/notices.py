"""What support tells people, put into words in their language from the facts that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.accounts.models import Organisation
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Programme
from civic.challenge.support.models import ChallengeOutcome, DemoDay, Mentor, PlanAction, SupportSession
from civic.challenge.support.queries.journeys import journey_by_id
from civic.challenge.support.queries.sessions import with_names
from civic.core.db import db
from civic.core.i18n import format_date, format_datetime
from civic.core.manifest import Notice, Told
from civic.core.web import external_url


def plan(facts: Mapping[str, Any]) -> Told | None:
    """A plan was changed, or something in it is due."""
    journey = journey_by_id(facts["journey"])
    if journey is None:
        return None
    url = external_url("challenge_support.show_journey", journey_id=journey.id, _anchor="plan")
    startup = journey.startup.organisation.name
    if facts["what"] == "due":
        action = db.session.get(PlanAction, facts["action"])
        if action is None or action.status != "open":
            return None
        day = format_date(action.due_on)
        sentence = _("Something in the support plan of “%(startup)s” is due on %(day)s.", startup=startup, day=day)
        return Told(sentence, url, action.what, action.language)
    return Told(_("The support plan of “%(startup)s” was changed.", startup=startup), url)


def mentor(facts: Mapping[str, Any]) -> Told | None:
    """News for a mentor: about the seat, or about a startup that they help or could help."""
    seat = db.session.get(Mentor, facts["mentor"])
    programme = db.session.get(Programme, seat.programme_id) if seat else None
    if seat is None or programme is None:
        return None
    url = external_url("challenge_support.show_mentor", mentor_id=seat.id)
    sentences = {
        "invited": _("You are invited to be a mentor in “%(programme)s”.", programme=programme.title),
        "accepted": _("Your offer to be a mentor in “%(programme)s” was accepted.", programme=programme.title),
        "declined": _("Your offer to be a mentor in “%(programme)s” was not taken up this time.", programme=programme.title),
        "ended": _("Your time as a mentor in “%(programme)s” has ended.", programme=programme.title),
    }  # fmt: skip
    if "journey" not in facts:
        return Told(sentences[facts["what"]], url)
    journey = journey_by_id(facts["journey"])
    if journey is None:
        return None
    startup = journey.startup.organisation.name
    about = {
        "asked": _("You are asked to help “%(startup)s” as a mentor.", startup=startup),
        "begun": _("You are now the mentor of “%(startup)s”.", startup=startup),
        "declined": _("Nothing comes of the proposal that you help “%(startup)s”.", startup=startup),
        "ended": _("Your help for “%(startup)s” has ended.", startup=startup),
    }
    return Told(about[facts["what"]], url)


def mentoring(facts: Mapping[str, Any]) -> Told | None:
    """News for a startup about somebody who helps it."""
    journey = journey_by_id(facts["journey"])
    if journey is None:
        return None
    startup = journey.startup.organisation.name
    sentences = {
        "proposed": _("A mentor is proposed for “%(startup)s”. Say whether you agree.", startup=startup),
        "begun": _("“%(startup)s” has a new mentor.", startup=startup),
        "declined": _("Nothing comes of the mentor who was proposed for “%(startup)s”.", startup=startup),
        "ended": _("The help of a mentor for “%(startup)s” has ended.", startup=startup),
    }
    url = external_url("challenge_support.show_journey", journey_id=journey.id, _anchor="mentors")
    return Told(sentences[facts["what"]], url)


def session(facts: Mapping[str, Any]) -> Told | None:
    """A session was proposed, booked, cancelled, comes near, or was written down."""
    found = db.session.get(SupportSession, facts["session"])
    if found is None or found.application_id is None:
        return None
    if facts["what"] == "soon" and found.status != "booked":
        return None
    row, when = with_names(found), format_datetime(datetime.fromisoformat(facts["starts"]))
    named = {"startup": row.startup, "host": row.partner or row.host or _("A former member"), "when": when}
    sentences = {
        "proposed": _("“%(startup)s” proposes to meet “%(host)s” on %(when)s.", **named),
        "booked": _("“%(startup)s” and “%(host)s” meet on %(when)s.", **named),
        "cancelled": _("The session of “%(startup)s” and “%(host)s” on %(when)s is cancelled.", **named),
        "soon": _("Tomorrow or today: “%(startup)s” and “%(host)s” meet on %(when)s.", **named),
        "held": _("What was agreed between “%(startup)s” and “%(host)s” on %(when)s is written down.", **named),
        "missed": _("The session of “%(startup)s” and “%(host)s” on %(when)s was missed.", **named),
    }
    url = external_url("challenge_support.show_session", session_id=found.id)
    quoted = found.why if facts["what"] == "cancelled" else ""
    return Told(sentences[facts["what"]], url, quoted, found.why_language if quoted else "")


def demo_day(facts: Mapping[str, Any]) -> Told | None:
    """An invitation to a demo day, one’s place at it, and what changed."""
    day = db.session.get(DemoDay, facts["day"])
    programme = db.session.get(Programme, day.programme_id) if day else None
    if day is None or programme is None:
        return None
    named = {"programme": programme.title, "when": format_datetime(day.starts_at)}
    sentences = {
        "invited": _("You are invited to the demo day of “%(programme)s” on %(when)s. Register, and say what you need.", **named),
        "registered": _("You have a place at the demo day of “%(programme)s” on %(when)s.", **named),
        "waiting": _("You are on the waiting list for the demo day of “%(programme)s” on %(when)s.", **named),
        "changed": _("The time or the place of the demo day of “%(programme)s” has changed. It begins on %(when)s.", **named),
        "cancelled": _("The demo day of “%(programme)s” on %(when)s is cancelled.", **named),
        "soon": _("The demo day of “%(programme)s” is near: it begins on %(when)s.", **named),
    }  # fmt: skip
    is_cancelled = facts["what"] == "cancelled"
    if not is_cancelled and day.status not in ("published", "held"):
        return None
    url = external_url("challenge_support.show_demo_day", programme=programme.slug)
    return Told(
        sentences[facts["what"]], url, day.why if is_cancelled else "", day.why_language if is_cancelled else ""
    )


def outcome(facts: Mapping[str, Any]) -> Told | None:
    """Both sides are asked what came of a test, and reminded, until it is published."""
    found = db.session.get(ChallengeOutcome, facts["outcome"])
    if found is None:
        return None
    asking = facts["what"] in ("asked", "reminded", "overdue", "sent_back")
    if asking and found.status not in ("asked", "overdue"):
        return None
    application = db.session.get_one(ChallengeApplication, found.application_id)
    journey = journey_by_id(application.id)
    if journey is None:
        return None
    startup: Organisation = journey.startup.organisation
    named = {"startup": startup.name, "day": format_date(found.answer_by)}
    sentences = {
        "asked": _("What came of the test with “%(startup)s”? Please answer by %(day)s.", **named),
        "reminded": _("A reminder: what came of the test with “%(startup)s”? Please answer by %(day)s.", **named),
        "overdue": _("Your answer is overdue: what came of the test with “%(startup)s”?", **named),
        "sent_back": _("Please look at your answer again: what came of the test with “%(startup)s”?", **named),
        "published": _("It is published what came of the test with “%(startup)s”.", **named),
    }
    return Told(sentences[facts["what"]], external_url("challenge_support.show_outcome", outcome_id=found.id))


NOTICES = [
    Notice("challenge_support.plan", _l("Changes to a startup’s support plan, and what is due in it"), plan),
    Notice("challenge_support.mentor", _l("Your seat as a mentor, and whom you help"), mentor),
    Notice("challenge_support.mentoring", _l("Mentors for your startup"), mentoring),
    Notice("challenge_support.session", _l("Sessions with mentors and meetings with partners"), session),
    Notice("challenge_support.demo_day", _l("Demo days that you are invited to"), demo_day),
    Notice("challenge_support.outcome", _l("Questions about what came of a test"), outcome),
]
