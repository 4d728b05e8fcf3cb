"""Holding a call while something about it is decided: everybody locks it first, so that nobody waits in a circle."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from civic.challenge.applying.models import Call
from civic.core.db import db


def hold_call(call_id: int, *, shared: bool = False) -> Call:
    """The call, read afresh with its programme and locked; `shared` lets others hold it so too, but nobody decide."""
    whole: Any = select(Call).where(Call.id == call_id).options(joinedload(Call.programme, innerjoin=True))
    held: Call = db.session.scalars(
        whole.with_for_update(read=shared, of=Call).execution_options(populate_existing=True)
    ).one()
    return held
