"""Lists of the desk: those that wait first, all the others on asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy import Select

from civic.core.pages import Page, page_of

ALL = "all"


@dataclass(frozen=True)
class Listed:
    """A stretch of a list, and which choice of states it shows."""

    page: Page
    shown: str
    choices: Mapping[str, Any]


def listed(query: Any, choices: Mapping[str, tuple[Any, Sequence[str]]], order: Sequence[Any], *, start: str) -> Listed:
    """The page that the address asks for: `show` names a choice of states, `at` a place in the list."""
    shown = request.args.get("show", start)
    shown = shown if shown in choices else start
    found: Select[Any] = query(choices[shown][1])
    page = page_of(found, order, at=request.args.get("at"), scalars=True)
    return Listed(page, shown, {key: words for key, (words, _states) in choices.items()})
