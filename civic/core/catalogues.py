"""The catalogues of the interface's words: how complete each language is, and what is wrong or odd about a translation.

Knows Babel and files, and nothing of the application, so that the tool which keeps the catalogues (scripts/translations.py) and the page
for translators say the same.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from civic.core.languages import Language

TEMPLATE = "messages.pot"
PLACE = re.compile(r"%\([a-z_0-9]+\)[sd]|%%|\{[a-z_0-9]*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# What a translation must carry over unchanged: named places, HTML tags and entities, addresses.
KEPT = re.compile(rf"{PLACE.pattern}|{TAG.pattern}|&[a-z#0-9]+;|https?://\S+|\S+@\S+")
NAMED = re.compile(r"<(/?)([a-zA-Z]+)[^>]*>")
VOID = ("br", "hr", "img", "wbr")
ENDS = {".": ".", "?": "?؟", "!": "!", ":": ":", "…": "…"}
LONG = 3.0
"""A translation so many times as long as its source is looked at again."""
SHORT = 20
"""Shorter texts may differ in length as they like."""


def po_file(folder: Path, language: Language) -> Path:
    """The catalogue of a language."""
    return folder / language.locale / "LC_MESSAGES" / "messages.po"


def read(path: Path, locale: str | None = None) -> Catalog:
    """A catalogue, or the template."""
    with path.open("rb") as file:
        return read_po(file, locale=locale)


# --- how complete -------------------------------------------------------------------------------------------------


def completeness(folder: Path, language: Language) -> float:
    """The share of sentences that a language has, in per cent, from its compiled catalogue; English has all of them.

    Where there is no template nothing can be counted, and what is there counts as whole.
    """
    if language.code == "en":
        return 100.0
    compiled = po_file(folder, language).with_suffix(".mo")
    if not compiled.exists():
        return 0.0
    template = folder / TEMPLATE
    if not template.exists():
        return 100.0
    whole = _count_template(template, template.stat().st_mtime_ns)
    return min(100.0, 100 * _count_compiled(compiled, compiled.stat().st_mtime_ns) / whole) if whole else 100.0


@lru_cache(8)
def _count_template(path: Path, changed: int) -> int:
    """Sentences in the template: the lines that begin one, without the header's."""
    lines = path.read_text("utf-8").splitlines()
    begun = [at for at, line in enumerate(lines) if line.startswith("msgid ")]
    header = bool(begun) and lines[begun[0]] == 'msgid ""' and lines[begun[0] + 1].startswith("msgstr")
    return len(begun) - header


@lru_cache(64)
def _count_compiled(path: Path, changed: int) -> int:
    with path.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return len({key if isinstance(key, str) else key[0] for key in known} - {""})


# --- what is wrong, what is odd -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """What is the matter with one translation: a code, and details (the places that differ, the number of forms)."""

    code: str
    detail: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether it must be mended; else it is only worth a second look."""
        return self.code in WRONG


WRONG = ("missing", "unsure", "forms", "places", "tags", "spaces")
"""Faults that must be mended; the others are only odd: "same", "end", "long", "double_space"."""


def plural_forms(language: Language) -> int:
    """How many forms a number has in this language, by CLDR."""
    return int(get_plural(language.locale).num_plurals)


def header_fault(catalogue: Catalog, language: Language) -> str:
    """What is wrong with the head of a catalogue: its plural rule is not CLDR's."""
    known = get_plural(language.locale)
    if (catalogue.num_plurals, str(catalogue.plural_expr)) == (known.num_plurals, str(known.plural_expr)):
        return ""
    return f"nplurals={known.num_plurals}; plural={known.plural_expr}"


def faults_of(message: Message, forms_needed: int) -> Iterator[Fault]:
    """Everything about one translation: what must be mended first, and only where nothing must, what is odd."""
    forms = [each or "" for each in (message.string if isinstance(message.string, tuple | list) else [message.string])]
    if message.fuzzy:
        yield Fault("unsure")
    if message.pluralizable and any(forms) and len(forms) != forms_needed:
        yield Fault("forms", f"{len(forms)}/{forms_needed}")
        return
    if not all(forms):
        yield Fault("missing")
        return
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    wrong = [fault for form in forms for fault in _lost(sources[-1], form, message.pluralizable)]
    yield from dict.fromkeys(wrong)
    if not wrong:
        yield from dict.fromkeys(fault for form in forms for fault in _odd(sources[-1], form))


