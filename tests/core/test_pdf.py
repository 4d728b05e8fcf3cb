"""Documents as PDF: tagged as they are heard, in every alphabet, from nothing but our own files, and missed politely."""

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from flask import Flask, g
from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup

from civic.core import pdf
from civic.core.db import db, transaction
from civic.core.i18n import speaking
from civic.core.money import GBP
from civic.core.web import asset
from tests.support.pdf import Pdf

ROOT = Path(__file__).parent.parent.parent
# The pattern of every document: what it says stands once, and two thin templates include it.
CONTENT = """
{% from "components/summary_list.html" import summary_list %}{% from "components/table.html" import table %}
{{ summary_list([("Decision number", "MD-2026-014"), ("Amount", money|money), ("Application", text_in({"ar": "حديقة الجيران"}))]) }}
<h2>Why</h2>
<p>We give <b>{{ money|money }}</b> for a garden. Zażółć gęślą jaźń. <em>Żółw</em></p>
<p><a href="https://example.org/guide">Guide</a></p>
<p lang="ar" dir="rtl">شكراً لكم. يمنح العمدة الحديقة مبلغاً لكل الجيران. كِتَابٌ مُهِمٌّ</p>
<ul><li>It is green.</li></ul>
{{ table("Instalments", ["When", {"text": "Amount", "numeric": true}], [["At once", money|money], ["Later", "£5"]]) }}
<img src="{{ asset("images/skyline.svg") }}" alt="A skyline of tiles"><img src="{{ asset("images/skyline.svg") }}" alt="">
<form class="govuk-form"><button class="govuk-button">Approve it</button></form>
"""
DOCUMENT = (
    '{% extends "layouts/document.html" %}{% block heading %}A garden & <b>more</b>{% endblock %}{% block lede %}The Mayor helps.'
    "{% endblock %}{% block footer_line %}Decision <bdi>MD-2026-014</bdi>{% endblock %}"
    '{% block content %}{% include "tests/documents/decision.html" %}{% endblock %}'
)
PAGE = DOCUMENT.replace("layouts/document.html", "layouts/page.html")
BARE = '{% extends "layouts/document.html" %}{% block heading %}A{% endblock %}{% block content %}{{ inside }}{% endblock %}'
Draw = Callable[..., Pdf]


