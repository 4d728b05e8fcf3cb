"""What is told of a signal, as it stands in a column: whole numbers, sums and moments; no names, addresses or cards."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from civic.core.money import Money


def kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as JSON knows them: sums in pence, moments in UTC."""
    return {name: _kept(value) for name, value in facts.items()}


def read(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of which kept() made these."""
    return {name: _read(value) for name, value in facts.items()}


def _kept(value: Any) -> Any:
    if isinstance(value, Money):
        return {"pence": value.minor}
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return Money(value["pence"]) if "pence" in value else datetime.fromisoformat(value["at"])
