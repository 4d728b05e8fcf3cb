"""HTML made comparable: white space, order of attributes and of classes carry no meaning."""

from xml.etree.ElementTree import Element

import html5lib


def normal(html: str) -> str:
    """One line an element, indented by depth."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    lines: list[str] = []
    for child in tree:
        _write(child, 0, lines)
    return "\n".join(lines)


def _write(element: Element, depth: int, lines: list[str]) -> None:
    if not isinstance(element.tag, str):
        return
    attributes = {name: _value(name, value) for name, value in element.attrib.items()}
    shown = "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))
    lines.append("  " * depth + f"<{element.tag.rpartition('}')[2]}{shown}> {_text(element.text)}".rstrip())
    for child in element:
        _write(child, depth + 1, lines)
        if _text(child.tail):
            lines.append("  " * (depth + 1) + _text(child.tail))


def _value(name: str, value: str) -> str:
    return " ".join(sorted(value.split())) if name in ("class", "aria-describedby") else value


def _text(text: str | None) -> str:
    return " ".join((text or "").split())
