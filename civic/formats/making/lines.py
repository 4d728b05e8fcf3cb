"""A reading as lines to be said, one after the other: what speech, Braille and plain text are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from civic.core.i18n import format_datetime
from civic.core.reading import Answer, Block, Facts, Heading, Picture, Prose, Question, Reading, Table, plain, tongue

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})


@dataclass(frozen=True)
class Line:
    """One line: what it is ("title", "heading", "text", "item", "question", "answer", "note", "writing"), and its language.

    `level` is a heading's, or how deep an item stands; `lead` is what stands before the words ("1.", "Q3", "a", "•").
    """

    kind: str
    text: str
    language: str
    level: int = 0
    lead: str = ""


def lines_of(reading: Reading, *, links: bool = True) -> list[Line]:
    """All of it in the order of reading aloud; with `links`, the address of a link stands behind its words."""
    own = reading.title_language or reading.language
    found = [Line("title", reading.title, own, 1)]
    if reading.summary:
        found.append(Line("text", reading.summary, own))
    found += [Line("item", f"{name}: {plain(value)}", reading.language) for name, value in facts_of(reading, links)]
    if not reading.complete:
        found.append(Line("note", untranslated_note(), reading.language))
    under = 1
    for block in reading.blocks:
        under = block.level if isinstance(block, Heading) else under
        found += _lines(block, reading.language, links, under)
    return [line for line in found if line.text or line.kind == "writing"]


def facts_of(reading: Reading, links: bool = True) -> tuple[tuple[str, str], ...]:
    """What stands under the title: what it is, until when, and where on the web."""
    known = (
        (_("What this is"), reading.kind),
        (_("Closes"), format_datetime(reading.closes_at)),
        (_("On the web"), reading.url if links else ""),
    )
    return tuple((name, value) for name, value in known if value)


def untranslated_note() -> str:
    """Why parts are in another language."""
    return _("Some parts have not been translated yet. They are in the language in which they were written.")


def picture_words(alt: str) -> str:
    """What stands for a picture."""
    return _("Picture: %(alt)s", alt=alt)


def _lines(block: Block, language: str, links: bool, under: int) -> Iterator[Line]:
    if isinstance(block, Heading):
        yield Line("heading", block.text, block.language or language, block.level)
    elif isinstance(block, Prose) and not block.markdown:
        yield from (Line("text", words, block.language or language) for words in paragraphs(block.text))
    elif isinstance(block, Prose):
        yield from prose_lines(block.text, block.language or language, under=under, links=links)
    elif isinstance(block, Facts):
        yield from (Line("item", f"{name}: {plain(value)}", _mixed(value, language)) for name, value in block.pairs)
    elif isinstance(block, Picture):
        yield Line("note", picture_words(block.alt), block.language or language)
    elif isinstance(block, Table):
        yield from _table(block, language)
    else:
        yield from _question(block, language)


def _mixed(value: object, language: str) -> str:
    """A name of ours with a value in another language is said as the value is: it is the longer part."""
    return tongue(value, language)  # type: ignore[arg-type]


def _table(table: Table, language: str) -> Iterator[Line]:
    yield Line("text", plain(table.caption), tongue(table.caption, language))
    if table.sentence:
        yield Line("text", table.sentence, language)
    for row in table.rows:
        parts = [plain(row[0])]
        cells = zip(table.head[1:], row[1:], strict=False)
        if len(row) == 2:
            parts = [f"{plain(row[0])}: {plain(row[1])}"]
        else:
            parts += [f"{plain(name)}: {plain(cell)}" for name, cell in cells if plain(cell)]
        yield Line("item", "; ".join(parts), tongue(row[0], language))


def _question(question: Question, language: str) -> Iterator[Line]:
    own = question.language or language
    if question.condition:
        yield Line("note", question.condition, language)
    yield Line("question", question.text, own, lead=question.code)
    if question.hint:
        yield Line("text", question.hint, own)
    if question.instruction:
        yield Line("note", question.instruction, language)
    yield from (_answer(row, own) for row in question.rows)
    yield from (_answer(answer, own) for answer in question.answers)
    if question.lines:
        yield Line("writing", "", language, level=question.lines)


def _answer(answer: Answer, language: str) -> Line:
    return Line("answer", answer.text, answer.language or language, lead=answer.code)


def paragraphs(text: str) -> list[str]:
    """A plain text by its paragraphs."""
    return [" ".join(words.split()) for words in text.replace("\r\n", "\n").split("\n\n") if words.strip()]


def prose_lines(text: str, language: str, *, under: int = 2, links: bool = True) -> Iterator[Line]:
    """Markdown as lines; its headings stand below level `under` in their own order."""
    tokens = _parser.parse(text)
    chosen = sorted({int(token.tag[1]) for token in tokens if token.type == "heading_open"})
    depth, leads, heading, begins = 0, [], 0, False
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
            leads.append(int(token.attrGet("start") or 1) if token.type.startswith("ordered") else 0)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            leads.pop()
        elif token.type == "list_item_open":
            begins = True
        elif token.type == "heading_open":
            heading = min(under + 1 + chosen.index(int(token.tag[1])), 6)
        elif token.type in ("fence", "code_block"):
            yield Line("text", " ".join(token.content.split()), language)
        elif token.type == "inline":
            words = inline_words(token, links=links)
            if heading:
                yield Line("heading", words, language, heading)
                heading = 0
            elif depth:
                lead = (f"{leads[-1]}." if leads[-1] else "•") if begins else ""
                leads[-1] += 1 if leads[-1] and begins else 0
                begins = False
                yield Line("item", words, language, depth, lead)
            else:
                yield Line("text", words, language)


def inline_words(inline: Token, *, links: bool) -> str:
    """A stretch of Markdown as plain words."""
    said: list[str] = []
    addresses: list[str] = []
    for child in inline.children or []:
        if child.type in ("text", "code_inline"):
            said.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            said.append(" ")
        elif child.type == "link_open":
            addresses.append(str(child.attrGet("href") or ""))
        elif child.type == "link_close":
            address = addresses.pop() if addresses else ""
            if links and address.startswith("http") and address not in "".join(said[-2:]):
                said.append(f" ({address})")
        elif child.type == "image" and child.content:
            said.append(picture_words(child.content))
    return " ".join("".join(said).split())
