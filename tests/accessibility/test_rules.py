"""How pages are shown: choices are known ones, kept shortly, and read without trust."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.accessibility.rules import CHOICES, Display, display_from, display_of


def test_every_combination_of_choices_is_kept_and_read_again():
    for values in product(*CHOICES.values()):
        chosen = Display(*values)
        assert display_from(str(chosen)) == chosen


def test_nothing_chosen_leaves_nothing_to_keep():
    assert str(Display()) == ""
    assert Display().attributes == {}


def test_choices_become_attributes_of_the_page():
    assert Display(text="150", theme="contrast-dark", view="simple").attributes == {
        "data-text": "150", "data-theme": "contrast-dark", "data-view": "simple",
    }  # fmt: skip


@pytest.mark.parametrize("kept", [
    "text:175", "theme:<script>", 'text:150" onload="x', "text", ":", "....", "a:b:c", "text:150\n", "colour:red", "x" * 5000, None, 7,
])  # fmt: skip
def test_what_we_did_not_write_counts_as_no_choice(kept):
    assert display_from(kept) == Display()


@given(st.text(max_size=300))
def test_no_text_whatever_reaches_a_page(kept):
    assert all(value in CHOICES[name] for name, value in display_from(kept).chosen.items())


def test_a_form_gives_known_choices_only():
    assert display_of({"text": "200", "theme": "pink", "role": "administrator"}) == Display(text="200")


def test_simple_view_is_one_question_a_page():
    assert Display(view="simple").simple
    assert not Display().simple
