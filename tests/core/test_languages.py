"""Adding a language is one line and a translation: tried with Romanian, which has three plural forms; and what an unfinished one is."""

from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from flask import Flask
from flask_babel import ngettext

from civic.app import create_app
from civic.core import catalogues, i18n
from civic.core.languages import DECLARED, LANGUAGES, SCRIPTS, Language
from scripts import translations
from tests.conftest import ENVIRON
from tests.support.client import PageClient

ROMANIAN = Language("ro", "ro", "Română")
WANTED = (
    "Skip to main content",
    "%(num)s day left",
    "This language is not finished. What nobody has translated yet stands in English.",
)
ROOT = Path(__file__).parent.parent.parent


def spoken(text: str) -> str:
    """A sentence as if it were translated: whole, with its places and tags."""
    return f"{text[:-1]} (ro){text[-1]}" if text[-1:] in ".?!:…" else f"{text} (ro)"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogues of a site that has just declared Romanian."""
    monkeypatch.setitem(LANGUAGES, "ro", ROMANIAN)
    _write_some(tmp_path / catalogues.TEMPLATE)
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    monkeypatch.setattr(translations, "TEMPLATE", tmp_path / catalogues.TEMPLATE)
    monkeypatch.setattr(translations, "extract", lambda: None)
    translations.update()
    return tmp_path


def _write_some(path: Path) -> None:
    """A template with a few of the site's sentences: what the others would show takes a minute to write."""
    some = Catalog(project="civic")
    for number, message in enumerate(catalogues.read(translations.TEMPLATE)):
        if message.id and (number % 20 == 0 or message.id in WANTED or message.id[0] in WANTED):
            some.add(message.id, flags=message.flags, locations=message.locations)
    with path.open("wb") as file:
        write_po(file, some, omit_header=True)


def translate(folder: Path, every: int = 1) -> None:
    """Translate every so-many-th sentence."""
    path = catalogues.po_file(folder, ROMANIAN)
    catalogue = catalogues.read(path, "ro")
    for number, message in enumerate(list(catalogue)):
        if message.id and number % every == 0:
            sources = message.id if isinstance(message.id, tuple) else (message.id,)
            forms = (sources[0], sources[-1], sources[-1])
            message.string = tuple(map(spoken, forms)) if message.pluralizable else spoken(message.id)
    with path.open("wb") as file:
        write_po(file, catalogue)
    translations.compile_all()


def site(database_url: str, folder: Path, **settings: str) -> Flask:
    environ = ENVIRON | {"DATABASE_URL": database_url, "LANGUAGE_COMPLETENESS": "95"} | settings
    return create_app(environ, TESTING=True, BABEL_TRANSLATION_DIRECTORIES=str(folder))


def test_a_declared_language_gets_an_empty_catalogue_with_its_own_plural_forms(folder):
    catalogue = catalogues.read(catalogues.po_file(folder, ROMANIAN), "ro")
    assert catalogue.num_plurals == 3
    stands = catalogues.standing(folder, ROMANIAN)
    assert (stands.done, stands.missing, stands.percent, stands.header) == (0, stands.total, 0.0, "")
    assert f"ro  {0.0:>6} %" in "\n".join(translations.report())


def test_a_finished_language_is_offered_everywhere_and_spoken_with_its_plurals(isolated, folder, database_url):
    translate(folder)
    assert catalogues.standing(folder, ROMANIAN).wrong == ()
    app = site(database_url, folder)
    client = PageClient(app, checked=False)
    page = client.get("/ro/")
    assert (page.status, page.first("html").get("lang"), page.first("html").get("dir")) == (200, "ro", "ltr")
    assert "(ro)" in page.text and 'name="robots"' not in page.html
    assert "Română" in client.get("/en/").text
    assert "/ro/" in client.get("/sitemap.xml", checked=False).html
    with app.test_request_context("/ro/"):
        app.preprocess_request()
        said = [ngettext("%(num)s day left", "%(num)s days left", n) for n in (1, 2, 25)]
    assert said == ["1 day left (ro)", "2 days left (ro)", "25 days left (ro)"]


def test_an_unfinished_language_is_seen_at_its_address_and_offered_nowhere(isolated, folder, database_url):
    translate(folder, every=2)
    app = site(database_url, folder)
    assert "ro" not in app.extensions["offered_languages"]
    client = PageClient(app, checked=False)
    page = client.get("/ro/")
    assert page.status == 200 and "This language is not finished." in page.text.replace(" (ro)", "")
    assert '<meta name="robots" content="noindex">' in page.html
    assert "Română" not in client.get("/en/").text and "/ro/" not in client.get("/sitemap.xml").html
    assert client.get("/", headers={"Accept-Language": "ro"}).location == "/en/"
    assert client.get("/ro/sign-in").status == 200
    app = site(database_url, folder, LANGUAGE_COMPLETENESS="40")
    assert "ro" in app.extensions["offered_languages"]


