"""Lines, plain text and what is said: nothing is lost, nothing is said twice, signs become words."""

import pytest

from civic.formats.making import text
from civic.formats.making.lines import lines_of, prose_lines
from civic.formats.making.spoken import polish_form, spoken
from tests.formats.readings import reading, source


@pytest.fixture(autouse=True)
def words(in_request):
    """Our own words need a language."""


def test_every_block_is_said_in_its_order_and_language():
    lines = lines_of(reading())
    assert [line.kind for line in lines[:2]] == ["title", "text"]
    said = [line.text for line in lines]
    wanted = [
        "What keeps your street cool?",
        "A short summary.",
        "About",
        "Why?",
        "The Mayor",
        "Most walk.",
        "Second paragraph.",
    ]
    assert [each for each in said if each in wanted] == wanted
    assert "By bus; People: 12; Share: 40%" in said
    assert {
        line.language for line in lines if line.text in ("ما الذي يجعل شارعك بارداً؟", "Who decides: عمدة لندن")
    } == {"ar"}
    assert [line.level for line in lines if line.text == "Deeper"] == [3], "an author's heading stands below ours"


def test_a_markdown_list_keeps_its_numbers_and_runs_on_below_them():
    lines = list(prose_lines("3. a\n\n   more of a\n4. b\n   - deep", "en"))
    assert [(line.lead, line.text, line.level) for line in lines] == [
        ("3.", "a", 1), ("", "more of a", 1), ("4.", "b", 1), ("•", "deep", 2)
    ]  # fmt: skip


def test_links_are_written_out_for_reading_and_not_for_hearing():
    assert any("guide (https://example.org/guide)" in line.text for line in lines_of(reading()))
    assert not any("https" in line.text for line in lines_of(reading(), links=False))


def test_plain_text_can_be_opened_anywhere_and_has_a_mark_on_paper_for_every_answer():
    data = text.make(source()).data
    assert data.startswith("\ufeff".encode()) and b"\r\n" in data and b"\n\n" not in data
    written = data.decode("utf-8-sig").replace("\r\n", "\n")
    assert "Q1. How do you travel most, question 1?" in written and "  a) By bus\n  b) On foot" in written
    assert "Picture: A street with trees" in written and "<b>bold</b>" in written and "Plain *stars* stay." in written
    assert max(map(len, written.split("\n"))) <= 72


SAID = [
    ("en", "£1,250.50", "1250 pounds 50 pence"),
    ("en", "£1", "1 pound"),
    ("en", "£3.5m more", "3.5 million pounds more"),
    ("en", "£0.20", "20 pence"),
    ("en", "£0.01", "1 penny"),
    ("en", "20–30%", "20 to 30 per cent"),
    ("en", "£5–£10", "5 pounds to 10 pounds"),
    ("en", "e.g. TfL & GLA", "for example T F L and G L A"),
    ("en", "See https://www.example.org/a?b=c.", "See example.org."),
    ("en", "1,204 people", "1204 people"),
    ("en", "£2bn", "2 billion pounds"),
    ("en", "£20 million", "20 pounds million"),
    ("pl", "£22", "22 funty"),
    ("pl", "£1 250,50", "1250 funtów 50 pensów"),
    ("pl", "£1", "1 funt"),
    ("pl", "np. 5%", "na przykład 5 procent"),
    ("ar", "£1,250 أو", "1250 جنيه إسترليني أو"),
    ("ar", "20%", "20 في المئة"),
    ("cy", "£20 *a*", "£20 a"),
    ("en", "**bold** _x_", "bold x"),
]


@pytest.mark.parametrize("language, typed, said", SAID)
def test_what_is_written_is_said_as_a_person_would(language, typed, said):
    assert spoken(typed, language) == said


def test_polish_counts_in_three_forms():
    assert [polish_form(n, "a", "b", "c") for n in (1, 2, 5, 12, 22, 25, 112, 1004)] == list("abccbccb")
