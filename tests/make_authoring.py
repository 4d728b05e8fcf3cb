"""Builders of what was published although remarks held it back."""

from datetime import datetime
from typing import Any

from civic.authoring.models import AdviceOverride
from civic.core.db import db

BAD = "Read the plan [here](https://example.org/plan)."
"""A text in which a link does not say where it leads."""


class MakeAuthoring:
    """Overrides with honest defaults."""

    now: datetime

    def override(self, thing: str, *, by: Any, why: str = "The plan is out tomorrow.", **facts: Any) -> AdviceOverride:
        """One override of one remark."""
        remarks = [{"rule": "link_vague", "field": "text", "quoted": "here"}]
        row = AdviceOverride(
            **({"thing": thing, "remarks": remarks, "why": why, "by_id": by.id, "at": self.now} | facts)
        )
        db.session.add(row)
        db.session.flush()
        return row
