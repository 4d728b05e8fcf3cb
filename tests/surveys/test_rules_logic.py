"""What is shown: one evaluator against a slow one that shares no line with it, on thousands of generated questionnaires."""

from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic.surveys.rules.conditions import All, AnyOf, Compare, MalformedCondition, Not, condition_from_json
from civic.surveys.rules.faults import faults
from civic.surveys.rules.logic import Shown, clear_hidden, evaluate, settle
from civic.surveys.rules.questionnaire import MalformedQuestionnaire, Option, Question, Questionnaire, Section
from tests.surveys import generated

seeds = st.integers(min_value=0, max_value=2**48)
many = settings(max_examples=1500, deadline=None)


class Oracle:
    """The definition read aloud, on plain JSON: no passes, no memory, every question asked anew from the beginning."""

    def __init__(self, kept: dict[str, Any], answers: dict[str, Any]):
        self.sections, self.answers = kept["sections"], answers

    def section_shown(self, section: dict[str, Any]) -> bool:
        return self.true(section.get("show_if"))

    def question_shown(self, key: str) -> bool:
        for section in self.sections:
            for question in section.get("questions", []):
                if question["key"] == key:
                    return self.section_shown(section) and self.true(question.get("show_if"))
        raise AssertionError(key)

    def question(self, key: str) -> dict[str, Any]:
        return next(q for s in self.sections for q in s.get("questions", []) if q["key"] == key)

    def true(self, condition: dict[str, Any] | None) -> bool:
        if condition is None:
            return True
        if "all" in condition:
            return all(self.true(part) for part in condition["all"])
        if "any" in condition:
            return any(self.true(part) for part in condition["any"])
        if "not" in condition:
            return not self.true(condition["not"])
        return self.compare(condition)

    def compare(self, c: dict[str, Any]) -> bool:
        visible = self.question_shown(c["question"])
        if c["is"] == "not_shown":
            return not visible
        given = self.answers.get(c["question"]) if visible else None
        if given is not None and "row" in c:
            given = given.get(c["row"])
        if given is None:
            return False
        if c["is"] == "answered":
            return True
        kind, value = self.question(c["question"])["kind"], c["value"]
        if kind in ("scale", "number"):
            given, value = float(given), float(value)
        if kind == "short_text":
            given, value = given.strip().casefold(), value.strip().casefold()
        if kind in ("single", "multiple", "ranking"):
            keys = [
                "other" if isinstance(part, dict) else part for part in (given if isinstance(given, list) else [given])
            ]
            if c["is"] == "includes":
                return value in keys
            return (keys == [value]) == (c["is"] == "equals")
        return {
            "equals": lambda: given == value,
            "not_equals": lambda: given != value,
            "greater": lambda: given > value,
            "less": lambda: given < value,
            "at_least": lambda: given >= value,
            "at_most": lambda: given <= value,
        }[c["is"]]()


@many
@given(seeds)
def test_the_evaluator_agrees_with_the_slow_definition(seed):
    random = Random(seed)
    questionnaire = generated.questionnaire(random)
    answers = generated.answers(random, questionnaire)
    oracle, shown = Oracle(questionnaire.to_json(), answers), settle(questionnaire, answers)
    for section in oracle.sections:
        assert (shown[section["key"]] is Shown.SHOWN) == oracle.section_shown(section)
        for question in section["questions"]:
            assert (shown[question["key"]] is Shown.SHOWN) == oracle.question_shown(question["key"])


@many
@given(seeds)
def test_saved_means_shown_and_answered(seed):
    random = Random(seed)
    questionnaire = generated.questionnaire(random)
    answers = generated.answers(random, questionnaire) | {"unknown": "x"}
    kept = clear_hidden(questionnaire, answers)
    shown = settle(questionnaire, kept)
    for question in questionnaire.questions():
        saved = question.key in kept
        assert saved == (shown[question.key] is Shown.SHOWN and question.is_asked and question.key in answers)
    assert "unknown" not in kept
    assert clear_hidden(questionnaire, kept) == kept, "clearing twice changes nothing"


@settings(max_examples=400, deadline=None)
@given(seeds)
def test_what_is_called_shown_or_hidden_stays_so_whatever_is_answered_next(seed):
    random = Random(seed)
    questionnaire = generated.questionnaire(random, 2, 3)
    asked = [question for question in questionnaire.questions() if question.is_asked]
    full = {question.key: generated.answer(random, question) for question in asked}
    known = {question.key: full[question.key] for question in asked if random.random() < 0.5}
    missing = [question for question in asked if question.key not in known][:4]
    passed = {question.key for question in asked if question.key not in known} - {question.key for question in missing}
    so_far = evaluate(questionnaire, known, passed)
    for picks in product(*[[None, generated.answer(random, q), generated.answer(random, q)] for q in missing]):
        later = known | {q.key: pick for q, pick in zip(missing, picks, strict=True) if pick is not None}
        settled = settle(questionnaire, later)
        for key, value in so_far.items():
            assert value in (Shown.UNDETERMINED, settled[key])


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_generated_questionnaires_survive_json_and_have_no_faults(seed):
    questionnaire = generated.questionnaire(Random(seed))
    assert Questionnaire.from_json(questionnaire.to_json()) == questionnaire
    assert faults(questionnaire) == []


def ask(*questions: Question, **section: Any) -> Questionnaire:
    return Questionnaire(("en",), (Section("s", {"en": "S"}, questions=questions, **section),))


def yes_no(key: str, show_if: Any = None) -> Question:
    return Question(key, "yes_no", {"en": f"{key}?"}, show_if=show_if)


