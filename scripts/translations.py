"""The catalogues: extract the words, bring every language up to date, check them, compile them, make the long pseudo-language.

Usage: python scripts/translations.py extract | update | compile | check
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "messages.pot"
PSEUDO = "en_001"
LETTERS = str.maketrans("aceghijlnorsuwyzACDEGHIJLNORSTUWYZ", "åçéĝĥîĵļñöŕšûŵýžÅÇÐÉĜĤÎĴĻÑÖŔŠŢÛŴÝŽ")
# What a translation must carry over unchanged: named places, HTML tags and entities.
KEPT = re.compile(r"%\([a-z_0-9]+\)[sd]|%%|</?[a-zA-Z][^>]*>|&[a-z#0-9]+;|\{[a-z_0-9]*\}|https?://\S+|\S+@\S+")


def extract(target: Path = TEMPLATE) -> None:
    """Collect every translatable sentence of code and templates."""
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "-q",
        "extract",
        "-F",
        "pyproject.toml",
        "-k",
        "_l",
        "-k",
        "_",
        "-k",
        "lazy_gettext",
        "-k",
        "lazy_ngettext:1,2",
        "--no-location",
        "--sort-output",
        "--omit-header",
        "--project=civic",
        "-o",
        str(target),
        ".",  # the patterns in pyproject.toml are written from here
    ]
    subprocess.run(command, cwd=ROOT, check=True)


def update() -> None:
    """Bring every language's catalogue in step with the template; what left is dropped, what is new is empty."""
    extract()
    with TEMPLATE.open("rb") as file:
        template = read_po(file)
    for path in catalogues():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, sort_output=True, omit_header=False, width=120)


def compile_all() -> None:
    """Write the binary catalogues, and the pseudo-language's from the template; only what is older than its source."""
    for path in catalogues():
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime <= path.stat().st_mtime:
            with path.open("rb") as file:
                catalogue = read_po(file, locale=path.parent.parent.name)
            with target.open("wb") as file:
                write_mo(file, catalogue)
    target = FOLDER / PSEUDO / "LC_MESSAGES" / "messages.mo"
    if TEMPLATE.exists() and (not target.exists() or target.stat().st_mtime <= TEMPLATE.stat().st_mtime):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, pseudo_catalogue())


def pseudo_catalogue() -> Catalog:
    """English in marked, accented letters and two fifths longer, with every place and tag whole."""
    with TEMPLATE.open("rb") as file:
        template = read_po(file)
    catalogue = Catalog(locale="en")
    for message in template:
        if message.id:
            forms = tuple(pseudo(each) for each in message.id) if message.pluralizable else pseudo(message.id)
            catalogue.add(message.id, forms, context=message.context, flags=message.flags)
    return catalogue


def pseudo(text: str) -> str:
    """One sentence in the pseudo-language."""
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[end : kept.start()].translate(LETTERS), kept.group()]
        end = kept.end()
    parts.append(text[end:].translate(LETTERS))
    longer = "~" * max(1, len(text) * 2 // 5)
    return f"[{''.join(parts)} {longer}]"


def catalogues() -> list[Path]:
    """Every language's catalogue."""
    return sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def faults() -> Iterator[str]:
    """Each translation that is missing, unsure, or loses a place or a tag of its source."""
    for path in catalogues():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name)
        for message in catalogue:
            if message.id:
                yield from (
                    f"{path.parent.parent.name}: {fault}: {message.id!r}" for fault in _faults_of(message, catalogue)
                )


def _faults_of(message: Message, catalogue: Catalog) -> Iterator[str]:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy:
        yield "unsure"
    if not all(forms) or (message.pluralizable and len(forms) != catalogue.num_plurals):
        yield "missing"
        return
    sources = message.id if isinstance(message.id, tuple) else (message.id,)
    wanted = set(KEPT.findall(sources[-1]))
    for form in forms:
        found = set(KEPT.findall(form))
        # A singular may say "one" in words; nothing else may get lost, and nothing may be invented.
        lost = {place for place in wanted - found if not (message.pluralizable and place.startswith("%("))}
        if lost or found - wanted:
            yield f"places differ {sorted(lost | (found - wanted))}"


def main() -> None:
    """Do what was asked for."""
    act = sys.argv[1] if len(sys.argv) > 1 else ""
    if act == "extract":
        extract()
    elif act == "update":
        update()
    elif act == "compile":
        compile_all()
    elif act == "check":
        problems = list(faults())
        sys.stdout.write("\n".join(problems) + ("\n" if problems else ""))
        sys.exit(1 if problems else 0)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
