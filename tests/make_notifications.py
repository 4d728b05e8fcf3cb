"""Builders of news, and kinds of news to make it of, for tests that must not depend on what other packages tell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Notice, Told
from civic.notifications.models import MailBounce, Notification, NotificationChoice, NotificationSetting


def draw(facts: Mapping[str, Any]) -> Told | None:
    """ "News of …"; nothing where the facts say that the thing is gone."""
    if facts.get("gone"):
        return None
    url = f"http://localhost/en/#{facts['title'].replace(' ', '-')}"
    return Told(_("News of %(title)s", title=facts["title"]), url, facts.get("words", ""), facts.get("language", ""))


KINDS = (
    Notice("demo.answer", _l("Answers"), draw),
    Notice("demo.follow", _l("News"), draw, usual="weekly", took_part=False),
    Notice("demo.decision", _l("Decision"), draw, owed=True),
    Notice("demo.quiet", _l("Results"), draw, usual="never"),
)


class MakeNotifications:
    """News with honest defaults: an answer in a thread, which waits to be sent at once."""

    now: datetime

    def news(self, person: User, **facts: Any) -> Notification:
        """A piece of news as it stands in the table."""
        told = {
            "notice": "demo.answer", "about": "thread:1", "facts": {"title": "Bus lanes"}, "at": self.now, "way": "at_once",
            "due_at": None, "sent_at": None, "read_at": None,
        }  # fmt: skip
        row = Notification(person_id=person.id, **(told | facts))
        db.session.add(row)
        db.session.flush()
        return row

    def pace(self, person: User, notice: str, pace: str) -> None:
        """A pace that a person chose."""
        db.session.add(NotificationChoice(person_id=person.id, notice=notice, pace=pace))
        db.session.flush()

    def wishes(self, person: User, **wished: bool) -> None:
        """What a person chose for all kinds together."""
        chosen = {"only_mine": False, "no_weekly": False, "paused": False} | wished
        db.session.add(NotificationSetting(person_id=person.id, **chosen))
        db.session.flush()

    def bounce(self, person: User) -> None:
        """A letter to this person came back."""
        db.session.add(MailBounce(person_id=person.id, email=person.email, at=self.now))
        db.session.flush()
