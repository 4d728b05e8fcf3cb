"""What happens by itself: copies of texts are forgotten after a month, unless moderators have to do with them."""

from datetime import timedelta

from sqlalchemy import delete, select

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.jobs import job
from civic.moderation.models import Case, ScreenedText

KEPT_DAYS = 30


@job("moderation.forget_texts")
def forget_texts() -> None:
    """Forget copies of published words that no case is about."""
    old = ScreenedText.at < clock.now() - timedelta(days=KEPT_DAYS)
    in_a_case = select(Case.id).where(Case.thing == ScreenedText.thing).exists()
    with transaction():
        db.session.execute(delete(ScreenedText).where(old, ~in_a_case).execution_options(synchronize_session=False))
