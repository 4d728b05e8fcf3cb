"""Builders of barrier reports."""

from datetime import datetime
from typing import Any

from civic.accessibility.models import BarrierReport
from civic.core.db import db


class MakeAccessibility:
    """Reports with honest defaults: received, from somebody who left an address."""

    now: datetime

    def barrier(self, *, status: str = "received", email: str = "reader@example.org", **facts: Any) -> BarrierReport:
        """A report in whatever state; taken there without asking the actions."""
        told = {
            "happened": "The button has no name.", "wanted": "", "page": "/en/surveys", "language": "en", "phone": "", "email": email,
            "contact_by": "email" if email else "nothing", "created_at": self.now, "answered_at": None, "summary_published_at": None,
        }  # fmt: skip
        report = BarrierReport(status=status, **(told | facts))
        db.session.add(report)
        db.session.flush()
        return report
