"""Texts that anybody may report: how each is shown, and the kinds of them that the packages declare."""

from collections.abc import Iterable, Mapping

from flask import current_app
from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.manifest import Moderated, Published
from civic.core.subjects import named

# In sight; folded (its words one click away) until a moderator has seen it; waiting for a moderator before anybody sees it; removed.
SHOWN = ("shown", "folded", "waiting", "removed")


class Moderable:
    """How a text is shown and the house rule that it broke; written by its kind's `show`, and by nothing else once it stands.

    The table adds `shown_check()` to its constraints.
    """

    shown: Mapped[str] = mapped_column(default="shown")
    broke: Mapped[str] = mapped_column(default="")


def shown_check() -> CheckConstraint:
    """A text is shown in one of four ways, as PostgreSQL knows it."""
    return CheckConstraint(f"shown IN {SHOWN}", name="shown")


def kind_of(name: str) -> tuple[Moderated, int]:
    """The kind that "comment:12" names, and its number; raises LookupError where no package of the house knows it."""
    kind, _, number = name.partition(":")
    if not number.isdecimal() or len(number) > 15:
        raise LookupError(name)
    return current_app.extensions["civic"].moderated[kind], int(number)


def published(names: Iterable[str]) -> Mapping[str, Published]:
    """The texts behind these names, one question a kind; what is gone is left out."""
    by_kind: dict[str, list[int]] = {}
    for name in names:
        kind, number = kind_of(name)
        by_kind.setdefault(kind.kind, []).append(number)
    known = current_app.extensions["civic"].moderated
    return {
        named(kind, number): text
        for kind, numbers in by_kind.items()
        for number, text in known[kind].load(numbers).items()
    }
