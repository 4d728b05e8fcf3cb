"""Answers held against the annotations of the stripe library's classes, so that the fake says nothing Stripe never would."""

import sys
import typing
from functools import cache
from typing import Any, ClassVar, ForwardRef, Literal, Union, get_args, get_origin

import stripe
import typing_extensions as te
from stripe import v2

from tests.fakes.typed_requests import is_union

CLASSES: dict[str, type] = {
    found.OBJECT_NAME: found
    for found in (
        *(stripe.Customer, stripe.PaymentMethod, stripe.SetupIntent, stripe.SetupAttempt, stripe.checkout.Session),
        *(stripe.PaymentIntent, stripe.Charge, stripe.Refund, stripe.Dispute, stripe.BalanceTransaction),
        *(stripe.Transfer, stripe.TransferReversal, stripe.Event),
        *(v2.core.Account, v2.core.AccountLink),
    )
}


def faults(answer: dict[str, Any]) -> list[str]:
    """What Stripe would never say: keys it does not have, keys it always has, values of another type."""
    kind = CLASSES.get(answer.get("object", ""))
    if answer.get("object") == "list" and "data" in answer:
        return [fault for each in answer["data"] for fault in faults(each)]
    return _of_object(answer, kind, answer["object"]) if kind else [f"no class for {answer.get('object')!r}"]


def _of_object(value: Any, kind: type, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path}: {value!r} is not an object"]
    known, found = annotations(kind), []
    for name, each in value.items():
        if name not in known:
            found.append(f"{path}.{name}: no such field of {kind.__name__}")
        else:
            found += _of_value(each, known[name], f"{path}.{name}")
    return found + [
        f"{path}.{name}: missing"
        for name, wanted in known.items()
        if name not in value and not _may_be_missing(wanted) and name != "deleted"
    ]


def _of_value(value: Any, kind: Any, path: str) -> list[str]:
    if kind is Any:
        return []
    if isinstance(kind, ForwardRef | str):
        return _named(value, path)
    if is_union(kind):
        if value is None:
            return [] if type(None) in get_args(kind) else [f"{path}: null, and never is"]
        choices = [choice for choice in get_args(kind) if choice is not type(None)]
        # The library leaves every list of words open for the future; the fake says only what is listed today.
        if any(get_origin(choice) is Literal for choice in choices):
            choices = [choice for choice in choices if choice is not str]
        return min((_of_value(value, choice, path) for choice in choices), key=len)
    if value is None:
        return [f"{path}: null, and never is"] if kind is not type(None) else []
    origin = get_origin(kind)
    if origin is Literal:
        return [] if value in get_args(kind) else [f"{path}: {value!r} is not one of {get_args(kind)[:5]}"]
    if origin is list:
        if not isinstance(value, list):
            return [f"{path}: expected a list"]
        return [
            fault
            for place, each in enumerate(value)
            for fault in _of_value(each, get_args(kind)[0], f"{path}[{place}]")
        ]
    if origin is not None:
        return [] if isinstance(value, dict) else [f"{path}: expected an object"]
    if isinstance(kind, type) and issubclass(kind, stripe.StripeObject):
        return _of_object(value, _class_of(value) or kind, path)
    wrong = not isinstance(value, kind) or (kind is int and isinstance(value, bool))
    return [f"{path}: {value!r} is not {kind.__name__}"] if wrong else []


def _named(value: Any, path: str) -> list[str]:
    """A value whose class stands in another file: known by the name that every object of Stripe carries."""
    known = _class_of(value)
    return _of_object(value, known, path) if known else [f"{path}: {value!r} is no object of Stripe"]


def _class_of(value: Any) -> type | None:
    name = value.get("object") if isinstance(value, dict) else None
    return CLASSES.get(name) if isinstance(name, str) else None


def _may_be_missing(kind: Any) -> bool:
    return type(None) in get_args(kind) or get_origin(kind) in (te.NotRequired, ClassVar)


@cache
def annotations(kind: type) -> dict[str, Any]:
    """The fields of a class of the library with their types, names of other files left as they are."""
    around = {**vars(typing), **vars(te), **vars(sys.modules[kind.__module__]), **vars(kind), "Union": Union}
    fields = {}
    for name, wanted in kind.__annotations__.items():
        if isinstance(wanted, str):
            try:
                wanted = eval(wanted, around)
            except NameError:
                wanted = Any
        if get_origin(wanted) is not ClassVar and not name.startswith("_"):
            fields[name] = wanted
    return fields
