"""Promises of money, the words that were agreed to, and Gift Aid."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column
from civic.core.money import Money
from civic.crowdfund.models.campaigns import Campaign
from civic.crowdfund.rules.choices import OFFLINE_METHODS, PLEDGE_STATES
from civic.payments.models import PaymentMethod


class Pledge(Model):
    """A promise of one backer to one campaign; a promise is not money, so it stands in no ledger."""

    __tablename__ = "pledge"
    TRANSITIONS = {
        ("awaiting_card", "authorise"): "authorised",
        ("awaiting_card", "abandon"): "abandoned",
        ("awaiting_card", "refuse"): "refused",  # the campaign had closed before the card was saved
        ("awaiting_card", "cancel"): "cancelled",
        ("authorised", "cancel"): "cancelled",
        ("authorised", "release"): "released",  # the campaign failed or was withdrawn: nothing was charged
        ("authorised", "charge"): "charging",
        ("charging", "collect"): "collected",
        ("charging", "stall"): "past_due",
        ("past_due", "collect"): "collected",
        ("past_due", "retry"): "charging",
        ("past_due", "drop"): "dropped",
        ("charging", "drop"): "dropped",
        ("collected", "refund"): "refunded",
        ("collected", "refund_part"): "partly_refunded",
        ("partly_refunded", "refund_part"): "partly_refunded",
        ("partly_refunded", "refund"): "refunded",
        ("refunded", "restore"): "collected",  # the refund came back
        ("partly_refunded", "restore"): "collected",
        ("collected", "dispute"): "disputed",
        ("partly_refunded", "dispute"): "disputed",
        ("disputed", "win"): "collected",
        ("disputed", "lose"): "refunded",
    }
    # Those that count towards the target while the campaign is live.
    STANDING = ("authorised",)

    id: Mapped[int] = id_column()
    public_id: Mapped[str] = mapped_column(unique=True)  # random, in addresses and at the provider
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    # Empty for somebody without an account; an account with this confirmed address takes it over.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    email: Mapped[str]  # emptied when the backer is erased
    language: Mapped[str]
    amount_minor: Mapped[int]
    tip_minor: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(default="GBP")
    is_anonymous: Mapped[bool]
    shown_name: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    message_hidden_at: Mapped[datetime | None]
    quiet_at: Mapped[datetime | None]  # asked to hear no more news; mail about the money comes all the same
    status: Mapped[str] = mapped_column(default="awaiting_card")
    payment_method_id: Mapped[int | None] = mapped_column(ForeignKey("payment_method.id"), index=True)
    setups: Mapped[int] = mapped_column(SmallInteger, default=0)  # visits to the provider's page so far
    # A higher amount that was asked for and waits for its card setup; taken over when the card is saved.
    pending_amount_minor: Mapped[int | None]
    pending_tip_minor: Mapped[int | None]
    collected_minor: Mapped[int] = mapped_column(default=0)  # of amount + tip, less refunds
    created_at: Mapped[datetime]
    authorised_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    card_warned_at: Mapped[datetime | None]  # told that the card ends before it may be needed
    reminded_at: Mapped[datetime | None]  # when the backer was last told that the card needs them
    campaign: Mapped[Campaign] = relationship(lazy="raise")
    payment_method: Mapped[PaymentMethod | None] = relationship(lazy="raise")
    __table_args__ = (
        one_of("status", PLEDGE_STATES),
        CheckConstraint("amount_minor >= 100 AND amount_minor <= 100000000 AND tip_minor >= 0", name="amount"),
        CheckConstraint("currency = 'GBP'", name="currency"),
        CheckConstraint("collected_minor BETWEEN 0 AND amount_minor + tip_minor", name="collected"),
        Index("ix_pledge_campaign", "campaign_id", "status", "id"),
        Index("ix_pledge_waiting", "created_at", postgresql_where="status = 'awaiting_card'"),
        Index("ix_pledge_email", "email", postgresql_where="user_id IS NULL"),
        Index("ix_pledge_named", "campaign_id", "authorised_at", "id", postgresql_where="NOT is_anonymous"),
    )

    @property
    def amount(self) -> Money:
        """What is promised to the campaign."""
        return Money(self.amount_minor, self.currency)

    @property
    def tip(self) -> Money:
        """What is promised on top to the platform."""
        return Money(self.tip_minor, self.currency)

    @property
    def total(self) -> Money:
        """What would be taken from the card."""
        return self.amount + self.tip


class PledgeConsent(Model):
    """The very sentence a backer agreed to, kept as evidence: each raise is a consent of its own."""

    __tablename__ = "pledge_consent"
    id: Mapped[int] = id_column()
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    amount_minor: Mapped[int]
    tip_minor: Mapped[int]
    text: Mapped[str]
    text_version: Mapped[str]
    language: Mapped[str]
    given_at: Mapped[datetime]
    # Evidence for the bank in a dispute; forgotten 18 months after the campaign ended.
    ip: Mapped[str]
    user_agent: Mapped[str]


class GiftAidDeclaration(Model):
    """A backer's declaration to one charity; name and address are encrypted and never leave for the payment provider."""

    __tablename__ = "gift_aid_declaration"
    id: Mapped[int] = id_column()
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), unique=True)
    charity: Mapped[str]
    wording: Mapped[str]
    wording_version: Mapped[str]
    title_sealed: Mapped[str]
    first_name_sealed: Mapped[str]
    last_name_sealed: Mapped[str]
    address_sealed: Mapped[str]  # house number or name, and street
    postcode_sealed: Mapped[str]
    declared_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    exported_at: Mapped[datetime | None]  # when the charity last took it for a claim: six years run from then
    pledge: Mapped[Pledge] = relationship(lazy="raise")


class OfflinePledge(Model):
    """Cash, a cheque or a transfer that reached the organisation directly, typed by staff with evidence; never in our books."""

    __tablename__ = "offline_pledge"
    TRANSITIONS = {
        ("recorded", "confirm"): "counted",
        ("recorded", "decline"): "declined",
        ("counted", "withdraw"): "withdrawn",
    }
    id: Mapped[int] = id_column()
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    method: Mapped[str]
    amount_minor: Mapped[int]
    is_anonymous: Mapped[bool]
    shown_name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    evidence_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    status: Mapped[str] = mapped_column(default="recorded")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    received_on: Mapped[datetime]
    created_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("confirmed_by_id <> recorded_by_id", name="four_eyes"),
        one_of("method", OFFLINE_METHODS),
        one_of("status", ("recorded", "counted", "declined", "withdrawn")),
    )

    @property
    def amount(self) -> Money:
        """What was given."""
        return Money(self.amount_minor)
