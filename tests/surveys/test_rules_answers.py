"""What is typed becomes an answer or is refused with a reason; what was an answer can be typed again."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from civic.surveys.rules.answers import as_fields, check_answer
from civic.surveys.rules.questionnaire import Option, Question
from tests.surveys import generated

ABC = (Option("a", {"en": "A"}), Option("b", {"en": "B"}), Option("c", {"en": "C"}))
ALONE = (*ABC, Option("none", {"en": "None"}, exclusive=True))


def question(kind, **more):
    return Question("q", kind, {"en": "?"}, **more)


def checked(asked, *pairs):
    return check_answer(asked, MultiDict(list(pairs)))


@settings(max_examples=2000, deadline=None)
@given(st.integers(min_value=0, max_value=2**48))
def test_an_answer_put_into_its_fields_is_the_same_answer_again(seed):
    random = Random(seed)
    asked = generated.question(random, "q", [])
    if asked.is_asked:
        answer = generated.answer(random, asked)
        assert check_answer(asked, MultiDict(as_fields(asked, answer))).value == answer


KINDS = {
    "single": question("single", options=ABC, other=True),
    "multiple": question("multiple", options=ALONE, other=True),
    "yes_no": question("yes_no"),
    "scale": question("scale"),
    "matrix": question("matrix", options=ABC, rows=ABC),
    "ranking": question("ranking", options=ABC),
    "number": question("number", decimals=2),
    "short_text": question("short_text"),
    "long_text": question("long_text"),
    "date": question("date"),
    "borough": question("borough"),
}
FIELDS = ["q", "q-other", "q-a", "q-b", "q-c", "q-day", "q-month", "q-year"]
typed = st.lists(
    st.tuples(st.sampled_from(FIELDS), st.text(max_size=12) | st.sampled_from(["a", "other", "1", "2", "٣", "yes"])),
    max_size=8,
)


@settings(max_examples=3000, deadline=None)
@given(st.sampled_from(sorted(KINDS)), typed)
def test_whatever_is_typed_is_an_answer_that_can_be_typed_again_or_a_refusal_at_a_field(kind, pairs):
    asked = KINDS[kind]
    result = check_answer(asked, MultiDict(pairs))
    if result.refusal:
        assert result.value is None
        assert result.refusal.field.startswith("q")
    elif result.value is not None:
        assert check_answer(asked, MultiDict(as_fields(asked, result.value))).value == result.value


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("12", "12"),
        ("١٢", "12"),
        ("۱۲", "12"),
        ("१२", "12"),
        ("１２", "12"),
        ("1,234", "1234"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("1 234,5", "1234.5"),
        ("£20.50", "20.5"),
        (" -3 ", "-3"),
        ("−3", "-3"),
        ("007", "7"),
        ("0.00", "0"),
        ("-0", "0"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+4", "4"),
        ("1’000", "1000"),
        ("1 000", "1000"),
    ],
)
def test_numbers_are_read_in_all_the_ways_people_write_them(typed, kept):
    assert checked(question("number", decimals=2), ("q", typed)).value == kept


@pytest.mark.parametrize(
    "typed",
    [
        "NaN",
        "1e309",
        "1e5",
        "Infinity",
        "0x10",
        "--1",
        "1.2.3",
        "½",
        "Ⅳ",
        "²",
        "12 apples",
        "1" * 5000,
        "=1+1",
        "-",
        ".",
    ],
)
def test_what_is_not_a_number_is_refused(typed):
    assert checked(question("number", decimals=2), ("q", typed)).refusal.code in ("not_a_number", "number_too_large")


@pytest.mark.parametrize(
    "asked, typed, code",
    [
        (question("number"), "1.5", "not_whole"),
        (question("number", decimals=1), "1.55", "too_many_decimals"),
        (question("number", minimum=Decimal(16)), "15", "number_too_small"),
        (question("number", maximum=Decimal(120)), "121", "number_too_large"),
        (question("number"), "9" * 16, "number_too_large"),
        (question("single", options=ABC), "d", "unknown_option"),
        (question("single", options=ABC), "other", "unknown_option"),
        (question("single", options=ABC, other=True), "other", "other_needs_words"),
        (question("yes_no"), "maybe", "unknown_option"),
        (question("scale"), "6", "unknown_option"),
        (question("scale"), "٣", "unknown_option"),
        (question("borough"), "E09000034", "unknown_option"),
        (question("borough"), "E0900000١", "unknown_option"),
        (question("short_text"), "x" * 201, "too_long"),
        (question("short_text"), "a\x00b", "bad_characters"),
        (question("long_text"), "a\ud800b", "bad_characters"),
        (question("yes_no", required=True), " ", "required"),
    ],
)
def test_a_refusal_says_why(asked, typed, code):
    assert checked(asked, ("q", typed)).refusal.code == code


def test_one_answer_only_where_one_is_asked():
    assert checked(question("single", options=ABC), ("q", "a"), ("q", "b")).refusal.code == "one_only"


def test_an_answer_that_stands_alone_cannot_be_combined():
    asked = question("multiple", options=ALONE, minimum=Decimal(2))
    assert checked(asked, ("q", "none"), ("q", "a")).refusal.code == "stands_alone"
    assert checked(asked, ("q", "none")).value == ["none"], "the smallest number of answers does not apply to it"


def test_several_answers_come_in_the_order_of_the_options_and_once_each():
    asked = question("multiple", options=ABC, other=True)
    result = checked(asked, ("q", "other"), ("q", "c"), ("q", "a"), ("q", "c"), ("q-other", " canals "))
    assert result.value == ["a", "c", {"other": "canals"}]


@pytest.mark.parametrize("keys, code", [("a", "too_few_choices"), ("abc", "too_many_choices")])
def test_too_few_and_too_many_answers(keys, code):
    asked = question("multiple", options=ABC, minimum=Decimal(2), maximum=Decimal(2))
    assert checked(asked, *[("q", key) for key in keys]).refusal.code == code


@pytest.mark.parametrize(
    "places, result",
    [
        ({"a": "2", "b": "1"}, ["b", "a"]),
        ({"a": "٢", "c": "١"}, ["c", "a"]),
        ({}, None),
        ({"a": "1", "b": "1"}, "same_place_twice"),
        ({"a": "1", "b": "3"}, "place_left_out"),
        ({"a": "0"}, "bad_place"),
        ({"a": "4"}, "bad_place"),
        ({"a": "first"}, "bad_place"),
        ({"a": "9" * 6000}, "bad_place"),
        ({"a": "0" * 6000 + "1"}, "bad_place"),
    ],
)
def test_ranking(places, result):
    got = checked(question("ranking", options=ABC), *[(f"q-{key}", place) for key, place in places.items()])
    assert (got.refusal.code if got.refusal else got.value) == result


def test_every_row_of_a_required_matrix_is_needed_and_the_error_leads_to_the_row():
    asked = question("matrix", options=ABC, rows=ABC, required=True)
    refusal = checked(asked, ("q-a", "a"), ("q-c", "b")).refusal
    assert (refusal.code, refusal.field) == ("row_required", "q-b")
    assert checked(question("matrix", options=ABC, rows=ABC), ("q-a", "a")).value == {"a": "a"}


@pytest.mark.parametrize(
    "day, month, year, result",
    [
        ("27", "3", "2026", "2026-03-27"),
        ("٢٧", "٣", "٢٠٢٦", "2026-03-27"),
        ("29", "2", "2024", "2024-02-29"),
        ("", "", "", None),
        ("29", "2", "2026", "not_a_date"),
        ("31", "4", "2026", "not_a_date"),
        ("1", "1", "26", "not_a_date"),
        ("1", "1", "0000", "not_a_date"),
        ("", "3", "2026", "date_incomplete"),
        ("1.5", "3", "2026", "not_a_date"),
        ("1", "1", "1899", "date_too_early"),
        ("1", "1", "2031", "date_too_late"),
    ],
)
def test_dates(day, month, year, result):
    asked = question("date", earliest="1900-01-01", latest="2030-12-31")
    got = checked(asked, ("q-day", day), ("q-month", month), ("q-year", year))
    assert (got.refusal.code if got.refusal else got.value) == result


def test_text_keeps_its_lines_and_loses_what_only_machines_send():
    assert checked(question("long_text"), ("q", " one\r\ntwo\x07\x1b[31m ")).value == "one\ntwo[31m"
    assert checked(question("short_text"), ("q", "one\r\ntwo")).value == "one two"


def test_information_takes_no_answer():
    assert checked(question("information"), ("q", "x")).value is None
