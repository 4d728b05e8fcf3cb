"""What accounts announces to the packages above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SignedUp:
    """A new account exists; its address has been confirmed in the same act."""

    user_id: int


@dataclass(frozen=True)
class EmailConfirmed:
    """A person has shown that an address is theirs."""

    user_id: int


@dataclass(frozen=True)
class SignedIn:
    """A person came in, in this browser; what it kept before may now be attached to the account."""

    user_id: int
