"""What a package brings to the house, declared once and read at start."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import click
from flask import Blueprint, Flask

from civic.core.advice import Adviser, Checked
from civic.core.announcements import listen
from civic.core.i18n import Words
from civic.core.reading import Readable
from civic.core.translatable import Translatable


@dataclass(frozen=True)
class PersonalData:
    """What is kept about a person in one table, why, on which lawful basis and for how long; printed as the privacy notice.

    `person` is the column with the person's number; where it leads there by another table, `whose` makes the condition. `only`
    names the columns that are about the person, where the rest of a row is somebody else's; without it all of them are.
    """

    model: type
    person: str
    title: Any
    fields: Any
    purpose: Any
    basis: Any
    keep: Any
    whose: Callable[[int], Any] | None = None
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class StaffTask:
    """A line on the staff front page: what waits, how many, and where."""

    label: Any
    endpoint: str
    may: Callable[[], bool]
    waiting: Callable[[], int] | None = None


@dataclass(frozen=True)
class Way:
    """A way into the site, in the navigation and on the front page: its name, where it leads, what one can do there."""

    label: Any
    endpoint: str
    line: Any
    rooms: tuple[str, ...] = ()  # blueprints in whose pages it is shown as the present one


@dataclass(frozen=True)
class Subject:
    """A kind of thing that shared packages (assessment, grants) handle without knowing it: how it is called, shown, and whose it is.

    Texts name one by its kind and number, "application:12"; each function takes the number.
    """

    kind: str
    label: Any
    url: Callable[[int], str]  # where staff see it
    draw: Callable[[int], Any]  # all of it as Markup, for whoever judges or decides; nothing where it is sealed
    public_url: Callable[[int], str]  # where everybody sees it; empty where nobody may
    parties: Callable[[int], frozenset[int]]  # the accounts that stand behind it: they never judge, decide or pay it
    hold: Callable[[int], None] = lambda number: None  # lock what is always locked before anything about it is decided
    # Everything that an account stands behind, in one question, for long lists; where it is left out, each is asked about.
    behind: Callable[[int], frozenset[int]] | None = None


@dataclass(frozen=True)
class Published:
    """One text that a person published, as moderators see it; `shown` is one of core/moderated.py's ways."""

    number: int
    author_id: int | None
    author: str
    title: str  # what it stands in: the thread, the campaign
    text: str
    language: str
    url: str  # where it stands, whoever may see it there
    at: datetime
    shown: str
    version: int = 1
    pictures: tuple[str, ...] = ()  # keys of public files, or addresses
    edit_url: str = ""  # where its author changes it; empty where nothing can be changed


@dataclass(frozen=True)
class Moderated:
    """A kind of text that anybody may report and moderators judge; one is named by kind and number, "comment:12".

    `show` is the only way in which moderation changes it: it writes the way it is shown and the house rule it broke ("" for none),
    and mends whatever counts it.
    """

    kind: str
    label: Any
    load: Callable[[Iterable[int]], Mapping[int, Published]]
    show: Callable[[int, str, str], None]
    may_see: Callable[[int], bool]  # whether the person here may see where it stands, and so report it


@dataclass(frozen=True)
class Told:
    """What a notice says, in the reader's language: one sentence, where it leads, and perhaps somebody's words with their language."""

    sentence: str
    url: str
    quoted: str = ""
    language: str = ""


@dataclass(frozen=True)
class Notice:
    """A kind of news that a person may choose to hear of at once, once a week or never.

    `draw` makes the words from the facts that were kept with it, or None where there is nothing left to tell. What is `owed`
    (a moderator's decision on one's words) comes at once and cannot be chosen away.
    """

    key: str
    label: Any
    draw: Callable[[Mapping[str, Any]], Told | None]
    usual: str = "at_once"  # or "weekly", "never"
    owed: bool = False
    took_part: bool = True  # whether it is about something that the person took part in


@dataclass(frozen=True)
class ActivityFacts:
    """An activity as the consultation that holds it shows it."""

    number: int
    title: str
    language: str
    url: str
    opens_at: datetime | None
    closes_at: datetime | None
    is_public: bool
    people: int  # how many took part; 0 where that may not be told


