"""A beginning for the answer to somebody who was not chosen: what the assessors found weakest, in the words of the criteria."""

from collections.abc import Sequence
from typing import Any, Protocol

from flask_babel import gettext as _

MOST = 3
"""So many points are named: more would bury what matters."""


class Criterion(Protocol):
    """A criterion with what its scores mean."""

    title: str
    anchors: dict[str, str]


def weakest(criteria: Sequence[Criterion], results: Sequence[Any]) -> list[tuple[Criterion, Any]]:
    """The criteria in which most was missing, the weakest first; none that got full points."""
    together = zip(criteria, results, strict=True)
    lacking = [(criterion, result) for criterion, result in together if result.value < result.scale]
    return sorted(lacking, key=lambda each: each[1].value / each[1].scale)[:MOST]


def proposal(criteria: Sequence[Criterion], results: Sequence[Any]) -> str:
    """The beginning of an answer, in the language spoken now; no scores are told, only what they mean."""
    return "\n\n".join(_about(criterion, result) for criterion, result in weakest(criteria, results))


def _about(criterion: Criterion, result: Any) -> str:
    found = criterion.anchors.get(str(int(result.value)), "")
    best = criterion.anchors.get(str(result.scale), "")
    lines = [criterion.title]
    if found:
        lines.append(_("What the assessors found: %(found)s", found=found))
    if best:
        lines.append(_("What would have been strongest: %(best)s", best=best))
    if not found and not best:
        lines.append(_("This part could have been stronger."))
    return "\n".join(lines)
