"""Nothing that is sealed or blind is on any page: every address of the package, every role, every relation to what is judged.

Each text that may be hidden is a mark of its own; what a reader may see is said here a second time, apart from access.py.
"""

import json
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from flask import Flask

from civic.accounts.models import User
from civic.assessment.actions import assigning, interests, moderating, panels, scoring
from civic.assessment.models import Assignment, Criterion, Declaration, Item, Meeting, Panel
from civic.assessment.queries.items import assignments_of
from civic.assessment.queries.panels import assessors_of
from civic.assessment.rules.scoring import Mark
from civic.core.db import db
from civic.core.manifest import Subject
from civic.privacy import queries as privacy
from tests.house.routes import rules
from tests.support.client import PageClient

ASSESSING = ("assessor", "funds_officer", "challenge_manager")
READING = ("funds_officer", "challenge_manager", "approver")
SEATED = ("seated", "assigned", "reading", "submitted", "recused", "released", "late_party")
# Who has no seat changes nothing for others, so all of them look at one world.
APART_FROM_IT = [
    *product(("assessor", "funds_officer", "approver"), ("stranger", "interested", "party")),
    *(("challenge_manager", "interested"), ("consultee", "stranger"), ("finance_officer", "interested")),
    *product(("administrator", "researcher", "moderator", "member", "visitor"), ("stranger",)),
]
WAITING, APART, AGREED, CONTROL = 1, 2, 3, 4
RELATED = (WAITING, APART, AGREED)
HIDDEN = ("recused", "interested", "party", "late_party")


def content(number: int) -> str:
    return f"Sealed content of thing {number} in full"


def reason(who: str, number: int) -> str:
    return f"Reason of {who} about thing {number}, at length"


@dataclass(frozen=True)
class Reader:
    """Somebody with a role, and what they are to the things that are judged."""

    role: str
    relation: str
    person: Any


class World:
    """A panel with one item that waits, one whose assessors are far apart, one that was agreed, and one nobody is related to."""

    def __init__(self, app: Flask, make: Any, demo: Any, readers: list[tuple[str, str]]):
        self.app, self.make, self.demo = app, make, demo
        self.first, self.second = (make.staff("assessor") for _ in range(2))
        self.readers = [Reader(role, relation, self._person(role)) for role, relation in readers]
        seated = [each.person for each in self.readers if each.relation in SEATED]
        self.panel = make.panel(assessors=[self.first, self.second, *seated])
        self.items = {
            number: make.item(self.panel, f"demo:{number}", title=f"Title {number}") for number in (1, 2, 3, 4)
        }
        for reader, number in product(self.readers, RELATED):
            self._relate(reader, self.items[number], number)
        self._score()
        late = {each.person.id for each in self.readers if each.relation == "late_party"}
        for number in RELATED:
            demo.parties.setdefault(number, set()).update(late)
        db.session.commit()

    def _person(self, role: str) -> User | None:
        if role == "visitor":
            return None
        return self.make.member() if role == "member" else self.make.staff(role)

    def _relate(self, reader: Reader, item: Item, number: int) -> None:
        person, now = reader.person, self.make.now
        match reader.relation:
            case "assigned" | "recused":
                self.make.assignment(item, person, reader.relation)
            case "reading" | "submitted" | "late_party":
                self.make.assignment(item, person)
            case "released":
                given = self.make.assignment(item, person)
                assigning.release(given, why="On leave.", by=self.make.runner(), now=now)
            case "interested":
                interests.declare(item.subject, user=person, has_interest=True, words="Mine.", now=now)
            case "party":
                self.demo.parties.setdefault(number, set()).add(person.id)

    def _score(self) -> None:
        """Everybody sends but for the waiting item, where one only drafts; readers too where that is their relation."""
        given = {WAITING: (5, 4, 3), APART: (5, 5, 2), AGREED: (4, 1, 3), CONTROL: (3, 3, 1)}
        for number, values in given.items():
            self._send(self.first, number, *values)
            if number == WAITING:
                self._draft(self.second, number)
            else:
                self._send(self.second, number, *(max(0, each - (3 if number == APART else 0)) for each in values))
            for reader in self.readers:
                if number != CONTROL and reader.relation == "submitted":
                    self._send(reader.person, number, 2, 2, 2, name="reader")
        item, meeting = self.items[AGREED], self.make.meeting(self.panel)
        if item.status == "scored":
            marks = self.make.marks(self.panel, 3, 2, 1, words=reason("the meeting", AGREED))
            moderating.agree(item, marks, meeting, by=self.make.runner(), now=self.make.now)

    def _assigned(self, person: User, number: int) -> Assignment:
        item = self.items[number]
        there = [each for each in assignments_of(item) if each.user_id == person.id and each.is_active]
        return there[0] if there else self.make.assignment(item, person)

    def _send(self, person: User, number: int, *values: int, name: str = "") -> None:
        name = name or ("one" if person is self.first else "two")
        marks = self.make.marks(self.panel, *values, words=reason(name, number))
        scoring.submit(self._assigned(person, number), marks, by=person, now=self.make.now)

    def _draft(self, person: User, number: int) -> None:
        first = db.session.query(Criterion).filter_by(panel_id=self.panel.id).first()
        marks = {first.id: Mark(4, reason("a draft", number))}
        scoring.save_draft(self._assigned(person, number), marks, by=person, now=self.make.now)

    # What a reader gets.

    def everything(self, reader: Reader) -> str:
        """The text of every address of the package that a reader can fetch, and of what else tells about people and acts."""
        client = PageClient(self.app, checked=False)
        if reader.person is not None:
            self.make.sign_in(client, reader.person)
        pages = [client.get(path) for path in (*self.addresses(), "/en/staff", "/en/account/data", "/en/staff/audit")]
        told = [page.html for page in pages if page.status == 200]
        if reader.person is not None:
            told += [json.dumps(row) for card in privacy.cards() for row in privacy.rows_about(card, reader.person.id)]
        return "\n".join(told)

    def addresses(self) -> list[str]:
        """Every GET address of the package, with every number there is of what could tell scores."""
        ids: dict[str, list[Any]] = {
            name: [each.id for each in db.session.query(model)]
            for name, model in (
                ("panel_id", Panel),
                ("item_id", Item),
                ("assignment_id", Assignment),
                ("meeting_id", Meeting),
                ("declaration_id", Declaration),
            )
        }
        ids["criterion_id"] = [db.session.query(Criterion).first().id]
        ids["assessor_id"] = [assessors_of(self.panel)[0].id]
        ids["subject"] = [item.subject for item in self.items.values()]
        found = []
        for rule in rules(self.app, "GET"):
            if rule.endpoint.startswith("assessment."):
                places = sorted(rule.arguments - {"lang"})
                for values in product(*(ids[name] for name in places)):
                    found.append(rule.build(dict(zip(places, values, strict=True)) | {"lang": "en"})[1])
        lists = [path for path in found if path.endswith(("/items", "/mine"))]
        more = [f"{path}?show={shown}" for path, shown in product(lists, ("sent", "agreed", "scored"))]
        return found + more + [f"{path}?capital=50&revenue=50" for path in found if path.endswith("/ranking")]

    # What a reader may get.

    def expected(self, reader: Reader, number: int) -> dict[str, bool]:
        """Every mark of a thing, and whether this reader may find it anywhere."""
        item, may_see = self.items[number], self._may_see_scores(reader, number)
        related = reader.relation if number != CONTROL else ""
        marks = {
            content(number): reader.role in ASSESSING and related in ("reading", "submitted"),
            reason("a draft", number): False,
            reason("one", number): may_see,
            reason("two", number): may_see and number != WAITING,
            reason("reader", number): related == "submitted",
            reason("the meeting", number): may_see and number == AGREED,
        }
        return marks | ({f"{item.result_bps / 100:.2f}%": may_see} if item.result_bps is not None else {})

    def _may_see_scores(self, reader: Reader, number: int) -> bool:
        active = [each.status for each in assignments_of(self.items[number]) if each.is_active]
        all_in = len(active) >= 2 and set(active) == {"submitted"}
        if not all_in or (number != CONTROL and reader.relation in HIDDEN):
            return False
        return reader.role in READING or (number != CONTROL and reader.relation == "submitted")

    def leaks(self, reader: Reader) -> list[str]:
        """What this reader finds and may not, and what they may and do not find."""
        told = self.everything(reader)
        return [
            f"{reader.role}, {reader.relation}: {mark!r} is {'shown' if mark in told else 'not there'}"
            for number in self.items
            for mark, may in self.expected(reader, number).items()
            if (mark in told) != may
        ]


