"""Conditions as the editor shows them: groups of comparisons, joined by “all” or “any”, one level of groups deep."""

from __future__ import annotations

from dataclasses import dataclass, replace

from civic.surveys.rules.conditions import All, AnyOf, Compare, Condition, Not

JOINERS = ("all", "any")


@dataclass(frozen=True)
class Group:
    """Comparisons (or their opposites) joined by one word."""

    joiner: str
    rows: tuple[Condition, ...]


@dataclass(frozen=True)
class Groups:
    """Groups joined by one word."""

    joiner: str = "all"
    groups: tuple[Group, ...] = ()

    def condition(self) -> Condition | None:
        """The condition that these groups say; None when nothing is left of them."""
        parts = tuple(_joined(group.joiner, group.rows) for group in self.groups if group.rows)
        return _joined(self.joiner, parts) if parts else None

    def with_row(self, row: Condition, at: int | None) -> Groups:
        """With one more row in a group, or in a new one."""
        if at is None or not 0 <= at < len(self.groups):
            return replace(self, groups=(*self.groups, Group("all", (row,))))
        group = self.groups[at]
        return self._with_group(at, replace(group, rows=(*group.rows, row)))

    def without_row(self, at: int, place: int) -> Groups:
        """Without one row; a group without rows is gone."""
        if not 0 <= at < len(self.groups):
            return self
        rows = tuple(row for i, row in enumerate(self.groups[at].rows) if i != place)
        if rows:
            return self._with_group(at, replace(self.groups[at], rows=rows))
        return replace(self, groups=tuple(group for i, group in enumerate(self.groups) if i != at))

    def with_joiners(self, outer: str, inner: dict[int, str]) -> Groups:
        """With other joining words; unknown ones change nothing."""
        groups = tuple(
            replace(group, joiner=inner[i]) if inner.get(i) in JOINERS else group for i, group in enumerate(self.groups)
        )
        return Groups(outer if outer in JOINERS else self.joiner, groups)

    def _with_group(self, at: int, group: Group) -> Groups:
        return replace(self, groups=tuple(group if i == at else each for i, each in enumerate(self.groups)))


def groups_of(condition: Condition | None) -> Groups | None:
    """A condition as groups, or None where it is nested too deeply for the editor."""
    if condition is None:
        return Groups()
    if _is_row(condition):
        return Groups("all", (Group("all", (condition,)),))
    if (group := _flat(condition)) is not None:
        return Groups("all", (group,))
    if not isinstance(condition, All | AnyOf) or not condition.parts:
        return None
    groups = [Group("all", (part,)) if _is_row(part) else _flat(part) for part in condition.parts]
    if any(group is None for group in groups):
        return None
    return Groups(_joiner(condition), tuple(group for group in groups if group is not None))


def _is_row(condition: Condition) -> bool:
    return isinstance(condition, Compare) or (isinstance(condition, Not) and isinstance(condition.part, Compare))


def _flat(condition: Condition) -> Group | None:
    if isinstance(condition, All | AnyOf) and condition.parts and all(_is_row(part) for part in condition.parts):
        return Group(_joiner(condition), condition.parts)
    return None


def _joiner(condition: All | AnyOf) -> str:
    return "all" if isinstance(condition, All) else "any"


def _joined(joiner: str, parts: tuple[Condition, ...]) -> Condition:
    if len(parts) == 1:
        return parts[0]
    return All(parts) if joiner == "all" else AnyOf(parts)
