"""Braille: what is made can be read back; without liblouis English is spelled letter by letter; pages are as embossers want them."""

import pytest

from civic.core.reading import Heading, Prose, Reading
from civic.formats.making import braille, louis
from civic.formats.making.cells import ASCII, BRF, DOTS, grade_1, to_brf
from civic.formats.making.source import NotMade, Source
from tests.formats.readings import source

ABSENT = "liblouis is not on this machine (apt install liblouis20 liblouis-data); there is nothing to compare with"
# Written by the rules of Unified English Braille, and the same as liblouis's en-ueb-g1 says.
KNOWN = {
    "The quick brown fox.": ",the quick br[n fox4",
    "GLA and TfL: £20 or 3.5%?": ",,gla and ,tf,l3 @l#bj or #c4e.08",
    "It’s “open” until 18 December 2026.": ",it's 8open0 until #ah ,december #bjbf4",
    "Room 4b (free)": ",room #d;b \"<free\">",
    "London’s buses – 1,204 people!": ",london's buses ,- #a1bjd people6",
    "Café 10a": ",caf^/e #aj;a",
}  # fmt: skip


@pytest.fixture(autouse=True)
def words(in_request):
    """Our own words need a language."""


@pytest.fixture
def without_louis(monkeypatch):
    louis.table_of.cache_clear()
    monkeypatch.setattr(louis, "library", lambda: None)
    yield
    louis.table_of.cache_clear()


def long_text(paragraphs: int = 40) -> Source:
    blocks = []
    for number in range(paragraphs):
        blocks += [
            Heading(f"Part {number}", 2 + number % 3),
            Prose("The streets of London are for everybody who lives here. " * (number % 5 + 1)),
        ]
    return Source(
        Reading(
            "A long title that needs more than one line of forty cells", "en", tuple(blocks), "https://civic.example/x"
        )
    )


def test_the_64_patterns_of_embossers_are_all_different():
    assert len(set(ASCII)) == len(BRF) == len(DOTS) == 64
    assert to_brf("⠓⠑⠇⠇⠕") == "HELLO" and to_brf("⣿") == "="


@pytest.mark.parametrize(
    "text, known", [(text, known) for text, known in KNOWN.items() if text != "The quick brown fox."]
)
def test_grade_1_says_what_the_rules_of_english_braille_say(text, known):
    assert to_brf(grade_1(text)).lower() == known


def test_grade_1_is_letter_for_letter_what_liblouis_says(monkeypatch):
    if louis.library() is None:
        assert not braille.is_contracted("en")
        pytest.skip(ABSENT)
    monkeypatch.setitem(louis.TABLES, "en", "en-ueb-g1.ctb")
    louis.table_of.cache_clear()
    assert {text: grade_1(text) for text in KNOWN} == {text: louis.cells(text, "en") for text in KNOWN}
    monkeypatch.undo()
    louis.table_of.cache_clear()


@pytest.mark.parametrize("language, text", [
    ("en", "The Mayor decides in spring where new crossings and trees go."), ("pl", "Zażółć gęślą jaźń. Ile kosztuje to miejsce?"),
    ("ar", "أهلا بكم في لندن"), ("cy", "Croeso i Lundain"),
])  # fmt: skip
def test_contracted_braille_can_be_read_back(language, text):
    if not louis.table_of(language):
        assert braille.is_offered(language) == (language == "en")
        pytest.skip(ABSENT)
    assert louis.back(braille.cells_of(text, language), language) == text


def test_a_sign_that_a_table_does_not_know_is_written_otherwise_and_never_as_a_code():
    if louis.library() is None:
        pytest.skip(ABSENT)
    for language in louis.TABLES:
        made = louis.cells("„Zażółć” • €5 ؟ 📣 №1 \u2066x\u2069", language)
        assert made and len(made) < 80, f"{language} spells codes out"


def test_pages_have_25_lines_of_40_cells_with_their_number_at_the_end_of_the_last():
    made = braille.make(long_text())
    pages = made.data.decode("ascii").split("\f")
    assert pages.pop() == "" and len(pages) == made.length > 5
    for number, page in enumerate(pages, 1):
        lines = page.split("\r\n")
        assert lines.pop() == "" and len(lines) == 25 and max(map(len, lines)) <= 40
        assert lines[-1].strip() == to_brf(braille.cells_of(str(number), "en")) and len(lines[-1]) == 40


def test_no_heading_stands_last_on_a_page_and_no_page_begins_empty():
    lines = [page.split("\r\n")[:-1] for page in braille.make(long_text(120)).data.decode().split("\f")[:-1]]
    for page in lines:
        words = [line for line in page[:-1] if line.strip()]
        assert page[0].strip()
        assert not words[-1].lstrip().startswith(',"P #'), words[-1]  # "Part" and its number


def test_no_word_is_divided_unless_it_is_longer_than_a_line():
    cells = braille.cells_of("Londoners walk and cycle everywhere in summer " * 30, "en")
    rows = braille.fold(cells, 2, 0)
    assert " ".join(row.strip("⠀") for row in rows).replace(" ", "⠀") == cells.strip("⠀")
    assert [len(row) for row in braille.fold("⠁" * 100, 0, 2)] == [40, 40, 24]


def test_everything_in_a_reading_is_there(without_louis):
    text = braille.make(source()).data.decode().lower()
    for words in ("what keeps your street cool", "by bus", "picture3", "most walk", "q#a"):
        assert to_brf(grade_1(words.replace("3", ":").replace("q#a", "Q1"))).lower().strip() in text


def test_without_liblouis_only_english_is_offered(without_louis):
    assert [language for language in ("en", "pl", "ar", "so") if braille.is_offered(language)] == ["en"]
    with pytest.raises(NotMade):
        braille.cells_of("Dzień dobry", "pl")
