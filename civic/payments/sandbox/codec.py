"""Answers kept and given again: a result of the provider as JSON, and back."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from civic.core.money import Money
from civic.payments import provider

KINDS = {
    kind.__name__: kind
    for kind in (
        provider.SetupStart,
        provider.Waiting,
        provider.Succeeded,
        provider.Processing,
        provider.ActionRequired,
        provider.Declined,
        provider.Cancelled,
        provider.Unknown,
        provider.RecoveryStart,
        provider.RefundResult,
        provider.OnboardingStart,
        provider.TransferResult,
        provider.Refused,
        provider.ReversalResult,
        Money,
    )
}


def encoded(value: Any) -> Any:
    """A result as JSON holds it; asserts that it is one of ours."""
    if isinstance(value, datetime):
        return {"is": "datetime", "at": value.isoformat()}
    if is_dataclass(value):
        assert type(value).__name__ in KINDS, value
        return {"is": type(value).__name__} | {each.name: encoded(getattr(value, each.name)) for each in fields(value)}
    assert value is None or isinstance(value, str | int | float), value
    return value


def decoded(value: Any) -> Any:
    """What encoded() was given."""
    if not isinstance(value, dict):
        return value
    told = dict(value)
    name = told.pop("is")
    if name == "datetime":
        return datetime.fromisoformat(told["at"])
    return KINDS[name](**{each: decoded(inner) for each, inner in told.items()})
