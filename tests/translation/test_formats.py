"""Files out and in: nothing is lost on the way, nothing runs in a spreadsheet, nothing expands in a reader."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic.core.sheets import safe
from civic.translation import formats
from civic.translation.formats import Entry, Unreadable, Unsafe, plain
from civic.translation.formats.sheet import bare, guarded

ANY = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=80).map(plain)
NASTY = st.sampled_from(
    ["=1+1", "'=x", "''", "-5", "+44 20", "@now", "a\n=b", "\t", ' "q" ', "<b>&amp;", "{{ x }}", "\\n"]
)
WORDS = ANY | NASTY
FIELD = st.sampled_from(["title", "text", "update_12_title", "streets.option.yes"])


def entries(language="pl"):
    pair = st.tuples(st.integers(1, 9), FIELD, WORDS.filter(lambda text: text.strip()), WORDS)
    return st.lists(pair, min_size=1, max_size=8, unique_by=lambda each: each[:2]).map(
        lambda rows: [Entry(f"consultation:{n}", field, language, source, text) for n, field, source, text in sorted(rows)]
    )  # fmt: skip


@pytest.mark.parametrize("kind", sorted(formats.WRITERS))
@settings(max_examples=150)
@given(rows=entries())
def test_what_goes_out_comes_back_as_it_was(kind, rows):
    assert formats.read(formats.WRITERS[kind](rows, "pl", "translations"), kind) == rows


@given(WORDS)
def test_no_cell_is_a_formula_and_every_guard_comes_off_again(text):
    assert safe(text) == text or guarded(text).startswith("'")
    assert bare(guarded(text)) == text


def test_a_spreadsheet_with_semicolons_is_read_too():
    data = b"text;language;label;source;translation\nconsultation:3/title;pl;;Trees;Drzewa\n"
    assert formats.read(data, "csv") == [Entry("consultation:3", "title", "pl", "Trees", "Drzewa")]


def test_a_table_has_the_columns_that_are_promised():
    data = formats.WRITERS["csv"]([Entry("thread:1", "title", "ar", "Trees", "أشجار", "Title")], "ar", "x")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [
        ["text", "language", "label", "source", "translation"],
        ["thread:1/title", "ar", "Title", "Trees", "أشجار"],
    ]


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><xliff>&b;</xliff>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff>&e;</xliff>'


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, BOMB.decode().encode("utf-16"), b"<a>" * 50 + b"</a>" * 50])
def test_declarations_and_endless_nesting_are_refused_before_anything_is_built(data):
    with pytest.raises(Unsafe):
        formats.read(data, "xliff")


@pytest.mark.parametrize("kind", sorted(formats.READERS))
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"nonsense", b"<xliff/>", b"<html></html>", b'msgid "a"\nmsgstr "b"\n']
)
def test_what_is_no_file_of_translations_is_refused(kind, data):
    with pytest.raises(Unreadable):
        if not formats.read(data, kind):
            raise Unreadable("empty")


@given(data=st.binary(max_size=300))
@pytest.mark.parametrize("kind", sorted(formats.READERS))
def test_no_file_breaks_a_reader(kind, data):
    try:
        formats.read(data, kind)
    except Unreadable:
        return


@pytest.mark.parametrize("key", ["consultation:3", "../etc:1/x", "consultation:x/title", "a:1/" + "x" * 300])
def test_a_key_that_names_nothing_of_ours_is_refused(key):
    with pytest.raises(Unreadable):
        formats.read(f"text,language,label,source,translation\n{key},pl,,a,b\n".encode(), "csv")


def test_what_a_program_guessed_is_left_out():
    rows = [Entry("thread:1", "title", "pl", "Trees", "Drzewa")]
    data = formats.WRITERS["po"](rows, "pl", "x").replace(b"msgctxt", b"#, fuzzy\nmsgctxt")
    assert formats.read(data, "po") == []


def test_too_many_entries_are_refused():
    rows = [Entry("thread:1", f"f{n}", "pl", "a", "b") for n in range(5001)]
    with pytest.raises(Unreadable):
        formats.read(formats.WRITERS["csv"](rows, "pl", "x"), "csv")
