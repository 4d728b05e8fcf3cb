"""Every word in every language: the catalogue equals the source, nothing is missing or unsure, every message has its parts."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from civic.core.i18n import LANGUAGES
from scripts import translations
from tests.support.words import is_english

ROOT = Path(__file__).parent.parent.parent
PARTS = ("subject.txt", "body.txt", "body.html")


def ids(path: Path) -> set[object]:
    with path.open("rb") as file:
        return {(message.id, message.context) for message in read_po(file) if message.id}


def test_the_catalogue_holds_exactly_what_the_source_says(tmp_path):
    fresh = tmp_path / "messages.pot"
    translations.extract(fresh)
    source, kept = ids(fresh), ids(translations.TEMPLATE)
    assert source == kept, (
        f"run scripts/translations.py update; new: {sorted(map(str, source - kept))}, gone: {sorted(map(str, kept - source))}"
    )


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_a_language_translates_every_sentence_of_the_catalogue(code):
    path = translations.FOLDER / code / "LC_MESSAGES" / "messages.po"
    assert ids(path) == ids(translations.TEMPLATE), "run scripts/translations.py update"


def test_no_translation_is_missing_unsure_or_loses_a_place():
    assert list(translations.faults()) == []


@pytest.mark.parametrize("text", ["Sign in", "You have %(num)s days left", 'Read <a href="/x">the terms</a>', "PDF"])
def test_the_pseudo_language_leaves_no_english(text):
    assert not is_english(translations.pseudo(text)) or "<a" in text
    assert is_english(text)


def test_every_message_that_is_declared_has_its_three_parts(app: Flask):
    folder = ROOT / "templates" / "emails"
    missing = [
        f"{each}/{part}"
        for each in app.extensions["civic"].messages
        for part in PARTS
        if not (folder / each / part).exists()
    ]
    assert missing == []


def test_every_message_with_files_is_declared(app: Flask):
    folder = ROOT / "templates" / "emails"
    there = {path.parent.relative_to(folder).as_posix() for path in folder.glob("*/*/*.txt")}
    assert there == set(app.extensions["civic"].messages)
