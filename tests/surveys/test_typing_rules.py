"""Typing from paper: whatever is answered can be typed in codes and comes out the same; slips of the hand are refused."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from civic.places import BOROUGHS
from civic.surveys.rules import double_entry
from civic.surveys.rules.answers import as_fields, check_answer
from civic.surveys.rules.logic import clear_hidden
from civic.surveys.rules.paper import codes
from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.rules.typing import as_typed, read, read_form
from tests.make_surveys import EVERY_KIND, FULL_ANSWERS
from tests.surveys import generated

CODES = {borough.name.casefold(): borough.gss for borough in BOROUGHS}
NAMES = {borough.gss: borough.name for borough in BOROUGHS}
ASKED = Questionnaire.from_json(EVERY_KIND)


def typed_form(asked: Questionnaire, answers: dict[str, Any]) -> MultiDict[str, str]:
    """The form as somebody would type it who reads these answers on paper."""
    known, fields = codes(asked), MultiDict()
    for question in asked.questions():
        if question.key in answers:
            fields.update(as_typed(question, known[question.key], answers[question.key], NAMES))
    return fields


def one(key: str, *typed: str, **rows: str) -> Any:
    question = ASKED.question(key)
    assert question is not None
    sent = MultiDict([(key, value) for value in typed] + [(f"{key}-{row}", value) for row, value in rows.items()])
    return read(question, codes(ASKED)[key], sent, CODES)


def as_the_website_keeps_it(asked: Questionnaire, answers: dict[str, Any]) -> dict[str, Any]:
    """What the website would keep of these answers: read from its fields, one question after the other."""
    kept = {}
    for question in asked.questions():
        sent = MultiDict(
            [(n, v) for n, values in as_fields(question, answers.get(question.key)).items() for v in values]
        )
        value = check_answer(question, sent).value
        if value is not None:
            kept[question.key] = value
    return clear_hidden(asked, kept)


@settings(max_examples=300)
@given(st.integers(0, 2**32))
def test_what_is_typed_from_paper_equals_what_the_website_keeps(seed: int) -> None:
    random = Random(seed)
    asked = generated.questionnaire(random)
    answers = generated.answers(random, asked)
    typed = read_form(asked, typed_form(asked, answers), CODES)
    refused = {key: each.code for key, each in typed.refusals.items()}
    assert set(refused.values()) <= {"required", "row_required"}
    assert clear_hidden(asked, typed.answers) == as_the_website_keeps_it(asked, answers)
    assert set(typed.left_out) == set(typed.answers) - set(clear_hidden(asked, typed.answers))


@settings(max_examples=200)
@given(st.integers(0, 2**32))
def test_a_planted_difference_is_found_and_settling_it_either_way_gives_what_was_read(seed: int) -> None:
    random = Random(seed)
    asked = generated.questionnaire(random)
    first = generated.answers(random, asked)
    second = dict(first)
    changed = [q for q in asked.questions() if q.is_asked and random.random() < 0.3]
    for question in changed:
        other = generated.answer(random, question) if random.random() < 0.7 else None
        second.pop(question.key, None)
        if other is not None:
            second[question.key] = other
    planted = {q.key for q in changed if first.get(q.key) != second.get(q.key)}
    found = double_entry.differences(asked, first, second)
    assert {question.key for question in found} == planted
    assert double_entry.agree(asked, first, second) == (clear_hidden(asked, first) == clear_hidden(asked, second))
    assert double_entry.agree(asked, first, second) or planted
    by_first = {key: first.get(key) for key in planted}
    by_second = {key: second.get(key) for key in planted}
    assert double_entry.settled(asked, first, by_first) == clear_hidden(asked, first)
    assert double_entry.settled(asked, first, by_second) == clear_hidden(asked, second)


def test_the_form_with_a_question_of_every_kind_is_typed_like_this() -> None:
    typed = typed_form(ASKED, FULL_ANSWERS)
    assert typed["cycles"] == "a"
    assert typed["mode"] == "d By boat"
    assert typed["wishes"] == "a b"
    assert (typed["air"], typed["trust-mayor"], typed["order"]) == ("7", "a", "b a")
    assert (typed["since"], typed["home"]) == ("27 3 2019", "Hackney")
    assert read_form(ASKED, typed, CODES).answers == FULL_ANSWERS


@pytest.mark.parametrize(
    ("key", "typed", "answer"),
    [
        ("cycles", "A", "yes"),
        ("cycles", " b ", "no"),
        ("mode", "d: By boat, mostly", {"other": "By boat, mostly"}),
        ("mode", "e", "prefer_not_to_say"),
        ("wishes", "ab", ["trees", "lights"]),
        ("wishes", "b, a", ["trees", "lights"]),
        ("wishes", "ad Benches", ["trees", {"other": "Benches"}]),
        ("wishes", "a a", ["trees"]),
        ("air", "٧", 7),
        ("order", "cab", ["lorries", "buses", "parks"]),
        ("order", "a2 b3 c1", ["lorries", "buses", "parks"]),
        ("order", "c1", ["lorries"]),
        ("order", "c=1, a=2", ["lorries", "buses"]),
        ("miles", "12", "12"),
        ("since", "27/3/2019", "2019-03-27"),
        ("since", "27.3.2019", "2019-03-27"),
        ("home", "hack", "E09000012"),
        ("home", "Barking & Dagenham", "E09000002"),
        ("more", "a b c", "a b c"),
        ("wishes", "  ", None),
    ],
)
def test_codes_are_read_however_they_are_typed(key: str, typed: str, answer: Any) -> None:
    found = one(key, typed)
    assert (found.value, found.refusal) == (answer, None)


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("cycles", "c", "unknown_code"),
        ("cycles", "yes", "unknown_code"),
        ("cycles", "ab", "one_only"),
        ("mode", "By boat", "unknown_code"),
        ("mode", "d", "other_needs_words"),
        ("wishes", "a e", "stands_alone"),
        ("wishes", "a b c d Benches", "too_many_choices"),
        ("air", "11", "unknown_option"),
        ("air", "a", "unknown_option"),
        ("order", "a a", "one_only"),
        ("order", "a1 b1", "same_place_twice"),
        ("order", "a2 b3", "place_left_out"),
        ("order", "a1 x2", "unknown_code"),
        ("order", "a1 and b2", "unknown_code"),
        ("miles", "lots", "not_a_number"),
        ("since", "March 2019", "not_a_date"),
        ("since", "31 2 2019", "not_a_date"),
        ("home", "b", "unknown_code"),
        ("home", "Slough", "unknown_code"),
    ],
)
def test_slips_of_the_hand_are_refused_at_their_field(key: str, typed: str, code: str) -> None:
    found = one(key, typed)
    assert found.value is None
    assert (found.refusal.code, found.refusal.field) == (code, key)


def test_a_statement_is_refused_at_its_own_field() -> None:
    found = one("trust", mayor="a", council="z")
    assert (found.refusal.code, found.refusal.field) == ("unknown_code", "trust-council")


def test_what_must_be_answered_is_asked_for_only_where_it_is_shown() -> None:
    closed = read_form(ASKED, MultiDict({"cycles": "b"}), CODES)
    assert closed.refusals == {}
    opened = read_form(ASKED, MultiDict({"cycles": "a"}), CODES)
    assert {key: each.code for key, each in opened.refusals.items()} == {"miles": "required"}


def test_an_answer_that_others_give_is_read_and_left_out() -> None:
    typed = read_form(ASKED, MultiDict({"cycles": "b", "miles": "12"}), CODES)
    assert typed.answers["miles"] == "12"
    assert typed.left_out == ("miles",)
