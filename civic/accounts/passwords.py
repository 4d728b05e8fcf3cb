"""Passwords: judged by how hard they are to guess, kept as Argon2id, compared in the same time whoever asks."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 12, 200
# OWASP's first recommendation for Argon2id: 19 MiB, two passes, one lane; about 20 ms here.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def problem(password: str, *, about: tuple[str, ...] = ()) -> str | None:
    """Why a password will not do, as a code of wording.PASSWORD_PROBLEMS; `about` are words an attacker would try first."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    from zxcvbn import zxcvbn  # 14 MB of word lists: only the process that needs them pays

    known = [part for word in about for part in (word, *word.replace("@", " ").replace(".", " ").split()) if part]
    return "weak" if zxcvbn(password[:72], user_inputs=known)["score"] < 3 else None


def hashed(password: str) -> str:
    """The Argon2id text of a password, with its own salt and cost."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; takes as long for an account that does not exist."""
    try:
        _hasher.verify(stored or _nobodys(), password[: LONGEST + 1])
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the text was made at an older cost and should be made again at the next sign-in."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    return _hasher.hash("a password that nobody has")
