"""XLIFF 1.2, as translation agencies use it: a file for each thing and language, a unit for each text."""

from collections.abc import Sequence
from itertools import groupby
from typing import NoReturn
from xml.etree import ElementTree
from xml.parsers import expat

from civic.translation.formats.entries import Entry, Unreadable, Unsafe, language, plain, split_key

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MOST_DEEP = 40


def write(entries: Sequence[Entry], into: str, name: str) -> bytes:
    """The entries of one language as a file."""
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"})
    for (thing, source_language), texts in groupby(entries, key=lambda each: (each.thing, each.source_language)):
        about = {
            "original": thing, "source-language": source_language, "target-language": into, "datatype": "plaintext",
        }  # fmt: skip
        body = _child(_child(root, "file", about), "body")
        for each in texts:
            unit = _child(body, "trans-unit", {"id": each.key, XML_SPACE: "preserve"})
            _child(unit, "source").text = plain(each.source)
            if each.text:
                _child(unit, "target").text = plain(each.text)
            if each.label:
                _child(unit, "note").text = plain(each.label)
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def read(data: bytes) -> list[Entry]:
    """The entries of a file; raises Unreadable, and Unsafe before anything is made of a declaration."""
    _refuse_declarations(data)
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - what could expand or lead out was refused in the line above
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unreadable(str(error)[:200]) from error
    if root.tag != f"{{{NAMESPACE}}}xliff" or root.get("version") != "1.2":
        raise Unreadable("not XLIFF 1.2")
    found = []
    for file in root.iter(f"{{{NAMESPACE}}}file"):
        code, source = language(file.get("target-language", "")), language(file.get("source-language", "en"))
        for unit in file.iter(f"{{{NAMESPACE}}}trans-unit"):
            thing, field = split_key(unit.get("id", ""))
            told = _words(unit, "source"), _words(unit, "target")
            found.append(Entry(thing, field, code, *told, source_language=source))
    return found


def _refuse_declarations(data: bytes) -> None:
    """Walk through the file once without building anything: no document type, no entities, no endless nesting."""
    parser, depth = expat.ParserCreate(), 0

    def refuse(*_about: object) -> NoReturn:
        raise Unsafe("declarations")

    def deeper(*_about: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEEP:
            raise Unsafe("nesting")

    def back(*_about: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = parser.SkippedEntityHandler = parser.ProcessingInstructionHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = deeper, back
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable(str(error)[:200]) from error


def _child(above: ElementTree.Element, name: str, attributes: dict[str, str] | None = None) -> ElementTree.Element:
    return ElementTree.SubElement(above, f"{{{NAMESPACE}}}{name}", attributes or {})


def _words(unit: ElementTree.Element, name: str) -> str:
    """All the words inside, whatever marks a program put between them."""
    found = unit.find(f"{{{NAMESPACE}}}{name}")
    return "" if found is None else plain("".join(found.itertext()))
