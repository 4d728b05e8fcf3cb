"""Cards that people saved for one later charge; the card itself stands at the provider."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import one_of
from civic.core.db import Model, id_column

MODES = ("sandbox", "test", "live")


class PaymentMethod(Model):
    """A saved card: the provider's name for it and the few facts that help a person to recognise it."""

    __tablename__ = "payment_method"
    id: Mapped[int] = id_column()
    provider: Mapped[str]
    mode: Mapped[str]
    customer_id: Mapped[str]
    provider_id: Mapped[str]
    # Empty for somebody without an account.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    brand: Mapped[str]
    last4: Mapped[str]
    exp_month: Mapped[int] = mapped_column(SmallInteger)
    exp_year: Mapped[int] = mapped_column(SmallInteger)
    country: Mapped[str]
    fingerprint: Mapped[str]
    # The bank itself asked the person when the card was saved (3-D Secure).
    authenticated: Mapped[bool]
    created_at: Mapped[datetime]
    detached_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("provider", "provider_id"), one_of("mode", MODES))


class CardSetup(Model):
    """One visit to the provider's page to save a card: for what, how much at most, and what came of it."""

    __tablename__ = "card_setup"
    TRANSITIONS = {
        ("open", "succeed"): "succeeded",
        ("open", "fail"): "failed",
        ("open", "expire"): "expired",
        # The card was saved and the promise could no longer be taken (the campaign had closed): the card is let go.
        ("open", "refuse"): "refused",
    }
    id: Mapped[int] = id_column()
    # Derived from what it is for, so that it is begun once: "pledge-7-setup-1". Also the key at the provider.
    key: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(index=True)  # "pledge:<public id>"
    provider: Mapped[str]
    mode: Mapped[str]
    customer_id: Mapped[str] = mapped_column(default="")
    setup_id: Mapped[str | None] = mapped_column(unique=True)
    status: Mapped[str] = mapped_column(default="open")
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(default="GBP")
    consent: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    # Kept only until the visit ends: the provider is told it once.
    email: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    return_path: Mapped[str]
    cancel_path: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    payment_method_id: Mapped[int | None] = mapped_column(ForeignKey("payment_method.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    payment_method: Mapped[PaymentMethod | None] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("currency = 'GBP'", name="currency"),
        one_of("status", ("open", "succeeded", "failed", "expired", "refused")),
        one_of("mode", MODES),
        Index("ix_card_setup_open", "expires_at", postgresql_where="status = 'open'"),
    )
