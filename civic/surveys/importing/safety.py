"""Is this file safe to open at all? Looked at as bytes, before any reader of workbooks sees it."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from civic.surveys.importing.report import Unreadable

MOST_BYTES = 4_000_000
MOST_UNPACKED = 24_000_000  # a form of 1,000 formatted rows unpacks to about 3 MB
MOST_PARTS = 400
MOST_COLUMNS = 256
MOST_ROWS = 6000
MOST_CELLS = 250_000

# Sheets are often formatted far beyond their content, so only cells that hold something count for the width.
_FILLED = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^<>/])>(?!\s*</)")
_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,8})[0-9]{1,9}[\"']")
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def checked(data: bytes) -> bytes:
    """The same bytes, if they are a workbook of a sensible size without traps; raises Unreadable otherwise."""
    if not data:
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    if not data.startswith(b"PK\x03\x04"):
        raise Unreadable("not_xlsx")
    try:
        with ZipFile(BytesIO(data)) as archive:
            _check_archive(archive)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("broken") from error
    except Exception as error:  # zlib.error has no base of its own to name
        raise Unreadable("broken") from error
    return data


def _check_archive(archive: ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable("not_xlsx")
    if (
        len(parts) > MOST_PARTS
        or len(set(names)) != len(names)
        or sum(part.file_size for part in parts) > MOST_UNPACKED
    ):
        raise Unreadable("expands")
    if any(_leads_out(part) for part in parts):
        raise Unreadable("unsafe")
    room = MOST_UNPACKED
    for part in parts:
        if part.filename.endswith((".xml", ".rels", ".vml")):
            room -= _check_part(archive, part, room)


def _leads_out(part: ZipInfo) -> bool:
    is_link = (part.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename)


def _check_part(archive: ZipFile, part: ZipInfo, room: int) -> int:
    with archive.open(part) as stream:  # the sizes in the directory may lie: never read more than there is room for
        content = stream.read(room + 1)
    if len(content) > room:
        raise Unreadable("expands")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
        content = content.replace(b"\x00", b"")
    if _DECLARATION.search(content):
        raise Unreadable("unsafe")
    if part.filename.startswith("xl/worksheets/"):
        _check_sheet(content)
    return len(content)


def _check_sheet(content: bytes) -> None:
    if _count(content, b"c") > MOST_CELLS or _count(content, b"row") > MOST_ROWS:
        raise Unreadable("too_long")
    named = (_COLUMN.search(attributes) for attributes in _FILLED.findall(content))
    if any(_column_number(letters) > MOST_COLUMNS for letters in {found[1] for found in named if found}):
        raise Unreadable("too_wide")


def _count(content: bytes, tag: bytes) -> int:
    """How often a tag begins, with or without a prefix for its namespace; at most a few too many, and quick."""
    return sum(content.count(begin + tag + end) for begin in (b"<", b":") for end in (b" ", b">", b"/"))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
