"""Doors: every view says who may enter; the application refuses to start while one does not."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from flask import Flask, current_app, request, url_for
from flask.typing import ResponseReturnValue

from civic.core.errors import Forbidden, NotFound
from civic.core.person import maybe_me

Rule = Callable[..., bool]
Finder = Callable[..., Any]


def anyone(*things: Any) -> bool:
    """Everybody may: visitors too."""
    return True


def allowed(rule: Rule, on: Finder | None = None, *, hide: bool = False) -> Callable[[Callable], Callable]:
    """Put a door on a view: `on` finds the thing from the URL (404), `rule` says whether this person may (403, 404 with `hide`).

    The view receives the thing first, and the parts of the URL that the finder did not take as keywords. A rule about the
    person alone is asked before anything is looked for, so that nobody learns at a closed door what stands behind it; of two
    doors the upper one is asked first.
    """
    wanted, about_the_person = _parameters(on) if on else (), is_about_the_person(rule)

    def with_door(view: Callable) -> Callable:
        @wraps(view)
        def guarded(**parts: Any) -> ResponseReturnValue:
            things: tuple[Any, ...] = ()
            if about_the_person and not rule():
                refuse(hide)
            if on:
                thing = on(**{name: parts.pop(name) for name in wanted if name in parts})
                if thing is None:
                    raise NotFound()
                things = (thing,)
            if not about_the_person and not says_yes(rule, *things):
                refuse(hide)
            return view(*things, **parts)

        guarded.door = rule  # type: ignore[attr-defined]
        return guarded

    return with_door


def says_yes(rule: Rule, *things: Any) -> bool:
    """Ask a rule about the things it takes; a rule about the person alone takes none."""
    return rule(*things) if _takes_things(rule) else rule()


def is_about_the_person(rule: Rule) -> bool:
    """Whether a rule answers without being shown a thing."""
    return all(each.kind is each.VAR_POSITIONAL for each in signature(rule).parameters.values())


def refuse(hide: bool = False) -> None:
    """Say no in the way that fits the person: a visitor is shown the way in, a member is told, and what is hidden is not there."""
    if hide:
        raise NotFound()
    if maybe_me() is None and "accounts.sign_in" in current_app.view_functions:
        here = request.full_path.rstrip("?") if request.method == "GET" else None
        sign_in = url_for("accounts.sign_in", next=here)
        error = Forbidden(location=sign_in)
        if request.method == "GET":
            raise error
    raise Forbidden()


def check_every_view_has_a_door(app: Flask) -> None:
    """Refuse to start with a view that nobody guards."""
    bare = [endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, "door")]
    if bare:
        raise RuntimeError(f"views without a door: {', '.join(sorted(bare))}")


def _parameters(finder: Finder) -> tuple[str, ...]:
    return tuple(signature(finder).parameters)


def _takes_things(rule: Rule) -> bool:
    return bool(signature(rule).parameters)
