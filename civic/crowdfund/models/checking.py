"""What staff look at before a campaign may ask for money, and decide when it fell short."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.files import StoredFile
from civic.crowdfund.models.campaigns import Campaign
from civic.crowdfund.rules.choices import CHECK_RESULTS, EVIDENCE_KINDS


class CampaignEvidence(Model):
    """A quote, permission or letter, seen by staff and the organiser only."""

    __tablename__ = "campaign_evidence"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    cost_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_cost.id", ondelete="SET NULL"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]
    file: Mapped[StoredFile] = relationship(lazy="raise")
    __table_args__ = (one_of("kind", EVIDENCE_KINDS),)


class CampaignCheck(Model):
    """What one member of staff found on one point of the check list, in one round of checking."""

    __tablename__ = "campaign_check"
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(SmallInteger)  # 1 at the first submission, 2 after the first return …
    item: Mapped[str]
    result: Mapped[str]
    note: Mapped[str]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    checked_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("campaign_id", "round", "item"), one_of("result", CHECK_RESULTS))


class ShortfallDecision(Model):
    """What is to happen when too many cards failed: proposed by one officer, decided by another."""

    __tablename__ = "shortfall_decision"
    TRANSITIONS = {("proposed", "decide"): "decided", ("proposed", "decline"): "declined"}
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    choice: Mapped[str]  # pay_out, extend or refund
    days: Mapped[int | None] = mapped_column(SmallInteger)  # of an extension
    why: Mapped[str]
    status: Mapped[str] = mapped_column(default="proposed")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None]
    campaign: Mapped[Campaign] = relationship(lazy="raise")
    __table_args__ = (
        one_of("choice", ("pay_out", "extend", "refund")),
        one_of("status", ("proposed", "decided", "declined")),
        CheckConstraint("decided_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("(choice = 'extend') = (days IS NOT NULL)", name="days"),
        Index("uq_shortfall_decision_open", "campaign_id", unique=True, postgresql_where="status = 'proposed'"),
    )
