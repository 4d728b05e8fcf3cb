"""What campaigns and pledges are called where payments and the ledger speak of them: texts, so that these need not know us."""

from functools import lru_cache


def of_pledge(public_id: str) -> str:
    """What a card is saved and charged for."""
    return f"pledge:{public_id}"


def pledge_named(reference: str) -> str | None:
    """The public id in such a reference; None where it names something else."""
    kind, _, public_id = reference.partition(":")
    return public_id if kind == "pledge" and public_id else None


def of_campaign(campaign_id: int) -> str:
    """The group of a campaign's charges, and the account on which stands what is owed to its organisation."""
    return f"campaign:{campaign_id}"


def campaign_named(group: str) -> int | None:
    """The number in such a group; None where it names something else."""
    kind, _, number = group.partition(":")
    return int(number) if kind == "campaign" and number.isdecimal() else None


def of_settlement(campaign_id: int) -> str:
    """The one payment to a campaign's organisation."""
    return f"settlement:{campaign_id}"


@lru_cache(64)  # ten thousand charges of one campaign carry the same words
def statement_words(title: str) -> str:
    """What stands on a bank statement: at most 22 plain letters and digits of the campaign's title."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in title.upper())
    words = " ".join(plain.split())[:22].strip()
    return words if any(letter.isalpha() for letter in words) else "CROWDFUND LONDON"
