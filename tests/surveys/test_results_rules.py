"""Results are arithmetic a resident could check, and tell nothing that a hidden number must not tell."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from civic.surveys.rules.counting import cells_of_response, rounded
from civic.surveys.rules.questionnaire import Questionnaire
from civic.surveys.rules.results import FEW, LINKED, Results, mean, median, results

BOROUGHS = tuple(f"E0900{number:04d}" for number in range(1, 34))


def questionnaire(*questions: dict[str, Any]) -> Questionnaire:
    return Questionnaire.from_json(
        {
            "languages": ["en"],
            "sections": [
                {"key": "s", "title": {"en": "S"}, "questions": [{"text": {"en": "?"}, **q} for q in questions]}
            ],
        }
    )


def single(key: str, *options: str, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "kind": "single",
        "options": [{"key": option, "text": {"en": option}} for option in options],
        **more,
    }


def counted(asked: Questionnaire, answers: list[dict[str, Any]], **levels: int) -> Results:
    counts: dict[str, Counter[str]] = {}
    for answer in answers:
        for (question, option), n in Counter(
            cells_of_response(asked, answer, language="en", mode="web", borough=None)
        ).items():
            counts.setdefault(question, Counter())[option] += n
    return results(asked, counts, responses_by_level=levels or {"nothing": len(answers)}, boroughs=BOROUGHS)


def test_shares_are_of_those_who_answered() -> None:
    asked = questionnaire(single("q", "a", "b"))
    found = counted(asked, [{"q": "a"}] * 30 + [{"q": "b"}] * 10 + [{}] * 60).findings["q"]
    assert (found.people, [(bar.n, bar.share) for bar in found.bars]) == (40, [(30, 0.75), (10, 0.25)])
    assert found.most is not None and found.most.key == "a"


def test_fewer_than_ten_answers_print_nothing() -> None:
    asked = questionnaire(single("q", "a", "b"))
    printed = counted(asked, [{"q": "a"}] * 9)
    assert printed.responses is None and printed.levels == () and printed.findings["q"].withheld == FEW
    assert printed.findings["q"].people is None


def test_a_follow_up_does_not_tell_how_many_gave_a_hidden_answer() -> None:
    follow_up = {
        "key": "why",
        "kind": "short_text",
        "show_if": {"question": "q", "is": "equals", "value": "no"},
        "required": True,
    }
    asked = questionnaire(single("q", "yes", "no", "unsure"), follow_up)
    printed = counted(asked, [{"q": "yes"}] * 50 + [{"q": "no", "why": "x"}] * 20 + [{"q": "unsure"}] * 3)
    assert [bar.n for bar in printed.findings["q"].bars] == [50, None, None]
    assert printed.findings["why"].withheld == LINKED


def test_a_follow_up_to_a_printed_answer_is_printed() -> None:
    follow_up = {"key": "why", "kind": "short_text", "show_if": {"question": "q", "is": "equals", "value": "yes"}}
    asked = questionnaire(single("q", "yes", "no", "unsure"), follow_up)
    printed = counted(asked, [{"q": "yes", "why": "x"}] * 50 + [{"q": "no"}] * 20 + [{"q": "unsure"}] * 3)
    assert printed.findings["why"].people == 50


def test_the_mean_is_not_printed_where_it_would_solve_for_a_hidden_point() -> None:
    asked = questionnaire({"key": "q", "kind": "scale", "minimum": 1, "maximum": 5})
    printed = counted(asked, [{"q": 1}] * 3 + [{"q": 2}] * 30 + [{"q": 4}] * 40 + [{"q": 5}] * 90 + [{"q": 3}] * 50)
    found = printed.findings["q"]
    assert found.holds_back and found.mean is None
    assert found.median == 4  # the same wherever the hidden ones stand


def test_the_median_is_not_printed_where_it_would_tell_where_the_hidden_ones_stand() -> None:
    asked = questionnaire({"key": "q", "kind": "scale", "minimum": 1, "maximum": 3})
    found = counted(asked, [{"q": 1}] * 8 + [{"q": 3}] * 14 + [{"q": 2}] * 15).findings["q"]
    assert found.holds_back and found.median is None


@pytest.mark.parametrize(
    ("values", "middle", "average"),
    [({1: 1}, 1, 1.0), ({1: 1, 2: 1}, Decimal("1.5"), 1.5), ({1: 3, 10: 1}, 1, 3.2), ({0: 2, 5: 2, 6: 3}, 5, 4.0)],
)
def test_medians_and_means(values: dict[int, int], middle: Any, average: float) -> None:
    kept = {Decimal(value): n for value, n in values.items()}
    assert (median(kept), mean(kept)) == (middle, average)


def test_numbers_are_put_into_bands_that_hold_everybody() -> None:
    asked = questionnaire({"key": "q", "kind": "number"})
    found = counted(asked, [{"q": str(n)} for n in range(100) for _ in range(3)]).findings["q"]
    assert sum(bar.n or 0 for bar in found.bars) == 300 and found.median == Decimal("49.5") and found.mean == 49.5


def test_ranking_prints_first_places_and_mean_places() -> None:
    asked = questionnaire({"key": "q", "kind": "ranking", "options": [{"key": k, "text": {"en": k}} for k in "abc"]})
    found = counted(asked, [{"q": ["a", "b", "c"]}] * 30 + [{"q": ["b", "a"]}] * 20 + [{"q": ["c"]}] * 10).findings["q"]
    assert [bar.n for bar in found.bars] == [30, 20, 10]
    assert found.places == {"a": 1.4, "b": 1.6, "c": 2.5}


def test_rows_of_a_matrix_have_their_own_number_of_people() -> None:
    rows = [{"key": "r1", "text": {"en": "r1"}}, {"key": "r2", "text": {"en": "r2"}}]
    asked = questionnaire(
        {"key": "q", "kind": "matrix", "rows": rows, "options": [{"key": k, "text": {"en": k}} for k in "ab"]}
    )
    found = counted(asked, [{"q": {"r1": "a", "r2": "b"}}] * 20 + [{"q": {"r1": "b"}}] * 15).findings["q"]
    assert [row.people for row in found.rows] == [35, 20]
    assert [bar.n for bar in found.rows[1].bars] == [None, None]


def test_an_answer_of_an_earlier_version_is_still_counted() -> None:
    asked = questionnaire(single("q", "a", "b"))
    counts = {":all": {"": 60}, "q": {":answered": 60, "a": 20, "b": 20, "gone": 20}}
    found = results(asked, counts, responses_by_level={"nothing": 60}).findings["q"]
    assert [bar.key for bar in found.bars] == ["a", "b", "gone"] and sum(
        bar.n or 0 for bar in found.bars
    ) == found.people


def test_boroughs_are_not_printed_where_their_sum_tells_a_hidden_level() -> None:
    asked = questionnaire(single("q", "a", "b"))
    counts = {":all": {"": 60}, ":borough": {BOROUGHS[0]: 25, BOROUGHS[1]: 30}}
    few = results(asked, counts, responses_by_level={"nothing": 5, "borough_given": 55}, boroughs=BOROUGHS[:2])
    assert few.boroughs is None
    enough = results(asked, counts, responses_by_level={"nothing": 50, "borough_given": 55}, boroughs=BOROUGHS[:2])
    assert enough.boroughs == {BOROUGHS[0]: 25, BOROUGHS[1]: 30}


@pytest.mark.parametrize(
    ("number", "kept"),
    [("0", "0"), ("12.50", "12.5"), ("1234.5", "1230"), ("-99999", "-100000"), ("0.00123456", "0.00123")],
)
def test_numbers_are_counted_to_three_digits(number: str, kept: str) -> None:
    assert rounded(number) == kept
