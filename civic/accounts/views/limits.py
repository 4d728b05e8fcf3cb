"""By what attempts are counted, besides the sender's address."""

from hashlib import sha256

from flask import request

from civic.accounts.rules.emails import normalised
from civic.core.forms import clean
from civic.core.person import maybe_me


def typed_email() -> str:
    """The address that was typed, whether or not anybody has it; hashed, so that no list of addresses builds up."""
    # Cleaned as the form cleans it: what is no part of the address must not make another attempt of it.
    typed = clean(request.form.get("email", ""))[:300]
    return "email:" + sha256((normalised(typed) or typed).encode("utf-8", "surrogatepass")).hexdigest()


def person() -> str:
    """The signed-in person."""
    return f"person:{getattr(maybe_me(), 'id', 0)}"