@pytest.fixture
def demo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Things whose content is a mark."""
    from tests.assessment.demo import Demo

    made = Demo()
    plain = made.subject()
    kind = Subject(**{**vars(plain), "draw": lambda number: f"<p>{content(number)}</p>"})
    monkeypatch.setitem(app.extensions["civic"].subjects, "demo", kind)
    return made


@pytest.mark.parametrize("relation", SEATED)
@pytest.mark.parametrize("role", ("assessor", "funds_officer"))
def test_an_assessor_finds_what_their_part_in_it_lets_them_and_nothing_else(in_request, make, demo, role, relation):
    world = World(in_request, make, demo, [(role, relation)])
    assert world.leaks(world.readers[0]) == []


def test_who_has_no_part_in_it_finds_results_by_their_office_and_never_of_their_own(in_request, make, demo):
    world = World(in_request, make, demo, APART_FROM_IT)
    results = [item.result_bps for item in world.items.values()]
    assert results[0] is None
    assert len(set(results)) == 4, "or the absence of one would prove nothing"
    assert len(world.addresses()) > 60
    assert [leak for reader in world.readers for leak in world.leaks(reader)] == []


def test_a_sealed_thing_is_drawn_as_nothing_and_breaks_no_page(in_request, make, app, monkeypatch):
    from tests.assessment.demo import Demo

    plain = Demo().subject()
    monkeypatch.setitem(app.extensions["civic"].subjects, "demo", Subject(**{**vars(plain), "draw": lambda number: ""}))
    panel = make.panel()
    person = db.session.get_one(User, assessors_of(panel)[0].user_id)
    mine = make.assignment(make.item(panel, "demo:1"), person)
    db.session.commit()
    client = PageClient(app)
    make.sign_in(client, person)
    assert client.get(f"/en/staff/assessment/assignments/{mine.id}").status == 200
    assert panels.gaps_of(panel) == []
