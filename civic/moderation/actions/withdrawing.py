"""An author takes back a text that lies before the moderators: nothing is left to decide."""

from datetime import datetime

from sqlalchemy import select

from civic.accounts.models import User
from civic.core.db import db
from civic.moderation.actions.deciding import finish, standing_reporters
from civic.moderation.actions.telling import tell_reporters_of_withdrawal
from civic.moderation.models import Case
from civic.moderation.queries.cases import open_appeal


def withdrawn(name: str, *, by: User, now: datetime) -> None:
    """Close the case of a text that its author took back ("comment:12"), and tell those who reported it; nothing where there is none.

    The package has called `hold_author` before it locked anything of its own, as it calls `screen` before it writes
    (actions/cases.py).
    """
    waiting = select(Case).where(Case.thing == name, Case.status.in_(("open", "appealed"))).with_for_update()
    case = db.session.scalars(waiting.execution_options(populate_existing=True)).one_or_none()
    if case is None:
        return
    asked = open_appeal(case)
    reporters = standing_reporters(case)
    finish(case, "withdraw", by=by, now=now)
    if asked is not None:
        asked.outcome, asked.decided_at = "closed", now
        db.session.flush()
    tell_reporters_of_withdrawal(case, reporters, by=by, now=now)