def test_a_plural_that_nobody_translated_whole_is_spoken_in_english_and_not_as_nothing(folder, database_url):
    path = catalogues.po_file(folder, ROMANIAN)
    catalogue = catalogues.read(path, "ro")
    catalogue.get("%(num)s day left").string = ("%(num)s zi", "", "")
    with path.open("wb") as file:
        write_po(file, catalogue)
    translations.compile_all()
    app = site(database_url, folder)
    with app.test_request_context("/ro/"):
        app.preprocess_request()
        assert ngettext("%(num)s day left", "%(num)s days left", 2) == "2 days left"


def test_a_language_without_a_catalogue_is_not_offered(tmp_path):
    assert catalogues.completeness(tmp_path, ROMANIAN) == 0
    config = {"BABEL_TRANSLATION_DIRECTORIES": str(tmp_path), "LANGUAGE_COMPLETENESS": 95}
    assert list(i18n.offer(config)) == ["en"]


def test_completeness_counts_what_is_translated_of_all_there_is(folder):
    translate(folder, every=2)
    assert 45 < catalogues.completeness(folder, ROMANIAN) < 55
    assert catalogues.completeness(folder, LANGUAGES["en"]) == 100


def faults(source, string, *, fuzzy: bool = False, needed: int = 3):
    catalogue = Catalog(locale="ro")
    message = catalogue.add(source, string, flags=("fuzzy",) if fuzzy else ())
    return [(fault.code, fault.detail) for fault in catalogues.faults_of(message, needed)]


@pytest.mark.parametrize(
    ("source", "string", "found"),
    (
        ("Save", "Salvează", []),
        ("Save", "", [("missing", "")]),
        ("Hello %(name)s.", "Salut %(nume)s.", [("places", "%(name)s, %(nume)s")]),
        ("See <b>this</b>.", "Vezi asta.", [("tags", "</b>, <b>")]),
        ("See <b>this</b>.", "Vezi </b>asta<b>.", [("tags", "")]),
        ("See <b>this</b>.", "<b>Asta</b> vezi.", []),
        (
            "at https://example.org now",
            "la https://example.com acum",
            [("places", "https://example.com, https://example.org")],
        ),
        (" and ", "și", [("spaces", "")]),
        ("Where are you?", "Unde ești", [("end", "?")]),
        ("Where are you?", "أين أنت؟", []),
        ("Open Government Licence", "Open Government Licence", [("same", "")]),
        ("PDF", "PDF", []),
        ("Two  spaces", "Două  spații", []),
        ("Two words", "Două  cuvinte", [("double_space", "")]),
        ("Send it to all of us now", "Trimite " * 12, [("spaces", "")]),
        ("Send it to all of us now", ("Trimite " * 12).strip(), [("long", "")]),
        (("%(num)s day", "%(num)s days"), ("o zi", "%(num)s zile", "%(num)s de zile"), []),
        (("%(num)s day", "%(num)s days"), ("o zi", "%(num)s zile", ""), [("missing", "")]),
        (("%(num)s day", "%(num)s days"), ("o zi", "%(num)s zile"), [("forms", "2/3")]),
        (("%(num)s day", "%(num)s days"), ("o zi", "%(n)s zile", "%(num)s de zile"), [("places", "%(n)s")]),
    ),
)
def test_what_is_wrong_or_odd_about_a_translation_is_named(source, string, found):
    assert faults(source, string) == found


def test_an_unsure_translation_must_be_looked_at():
    assert faults("Save", "Salvează", fuzzy=True) == [("unsure", "")]


def test_every_fault_has_its_sentence_for_the_tool():
    assert set(translations.SENTENCES) == {*catalogues.WRONG, "same", "end", "long", "double_space"}


def test_a_head_that_contradicts_cldr_is_named(folder):
    path = catalogues.po_file(folder, ROMANIAN)
    path.write_text(path.read_text("utf-8").replace("nplurals=3", "nplurals=2"), "utf-8")
    assert catalogues.header_fault(catalogues.read(path), ROMANIAN).startswith("nplurals=3; plural=")
    assert any("Plural-Forms" in line for line in translations.faults() if line.startswith("ro"))


@pytest.mark.parametrize("language", DECLARED, ids=lambda each: each.code)
def test_everything_about_a_declared_language_follows_from_its_line(language):
    directions = {"left-to-right": "ltr", "right-to-left": "rtl"}
    assert language.dir == directions[Locale.parse(language.locale).character_order]
    assert len(language.code) == 2
    assert i18n.direction(language.code) == language.dir
    font = SCRIPTS[language.script].font
    fonts = (ROOT / "frontend" / "_fonts.scss").read_text("utf-8")
    assert not font or f'"{font}"' in fonts, f"add {font} to frontend/package.json and frontend/_fonts.scss"


def test_plural_forms_are_those_of_cldr():
    assert [catalogues.plural_forms(LANGUAGES[code]) for code in ("en", "pl", "ar")] == [2, 3, 6]
    assert catalogues.plural_forms(ROMANIAN) == 3
