"""What can be asked of saved cards by packages that must tell one from another, and never show which."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from civic.core.db import db
from civic.payments.models import PaymentMethod


def fingerprints(payment_method_ids: Iterable[int | None]) -> dict[int, str]:
    """The provider's fingerprint of each of these cards, the same for one card whoever saved it; those without one are missing."""
    wanted = sorted({number for number in payment_method_ids if number is not None})
    if not wanted:
        return {}
    # One array, not ten thousand parameters.
    among = any_(literal(wanted, ARRAY(BigInteger)))
    found = select(PaymentMethod.id, PaymentMethod.fingerprint).where(PaymentMethod.id == among)
    rows = db.session.execute(found.where(PaymentMethod.fingerprint != ""))
    return dict(rows.all())  # type: ignore[arg-type]
