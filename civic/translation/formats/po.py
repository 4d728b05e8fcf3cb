"""PO, as translators' programs read it: one file a language, the name of each text as its context."""

import io
from collections.abc import Iterable, Sequence

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from civic.translation.formats.entries import Entry, Unreadable, language, plain, split_key


def write(entries: Sequence[Entry], into: str, name: str) -> bytes:
    """The entries of one language as a file."""
    catalog = Catalog(locale=None, project=name, charset="utf-8", fuzzy=False, header_comment="# " + name)
    for each in entries:
        notes = [each.label] if each.label else []
        catalog.add(plain(each.source), plain(each.text), context=each.key, auto_comments=notes)
    out = io.BytesIO()
    write_po(out, catalog, width=0, omit_header=False)
    # Babel writes no language without a locale of its own; translators' programs ask for one.
    head = f'"Language: {into}\\n"\n"MIME-Version:'
    return out.getvalue().replace(b'"MIME-Version:', head.encode(), 1)


def read(data: bytes) -> list[Entry]:
    """The entries of a file; raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
        code = language(_language_in(text.splitlines()))
        catalog = read_po(io.BytesIO(text.encode()), abort_invalid=True)
    except (UnicodeDecodeError, PoFileError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable(str(error)[:200]) from error
    found = []
    for message in catalog:
        if not message.id:
            continue
        if not isinstance(message.id, str) or not isinstance(message.string, str) or not message.context:
            raise Unreadable("an entry without a context")
        if message.fuzzy:
            continue  # a program guessed it; nobody has looked at it
        thing, field = split_key(str(message.context))
        found.append(Entry(thing, field, code, plain(message.id), plain(message.string)))
    return found


def _language_in(lines: Iterable[str]) -> str:
    for line in lines:
        if line.startswith('"Language: '):
            return line.removeprefix('"Language: ').removesuffix('\\n"').strip()
    raise Unreadable("no language")
