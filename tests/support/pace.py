"""How quick this machine is at the moment: limits of time in tests are those of a quiet one."""

from time import thread_time

QUIET = 0.03
"""Seconds that `pace` takes on the machine the limits were measured on."""


def pace() -> float:
    """How many times slower than a quiet machine this one is now; never less than 1."""
    began = thread_time()
    letters = "".join(chr(97 + number % 26) for number in range(200_000))
    sum(1 for letter in letters if letter in "aeiou")
    dict(zip(range(50_000), letters, strict=False))
    return max(1.0, (thread_time() - began) / QUIET)


def is_slow(took: float, limit: float) -> bool:
    """Whether something took longer than a quiet machine may take for it, in seconds of the processor."""
    return took > limit and took > limit * pace()
