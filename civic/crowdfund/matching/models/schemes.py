"""Schemes of match funding: the formula, who pays, which campaigns are in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.crowdfund.matching.choices import PLACE_STATES, SCHEME_STATES
from civic.crowdfund.matching.rules import terms as rules
from civic.crowdfund.matching.rules.terms import KINDS, Formula
from civic.crowdfund.models import Campaign
from civic.grants.models import Pot
from civic.grants.rules.choices import SPENDINGS


class MatchScheme(Model):
    """A promise to match gifts by a rule: proposed by one person, approved by another, with a decision's number."""

    __tablename__ = "match_scheme"
    TRANSITIONS = {
        ("draft", "propose"): "proposed",
        ("proposed", "return"): "draft",
        ("proposed", "approve"): "running",
        ("running", "end"): "ended",
        ("draft", "discard"): "discarded",
        ("proposed", "discard"): "discarded",
    }

    id: Mapped[int] = id_column()
    slug: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="draft")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    kind: Mapped[str]
    terms: Mapped[dict[str, Any]]
    counts_past: Mapped[bool] = mapped_column(
        default=False
    )  # gifts that stood before a campaign joined are matched too
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    proposed_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    approved_at: Mapped[datetime | None]
    decision_number: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    last_part_at: Mapped[datetime | None]  # when the last part of a gift began to count: each new one comes after it
    funders: Mapped[list["MatchFunder"]] = relationship(lazy="raise", order_by="MatchFunder.position")
    __table_args__ = (
        one_of("status", SCHEME_STATES),
        one_of("kind", tuple(KINDS)),
        CheckConstraint("approved_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint(
            "status NOT IN ('running', 'ended') OR (decision_number <> '' AND approved_at IS NOT NULL)", name="approved"
        ),
        Index("ix_match_scheme_status", "status", "id"),
    )

    @property
    def formula(self) -> Formula:
        """How gifts are matched."""
        return rules.read(self.kind, self.terms)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it: from its approval on."""
        return self.approved_at is not None


class MatchFunder(Model):
    """Who pays a part of a scheme, out of which fund, and how much at most."""

    __tablename__ = "match_funder"
    id: Mapped[int] = id_column()
    scheme_id: Mapped[int] = mapped_column(ForeignKey("match_scheme.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str]  # as campaigns show it
    language: Mapped[str] = mapped_column(default="en")
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"), index=True)
    spending: Mapped[str] = mapped_column(default="revenue")
    contribution_minor: Mapped[int]
    charged_minor: Mapped[int] = mapped_column(default=0)  # kept: what it pays of all that stands
    # Kept: what its pot no longer holds, because it was paid for a gift that went back later, or taken out for something else.
    missing_minor: Mapped[int] = mapped_column(default=0)
    pot: Mapped[Pot] = relationship(lazy="raise")
    __table_args__ = (
        UniqueConstraint("scheme_id", "position", deferrable=True, initially="DEFERRED"),
        one_of("spending", SPENDINGS),
        CheckConstraint("contribution_minor > 0", name="contribution"),
        CheckConstraint(
            "charged_minor >= 0 AND missing_minor >= 0 AND charged_minor + missing_minor <= contribution_minor",
            name="charged",
        ),
    )

    @property
    def contribution(self) -> Money:
        """The most it pays."""
        return Money(self.contribution_minor)

    @property
    def charged(self) -> Money:
        """What it pays of all that stands."""
        return Money(self.charged_minor)

    @property
    def missing(self) -> Money:
        """What its pot no longer holds."""
        return Money(self.missing_minor)

    @property
    def left(self) -> Money:
        """What it can still give."""
        return Money(self.contribution_minor - self.charged_minor - self.missing_minor)


class MatchPlace(Model):
    """A campaign in a scheme."""

    __tablename__ = "match_place"
    TRANSITIONS = {("open", "close"): "closed", ("open", "leave"): "left", ("closed", "leave"): "left"}

    id: Mapped[int] = id_column()
    scheme_id: Mapped[int] = mapped_column(ForeignKey("match_scheme.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    status: Mapped[str] = mapped_column(default="open")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # Kept, so that the next gift is matched without looking at those before it; pence and heads, without excluded gifts.
    given_minor: Mapped[int] = mapped_column(default=0)
    backers: Mapped[int] = mapped_column(default=0)
    matched_minor: Mapped[int] = mapped_column(default=0)
    has_sum: Mapped[bool] = mapped_column(default=False)
    campaign: Mapped[Campaign] = relationship(lazy="raise")
    scheme: Mapped[MatchScheme] = relationship(lazy="raise")
    __table_args__ = (UniqueConstraint("scheme_id", "campaign_id"), one_of("status", PLACE_STATES))
