"""Speech: a process of its own says it, is bounded, and leaves nothing behind."""

import os
import resource
import tempfile
from pathlib import Path

import pytest

from civic.core.i18n import speaking
from civic.core.sounds import mp3_seconds
from civic.formats.making import speech
from civic.formats.making.lines import Line
from civic.formats.making.source import NotMade
from tests.formats.readings import source


@pytest.fixture(autouse=True)
def words(in_request):
    """Our own words need a language."""


def children() -> list[str]:
    """The processes that this one began and that still are."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(told[1]) == os.getpid():
            found.append(stat.parent.name)
    return found


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_it_is_as_long_as_it_takes_to_say(language):
    with speaking(language):
        made = speech.make(source(language))
    assert made.data.startswith(b"ID3\x04")
    assert abs(mp3_seconds(made.data) - made.length) < 1
    assert 40 < made.length < 240
    assert b"What keeps your street cool?" in made.data[:200]


def test_headings_and_questions_have_silence_around_them():
    lines = [
        Line("heading", "About", "en", 2), Line("text", "Words", "en"),
        Line("question", "Why?", "en", lead="Q3"), Line("answer", "By bus", "en", lead="a"),
    ]  # fmt: skip
    heading, text, question, answer = speech.pieces_of(lines, "en")
    assert heading.text == "About." and heading.pause > text.pause - 600 > answer.pause
    assert text.pause == speech.PAUSES["text"] + 600, "before a question there is time to turn"
    assert question.text == "Question 3. Why?" and answer.text == "a: By bus."


def test_each_language_has_its_own_voice_and_an_unknown_one_the_reading_s():
    lines = [
        Line("text", "Hello", "en"),
        Line("text", "Cześć", "pl"),
        Line("text", "Haye", "so"),
        Line("text", "…", "en"),
    ]
    assert [piece.voice for piece in speech.pieces_of(lines, "en")] == ["en", "pl", "en"]
    assert not speech.is_offered("so")


def test_what_is_too_long_is_refused_before_anything_begins(monkeypatch):
    monkeypatch.setattr(speech, "LONGEST", 10)
    with pytest.raises(NotMade, match="long"):
        speech.make(source())


def test_a_voice_that_takes_too_long_is_ended_with_everything_it_began(monkeypatch):
    monkeypatch.setattr(speech, "SECONDS", 0.01)
    with pytest.raises(NotMade, match="time"):
        speech.make(source())
    assert children() == []


def test_many_in_a_row_leave_no_process_no_file_and_no_memory():
    before_files, made = set(os.listdir(tempfile.gettempdir())), []
    speech.make(source())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _number in range(12):
        made.append(speech.make(source()).length)
    assert children() == []
    assert len(set(made)) == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000, "kilobytes"
    new = set(os.listdir(tempfile.gettempdir())) - before_files
    assert not [name for name in new if "espeak" in name or name.endswith((".mp3", ".wav"))]


def test_the_voice_is_never_loaded_into_this_process():
    speech.make(source())
    assert "espeak" not in Path("/proc/self/maps").read_text()
