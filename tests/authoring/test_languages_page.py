"""The page for translators: how far each language is, what is missing or odd, and its catalogue to take away."""

from io import BytesIO

import pytest
from babel.messages.pofile import read_po, write_po

from civic.core import catalogues
from civic.core.db import db
from civic.core.languages import LANGUAGES

HOME = "/en/staff/languages"


@pytest.fixture
def folder(app, tmp_path, monkeypatch):
    """Catalogues of a small site: Polish lacks a sentence, has one that lost a place, and one that is odd."""
    template = [
        ("Save", ["templates/a.html"]),
        ("Hello %(name)s.", ["templates/a.html", "templates/b.html", "civic/c.py", "civic/d.py"]),
        ("Where are you?", ["civic/c.py"]),
        (("%(num)s day", "%(num)s days"), ["civic/c.py"]),
    ]
    said = {"Save": "", "Hello %(name)s.": "Cześć %(imie)s.", "Where are you?": "Gdzie jesteś"}
    for code in ("", "pl", "ar"):
        catalogue = catalogues.Catalog(locale=code or None, project="civic")
        for key, files in template:
            string = said.get(key, ("dzień", "%(num)s dni", "%(num)s dnia")) if code == "pl" else None
            catalogue.add(key, string, locations=[(each, None) for each in files])
        path = tmp_path / catalogues.TEMPLATE if not code else catalogues.po_file(tmp_path, LANGUAGES[code])
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, omit_header=not code)
    monkeypatch.setitem(app.config, "BABEL_TRANSLATION_DIRECTORIES", str(tmp_path))
    return tmp_path


@pytest.fixture
def translator(client, make):
    make.sign_in(client, make.staff("researcher"))
    db.session.commit()
    return client


def test_each_language_says_how_far_it_is(translator, folder):
    page = translator.get(HOME)
    assert (
        "2 of 4 sentences" in page.text and "1 sentence to translate." in page.text and "0 of 4 sentences" in page.text
    )
    assert "English" not in [row.text for row in page.all(class_="civic-row__title")]


def test_sentences_stand_with_their_fault_and_where_they_are_used(translator, folder):
    page = translator.get(f"{HOME}/pl")
    assert "To translate (1)" in page.text and "To mend (1)" in page.text and "To look at again (1)" in page.text
    assert "Save" in page.main and "templates/a.html" in page.main
    page = translator.get(f"{HOME}/pl?show=wrong")
    assert "These places or addresses differ from the English: %(imie)s, %(name)s" in page.main
    assert "and 1 more" in page.main
    page = translator.get(f"{HOME}/pl?show=odd")
    assert "Does not end as the English does: ?" in page.main and "Gdzie jesteś" in page.main
    assert translator.get(f"{HOME}/pl?show=nonsense").status == 200


def test_the_catalogue_can_be_taken_away_with_the_places_of_its_sentences(translator, folder):
    answer = translator.client.get(f"{HOME}/pl/messages.po")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="civic-pl.po"'
    catalogue = read_po(BytesIO(answer.data), locale="pl")
    assert catalogue.get("Where are you?").string == "Gdzie jesteś"
    assert catalogue.get("Save").locations == [("templates/a.html", None)]
    assert catalogue.num_plurals == 3


def test_a_long_list_is_cut_into_pages(translator, app, tmp_path, folder):
    template = catalogues.Catalog()
    for number in range(120):
        template.add(f"Sentence number {number}")
    with (tmp_path / catalogues.TEMPLATE).open("wb") as file:
        write_po(file, template, omit_header=True)
    page = translator.get(f"{HOME}/ar")
    assert len(page.all(class_="civic-sentence")) == 50
    translator.click("Next page")
    assert len(translator.click("Next page").all(class_="civic-sentence")) == 20
    assert translator.get(f"{HOME}/ar?at=-1").status == 400 and translator.get(f"{HOME}/ar?at=x").status == 400


@pytest.mark.parametrize("path", ("/en", "/ro", "/..", "/xx", "/en/messages.po", "/xx/messages.po"))
def test_what_is_not_translated_has_no_page(translator, folder, path):
    assert translator.get(f"{HOME}{path}").status in (404, 302, 308)


def test_the_page_is_for_staff(client, make):
    make.sign_in(client, make.member())
    assert {client.get(path).status for path in (HOME, f"{HOME}/pl", f"{HOME}/pl/messages.po")} == {403}


@pytest.mark.parametrize("language", ("pl", "ar", "xx"))
def test_the_real_catalogues_are_shown_in_every_language(translator, language):
    for path in ("", "/pl", "/ar?show=odd"):
        assert translator.get(f"/{language}/staff/languages{path}").status == 200
