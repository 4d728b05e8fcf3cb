"""The catalogues: extract the words, bring every language up to date, check them, compile them, make the long pseudo-language.

Usage: python scripts/translations.py extract | update | compile | check | report

The languages are those of civic/core/languages.py; one that is declared there and has no catalogue yet gets an empty one.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # what is checked is what stands beside this file, wherever else the package is installed

from civic.core import catalogues as words  # noqa: E402
from civic.core.catalogues import KEPT, Fault, po_file, read, standing  # noqa: E402
from civic.core.languages import DEFAULT, LANGUAGES, Language  # noqa: E402

FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / words.TEMPLATE
PSEUDO = "en_001"
LETTERS = str.maketrans("aceghijlnorsuwyzACDEGHIJLNORSTUWYZ", "åçéĝĥîĵļñöŕšûŵýžÅÇÐÉĜĤÎĴĻÑÖŔŠŢÛŴÝŽ")
SENTENCES = {
    "missing": "is not translated",
    "unsure": "is marked as fuzzy: look at it and take the mark away",
    "forms": "has the wrong number of plural forms ({detail}); this language needs {forms}",
    "places": "differs in its places, entities or addresses: {detail}",
    "tags": "differs in its HTML tags: {detail}",
    "spaces": "begins or ends with a space where its source does not, or the other way round",
    "same": "is the same as the English",
    "end": "does not end with {detail} as its source does",
    "long": "is more than three times as long as its source",
    "double_space": "has two spaces in a row",
}
"""What is said of each fault."""


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
        "--add-location=file",  # which files, and not which lines: those change with every edit
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
    template = read(TEMPLATE)
    for language in translated():
        path = po_file(FOLDER, language)
        catalogue = read(path, language.locale) if path.exists() else Catalog(locale=language.locale, project="civic")
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, sort_output=True, omit_header=False, width=120, no_location=True)


def translated() -> list[Language]:
    """The languages that need a catalogue: all but English."""
    return [each for each in LANGUAGES.values() if each is not DEFAULT]


def compile_all() -> None:
    """Write the binary catalogues, and the pseudo-language's from the template; only what is older than its source."""
    for language in translated():
        path = po_file(FOLDER, language)
        target = path.with_suffix(".mo")
        if path.exists() and (not target.exists() or target.stat().st_mtime <= path.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, _speakable(read(path, language.locale)))
    target = FOLDER / PSEUDO / "LC_MESSAGES" / "messages.mo"
    if TEMPLATE.exists() and (not target.exists() or target.stat().st_mtime <= TEMPLATE.stat().st_mtime):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_mo(file, pseudo_catalogue())


def _speakable(catalogue: Catalog) -> Catalog:
    """A catalogue without what nobody has translated whole: a missing plural form would be spoken as nothing at all."""
    for message in list(catalogue):
        if message.id and message.pluralizable and not all(message.string):
            catalogue.delete(message.id, message.context)
    return catalogue


def pseudo_catalogue() -> Catalog:
    """English in marked, accented letters and two fifths longer, with every place and tag whole."""
    catalogue = Catalog(locale="en")
    for message in read(TEMPLATE):
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


def faults() -> Iterator[str]:
    """Each translation that is missing, unsure, or loses a place or a tag of its source; and a head that contradicts CLDR."""
    for language in translated():
        stands = standing(FOLDER, language)
        if stands.header:
            yield f"{language.code}: the line Plural-Forms at the top must say {stands.header}"
        for message, found in stands.wrong:
            yield from (f"{language.code}: {message.id!r} {said(fault, language)}" for fault in found if fault.is_wrong)


def said(fault: Fault, language: Language) -> str:
    """One fault in words."""
    return SENTENCES[fault.code].format(detail=fault.detail, forms=words.plural_forms(language))


def report() -> Iterator[str]:
    """One line a language: how far it is."""
    for language in translated():
        stands = standing(FOLDER, language)
        rest = f"{stands.missing} to translate, {len(stands.wrong) - stands.missing} to mend, {len(stands.odd)} to look at again"
        yield f"{language.code:<4}{stands.percent:>6} %  {stands.done} of {stands.total} sentences; {rest}"


def tell(lines: Iterable[str]) -> None:
    """Write lines for whoever started this."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def main() -> None:
    """Do what was asked for."""
    act = sys.argv[1] if len(sys.argv) > 1 else ""
    if act == "extract":
        extract()
    elif act == "update":
        update()
        tell(report())
    elif act == "report":
        tell(report())
    elif act == "compile":
        compile_all()
    elif act == "check":
        problems = list(faults())
        tell([*problems, *report()])
        sys.exit(1 if problems else 0)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
