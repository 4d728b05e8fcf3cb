"""What is said around a campaign: updates, comments, follows, messages to backers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models import User
from civic.core.db import Model, id_column
from civic.core.moderated import Moderable, shown_check


class CampaignUpdate(Model):
    """News from the organiser, dated."""

    __tablename__ = "campaign_update"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    title: Mapped[str]
    text: Mapped[str]  # Markdown
    language: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_campaign_update_campaign", "campaign_id", "id"),)


class CampaignComment(Moderable, Model):
    """A question or a word under a campaign; numbered in its thread."""

    __tablename__ = "campaign_comment"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    position: Mapped[int]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_comment.id", ondelete="SET NULL"), index=True)
    text: Mapped[str]
    language: Mapped[str]
    is_organiser: Mapped[bool]
    at: Mapped[datetime]
    author: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[author_id])
    __table_args__ = (
        Index("uq_campaign_comment_position", "campaign_id", "position", unique=True),
        CheckConstraint("text <> ''", name="text"),
        shown_check(),
    )


class CampaignFollow(Model):
    """Somebody wants to hear of a campaign's news."""

    __tablename__ = "campaign_follow"
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("account_user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime]


class BackerMessage(Model):
    """A message of the organiser to everybody who backs the campaign."""

    __tablename__ = "backer_message"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str]
    text: Mapped[str]
    language: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    recipients: Mapped[int]
