"""Files of translations: PO, XLIFF 1.2 and CSV, out and in. What goes out comes back as it was."""

from civic.translation.formats import po, sheet, xliff
from civic.translation.formats.entries import MOST_BYTES, MOST_ENTRIES, Entry, Unreadable, Unsafe, plain

READERS = {"po": po.read, "xliff": xliff.read, "csv": sheet.read}
WRITERS = {"po": po.write, "xliff": xliff.write, "csv": sheet.write}
ENDINGS = {"po": "po", "xliff": "xlf", "csv": "csv"}
MEDIA_TYPES = {"po": "text/x-gettext-translation", "xliff": "application/xliff+xml", "csv": "text/csv"}


def format_of(name: str) -> str | None:
    """The format that a file's name promises; None where it is none of ours."""
    ending = name.rpartition(".")[2].lower()
    return {"po": "po", "xlf": "xliff", "xliff": "xliff", "csv": "csv"}.get(ending)


def read(data: bytes, kind: str) -> list[Entry]:
    """The entries of a file; raises Unreadable (also where there are too many) and Unsafe."""
    if not data or len(data) > MOST_BYTES:
        raise Unreadable("size")
    entries = READERS[kind](data)
    if len(entries) > MOST_ENTRIES:
        raise Unreadable("number")
    return entries


__all__ = ["ENDINGS", "MEDIA_TYPES", "WRITERS", "Entry", "Unreadable", "Unsafe", "format_of", "plain", "read"]
