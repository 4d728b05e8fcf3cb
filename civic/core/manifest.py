"""What a package brings to the house, declared once and read at start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import click
from flask import Blueprint, Flask

from civic.core.announcements import listen


@dataclass(frozen=True)
class PersonalData:
    """What is kept about a person in one table, why, on which lawful basis and for how long; printed as the privacy notice.

    `person` is the column with the person's number; where it leads there by another table, `whose` makes the condition.
    """

    model: type
    person: str
    title: Any
    fields: Any
    purpose: Any
    basis: Any
    keep: Any
    whose: Callable[[int], Any] | None = None


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
