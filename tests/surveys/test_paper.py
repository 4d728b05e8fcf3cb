"""The codes that stand on paper lead back to one question and one answer each."""

from random import Random

from civic.surveys.rules.paper import answer_keys, codes, letter
from civic.surveys.rules.questionnaire import DECLINED, OTHER, Option, Question, Questionnaire, Section
from tests.surveys.generated import questionnaire


def of(*questions: Question) -> Questionnaire:
    return Questionnaire(("en",), (Section("s", {}, questions=questions),))


def test_questions_are_numbered_in_the_order_asked_and_information_has_no_number():
    asked = of(Question("a", "yes_no", {}), Question("note", "information", {}), Question("b", "long_text", {}))
    assert {key: found.code for key, found in codes(asked).items()} == {"a": "Q1", "b": "Q2"}


def test_other_stands_before_what_stands_alone_as_on_the_page():
    options = (Option("none", {}, exclusive=True), Option("bus", {}), Option(DECLINED, {}))
    question = Question("how", "multiple", {}, options=options, other=True)
    assert codes(of(question))["how"].answers == {"bus": "a", OTHER: "b", "none": "c", DECLINED: "d"}


def test_a_point_of_a_scale_is_its_own_number_and_statements_have_numbers_of_their_own():
    scale = Question("s", "scale", {})
    matrix = Question(
        "m", "matrix", {}, options=(Option("x", {}), Option("y", {})), rows=(Option("r", {}), Option("t", {}))
    )
    found = codes(of(scale, matrix))
    assert found["s"].answers == {str(point): str(point) for point in range(1, 6)}
    assert found["m"].rows == {"r": "Q2.1", "t": "Q2.2"} and found["m"].answers == {"x": "a", "y": "b"}


def test_every_code_leads_back_to_its_answer_however_it_was_typed():
    for seed in range(300):
        asked = questionnaire(Random(seed))
        found = codes(asked)
        assert len({each.code for each in found.values()}) == len(found)
        for question in asked.questions():
            if question.is_asked:
                its = found[question.key]
                assert {its.answer(f" {code.upper()} ") for code in its.answers.values()} == set(answer_keys(question))
                assert its.answer("zz9") is None


def test_after_z_come_two_letters():
    assert [letter(place) for place in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]
