"""Tokens: signed for one purpose and a time, or random and kept only as a hash."""

import hmac
import secrets
from hashlib import sha256
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer

from civic.core.errors import CivicError

# No look-alikes: nobody mistakes O for 0 or I for 1 when reading a code aloud.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class BadToken(CivicError):
    """A link that is too old, used, altered, or meant for something else."""

    sentence, status = _l("This link no longer works. Ask for a new one."), 400


def sign(purpose: str, data: Any) -> str:
    """A signed text that carries `data` for one purpose."""
    return _serializer(purpose).dumps(data)


def read(purpose: str, token: str, *, max_age: int) -> Any:
    """What sign() carried, if the token is whole and at most `max_age` seconds old; raises BadToken."""
    try:
        return _serializer(purpose).loads(token, max_age=max_age)
    except BadData as bad:
        raise BadToken() from bad


def secret_token() -> str:
    """256 random bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What may be stored of a random token: it finds the row and gives nothing away."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def code_from(purpose: str, data: str, groups: int = 3) -> str:
    """A code people can read aloud ("K7QM-2XWD-9HTA"), always the same for the same data and secret."""
    digest = int.from_bytes(hmac.digest(key_for(purpose), data.encode(), "sha256"), "big")
    letters = []
    for _ in range(groups * 4):
        digest, index = divmod(digest, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "-".join("".join(letters[i : i + 4]) for i in range(0, len(letters), 4))


def key_for(purpose: str) -> bytes:
    """The key of 32 bytes for one purpose, derived from the secret."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), b"civic " + purpose.encode(), "sha256")


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"civic {purpose}")
