"""What was published although a remark held it back, and why."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column


class AdviceOverride(Model):
    """One publication in spite of remarks that keep somebody out: which remarks, who decided so, when and why."""

    __tablename__ = "advice_override"

    id: Mapped[int] = id_column()
    thing: Mapped[str]  # by its name, "consultation:3"
    remarks: Mapped[list[Any]]  # [{"rule", "field", "quoted"}], as they stood
    why: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    __table_args__ = (CheckConstraint("why <> ''", name="why"), Index("ix_advice_override_thing", "thing", "id"))
