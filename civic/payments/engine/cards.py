"""Saved cards are let go at the provider, once nothing needs them any more."""

import structlog
from sqlalchemy import exists, select

from civic.core import clock
from civic.core.db import db, locked, transaction
from civic.payments import providers
from civic.payments.checkpoints import cp
from civic.payments.engine import pace
from civic.payments.models import Charge, PaymentMethod
from civic.payments.provider import ProviderError

log = structlog.get_logger()

OVER = ("succeeded", "cancelled")


def let_go(method_id: int) -> bool:
    """Let one card go at the provider and note it; False where the provider gave no answer. A card still needed stays."""
    needed = select(exists().where(Charge.payment_method_id == method_id, Charge.status.not_in(OVER)))
    with transaction():
        method = db.session.get(PaymentMethod, method_id)
        if method is None or method.detached_at is not None or db.session.scalar(needed):
            return True
        provider_id, name, mode = method.provider_id, method.provider, method.mode
    try:
        providers.named(name, mode)
        pace.current().call("detach", lambda: providers.outside().detach(provider_id))
    except ProviderError as error:
        log.warning("card_not_let_go", card=method_id, error=str(error))
        return False
    cp("detach.after_api")
    with transaction():
        locked(PaymentMethod, method_id).detached_at = clock.now()
    return True
