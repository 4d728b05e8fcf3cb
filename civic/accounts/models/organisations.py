"""Organisations that run campaigns and pilots, the people who act for them, and the invitations to do so."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civic.accounts.models.people import User, one_of
from civic.accounts.rules.choices import MEMBER_ROLES, ORGANISATION_KINDS
from civic.core.db import Model, id_column


class Organisation(Model):
    """A body with members. Its bank account stands at the payment provider and never here."""

    __tablename__ = "organisation"
    TRANSITIONS = {
        ("unverified", "submit"): "submitted",
        ("returned", "submit"): "submitted",
        ("submitted", "recall"): "unverified",
        ("submitted", "verify"): "verified",
        ("submitted", "return"): "returned",
        # What was verified is no longer what stands there.
        ("verified", "amend"): "unverified",
        ("verified", "withdraw"): "returned",
    }

    id: Mapped[int] = id_column()
    name: Mapped[str]
    kind: Mapped[str]
    # Charity Commission, Companies House or Mutuals Register number; small groups have none.
    registration_number: Mapped[str]
    governance: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    status: Mapped[str] = mapped_column(default="unverified")
    created_at: Mapped[datetime]
    members: Mapped[list["OrganisationMember"]] = relationship(
        lazy="raise", back_populates="organisation", order_by="OrganisationMember.id", cascade="save-update, merge"
    )
    __table_args__ = (
        one_of("kind", ORGANISATION_KINDS),
        one_of("status", ("unverified", "submitted", "verified", "returned")),
        CheckConstraint("name <> ''", name="name_given"),
        # One body registers once; those without a number may share a name.
        Index(
            "uq_organisation_registration",
            "kind",
            "registration_number",
            unique=True,
            postgresql_where="registration_number <> '' AND status = 'verified'",
        ),
        Index("ix_organisation_status", "status", "id"),
    )

    @property
    def is_verified(self) -> bool:
        """Whether staff have seen evidence that it is what it says."""
        return self.status == "verified"

    @property
    def may_be_edited(self) -> bool:
        """Not while staff are looking at it."""
        return self.status != "submitted"


class OrganisationMember(Model):
    """A person who may act for an organisation: an owner also invites and removes people."""

    __tablename__ = "organisation_member"
    id: Mapped[int] = id_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id", ondelete="CASCADE"), index=True)
    role: Mapped[str]
    joined_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship(lazy="raise", back_populates="members")
    user: Mapped[User] = relationship(lazy="raise")
    __table_args__ = (UniqueConstraint("organisation_id", "user_id"), one_of("role", MEMBER_ROLES))


class OrganisationInvitation(Model):
    """An invitation to an address; who is behind it, and whether anybody is, is not known before it is accepted."""

    __tablename__ = "organisation_invitation"
    id: Mapped[int] = id_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_user.id", ondelete="SET NULL"), index=True)
    email: Mapped[str]
    role: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    __table_args__ = (UniqueConstraint("organisation_id", "email"), one_of("role", MEMBER_ROLES))
