"""Names of accounts: what money is for or where it lies. `debit` is plus: what we have; minus is what we owe."""

BANK = "bank"
DISPUTES = "disputes"
PLATFORM_INCOME = "income:platform"
TIPS_INCOME = "income:tips"


def clearing(provider: str) -> str:
    """Taken from cards, and not yet in the provider's account with us."""
    return f"clearing:{provider}"


def held(provider: str) -> str:
    """What lies in our account at the provider."""
    return f"balance:{provider}"


def fees(provider: str) -> str:
    """What the provider kept for itself and nobody has borne yet."""
    return f"fees:{provider}"


def unexplained(provider: str) -> str:
    """What the provider booked for a reason that we do not know; a person must look."""
    return f"unexplained:{provider}"


def owed_by(organisation_id: int) -> str:
    """What an organisation has to give back to us."""
    return f"receivable:organisation:{organisation_id}"


def is_income(account: str) -> bool:
    """Whether the account is income of ours, and not money held for somebody."""
    return account.startswith("income:")
