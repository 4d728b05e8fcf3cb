"""What was done with the money, to the pound."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.crowdfund.models.campaigns import CampaignCost


class DeliveryReport(Model):
    """A public report of the organiser: what was done and what was spent on each cost so far."""

    __tablename__ = "delivery_report"
    TRANSITIONS = {("draft", "publish"): "published"}
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # progress or final
    status: Mapped[str] = mapped_column(default="draft")
    text: Mapped[str]  # Markdown
    learned: Mapped[str] = mapped_column(default="")
    unspent: Mapped[str] = mapped_column(default="")  # what happens with what was not spent, or where more came from
    volunteers: Mapped[int | None]
    language: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    lines: Mapped[list["ReportLine"]] = relationship(lazy="raise", order_by="ReportLine.id")
    __table_args__ = (
        one_of("kind", ("progress", "final")),
        one_of("status", ("draft", "published")),
        Index(
            "uq_delivery_report_final",
            "campaign_id",
            unique=True,
            postgresql_where="kind = 'final' AND status = 'published'",
        ),
    )


class ReportLine(Model):
    """What was spent on one cost so far, in pence, and why it differs."""

    __tablename__ = "report_line"
    id: Mapped[int] = id_column()
    report_id: Mapped[int] = mapped_column(ForeignKey("delivery_report.id", ondelete="CASCADE"))
    cost_id: Mapped[int] = mapped_column(ForeignKey("campaign_cost.id"), index=True)
    spent_minor: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    cost: Mapped[CampaignCost] = relationship(lazy="raise")
    __table_args__ = (UniqueConstraint("report_id", "cost_id"), CheckConstraint("spent_minor >= 0", name="spent"))
