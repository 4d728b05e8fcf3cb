"""A PDF as those who hear it get it: its tags in their order, with the words that belong to each. Reads what we write, no more."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"(.*?)\nstream\n(.*)\nendstream", re.DOTALL)
TOKEN = re.compile(
    rb"\s*(?:(?P<mark><<|>>|\[|\])|<(?P<hex>[0-9a-fA-F]*)>|\((?P<text>(?:\\.|[^\\()])*)\)|(?P<name>/[^\s<>\[\]()/]*)"
    rb"|(?P<ref>\d+) 0 R\b|(?P<number>[-+]?\d*\.?\d+)|(?P<word>[A-Za-z'\"*]+))",
    re.DOTALL,
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")


@dataclass(frozen=True)
class Ref:
    """Another object, by its number."""

    number: int


class Word(str):
    """An operator, or true, false and null."""


@dataclass
class Tag:
    """One element of the structure: its kind, what is said about it, its own words and what stands in it."""

    kind: str
    about: dict[str, Any]
    text: str = ""
    languages: set[str] = field(default_factory=set)
    children: list["Tag"] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All words in it."""
        return " ".join(" ".join([self.text, *(child.words for child in self.children)]).split())

    def all(self, kind: str) -> list["Tag"]:
        """Every element of this kind in it."""
        return [each for each in self.walk() if each.kind == kind]

    def walk(self) -> Iterator["Tag"]:
        """It and everything in it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Pdf:
    """A PDF that WeasyPrint wrote."""

    def __init__(self, data: bytes):
        self.objects: dict[int, Any] = {}
        self.streams: dict[int, bytes] = {}
        for number, body in OBJECT.findall(data):
            self._keep(int(number), body)
        for number in [n for n, each in self.objects.items() if _is(each, "/ObjStm")]:
            self._unpack(number)
        self.catalog = next(each for each in self.objects.values() if _is(each, "/Catalog"))
        self.info = next((each for each in self.objects.values() if isinstance(each, dict) and "Producer" in each), {})
        self.pages = [self.at(ref) for ref in self.at(self.catalog["Pages"])["Kids"]]
        self.metadata = self.streams[self.catalog["Metadata"].number].decode()
        self.fonts = [each for each in self.objects.values() if _is(each, "/Font") and each["Subtype"] == "/Type0"]
        self.tangled: list[str] = []  # what is marked as meant inside what is skipped, or the other way round
        self._letters = {name: self._to_unicode(font) for name, font in self._named_fonts()}
        self._said = {id(page): self._pieces(page) for page in self.pages}

    def at(self, value: Any) -> Any:
        """The object behind a reference."""
        return self.objects[value.number] if isinstance(value, Ref) else value

    @property
    def tree(self) -> Tag:
        """The structure from its root."""
        root = self.at(self.catalog["StructTreeRoot"])
        return Tag("Root", root, children=[self._tag(self.at(kid)) for kid in _list(root["K"])])

    @property
    def artifacts(self) -> str:
        """What is drawn and skipped by readers."""
        pieces = (text for page in self.pages for key, text, _ in self._said[id(page)] if key is None)
        return " ".join(" ".join(pieces).split())

    def _tag(self, element: dict[str, Any]) -> Tag:
        tag = Tag(element["S"][1:], element)
        for kid in _list(element["K"]):
            if isinstance(kid, int):
                piece = [each for each in self._said[id(self.at(element["Pg"]))] if each[0] == kid]
                tag.text += "".join(text for _, text, _ in piece)
                tag.languages |= {language for _, _, language in piece if language}
            elif _is(self.at(kid), "/StructElem"):
                tag.children.append(self._tag(self.at(kid)))
        return tag

    def _pieces(self, page: dict[str, Any]) -> list[tuple[int | None, str, str]]:
        """The marked pieces of a page: number (none for what is skipped), words, language."""
        found: list[tuple[int | None, str, str]] = []
        open_pieces: list[dict[str, Any]] = []
        glyphs: list[str] = []
        before: list[Any] = []
        font = ""
        for value in values(self.streams[page["Contents"].number]):
            if not isinstance(value, Word):
                before.append(value)
                continue
            if value in ("BDC", "BMC"):
                open_pieces.append({"is": before[0]} | (before[-1] if value == "BDC" else {}))
                if len({each["is"] == "/Artifact" for each in open_pieces}) > 1:
                    self.tangled.append(" > ".join(each["is"] for each in open_pieces))
            elif value == "EMC":
                about = open_pieces.pop()
                if glyphs or "MCID" in about:
                    found.append((about.get("MCID"), _logical(glyphs), about.get("Lang", "")))
                glyphs = []
            elif value == "Tf":
                font = before[-2]
            elif value in ("TJ", "Tj"):
                assert open_pieces, "words outside of every mark"
                glyphs += self._read(before[-1], font)
            before = []
        return found

    def _read(self, shown: Any, font: str) -> list[str]:
        codes = "".join(each for each in _list(shown) if isinstance(each, str))
        return [self._letters[font].get(int(codes[i : i + 4], 16), "\ufffd") for i in range(0, len(codes), 4)]

    def _to_unicode(self, font: dict[str, Any]) -> dict[int, str]:
        cmap = self.streams[font["ToUnicode"].number].decode()
        pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]*)>", cmap.split("endcodespacerange")[1])
        return {int(glyph, 16): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}

    def _named_fonts(self) -> list[tuple[str, dict[str, Any]]]:
        return [("/" + font["BaseFont"][1:].split("+")[0], font) for font in self.fonts]

    def _keep(self, number: int, body: bytes) -> None:
        found = STREAM.fullmatch(body)
        self.objects[number] = next(values(found.group(1) if found else body), None)
        if found:
            raw, about = found.group(2), self.objects[number]
            self.streams[number] = zlib.decompress(raw) if about.get("Filter") == "/FlateDecode" else raw

    def _unpack(self, number: int) -> None:
        about, body = self.objects[number], self.streams[number]
        places = [int(each) for each in body[: about["First"]].split()]
        for at, (inner, offset) in enumerate(zip(places[::2], places[1::2], strict=True)):
            end = places[2 * at + 3] if at + 1 < about["N"] else len(body)
            self.objects[inner] = next(values(body[about["First"] + offset : about["First"] + end]), None)


def values(data: bytes) -> Iterator[Any]:
    """The values and operators of a piece of PDF, one after the other; glyphs stay hexadecimal in lists of glyphs."""
    stack: list[list[Any]] = [[]]
    for token in TOKEN.finditer(data):
        kind, raw = token.lastgroup, token.group(token.lastgroup or 0).decode("latin-1")
        if kind == "mark" and raw in ("<<", "["):
            stack.append([])
            continue
        if kind == "mark":
            inner = stack.pop()
            value: Any = dict(zip((key[1:] for key in inner[::2]), inner[1::2], strict=True)) if raw == ">>" else inner
        else:
            value = _value(kind or "", raw)
        if len(stack) > 1:
            stack[-1].append(value)
        else:
            yield value


def _value(kind: str, raw: str) -> Any:
    if kind == "hex":
        return bytes.fromhex(raw)[2:].decode("utf-16-be") if raw.lower().startswith("feff") else raw
    if kind == "text":
        return re.sub(r"\\(.)", r"\1", raw)
    if kind == "ref":
        return Ref(int(raw))
    if kind == "number":
        return float(raw) if "." in raw else int(raw)
    return Word(raw) if kind == "word" else raw


def _logical(glyphs: list[str]) -> str:
    """Glyphs are drawn from left to right; Arabic is said from right to left, but for its numbers."""
    if not RIGHT_TO_LEFT.search("".join(glyphs)):
        return "".join(glyphs)
    return re.sub(r"\d[\d.,]*", lambda number: number.group()[::-1], "".join(reversed(glyphs)))


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, dict) and value.get("Type") == kind


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
