"""What is shown of a text that was found: plain, cut at words, with what was looked for marked."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.discussions.rules.excerpts import excerpt, plain, stems


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The **bridge** is *old*.", "The bridge is old."),
        ("# A heading\n\n- one\n- two\n\n1. three", "A heading one two three"),
        ("> quoted\n\nSaid.", "quoted Said."),
        ("See [the plan](https://example.com/plan).", "See the plan."),
        ("![A tree](picture:abc/800x600) Look.", "Look."),
        ("`code` and __more__", "code and more"),
        ("10-20 minutes - or more", "10-20 minutes - or more"),
    ],
)
def test_a_text_loses_its_marks_and_keeps_its_words(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("cycling", ["Cycling", "cyclists"]),
        ("CYCLE", ["Cycling", "cyclists"]),
        ("sroda", ["środę"]),
        ("Środę", ["środę"]),
        ("cycling -buses", ["Cycling", "cyclists"]),
        ('"narrow path"', ["narrow", "path"]),
        ("buses or narrow", ["narrow"]),
        ("", []),
        ("x", []),
    ],
)
def test_what_was_looked_for_is_marked_whatever_its_ending_accents_and_capitals(words, marked):
    text = "Cycling on a narrow path is not for all cyclists, at least not on środę."
    assert [piece for piece, hit in excerpt(text, words) if hit] == marked


def test_a_long_text_is_cut_around_the_first_of_them():
    text = "beginning " + "word " * 200 + "the ferry leaves " + "word " * 200 + "end"
    pieces = excerpt(text, "ferry")
    shown = "".join(piece for piece, _ in pieces)
    assert ("ferry", True) in pieces and shown.startswith("… ") and shown.endswith(" …") and len(shown) < 260
    assert "beginning" not in shown


def test_a_long_text_without_any_of_them_is_cut_at_its_end():
    shown = "".join(piece for piece, _ in excerpt("word " * 200, "ferry"))
    assert shown.startswith("word") and shown.endswith(" …")


def test_at_most_ten_words_are_marked():
    assert len(stems(" ".join(f"word{n}xx" for n in range(50)))) == 10


@given(st.text(max_size=600), st.text(max_size=60))
def test_pieces_together_are_the_text_or_a_part_of_it(text, words):
    pieces = excerpt(text, words)
    joined = "".join(piece for piece, _ in pieces)
    assert joined.removeprefix("… ").removesuffix(" …").strip() in plain(text) or not joined


@pytest.mark.parametrize(
    "evil",
    ["!" + "[" * 50_000, "[" * 50_000, "](" * 50_000, "*" * 100_000, "a" * 100_000, "\n>" * 50_000, "- " * 50_000],
)
def test_no_text_takes_long(evil):
    began = time.perf_counter()
    excerpt(evil, "aaaa [[ ((")
    assert time.perf_counter() - began < 1
