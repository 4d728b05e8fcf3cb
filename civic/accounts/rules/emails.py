"""E-mail addresses: one way to write each, so that one person has one account."""

import unicodedata


def normalised(address: str) -> str | None:
    """The address as it is kept: small letters, an international host in its ASCII form; None where it cannot be one.

    The part before the @ must be ASCII: letters that only look alike ("K" the Kelvin sign) would otherwise fold into
    somebody else's address. A host is encoded by IDNA.
    """
    local, at, host = address.strip().rpartition("@")
    if not at or not local or not local.isascii() or not host:
        return None
    try:
        host = unicodedata.normalize("NFKC", host).encode("idna").decode("ascii")
    except UnicodeError:
        return None
    written = f"{local}@{host}".lower()
    if len(written) > 254 or "." not in host or any(c.isspace() or not c.isprintable() for c in written):
        return None
    return written


def masked(address: str) -> str:
    """An address that its owner recognises and nobody else can use: "j…@example.com"."""
    local, _, host = address.partition("@")
    return f"{local[:1]}…@{host}"
