"""What a PDF tells those who hear it: the last touches on WeasyPrint's tags, made just before the file is written.

Headers of tables say what they head, a fact and its name belong together, a link is one link, and what has no meaning is no
content: the lines at the top and foot of pages, and pictures without words. Follows ISO 14289-1 (PDF/UA-1) and ISO 32000-1, 14.8.
"""

from collections.abc import Iterator
from typing import Any

Element = Any  # a dictionary of the PDF, which knows its own reference


def finish(document: Any, pdf: Any) -> None:
    """Better the tags of a drawn document in place; called by WeasyPrint with the PDF's objects."""
    tree = Tree(pdf)
    for element in tree.elements.values():
        kind, parent = element["S"], tree.parent(element)
        if kind == "/TH":
            element["A"]["Scope"] = "/Column" if tree.parent(parent)["S"] == "/THead" else "/Row"
        elif kind == "/Div" and parent.get("S") == "/L":
            _pair(tree, element)
        elif kind == "/Link" and parent.get("S") == "/Link":
            _join(tree, element)
        elif kind == "/Figure" and "Alt" not in element:
            parent["K"].remove(element.reference)
    meant = {id(element) for element in tree.below(tree.root)}
    for page, belonging in tree.pages():
        unmeant = {i for i, each in enumerate(belonging) if id(tree.elements.get(each)) not in meant}
        belonging[:] = [b"null" if i in unmeant else each for i, each in enumerate(belonging)]
        _silence(tree.at(page["Contents"]).stream, unmeant)


class Tree:
    """The structure of a PDF."""

    def __init__(self, pdf: Any):
        self.pdf = pdf
        found: list[Any] = [each for each in pdf.objects if isinstance(each, dict)]
        self.elements: dict[bytes, Element] = {
            each.reference: each for each in found if each.get("Type") == "/StructElem"
        }
        self.root: Element = next(each for each in found if each.get("Type") == "/StructTreeRoot")

    def at(self, reference: bytes) -> Any:
        """The object behind a reference ("12 0 R")."""
        return self.pdf.objects[int(reference.split()[0])]

    def parent(self, element: Element) -> Element:
        """What an element stands in."""
        return self.elements.get(element["P"], self.root)

    def children(self, element: Element) -> list[Element]:
        """The elements that stand in an element."""
        return [self.elements[each] for each in element["K"] if each in self.elements]

    def below(self, element: Element) -> Iterator[Element]:
        """Every element under this one."""
        for child in self.children(element):
            yield child
            yield from self.below(child)

    def pages(self) -> Iterator[tuple[Any, list[bytes]]]:
        """Each page with the elements that its pieces of content belong to, in the order of the pieces."""
        belonging = self.at(self.root["ParentTree"])["Nums"][1::2]
        for reference, elements in zip(self.pdf.page_references, belonging, strict=False):
            yield self.at(reference), elements


def _pair(tree: Tree, row: Element) -> None:
    """A row of a list of facts is one item: the name its label, the fact its body."""
    row["S"] = "/LI"
    for place, item in enumerate(tree.children(row)):
        item["S"] = "/LBody" if place else "/Lbl"
        for body in tree.children(item):
            body["S"] = "/NonStruct"


def _join(tree: Tree, part: Element) -> None:
    """What the style sheet adds to a link (its address, for paper) is no second link to stop at."""
    part["S"] = "/Span"
    for kid in [each for each in part["K"] if isinstance(each, bytes) and each not in tree.elements]:
        reference = tree.at(kid)
        part["K"].remove(kid)
        tree.at(reference["Pg"])["Annots"].remove(reference["Obj"])


def _silence(content: list[Any], unmeant: set[int]) -> None:
    """Mark unmeant pieces of a page's content for readers to skip; each begins with its tag and its number."""
    for at, piece in enumerate(content):
        if isinstance(piece, dict) and piece.get("MCID") in unmeant:
            content[at - 1 : at + 1] = ["/Artifact", b"<</Type /Pagination>>"]
