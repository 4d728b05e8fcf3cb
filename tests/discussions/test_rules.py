"""Arithmetic and names: pages by number, attention, mentions."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic.accounts.rules.names import folded
from civic.discussions.rules.choices import MENTIONS_MOST
from civic.discussions.rules.mentions import candidates, chosen
from civic.discussions.rules.reading import attention, new_since, page_of_position, pages_in, positions_on
from tests.support.pace import is_slow


@given(position=st.integers(1, 10**7), size=st.integers(1, 500))
def test_every_number_stands_on_exactly_one_page_and_never_moves(position, size):
    page = page_of_position(position, size)
    first, last = positions_on(page, size)
    assert first <= position <= last
    assert last - first + 1 == size
    assert pages_in(position, size) == page


def test_an_empty_thread_has_one_page():
    assert pages_in(0) == 1


def test_a_support_weighs_more_than_a_read_and_an_answer_more_than_a_support():
    weights = [attention(reads=r, supports=s, answers=a) for r, s, a in ((1, 0, 0), (0, 1, 0), (0, 0, 1))]
    assert weights == sorted(set(weights))


@pytest.mark.parametrize(("last", "read", "new"), [(10, 4, 6), (10, 10, 0), (3, 10, 0), (10, None, 0)])
def test_new_is_what_came_after_the_last_mark(last, read, new):
    assert new_since(last, read) == new


def named(text, **people):
    tried = candidates(text)
    fold = {name: folded(name) for names in tried for name in names}
    return chosen(tried, {folded(name.replace("_", " ")): number for name, number in people.items()}, fold)


def test_a_mention_is_the_longest_name_behind_the_at_sign():
    people = {"Amina": 1, "Amina_Khan": 2, "O’Neill": 3, "سارة_أحمد": 4}
    assert named("Thank you @Amina Khan, and @amina!", **people) == {1, 2}
    assert named("(@O'Neill) said so", **people) == {3}
    assert named("شكرا @سارة أحمد على هذا", **people) == {4}
    assert named("@AminaKhan.", **people) == {2}


def test_addresses_and_bare_signs_mention_nobody():
    people = {"Amina": 1}
    assert named("write to info@amina.example or @ Amina or a/@Amina", **people) == frozenset()
    assert named("@Somebody Else\nAmina", **people) == frozenset()


def test_ten_people_at_most_are_mentioned():
    assert len(candidates(" ".join(f"@name{n}" for n in range(50)))) == MENTIONS_MOST


@pytest.mark.parametrize(
    "text", ["@" * 100_000, "@a" * 50_000, "@a " * 33_000, ("@" + "x" * 99) * 1_000, "@" + " " * 99_999]
)
def test_mentions_are_found_quickly_in_the_worst_of_texts(text):
    began = time.thread_time()
    candidates(text)
    assert not is_slow(time.thread_time() - began, 0.05)
