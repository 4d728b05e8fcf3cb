"""A reading as the parts of a page: what large print, EPUB and the disc are drawn from (templates/formats/_reading.html)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from civic.core.i18n import Words
from civic.core.markdown import pictures_in, render_markdown
from civic.core.reading import Block, Heading, Picture, Prose, Reading
from civic.formats.making.lines import paragraphs

VOID = re.compile(r"<(br|hr|img)\b([^<>]*?)\s*/?>")
FILE = re.compile(r'(?<=src=")/files/([A-Za-z0-9_-]+)/large\.webp(?=")')


@dataclass(frozen=True)
class Part:
    """One block with what its template needs: its kind, the level of headings inside it, and Markdown as HTML."""

    kind: str
    block: Any
    language: str  # the reading's
    level: int
    anchor: str
    html: Markup

    def words(self, text: str, language: str = "") -> Words:
        """A text of the block, marked where the page speaks another language; the nearest language named counts."""
        return Words(text, language or getattr(self.block, "language", "") or self.language)


def parts_of(reading: Reading, folder: str = "") -> list[Part]:
    """The blocks in their order; `folder` is where pictures lie as JPEG, else they are named by their address on the site."""
    return list(_parts(reading, folder))


def _parts(reading: Reading, folder: str) -> Iterator[Part]:
    under = 1
    for number, block in enumerate(reading.blocks, 1):
        if isinstance(block, Heading):
            under = block.level
        html = _html(block, under, folder) if isinstance(block, Prose) else Markup("")
        yield Part(type(block).__name__.lower(), block, reading.language, under, f"part-{number}", html)


def _html(prose: Prose, under: int, folder: str) -> Markup:
    """Markdown, or plain paragraphs, as HTML that is XML as well."""
    if not prose.markdown:
        return Markup("").join(Markup("<p>{}</p>").format(words) for words in paragraphs(prose.text))
    html = str(render_markdown(prose.text, under=under, pictures=True))
    html = VOID.sub(r"<\1\2/>", html).replace("&nbsp;", "&#160;")
    if folder:
        html = re.sub(r' loading="lazy"', "", FILE.sub(rf"{folder}/\1.jpg", html))
    return Markup(html)  # noqa: S704 - cleaned by render_markdown


def headings_of(parts: list[Part]) -> list[Part]:
    """The headings of the first rank: what a table of contents lists."""
    return [part for part in parts if part.kind == "heading" and part.block.level == 2]


def picture_keys(reading: Reading) -> list[str]:
    """The keys of every picture in it, in blocks and in texts."""
    found: list[str] = []
    for block in reading.blocks:
        found += _keys(block)
    return list(dict.fromkeys(found))


def _keys(block: Block) -> list[str]:
    if isinstance(block, Picture):
        return [block.key]
    if isinstance(block, Prose) and block.markdown:
        return [picture.key for picture in pictures_in(block.text) if picture.key]
    return []