@pytest.fixture
def desk(in_request: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with a document of ours among its templates."""
    ours = {"document.html": DOCUMENT, "page.html": PAGE, "bare.html": BARE, "documents/decision.html": CONTENT}
    loader = DictLoader({f"tests/{name}": source for name, source in ours.items()})
    monkeypatch.setattr(in_request.jinja_env, "loader", ChoiceLoader([loader, in_request.jinja_env.loader]))
    return in_request


@pytest.fixture
def decision(desk: Flask) -> Pdf:
    return Pdf(pdf.draw("tests/document.html", money=GBP(20)))


@pytest.fixture
def bare(desk: Flask) -> Draw:
    """Draws a piece of HTML as a document."""
    return lambda inside: Pdf(pdf.draw("tests/bare.html", inside=Markup(inside)))


class TestTags:
    """What those who hear it are told."""

    def test_it_is_a_tagged_pdf_for_universal_access(self, decision):
        assert decision.catalog["MarkInfo"] == {"Marked": "true"}
        assert decision.catalog["ViewerPreferences"] == {"DisplayDocTitle": "true"}
        assert decision.catalog["Lang"] == "en"
        assert 'pdfuaid:part="1"' in decision.metadata
        assert decision.info["Title"] == "A garden & more - Civic London"
        assert decision.info["Author"] == "Greater London Authority"
        assert decision.info["Subject"] == "The Mayor helps."
        assert all(page["Tabs"] == "/S" for page in decision.pages)

    def test_headings_come_in_their_order(self, decision):
        assert [(tag.kind, tag.words) for tag in decision.tree.walk() if re.fullmatch("H[1-6]", tag.kind)] == [
            ("H1", "A garden & more"),
            ("H2", "Why"),
        ]

    def test_a_fact_is_one_item_with_its_name(self, decision):
        facts = decision.tree.all("L")[0]
        assert [[(part.kind, part.words) for part in item.children] for item in facts.all("LI")] == [
            [("Lbl", "Decision number"), ("LBody", "MD-2026-014")],
            [("Lbl", "Amount"), ("LBody", "£20")],
            [("Lbl", "Application"), ("LBody", "حديقة الجيران")],
        ]

    def test_headers_of_tables_say_what_they_head(self, decision):
        table = decision.tree.all("Table")[0]
        assert table.all("Caption")[0].words == "Instalments"
        scopes = [(tag.words, tag.about["A"]["Scope"]) for tag in table.all("TH")]
        assert scopes == [("When", "/Column"), ("Amount", "/Column"), ("At once", "/Row"), ("Later", "/Row")]
        assert [len(tag.about["A"]["Headers"]) for tag in table.all("TD")] == [2, 2]

    def test_a_picture_is_its_words_and_decoration_is_silent(self, decision):
        assert [tag.about["Alt"] for tag in decision.tree.all("Figure")] == ["A skyline of tiles"]

    def test_the_foot_of_a_page_is_printed_and_not_read(self, decision):
        assert "Page 1 of 1" in decision.artifacts
        assert "MD-2026-014" in decision.artifacts
        assert "Page" not in decision.tree.words

    def test_nothing_is_both_read_and_skipped(self, decision):
        assert decision.tangled == []

    def test_a_link_is_one_link_and_its_address_can_be_read_on_paper(self, decision):
        links = decision.tree.all("Link")
        assert [link.words for link in links] == ["Guide (https://example.org/guide)"]
        assert sum(len(page.get("Annots", [])) for page in decision.pages) == 1

    def test_what_can_only_be_done_on_a_page_is_not_printed(self, decision):
        assert "Approve it" not in decision.tree.words

    def test_links_lead_to_the_site(self, bare):
        drawn = bare('<p><a href="/en/campaigns/garden">The campaign</a></p>')
        link = drawn.at(drawn.pages[0]["Annots"][0])
        assert link["A"]["URI"] == "http://localhost/en/campaigns/garden"
        assert drawn.tree.all("Link")[0].words == "The campaign"


class TestLetters:
    """What is written can be searched, copied and read aloud in every alphabet of ours."""

    def test_polish_arabic_and_pounds_are_said_as_they_are_written(self, decision):
        words = decision.tree.words
        for written in (
            "Zażółć gęślą jaźń",
            "Żółw",
            "شكراً لكم. يمنح العمدة الحديقة مبلغاً لكل الجيران. كِتَابٌ مُهِمٌّ",
            "£20",
        ):
            assert written in words

    def test_another_tool_reads_the_same(self, desk, tmp_path):
        if not shutil.which("pdftotext"):
            pytest.skip("poppler is not on this machine; the test above reads the file with our own eyes")
        file = tmp_path / "a.pdf"
        file.write_bytes(pdf.draw("tests/document.html", money=GBP(20)))
        said = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, text=True).stdout
        assert all(each in said for each in ("Zażółć gęślą jaźń", "Żółw", "£20", "A garden & more"))
        assert {"يمنح", "الحديقة", "الجيران"} <= set(re.findall(r"\w+", said))

    def test_a_text_names_its_language(self, decision):
        arabic = [tag for tag in decision.tree.walk() if "الحديقة" in tag.text]
        assert [tag.languages for tag in arabic] == [{"ar"}]

    def test_every_font_is_embedded_and_ours(self, decision):
        descriptors = [
            decision.at(decision.at(font["DescendantFonts"])[0])["FontDescriptor"] for font in decision.fonts
        ]
        assert all("FontFile2" in decision.at(each) or "FontFile3" in decision.at(each) for each in descriptors)
        families = {
            font["BaseFont"].split("+")[1].removesuffix("-Bold").removesuffix("-Italic") for font in decision.fonts
        }
        assert families == {"Atkinson-Hyperlegible-Next", "Atkinson-Hyperlegible-Ext", "Vazirmatn"}

    @pytest.mark.parametrize("language, direction", [("ar", "rtl"), ("pl", "ltr")])
    def test_it_speaks_the_language_of_the_reader(self, desk, language, direction):
        with speaking(language):
            drawn = Pdf(pdf.draw("tests/document.html", money=GBP(20)))
            assert g.language.dir == direction
        assert drawn.catalog["Lang"] == language


class TestAddresses:
    """A document asks no network and opens no file but our own."""

    @pytest.fixture
    def heard(self) -> Iterator[tuple[str, list[str]]]:
        """A server on this machine that notes what it is asked for."""
        asked: list[str] = []

        class Ear(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Ear)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()
        server.server_close()

    def test_nothing_is_fetched_and_nothing_is_attached(self, bare, heard, tmp_path):
        (host, asked), secret = heard, tmp_path / "secret.txt"
        secret.write_text("the secret of the house")
        drawn = bare(
            "".join(
                f'<img src="{each}" alt="x"><link rel="attachment" href="{each}"><link rel="stylesheet" href="{each}">'
                f'<p style="background: url({each})">x</p><object data="{each}"></object><embed src="{each}">'
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>x</title><image href="{each}"/></svg>'
                f"<a rel='attachment' href='{each}'>x</a>"
                for each in (
                    f"http://{host}/a.png",
                    f"//{host}/b.png",
                    f"https://{host}/c.png",
                    secret.as_uri(),
                    str(secret),
                )
            )
        )
        assert asked == []
        assert not [each for each in drawn.objects.values() if isinstance(each, dict) and "EF" in each]
        assert not any(b"secret of the house" in each for each in drawn.streams.values())

    @pytest.mark.parametrize(
        "address",
        [
            "http://169.254.169.254/latest/meta-data",
            "https://localhost/assets/x/images/favicon.svg",
            "http://localhost.example/assets/x/images/favicon.svg",
            "http://localhost@example.org/assets/x/images/favicon.svg",
            "http://localhost:80/assets/x/images/favicon.svg",
            "http://localhost/assets/x/../../../config.py",
            "http://localhost/assets/x/%2e%2e/config.py",
            "http://localhost/assets/x/images/..%2f..%2fconfig.py",
            "http://localhost/assets/x//etc/passwd",
            "http://localhost/assets/x/%2fetc/passwd",
            "http://localhost/assets/x/images",
            "http://localhost/assets/x/images/none.svg",
            "http://localhost/assets/x/images/favicon.svg%00.png",
            "http://localhost/assets/",
            "http://localhost/en/",
            "file:///etc/passwd",
            "file://localhost/etc/passwd",
            "//example.org/a.png",
            "/etc/passwd",
            "ftp://example.org/a.png",
            "data:image/png;base64,AAAA",
            "",
        ],
    )
    def test_every_other_address_is_refused(self, address):
        from civic.core.pdf_engine import AddressRefused, OwnFiles

        with pytest.raises(AddressRefused):
            OwnFiles("http://localhost").fetch(address)

    def test_our_own_files_are_served_from_the_disk(self, in_request):
        from civic.core.pdf_engine import OwnFiles

        answer = OwnFiles("http://localhost").fetch(f"http://localhost{asset('images/favicon.svg')}")
        assert answer.content_type == "image/svg+xml"
        assert answer.read() == (ROOT / "civic/static/images/favicon.svg").read_bytes()


class TestMissing:
    """Where Pango is missing, nothing breaks and everybody is told."""

    @pytest.fixture(
        params=[OSError("cannot load library 'libpango-1.0-0'"), ImportError("no"), AttributeError("too old")]
    )
    def without_pango(self, request, monkeypatch) -> Iterator[None]:
        class Absent:
            def find_spec(self, name, path=None, target=None):
                if name == "weasyprint":
                    print("advice of the library's own")  # noqa: T201
                    raise request.param

        for name in ("weasyprint", "civic.core.pdf_engine"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.setattr(sys, "meta_path", [Absent(), *sys.meta_path])
        pdf._engine.cache_clear()
        yield
        pdf._engine.cache_clear()

    def test_staff_are_told_the_command(self, without_pango, in_request, capsys):
        assert not pdf.is_available()
        assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in pdf.why_not()
        assert "Pango" in pdf.why_not()
        assert capsys.readouterr().out == ""

    def test_a_drawing_is_refused_with_a_sentence(self, without_pango, desk):
        with pytest.raises(pdf.PdfMissing) as refused:
            pdf.draw("tests/document.html", money=GBP(20))
        assert refused.value.status == 503 and "read and print" in str(refused.value.sentence)

    def test_it_is_looked_for_once(self, without_pango, in_request, monkeypatch):
        assert not pdf.is_available()
        monkeypatch.setattr(sys, "meta_path", sys.meta_path[1:])
        assert not pdf.is_available()

    def test_where_it_is_there_is_nothing_to_say(self, in_request):
        assert pdf.is_available() and pdf.why_not() == ""

    def test_the_script_and_the_sentence_name_the_same_libraries(self):
        assert pdf.COMMAND.removeprefix("apt-get install ") in (ROOT / "scripts/pango").read_text()


class TestPages:
    """Paper: numbers, breaks, and a page on the screen that says the same."""

    def test_the_page_on_the_screen_says_what_the_paper_says(self, desk, decision):
        html = desk.jinja_env.get_template("tests/page.html").render(money=GBP(20), g=g, request=None)
        heard = set(re.findall(r"\w+", decision.tree.words))
        assert {"Instalments", "MD", "Zażółć", "الحديقة"} <= heard & set(re.findall(r"\w+", html))

    def test_thirty_pages_are_numbered_and_take_seconds(self, bare):
        row = "<tr><th scope=row>Beds and soil</th><td>23 November 2026</td><td>£5,000</td></tr>"
        part = f"<h2>Part</h2><p>{'A tree, and another beside it. ' * 50}</p><table><tbody>{row * 8}</tbody></table>"
        began = time.process_time()
        drawn = bare(part * 36)
        assert time.process_time() - began < 20
        assert len(drawn.pages) >= 30
        assert f"Page {len(drawn.pages)} of {len(drawn.pages)}" in drawn.artifacts

    def test_a_head_is_repeated_where_a_table_goes_on(self, bare):
        head = "<thead><tr><th scope=col>Criterion</th></tr></thead>"
        drawn = bare(f"<table>{head}<tbody>{'<tr><td>Points</td></tr>' * 60}</tbody></table>")
        assert [table.all("TH")[0].words for table in drawn.tree.all("Table")] == ["Criterion"] * len(drawn.pages)

    def test_a_long_word_does_not_leave_the_sheet(self, bare):
        drawn = bare(f"<table><tr><td>{'A' * 90}</td><td>{'B' * 90}</td></tr></table><p>{'C' * 200}</p>")
        lines = [tag.text for tag in drawn.tree.walk() if re.fullmatch("AA+|B+|C+", tag.text)]
        assert max(map(len, lines)) < 90
        assert sum(map(len, lines)) == 380

    def test_its_colours_are_the_sites(self):
        used = re.findall("#[0-9a-f]{6}", (ROOT / "templates/layouts/document.html").read_text())
        tokens = (ROOT / "frontend/_tokens.scss").read_text()
        assert used == [re.search(rf"  {name}: (#\w+)", tokens).group(1) for name in ("brand", "heart")]

    def test_nothing_is_drawn_while_something_is_written(self, app, desk, monkeypatch):
        monkeypatch.setitem(db.session.info, "only_reads", False)
        with pytest.raises(AssertionError, match="before or after"), transaction():
            pdf.draw("tests/document.html", money=GBP(20))


class TestSending:
    """A download under a safe name that no cache keeps."""

    @pytest.mark.parametrize(
        "name, kept",
        [
            ("decision-14", "decision-14.pdf"),
            ("a.pdf", "a.pdf"),
            ("../../x", "x.pdf"),
            ('a";b\r\nc', "a_bc.pdf"),
            ("", "document.pdf"),
        ],
    )
    def test_a_name_is_safe_and_ends_as_it_should(self, in_request, name, kept):
        answer = pdf.send(b"%PDF-1.7", name)
        assert answer.mimetype == "application/pdf"
        assert kept in answer.headers["Content-Disposition"].replace('"', "")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "\n" not in answer.headers["Content-Disposition"]

    def test_it_is_kept_by_no_cache_and_run_by_no_browser(self, in_request):
        answer = in_request.process_response(pdf.send(b"%PDF-1.7", "a"))
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_picture_comes_from_what_was_handed_in_and_from_nowhere_else(desk):
    from civic.core.pdf_engine import AddressRefused, OwnFiles

    files = OwnFiles("http://localhost", {"a-key": b"webp"})
    assert files.fetch("http://localhost/files/a-key/large.webp").read() == b"webp"
    for address in ("http://localhost/files/other/large.webp", "http://elsewhere/files/a-key/large.webp"):
        with pytest.raises(AddressRefused):
            files.fetch(address)
