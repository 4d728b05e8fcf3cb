"""What could be better about one text: each rule with its weight, and the words that it is about.

A "gate" is what keeps somebody out: it breaks a criterion of WCAG 2.2, or is not drawn as its author meant it. Everything else is
advice, because a rule of thumb can be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from civic.authoring.rules import links, reading
from civic.authoring.rules.pictures import LONGEST, fault_of
from civic.authoring.rules.scripts import is_in_other_letters
from civic.authoring.rules.structure import BULLET, Structure, structure_of

GATES = frozenset((
    "heading_jump", "heading_empty", "bold_heading", "alt_missing", "alt_file_name", "link_vague", "link_empty", "table",
    "html", "picture_lost", "other_letters", "no_captions", "no_transcript",
))  # fmt: skip
LONGEST_QUOTE = 120
HEADING_WORDS = 12
UPPER = "A-ZÀ-ÖØ-ÞĄĆĘŁŃŚŹŻĂȘȚĞİŞ"
CAPITALS = re.compile(rf"(?:\b[{UPPER}]{{2,}}\b[\s,:&–’'-]+){{2,}}\b[{UPPER}]{{2,}}\b")
WHOLE_WORD = re.compile(rf"[{UPPER}]{{5,}}")  # three short ones in a row may be names of offices
EMOJI = re.compile(
    r"(?:[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B50\u2B55](?:\uFE0F|\u200D|[\U0001F3FB-\U0001F3FF])*\s*){3,}"
)


@dataclass(frozen=True)
class Found:
    """One thing found: by which rule, in which words, and numbers for its sentence."""

    rule: str
    quoted: str = ""
    number: int = 0
    most: int = 0

    @property
    def is_gate(self) -> bool:
        """Whether it holds back what staff publish."""
        return self.rule in GATES


@lru_cache(2048)
def check(
    text: str, language: str, *, markdown: bool = True, is_alt: bool = False, pictures: bool = False
) -> tuple[Found, ...]:
    """Everything found in one text, the gates first; nothing in an empty one, unless it stands for a picture."""
    if is_alt:
        return tuple(_alt(text))
    if not text.strip():
        return ()
    page = structure_of(text, markdown=markdown)
    found = [
        *(() if not is_in_other_letters(text, language) else (Found("other_letters"),)),
        *_headings(page),
        *_pictures(page, pictures),
        *_links(page, markdown),
        *(Found("table", row) for row in page.tables),
        *(Found("html", tag) for tag in page.tags),
        *(Found("marks", mark) for mark in page.marks),
        *_looks(page),
        *_length(page, language),
    ]
    return tuple(sorted(map(_shortened, found), key=lambda one: not one.is_gate))


def check_film(has_captions: bool, has_transcript: bool) -> tuple[Found, ...]:
    """What a film lacks that somebody needs to follow it."""
    return (
        *(() if has_captions else (Found("no_captions"),)),
        *(() if has_transcript else (Found("no_transcript"),)),
    )


def _alt(alt: str) -> Iterator[Found]:
    if fault := fault_of(alt):
        yield _shortened(Found(f"alt_{fault}", alt, number=len(alt), most=LONGEST))


def _pictures(page: Structure, drawn: bool) -> Iterator[Found]:
    for each in page.pictures:
        if not drawn or not each.is_own:
            yield Found("picture_lost", each.alt)
        else:
            yield from _alt(each.alt)


def _headings(page: Structure) -> Iterator[Found]:
    before = None
    for heading in page.headings:
        if not heading.text:
            yield Found("heading_empty")
        if before is not None and heading.level > before + 1:
            yield Found("heading_jump", heading.text)
        before = heading.level
    for each in page.paragraphs:
        if each.is_bold and len(reading.words(each.text)) <= HEADING_WORDS and not re.search(r"[.!?؟…]\W*$", each.text):
            yield Found("bold_heading", each.text)


def _links(page: Structure, markdown: bool) -> Iterator[Found]:
    leads: dict[str, str] = {}
    for link in page.links:
        said = links.bare(link.text)
        if not said:
            yield Found("link_empty", link.href)
        elif links.is_vague(link.text):
            yield Found("link_vague", link.text)
        elif links.is_address(link.text):
            yield Found("link_address", link.text)
        elif leads.setdefault(said, link.href) != link.href:
            yield Found("link_twice", link.text)
    for each in page.paragraphs:
        found = [address.rstrip(".,;:!?") for address in links.ADDRESS.findall(each.loose)]
        yield from (Found("address" if markdown else "address_plain", address) for address in found)


def _looks(page: Structure) -> Iterator[Found]:
    for said in (*(each.text for each in page.headings), *(each.text for each in page.paragraphs)):
        yield from (Found("capitals", run.group()) for run in CAPITALS.finditer(said) if WHOLE_WORD.search(run.group()))
        yield from (Found("emoji", run.group().strip()) for run in EMOJI.finditer(said))
    for each in page.paragraphs:
        bullets = BULLET.findall(each.loose)
        if len(bullets) > 1 and each.loose.count("\n"):
            yield Found("typed_list", each.loose.strip().split("\n")[0])


def _length(page: Structure, language: str) -> Iterator[Found]:
    limits = reading.limits_of(language)
    for each in page.paragraphs:
        count = len(reading.words(each.text))
        if count > limits.paragraph:
            yield Found("long_paragraph", each.text, number=count, most=limits.paragraph)
        for sentence in reading.sentences(each.text, language):
            if (length := len(reading.words(sentence))) > limits.sentence:
                yield Found("long_sentence", sentence, number=length, most=limits.sentence)
    if len(reading.words(page.prose)) >= reading.ENOUGH_WORDS and (score := reading.lix(page.prose)) > limits.lix:
        yield Found("hard_to_read", number=round(score), most=limits.lix)


def _shortened(one: Found) -> Found:
    quoted = " ".join(one.quoted.split())
    if len(quoted) > LONGEST_QUOTE:
        quoted = f"{quoted[:LONGEST_QUOTE].rsplit(' ', 1)[0]}…"
    return Found(one.rule, quoted, one.number, one.most)
