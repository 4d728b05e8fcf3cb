"""Builders of what moderators look at: texts of a made-up kind, reports, cases."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from markupsafe import Markup

from civic.accounts.models import User
from civic.core.db import db
from civic.core.manifest import Moderated, Published
from civic.moderation import actions
from civic.moderation.actions import appealing, deciding, people, periods, reporting
from civic.moderation.models import Case, ElectionPeriod, Report, Suspension

WORDS = "The bandstand in the park needs a new roof, and the benches around it want painting before the summer."


@dataclass
class Remarks:
    """Texts of a kind that only tests know, "remark:1", kept in memory."""

    texts: dict[int, Published] = field(default_factory=dict)
    changes: list[tuple[int, str, str]] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)

    def kind(self) -> Moderated:
        """The kind as a manifest would declare it."""
        return Moderated(
            "remark",
            Markup("<bdi>Remark</bdi>"),
            load=lambda numbers: {number: self.texts[number] for number in numbers if number in self.texts},
            show=self.show,
            may_see=lambda number: number not in self.unseen,
        )

    def show(self, number: int, how: str, broke: str) -> None:
        """What moderation does to a text."""
        self.changes.append((number, how, broke))
        self.texts[number] = replace(self.texts[number], shown=how)


class MakeModeration:
    """Texts and what is said about them."""

    now: datetime

    def number(self) -> int:
        """The next number; the whole Make counts for all parts."""
        raise NotImplementedError

    def member(self, **about: Any) -> User:
        """A member (make_accounts)."""
        raise NotImplementedError

    def staff(self, *roles: str, **about: Any) -> User:
        """A member of staff (make_accounts)."""
        raise NotImplementedError

    @property
    def remarks(self) -> Remarks:
        """The made-up kind, made known to the house when it is first asked for."""
        known = current_app.extensions["civic"].moderated
        if not hasattr(self, "_remarks"):
            self._remarks = Remarks()
            known["remark"] = self._remarks.kind()
        return self._remarks

    def resident(self, *, days: int = 400, **about: Any) -> User:
        """A member whose account is so many days old."""
        person = self.member(**about)
        person.created_at = self.now - timedelta(days=days)
        db.session.flush()
        return person

    def remark(
        self,
        author: User | None = None,
        text: str = "",
        *,
        at: datetime | None = None,
        place: str = "topic:1",
        **how: Any,
    ) -> str:
        """A text that was screened and published; its name."""
        author, at = author or self.resident(), at or self.now
        number = self.number()
        text, remarks = text or f"{WORDS} ({_word(number)})", self.remarks
        found = actions.screen("remark", text, by=author, now=at, language="en", place=place, **how)
        remarks.texts[number] = Published(
            number, author.id, author.name, "Parks", text, "en", f"/en/?remark={number}", at, found.shown
        )
        actions.published(f"remark:{number}", found, text=text, by=author, now=at)
        return f"remark:{number}"

    def changed_remark(self, thing: str, author: User, text: str) -> None:
        """A text after its author changed it."""
        found = actions.screen(
            "remark", text, by=author, now=self.now, language="en", place="topic:1", own=thing
        )  # fmt: skip
        known = self.remarks.texts
        known[int(thing[7:])] = replace(known[int(thing[7:])], text=text, version=known[int(thing[7:])].version + 1)
        actions.changed(thing, found, text=text, by=author, now=self.now)

    def report(self, thing: str, by: User | None = None, rule: str = "abuse", words: str = "", **about: Any) -> Report:
        """A report of a text."""
        return reporting.report(
            thing, rule=rule, words=words, language="en", by=by or self.resident(), now=about.get("now", self.now)
        )

    def case(self, thing: str = "", **about: Any) -> Case:
        """An open case of a text that was reported once."""
        return db.session.get_one(Case, self.report(thing or self.remark(**about)).case_id)

    def removed(self, author: User | None = None, *, by: User | None = None, **about: Any) -> Case:
        """A case in which a text was removed."""
        case = self.case(author=author, **about)
        by = by or self.staff("moderator")
        deciding.decide(
            case, "remove", version=case.version, rule="abuse", words="It insults.", language="en", by=by, now=self.now
        )
        return case

    def appealed(self, author: User | None = None, *, by: User | None = None) -> Case:
        """A removal that its author does not accept."""
        author = author or self.resident()
        case = self.removed(author, by=by)
        appealing.appeal(case, words="It does not insult anybody.", language="en", by=author, now=self.now)
        return case

    def suspension(self, person: User | None = None, *, days: int = 7) -> Suspension:
        """A suspension that began now."""
        return people.suspend(
            person or self.resident(), days=days, words="It went on.", language="en", without_warning="It was grave.",
            by=self.staff("moderator"), now=self.now,
        )  # fmt: skip

    def election_period(self, *, begins_in: int = 30, days: int = 28, holds_back: str = "everybody") -> ElectionPeriod:
        """A period that begins in so many days."""
        starts_at = self.now + timedelta(days=begins_in)
        return periods.set_period(
            starts_at=starts_at, ends_at=starts_at + timedelta(days=days), holds_back=holds_back,
            why="London votes on 4 May.", language="en", by=self.staff("administrator"), now=self.now,
        )  # fmt: skip

    def places_of_moderation(self) -> dict[str, list[Any]]:
        """What may stand in addresses of moderation."""
        thing = self.remark()
        wave = self.case()
        wave.is_wave = True
        suspended = self.resident()
        appealed = self.suspension(suspended)
        about = {"words": "It was a joke.", "language": "en", "by": suspended, "now": self.now}
        appealing.appeal_suspension(appealed, **about)
        return {
            "thing": [thing],
            "case_id": [wave.id, self.appealed().id, self.removed().id],
            "suspension_id": [self.suspension().id, appealed.id],
            "period_id": [self.election_period().id],
        }


def _word(number: int) -> str:
    """A word for a number, long enough that texts that differ by it are not alike."""
    letters = "".join(chr(97 + int(digit)) for digit in str(number))
    return " ".join(
        f"{letters}{each}" for each in ("oak", "elm", "ash", "yew", "fir", "bay", "hazel", "alder", "maple")
    )
