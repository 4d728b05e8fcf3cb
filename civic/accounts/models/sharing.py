"""What a person chose to tell for equality monitoring, kept apart from the account, and the consent to it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.accounts.rules.choices import CONSENT_PURPOSES
from civic.accounts.rules.equality import QUESTION_KEYS
from civic.core.db import Model, id_column


class Consent(Model):
    """A yes to one purpose: to which text, when, and when it was taken back."""

    __tablename__ = "consent"
    id: Mapped[int] = id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    text_version: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (
        one_of("purpose", CONSENT_PURPOSES),
        CheckConstraint("withdrawn_at >= given_at", name="withdrawn_later"),
        # One standing consent a purpose; withdrawn ones stay as the record that they were given.
        Index("uq_consent_standing", "user_id", "purpose", unique=True, postgresql_where="withdrawn_at IS NULL"),
    )


class EqualityAnswer(Model):
    """One answered equality question of one person; "skip" is "Prefer not to say"."""

    __tablename__ = "equality_answer"
    id: Mapped[int] = id_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"))
    question: Mapped[str]
    answer: Mapped[str]
    own_words: Mapped[str]
    answered_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("user_id", "question"), one_of("question", QUESTION_KEYS))