def _lost(source: str, form: str, plural: bool) -> Iterator[Fault]:
    wanted, found = set(KEPT.findall(source)), set(KEPT.findall(form))
    # A singular may say "one" in words; nothing else may get lost, and nothing may be invented.
    lost = {each for each in wanted - found if not (plural and each.startswith("%("))} | (found - wanted)
    tags = {each for each in lost if TAG.fullmatch(each)}
    if lost - tags:
        yield Fault("places", ", ".join(sorted(lost - tags)))
    if tags or (_is_balanced(source) and not _is_balanced(form)):
        yield Fault("tags", ", ".join(sorted(tags)))
    if source.strip() and (source[:1].isspace(), source[-1:].isspace()) != (form[:1].isspace(), form[-1:].isspace()):
        yield Fault("spaces")


def _is_balanced(text: str) -> bool:
    """Whether each tag is opened before it is closed, and closed again."""
    opened: list[str] = []
    for closing, name in NAMED.findall(text):
        if not closing:
            opened += [] if name in VOID else [name]
        elif not opened or opened.pop() != name:
            return False
    return not opened


def _odd(source: str, form: str) -> Iterator[Fault]:
    said = KEPT.sub("", source)
    if form == source and len(re.findall(r"[A-Za-z]{3,}", said)) > 1:
        yield Fault("same")
    end = source.rstrip()[-1:]
    if end in ENDS and form.rstrip()[-1:] not in ENDS[end] and len(said.split()) > 1:
        yield Fault("end", end)
    if len(source) >= SHORT and len(form) > LONG * len(source):
        yield Fault("long")
    if "  " in form and "  " not in source:
        yield Fault("double_space")


@dataclass(frozen=True)
class Standing:
    """Where a language stands: how many sentences there are, which are missing or wrong, which are only odd."""

    language: Language
    total: int
    wrong: tuple[tuple[Message, tuple[Fault, ...]], ...]
    odd: tuple[tuple[Message, tuple[Fault, ...]], ...]
    header: str = ""

    @property
    def missing(self) -> int:
        """How many sentences nobody has translated yet."""
        return sum(any(fault.code == "missing" for fault in faults) for _message, faults in self.wrong)

    @property
    def done(self) -> int:
        """How many sentences need nothing more."""
        return self.total - len(self.wrong)

    @property
    def percent(self) -> float:
        """The share of them, in per cent, rounded down so that "100" means all."""
        return int(1000 * self.done / self.total) / 10 if self.total else 100.0


def standing(folder: Path, language: Language) -> Standing:
    """Where a language stands, from its catalogue; kept until one of the files changes."""
    path, template = po_file(folder, language), folder / TEMPLATE
    return _standing(folder, language, _changed(path), _changed(template))


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(32)
def _standing(folder: Path, language: Language, changed: int, template_changed: int) -> Standing:
    template = read(folder / TEMPLATE)
    path = po_file(folder, language)
    catalogue = read(path, language.locale) if changed else Catalog(locale=language.locale)
    places = {(message.id, message.context): message.locations for message in template if message.id}
    needed, wrong, odd = plural_forms(language), [], []
    for (key, context), locations in places.items():
        found = catalogue.get(key if isinstance(key, str) else key[0], context)
        message = found or Message(key, ("",) * needed if isinstance(key, tuple) else "", context=context)
        message.locations = locations
        faults = tuple(faults_of(message, needed))
        if any(fault.is_wrong for fault in faults):
            wrong.append((message, faults))
        elif faults:
            odd.append((message, faults))
    header = header_fault(catalogue, language) if changed else ""
    return Standing(language, len(places), tuple(wrong), tuple(odd), header)
