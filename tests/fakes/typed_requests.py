"""Requests held against the parameter types that the stripe library ships: unknown, missing and wrong ones are found.

The library is generated from Stripe's own description of the version we use, so nothing is described twice.
"""

import importlib
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

import stripe
import typing_extensions as te

# Options of the library that its parameter types also name; Stripe itself knows them as headers.
OPTIONS = {
    *("idempotency_key", "stripe_version", "stripe_account", "stripe_context"),
    *("api_key", "content_type", "headers", "max_network_retries"),
}
WRAPPERS = (te.NotRequired, te.Required, typing.Annotated)


def params(name: str) -> Any:
    """The parameters of a call by module and class: "checkout._session_create_params.SessionCreateParams"."""
    module, _, kind = name.rpartition(".")
    return getattr(importlib.import_module(f"stripe.params.{module}"), kind)


def faults(value: Any, kind: Any, path: str = "") -> list[str]:
    """What is wrong with `value` as a `kind`, each as "path: why"; empty when Stripe would take it."""
    return list(_faults(value, bare(kind), path))


def _faults(value: Any, kind: Any, path: str) -> Iterator[str]:
    if kind is Any:
        return
    if is_union(kind):
        yield from _closest(value, kind, path)
    elif get_origin(kind) is Literal:
        if value not in get_args(kind):
            yield f"{path}: {value!r} is not one of {get_args(kind)[:6]}"
    elif get_origin(kind) is list:
        if not isinstance(value, list | tuple):
            yield f"{path}: expected a list"
            return
        for place, each in enumerate(value):
            yield from faults(each, get_args(kind)[0], f"{path}[{place}]")
    elif get_origin(kind) is dict or (isinstance(kind, type) and issubclass(kind, dict) and not is_typed(kind)):
        yield from _faults_of_map(value, kind, path)
    elif is_typed(kind):
        yield from _faults_of_object(value, kind, path)
    elif not _is_plain(value, kind):
        yield f"{path}: {value!r} is not {getattr(kind, '__name__', kind)}"


def _closest(value: Any, kind: Any, path: str) -> Iterator[str]:
    """The faults by the alternative that comes closest; where names are listed, other words are no alternative."""
    choices = [bare(choice) for choice in get_args(kind)]
    if any(get_origin(choice) is Literal and any(get_args(choice)) for choice in choices):
        choices = [choice for choice in choices if choice is not str]
    best: list[str] | None = None
    for choice in choices:
        found = faults(value, choice, path)
        if not found:
            return
        if best is None or (isinstance(value, dict) and is_typed(choice)):
            best = found
    yield from best or [f"{path}: nothing fits"]


def _faults_of_map(value: Any, kind: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: expected an object"
        return
    inner = get_args(kind)[1] if len(get_args(kind)) == 2 else Any
    for name, each in value.items():
        yield from faults(each, inner, f"{path}.{name}")


def _faults_of_object(value: Any, kind: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: expected an object"
        return
    known = hints(kind)
    for name, each in value.items():
        if name not in known or (not path and name in OPTIONS):
            yield f"{path}.{name}: unknown parameter of {kind.__name__}"
        else:
            yield from faults(each, known[name], f"{path}.{name}")
    for name in kind.__required_keys__:
        if name not in value and name not in OPTIONS and get_origin(known[name]) is not te.NotRequired:
            yield f"{path}.{name}: required"


def _is_plain(value: Any, kind: Any) -> bool:
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(kind, type) and isinstance(value, kind)


def from_form(value: Any, kind: Any) -> Any:
    """The texts of a form as the types that `kind` asks for; what cannot be read stays text, and is found later."""
    kind = bare(kind)
    if isinstance(value, dict) and is_typed(kind):
        known = hints(kind)
        return {name: from_form(each, known[name]) if name in known else each for name, each in value.items()}
    for choice in map(bare, get_args(kind) if is_union(kind) else (kind,)):
        if choice is bool and value in ("true", "false"):
            return value == "true"
        if choice is int and isinstance(value, str) and re.fullmatch(r"-?\d+", value):
            return int(value)
        if isinstance(value, dict) and is_typed(choice):
            return from_form(value, choice)
        if isinstance(value, list) and get_origin(choice) is list:
            return [from_form(each, get_args(choice)[0]) for each in value]
    return value


def bare(kind: Any) -> Any:
    """A type without "not required" and its like."""
    while get_origin(kind) in WRAPPERS:
        kind = get_args(kind)[0]
    return kind


def is_union(kind: Any) -> bool:
    """Whether a type is one of several."""
    return get_origin(kind) is Union or isinstance(kind, types.UnionType)


is_typed: Callable[[Any], bool] = te.is_typeddict


@cache
def hints(kind: Any) -> dict[str, Any]:
    """The parameters of a typed dictionary by name."""
    names = {**vars(typing), "StripeContext": stripe.StripeContext, **vars(sys.modules[kind.__module__])}
    return te.get_type_hints(kind, globalns=names, localns=names, include_extras=True)
