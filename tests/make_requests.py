"""Builders of requests for formats."""

from datetime import datetime, timedelta
from typing import Any

from civic.core.db import db
from civic.requests.models import FormatRequest


class MakeRequests:
    """Requests with honest defaults: new, for large print of the site, from somebody with an address and an e-mail address."""

    now: datetime

    def format_request(self, status: str = "new", **facts: Any) -> FormatRequest:
        """A request in whatever state; taken there without asking the actions."""
        told: dict[str, Any] = {
            "thing": "", "title": "", "title_language": "", "format": "large_print", "into": "", "wanted": "", "language": "en",
            "mode": "web", "contact_by": "email", "name": "Ada Lovelace", "email": "reader@example.org", "phone": "",
            "address": "1 Marylebone Road\nLondon NW1 5LS", "created_at": self.now,
            "due_on": (self.now + timedelta(days=14)).date(), "forgotten_at": None,
            "done_at": self.now if status in ("sent", "declined", "withdrawn") else None,
        }  # fmt: skip
        asked = FormatRequest(status=status, **(told | facts))
        db.session.add(asked)
        db.session.flush()
        return asked
