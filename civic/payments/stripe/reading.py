"""Stripe's objects, as plain dicts, read into values of ours. Amounts become Money here and nowhere else."""

from typing import get_args

from civic.payments.provider import (
    BalanceEntry,
)

type_of_entry = frozenset(get_args(BalanceEntry.__annotations__["kind"]))
