"""Every gift's match with its working, and things about gifts that a person should look at."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.crowdfund.matching.choices import SIGNAL_STATES
from civic.crowdfund.matching.rules.formulas import REASONS
from civic.crowdfund.matching.rules.signals import KINDS


class MatchPart(Model):
    """A gift as a scheme sees it, or the part by which it was raised later; it keeps its place in the order (rules.gifts)."""

    __tablename__ = "match_part"
    scheme_id: Mapped[int] = mapped_column(ForeignKey("match_scheme.id"))
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"))
    part: Mapped[int] = mapped_column(SmallInteger)
    # No keys to campaign or person: whoever holds a scheme must not wait for a campaign that is closing.
    campaign_id: Mapped[int]
    person: Mapped[str]  # the same for all gifts of one person; a fingerprint, from which nobody is recognised
    amount_minor: Mapped[int]
    before_minor: Mapped[int]
    since: Mapped[datetime]
    is_excluded: Mapped[bool] = mapped_column(default=False)
    why_excluded: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        PrimaryKeyConstraint("scheme_id", "pledge_id", "part"),
        CheckConstraint("amount_minor > 0 AND before_minor >= 0", name="amount"),
        Index("ix_match_part_place", "scheme_id", "since", "pledge_id", "part"),
        Index("ix_match_part_campaign", "scheme_id", "campaign_id", "person"),
        Index("ix_match_part_pledge", "pledge_id"),
    )


class MatchEntry(Model):
    """What was given for one part of a gift, or to a campaign as its sum: how much the rule comes to, what cut it, who pays it."""

    __tablename__ = "match_entry"
    id: Mapped[int] = id_column()
    scheme_id: Mapped[int] = mapped_column(ForeignKey("match_scheme.id"))
    campaign_id: Mapped[int]
    pledge_id: Mapped[int]  # of a campaign's sum: the gift with which it was earned
    part: Mapped[int] = mapped_column(SmallInteger)
    is_sum: Mapped[bool] = mapped_column(default=False)
    person: Mapped[str] = mapped_column(default="")
    since: Mapped[datetime]
    full_minor: Mapped[int]
    amount_minor: Mapped[int]
    cap: Mapped[str] = mapped_column(default="")
    shares: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)  # pence by the funder's number
    __table_args__ = (
        CheckConstraint("amount_minor BETWEEN 0 AND full_minor", name="amount"),
        one_of("cap", REASONS),
        Index("uq_match_entry_gift", "scheme_id", "pledge_id", "part", unique=True, postgresql_where="NOT is_sum"),
        Index("uq_match_entry_sum", "scheme_id", "campaign_id", unique=True, postgresql_where="is_sum"),
        Index("ix_match_entry_campaign", "scheme_id", "campaign_id", "since", "id"),
        Index("ix_match_entry_person", "scheme_id", "person"),
    )

    @property
    def amount(self) -> Money:
        """What was given."""
        return Money(self.amount_minor)


class MatchSignal(Model):
    """Something about gifts that a person should look at, with the reason; nothing follows by itself."""

    __tablename__ = "match_signal"
    TRANSITIONS = {
        ("open", "dismiss"): "dismissed",
        ("open", "uphold"): "upheld",
        ("dismissed", "reopen"): "open",
        ("upheld", "reopen"): "open",
    }

    id: Mapped[int] = id_column()
    scheme_id: Mapped[int] = mapped_column(ForeignKey("match_scheme.id"))
    key: Mapped[str]  # by which it is known from night to night
    status: Mapped[str] = mapped_column(default="open")
    kind: Mapped[str]
    campaigns: Mapped[list[Any]]
    gifts: Mapped[list[Any]]
    effect_minor: Mapped[int]  # what less would be matched if it were so
    facts: Mapped[dict[str, Any]]  # numbers, sums and moments: no names, addresses or cards
    found_at: Mapped[datetime]
    seen_at: Mapped[datetime]  # when it was last found
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        one_of("status", SIGNAL_STATES),
        one_of("kind", KINDS),
        CheckConstraint("status = 'open' OR words <> ''", name="words"),
        Index("uq_match_signal_key", "scheme_id", "key", unique=True),
        Index("ix_match_signal_status", "status", "id"),
    )

    @property
    def effect(self) -> Money:
        """What less would be matched if it were so."""
        return Money(self.effect_minor)
