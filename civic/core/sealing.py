"""Sealing: texts that must not be readable in the database (a Gift Aid address) are encrypted at rest."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app

from civic.core.tokens import key_for


class BrokenSeal(Exception):
    """The text was sealed with another SECRET_KEY, or altered."""


def seal(text: str) -> str:
    """The text, encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return _fernet().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """What was sealed; raises BrokenSeal."""
    try:
        return _fernet().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as bad:
        raise BrokenSeal() from bad


def _fernet() -> Fernet:
    config = current_app.config
    keys = current_app.extensions.setdefault("seals", {})
    secret = config["SECRET_KEY"]
    if secret not in keys:
        keys[secret] = Fernet(base64.urlsafe_b64encode(key_for("sealing")))
    fernet: Fernet = keys[secret]
    return fernet