def test_a_question_waits_for_the_answer_it_hangs_on():
    questionnaire = ask(yes_no("a"), yes_no("b", Compare("a", "equals", "yes")))
    assert evaluate(questionnaire, {})["b"] is Shown.UNDETERMINED
    assert evaluate(questionnaire, {}, passed={"a"})["b"] is Shown.HIDDEN
    assert evaluate(questionnaire, {"a": "yes"})["b"] is Shown.SHOWN
    assert evaluate(questionnaire, {"a": "no"})["b"] is Shown.HIDDEN


def test_what_stands_in_a_hidden_section_is_hidden_and_its_answers_count_for_nothing():
    questionnaire = Questionnaire(
        ("en",),
        (
            Section("one", {"en": "1"}, questions=(yes_no("a"),)),
            Section("two", {"en": "2"}, show_if=Compare("a", "equals", "yes"), questions=(yes_no("b"),)),
            Section(
                "three",
                {"en": "3"},
                questions=(yes_no("c", Compare("b", "equals", "yes")), yes_no("d", Compare("b", "not_shown"))),
            ),
        ),
    )
    answers = {"a": "no", "b": "yes", "c": "yes", "d": "yes"}
    assert clear_hidden(questionnaire, answers) == {"a": "no", "d": "yes"}


@pytest.mark.parametrize("comparison", ["equals", "not_equals", "answered"])
def test_nothing_is_true_of_a_skipped_answer(comparison):
    questionnaire = ask(yes_no("a"), yes_no("b", Compare("a", comparison, "yes")))
    assert settle(questionnaire, {})["b"] is Shown.HIDDEN


def test_anything_but_yes_or_nothing_is_said_the_long_way():
    questionnaire = ask(yes_no("a"), yes_no("b", Not(Compare("a", "equals", "yes"))))
    assert settle(questionnaire, {})["b"] is Shown.SHOWN
    assert settle(questionnaire, {"a": "yes"})["b"] is Shown.HIDDEN


def test_a_preview_with_a_broken_condition_can_still_be_drawn():
    questionnaire = ask(
        yes_no("a", Compare("later", "equals", "yes")), yes_no("later"), yes_no("b", Compare("gone", "answered"))
    )
    assert evaluate(questionnaire, {})["a"] is Shown.UNDETERMINED
    assert settle(questionnaire, {"later": "yes"})["a"] is Shown.HIDDEN
    assert settle(questionnaire, {})["b"] is Shown.HIDDEN


def codes(questionnaire: Questionnaire) -> set[str]:
    return {fault.code for fault in faults(questionnaire)}


@pytest.mark.parametrize(
    "questions, code",
    [
        ((yes_no("a", Compare("a", "answered")),), "asks_itself"),
        ((yes_no("a", Compare("b", "answered")), yes_no("b")), "later_question"),
        ((yes_no("a", Compare("b", "answered")), yes_no("b", Compare("a", "answered"))), "circle"),
        ((yes_no("a", Compare("zz", "answered")),), "unknown_question"),
        ((yes_no("a"), yes_no("b", Compare("a", "greater", 3))), "comparison_does_not_fit"),
        ((yes_no("a"), yes_no("b", Compare("a", "equals", "maybe"))), "impossible_value"),
        ((yes_no("a"), yes_no("a")), "same_key_twice"),
        ((yes_no("Bad key"),), "bad_key"),
        ((Question("a", "information", {"en": "Hello"}),), "nothing_asked"),
        ((Question("a", "single", {"en": "?"}, options=(Option("x", {"en": "X"}),)),), "too_few_options"),
        ((Question("a", "yes_no", {}),), "no_words"),
        (
            (Question("a", "matrix", {"en": "?"}, options=(Option("x", {"en": "X"}), Option("y", {"en": "Y"}))),),
            "too_few_rows",
        ),
        ((Question("a", "date", {"en": "?"}, earliest="2026-02-30"),), "bad_date_bound"),
    ],
)
def test_faults_are_named(questions, code):
    assert code in codes(ask(*questions))


def test_a_section_cannot_hang_on_its_own_questions():
    assert "circle" in codes(ask(yes_no("a"), show_if=Compare("a", "answered")))


@pytest.mark.parametrize(
    "kept",
    [
        None, [], "x", {}, {"question": "a"}, {"question": "a", "is": "like"}, {"all": "x"}, {"any": [3]}, {"not": None},
        {"question": 3, "is": "equals", "value": "x"}, {"question": "a", "is": "equals", "value": {"x": 1}},
    ],
)  # fmt: skip
def test_what_is_not_a_condition_is_refused(kept):
    with pytest.raises(MalformedCondition):
        condition_from_json(kept)


def test_conditions_nested_beyond_reason_are_refused():
    kept: dict[str, Any] = {"question": "a", "is": "answered"}
    for _ in range(40):
        kept = {"not": kept}
    with pytest.raises(MalformedCondition):
        condition_from_json(kept)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["sections", "languages", "key", "kind", "questions", "text", "show_if", "options", "labels"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=1500, deadline=None)
@given(json_values)
def test_whatever_is_read_is_a_questionnaire_or_refused(kept):
    try:
        questionnaire = Questionnaire.from_json(kept)
    except MalformedQuestionnaire:
        return
    assert Questionnaire.from_json(questionnaire.to_json()) == questionnaire


def test_groups_of_nothing():
    questionnaire = ask(yes_no("a"), yes_no("b", All(())), yes_no("c", AnyOf(())))
    shown = settle(questionnaire, {})
    assert (shown["b"], shown["c"]) == (Shown.SHOWN, Shown.HIDDEN)
