"""Changing a questionnaire keeps every key that was given; the checklist sees what a careful colleague would."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic.surveys.rules import editing, lint, reach
from civic.surveys.rules.conditions import All, AnyOf, Compare, Not
from civic.surveys.rules.editing import new_key, options_from_lines
from civic.surveys.rules.logic import Shown, settle
from civic.surveys.rules.questionnaire import KEY, Option, Question, Questionnaire, Section
from tests.surveys import generated

seeds = st.integers(min_value=0, max_value=2**48)


@given(st.text(max_size=80), st.sets(st.sampled_from(["park", "park_2", "question"])))
def test_a_key_made_from_any_words_is_a_key_and_new(words, taken):
    key = new_key(words, taken, "question")
    assert KEY.match(key)
    assert key not in taken


def options(*words):
    return tuple(Option(f"k{i}", {"en": word, "pl": word.upper()}) for i, word in enumerate(words))


@pytest.mark.parametrize(
    "lines, keys",
    [
        (["bus", "tube", "walk"], ["k0", "k1", "k2"]),
        (["walk", "bus", "tube"], ["k2", "k0", "k1"]),
        (["bus", "Underground", "walk"], ["k0", "k1", "k2"]),
        (["bus", "tube", "cycle", "walk"], ["k0", "k1", "cycle", "k2"]),
        (["bus", "walk"], ["k0", "k2"]),
        (["  bus ", "", "tube  ", "walk"], ["k0", "k1", "k2"]),
        (["tube", "bus", "cycle"], ["k1", "k0", "cycle"]),
    ],
)
def test_options_typed_again_keep_their_keys(lines, keys):
    made = options_from_lines(lines, options("bus", "tube", "walk"), "en")
    assert [option.key for option in made] == keys
    assert all(option.text.get("pl") for option in made if option.key.startswith("k"))


def test_prefer_not_to_say_has_the_key_everything_else_looks_for():
    assert options_from_lines(["Yes", "Prefer not to say"], (), "en")[1].key == "prefer_not_to_say"


def test_an_option_called_other_does_not_take_the_key_of_the_other_field():
    assert options_from_lines(["Other"], (), "en")[0].key != "other"


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_moving_there_and_back_changes_nothing_and_loses_nobody(seed):
    random = Random(seed)
    before = generated.questionnaire(random)
    key = random.choice(sorted(editing.keys_taken(before)))
    moved = editing.move(before, key, 1)
    assert sorted(editing.keys_taken(moved)) == sorted(editing.keys_taken(before))
    if moved != before:
        assert editing.move(moved, key, -1) == before


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_every_text_has_an_address_and_takes_a_translation(seed):
    questionnaire = generated.questionnaire(Random(seed))
    said = {address: f"pl {address}" for address, _ in editing.texts_of(questionnaire)}
    changed = editing.with_texts(questionnaire, "pl", said)
    assert {address: text["pl"] for address, text in editing.texts_of(changed)} == said
    empty = editing.with_texts(changed, "pl", dict.fromkeys(said, ""))
    assert editing.edition(empty) == editing.edition(questionnaire)


@settings(max_examples=250, deadline=None)
@given(seeds)
def test_nobody_is_called_unreachable_whom_some_answers_show(seed):
    random = Random(seed)
    questionnaire = generated.questionnaire(random, 2, 4)
    accused = set(reach.unreachable(questionnaire))
    for _ in range(20):
        shown = settle(questionnaire, generated.answers(random, questionnaire))
        assert not [key for key in accused if shown[key] is Shown.SHOWN and _properly(questionnaire)]


def _properly(questionnaire):
    """Only questionnaires in which everything may be skipped: generated answers skip required questions too."""
    return not any(question.required for question in questionnaire.questions())


def yes_no(key, show_if=None, **more):
    return Question(key, "yes_no", {"en": f"{key}?"}, show_if=show_if, **more)


def ask(*questions):
    return Questionnaire(("en",), (Section("s", {"en": "S"}, questions=questions),))


IS_A, IS_B = Compare("a", "equals", "yes"), Compare("a", "equals", "no")


@pytest.mark.parametrize(
    "condition, reachable",
    [
        (All((IS_A, IS_B)), False), (AnyOf((IS_A, IS_B)), True), (All((IS_A, Not(IS_A))), False), (AnyOf(()), False),
        (Compare("a", "not_shown"), False), (All((Compare("n", "greater", 5), Compare("n", "less", 6))), False),
        (All((Compare("n", "at_least", 5), Compare("n", "at_most", 5))), True), (Compare("n", "greater", 10), False),
    ],
)  # fmt: skip
def test_what_nobody_can_ever_see_is_found(condition, reachable):
    from decimal import Decimal

    number = Question("n", "number", {"en": "n?"}, minimum=Decimal(0), maximum=Decimal(10))
    assert (reach.unreachable(ask(yes_no("a"), number, yes_no("b", condition))) == []) == reachable


def codes(questionnaire, **known):
    told = {"has_closing_date": True, "has_purpose": True, "is_identified": False} | known
    return [point.code for point in lint.advice(questionnaire, **told)]


def single(text, *words, **more):
    return Question("q", "single", {"en": text}, options=options_from_lines(words or ("A", "B"), (), "en"), **more)


@pytest.mark.parametrize(
    "text",
    ["What is your ethnic group?", "What is your religion?", "Are you disabled?", "What is your sexual orientation?", "How old are you?",
     "Is the gender you identify with the same as your sex registered at birth?", "Are you pregnant?"],
)  # fmt: skip
def test_equality_questions_must_allow_not_to_say(text):
    assert "no_way_to_decline" in codes(ask(single(text)))
    assert "no_way_to_decline" not in codes(ask(single(text, "A", "B", "Prefer not to say")))


@pytest.mark.parametrize(
    "text", ["How often do you visit a park?", "Which average price would you pay?", "Do you work in transport?"]
)
def test_other_questions_need_no_way_out(text):
    assert "no_way_to_decline" not in codes(ask(single(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Don't you agree that buses are slow?",
        "Do you agree that cars should go?",
        "How great is our new park?",
        "Surely we need more trees?",
    ],
)
def test_leading_questions_are_seen(text):
    assert "leading" in codes(ask(single(text)))


@pytest.mark.parametrize(
    "text",
    ["How satisfied are you with buses and trains?", "Are streets clean and safe?", "Is it quick as well as cheap?"],
)
def test_questions_that_ask_two_things_are_seen(text):
    assert "double_barrelled" in codes(ask(single(text)))


@pytest.mark.parametrize(
    "text",
    ["Do you think walking and cycling are safe?", "Is it between 5 and 10?", "How satisfied are you with buses?"],
)
def test_questions_that_ask_one_thing_are_left_alone(text):
    assert not {"leading", "double_barrelled"} & set(codes(ask(single(text))))


def test_missing_translations_block_with_their_number():
    questionnaire = replace(ask(single("How?")), languages=("en", "pl"))
    [point] = [
        p
        for p in lint.advice(questionnaire, has_closing_date=True, has_purpose=True, is_identified=False)
        if p.code == "no_translation"
    ]
    assert (point.is_blocking, point.at, point.names) == (True, "pl", {"count": 4})


def test_what_is_missing_around_the_questions_blocks():
    assert codes(ask(single("How?")), has_closing_date=False, has_purpose=False)[:2] == [
        "no_closing_date",
        "no_purpose",
    ]


def test_twenty_questions_take_some_minutes():
    few, many = (
        ask(single("How?")),
        ask(*[replace(single("How often do you go to the park?"), key=f"q{i}") for i in range(20)]),
    )
    assert lint.estimated_minutes(few) == 1
    assert 2 <= lint.estimated_minutes(many) <= 6


@pytest.mark.parametrize(
    "text, hard",
    [
        ("We go to the park. It is big. Do you like it?", False),
        (
            "Infrastructural interdependencies necessitate consideration notwithstanding implementation uncertainties.",
            True,
        ),
    ],
)
def test_lix_tells_easy_from_hard(text, hard):
    assert (lint.lix(text) > lint.HARD_TO_READ) == hard
