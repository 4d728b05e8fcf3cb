"""Names of files and addresses: what people type becomes what is safe to hand on."""

import re
import unicodedata

NOT_IN_NAMES = re.compile(r"[^\w.\- ]+")
MAX_BYTES = 120
# Controls, spaces without width, and marks that turn or hide the text around them; joiners, which some scripts need, stay.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")


def safe_filename(given: str, fallback: str) -> str:
    """A file name without folders, control characters, direction marks or quotes, at most 120 bytes."""
    base = unicodedata.normalize("NFKC", given.replace("\\", "/").rsplit("/", 1)[-1])
    plain = "".join(each for each in base if unicodedata.category(each)[0] != "C")
    cleaned = NOT_IN_NAMES.sub("_", plain).strip(" ._")
    stem, dot, ending = cleaned.rpartition(".")
    ending = ending[:8] if dot else ""
    stem = (stem if dot else cleaned).encode()[: MAX_BYTES - len(ending.encode()) - 1].decode(errors="ignore")
    return f"{stem or fallback}{'.' + ending if ending else ''}"


def one_line(text: str) -> str:
    """A text as one line in which everything can be seen: line breaks are spaces, and what turns or hides text is gone."""
    return UNSEEN.sub("", " ".join(text.splitlines()).replace("\t", " "))


def slug_of(title: str, fallback: str, limit: int = 60) -> str:
    """An address made of a title: small letters a–z, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].strip("-") or fallback