@dataclass(frozen=True)
class Activity:
    """A kind of thing that a consultation can hold, "survey:3"."""

    kind: str
    label: Any
    load: Callable[[Iterable[int]], Mapping[int, ActivityFacts]]
    choices: Callable[[], list[tuple[int, Words]]]  # what staff may put into one, newest first


@dataclass(frozen=True)
class Contributed:
    """One thing that somebody gave to an activity; nobody's where it was given without a name.

    With the number 0 it says no more than that a person took part: which of the nameless things is theirs nobody can know.
    """

    number: int
    activity: str  # "topic:3"
    person_id: int | None
    text: str
    language: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Contribution:
    """A kind of thing that people give to activities (an answer, a comment): found by its activity, its giver or its number."""

    kind: str
    label: Any
    load: Callable[[Iterable[int]], Mapping[int, Contributed]]
    within: Callable[
        [str, int | None, int], list[Contributed]
    ]  # of an activity, numbers above the given one, at most so many
    by: Callable[[int], list[Contributed]]  # everything of one person's, newest first
    givers: Callable[[str], frozenset[int]]  # the accounts that took part in an activity, as far as they are known
    count: Callable[[str], int]


@dataclass(frozen=True)
class Manifest:
    """A package's contributions; every list is read in the order of the packages, from the ground up."""

    name: str
    blueprints: list[Blueprint] = field(default_factory=list)
    setup: list[Callable[[Flask], None]] = field(default_factory=list)
    listeners: dict[type, list[Callable[[Any], None]]] = field(default_factory=dict)
    jobs: list[Callable[..., None]] = field(default_factory=list)
    periodic: list[tuple[Callable[..., None], str]] = field(default_factory=list)
    personal_data: list[PersonalData] = field(default_factory=list)
    checks: list[Callable[[], Iterable[str]]] = field(default_factory=list)
    commands: list[click.Command] = field(default_factory=list)
    constraints: dict[str, tuple[str, Any]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    staff_tasks: list[StaffTask] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    moderated: list[Moderated] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    readables: list[Readable] = field(default_factory=list)
    translatables: list[Translatable] = field(default_factory=list)
    checked: list[Checked] = field(default_factory=list)
    advisers: list[Adviser] = field(default_factory=list)
    template_globals: dict[str, Any] = field(default_factory=dict)


class House:
    """All manifests together, as the running application knows them (`app.extensions["civic"]`)."""

    def __init__(self, manifests: list[Manifest]):
        self.manifests = manifests
        self.constraints = {name: known for each in manifests for name, known in each.constraints.items()}
        self.personal_data = [card for each in manifests for card in each.personal_data]
        self.checks = [check for each in manifests for check in each.checks]
        self.messages = [name for each in manifests for name in each.messages]
        self.staff_tasks = [task for each in manifests for task in each.staff_tasks]
        self.ways = [way for each in manifests for way in each.ways]
        self.periodic = [entry for each in manifests for entry in each.periodic]
        self.subjects = {subject.kind: subject for each in manifests for subject in each.subjects}
        self.moderated = {kind.kind: kind for each in manifests for kind in each.moderated}
        self.notices = {notice.key: notice for each in manifests for notice in each.notices}
        self.activities = {kind.kind: kind for each in manifests for kind in each.activities}
        self.contributions = {kind.kind: kind for each in manifests for kind in each.contributions}
        self.readables = {kind.kind: kind for each in manifests for kind in each.readables}
        self.translatables = {kind.kind: kind for each in manifests for kind in each.translatables}
        self.checked = {kind.kind: kind for each in manifests for kind in each.checked}
        self.advisers = [adviser for each in manifests for adviser in each.advisers]

    def move_in(self, app: Flask) -> None:
        """Register what every package brings."""
        app.extensions["civic"] = self
        for each in self.manifests:
            for kind, listeners in each.listeners.items():
                for listener in listeners:
                    listen(kind, listener)
            for setup in each.setup:
                setup(app)
            for blueprint in each.blueprints:
                app.register_blueprint(blueprint)
            app.jinja_env.globals.update(each.template_globals)
