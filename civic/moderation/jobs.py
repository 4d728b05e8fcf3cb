"""What happens by itself: copies of texts are forgotten after a month, unless moderators have to do with them; cases after six years."""

from datetime import timedelta

from sqlalchemy import delete, select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.moderation.models import Case, ScreenedText

KEPT_DAYS = 30
CASE_DAYS = 6 * 365 + 2


@job("moderation.forget")
def forget() -> None:
    """Forget finished cases after six years, with what was reported and decided, and copies of words that no case is about."""
    finished = Case.status.not_in(("open", "appealed"))
    past = finished & (Case.decided_at < clock.now() - timedelta(days=CASE_DAYS))
    old = ScreenedText.at < clock.now() - timedelta(days=KEPT_DAYS)
    in_a_case = select(Case.id).where(Case.thing == ScreenedText.thing).exists()
    with transaction():
        db.session.execute(delete(Case).where(past).execution_options(synchronize_session=False))
        db.session.execute(delete(ScreenedText).where(old, ~in_a_case).execution_options(synchronize_session=False))
