"""The provider tells us that something happened. First a row, then an effect; whatever fails here is told to us again."""

from collections.abc import Mapping
from typing import cast

import structlog
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from civic.core.db import db, transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import NotFound
from civic.core.security import csrf
from civic.payments import inbox, providers
from civic.payments.provider import BadEvent

log = structlog.get_logger()

LARGEST = 256 * 1024
"""Bytes of an announcement; more is nobody's we know."""

hooks = Blueprint("webhooks", __name__, url_prefix="/payments/webhooks")


@hooks.post("/<provider>")
@csrf.exempt
@allowed(anyone)
def take_event(provider: str) -> ResponseReturnValue:
    """An announcement about our own account."""
    return _take(provider, connect=False)


@hooks.post("/<provider>/connect")
@csrf.exempt
@allowed(anyone)
def take_connect_event(provider: str) -> ResponseReturnValue:
    """An announcement about an organisation's account."""
    return _take(provider, connect=True)


def _take(name: str, *, connect: bool) -> ResponseReturnValue:
    """200 once it is kept, 400 for what is not to be believed, 500 where it must be told again."""
    if not providers.takes_events(name, connect=connect):
        raise NotFound()
    request.max_content_length = LARGEST
    raw = request.get_data(cache=False)
    provider = providers.current()
    try:
        event = provider.verify_event(raw, cast(Mapping[str, str], request.headers), connect=connect)
    except BadEvent as bad:
        log.warning("event_not_believed", provider=name, why=str(bad))
        return "", 400
    try:
        with transaction():
            inbox.receive(provider, event)
    except Exception:
        db.session.rollback()
        log.exception("event_not_kept", provider=name)
        return "", 500
    return "", 200
