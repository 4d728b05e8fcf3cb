"""The expressions of XLSForms that are understood, and that all others are refused."""

from random import Random

import pytest

from civic.surveys.importing.expressions import NotCarried, NotUnderstood, Target, condition_from
from civic.surveys.rules.conditions import All, AnyOf, Compare, Not

TARGETS = {
    "a": Target("a", "single", None, (("1", "v_1"), ("x", "x"))),
    "m": Target("m", "multiple"),
    "n": Target("n", "number"),
    "t": Target("t", "short_text"),
    "s": Target("s", "scale"),
    "d": Target("d", "date"),
}
A1 = Compare("a", "equals", "v_1")


@pytest.mark.parametrize(
    "expression, condition",
    [
        ("${a} = '1'", A1),
        ("${a}=1", A1),
        ("'1' = ${a}", A1),
        ('${ a } = "1"', A1),
        ("../a = '1'", A1),
        ("(${a} = '1')", A1),
        ("${a} != '1'", Not(A1)),
        ("not(${a} = '1')", Not(A1)),
        ("selected(${a}, '1')", A1),
        ("selected(${m}, 'k')", Compare("m", "includes", "k")),
        ("${t} != ''", Compare("t", "answered")),
        ("${t} = ''", Not(Compare("t", "answered"))),
        ("string-length(${t}) > 0", Compare("t", "answered")),
        ("count-selected(${m}) >= 1", Compare("m", "answered")),
        ("${n} > 5", Compare("n", "greater", "5")),
        ("5 < ${n}", Compare("n", "greater", "5")),
        ("${n} >= -2.5", Compare("n", "at_least", "-2.5")),
        ("${s} <= 3", Compare("s", "at_most", 3)),
        ("${d} < date('2026-01-01')", Compare("d", "less", "2026-01-01")),
        ("true()", All(())),
        ("false()", AnyOf(())),
        (
            "${a} = '1' or ${a} = 'x' and ${n} > 5",
            AnyOf((A1, All((Compare("a", "equals", "x"), Compare("n", "greater", "5"))))),
        ),
        (
            "(${a} = '1' or ${a} = 'x')\n and ${n} > 5",
            All((AnyOf((A1, Compare("a", "equals", "x"))), Compare("n", "greater", "5"))),
        ),
    ],
)
def test_expressions_that_are_understood(expression, condition):
    assert condition_from(expression, TARGETS.get) == condition


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "${a}",
        "${a} =",
        "${a} = ${n}",
        "${a} + 1 = 2",
        "if(${a}, 1, 2)",
        "${n} > 'x' and",
        "regex(${t}, 'x')",
        "${t} > 5",
        "selected(${m})",
        "count-selected(${m}) > 2",
        "(" * 40 + "${a} = '1'" + ")" * 40,
        "not(" * 30 + "${a}='1'" + ")" * 30,
        "${a} = '1' " * 500,
        "'",
        "${",
        "x" * 9000,
    ],
)
def test_expressions_that_are_not_understood(expression):
    with pytest.raises(NotUnderstood):
        condition_from(expression, TARGETS.get)


def test_a_name_that_was_not_carried_over():
    with pytest.raises(NotCarried):
        condition_from("${gone} = '1'", TARGETS.get)


def test_expressions_made_at_random_never_break_the_reader():
    random, words = (
        Random(7),
        [
            "${a}",
            "${n}",
            "=",
            "!=",
            ">",
            "'x'",
            "1",
            "and",
            "or",
            "not(",
            "(",
            ")",
            "selected(",
            ",",
            ".",
            "true()",
            " ",
        ],
    )
    for _ in range(5000):
        expression = "".join(random.choices(words, k=random.randint(1, 12)))
        try:
            condition_from(expression, TARGETS.get)
        except NotUnderstood:
            continue
