"""Codes of a second factor: which half-minutes count, and that none counts twice. The algorithm is RFC 6238."""

import base64
import hmac
from collections.abc import Callable

STEP_SECONDS = 30
TOLERANCE = 1  # steps early or late: phones' clocks differ
RECOVERY_CODES = 10


def secret_from(key: bytes, salt: str) -> str:
    """The secret of a code generator, in base32: derived from the application's key, so that the database alone gives none away."""
    return base64.b32encode(hmac.digest(key, b"second factor " + salt.encode(), "sha256")[:20]).decode()


def accepted_step(code: str, code_at: Callable[[int], str], *, seconds: int, last_step: int) -> int | None:
    """The half-minute whose code this is, if it is near now and later than the last one used; None otherwise."""
    present = seconds // STEP_SECONDS
    steps = range(present - TOLERANCE, present + TOLERANCE + 1)
    right = [step for step in steps if hmac.compare_digest(code_at(step * STEP_SECONDS).encode(), code.encode())]
    return next((step for step in right if step > last_step), None)
