"""The editor's groups say what the condition says, and give it back."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from civic.surveys.rules.conditions import All, AnyOf, Compare, Not
from civic.surveys.rules.groups import Group, Groups, groups_of
from civic.surveys.rules.logic import settle
from civic.surveys.rules.questionnaire import Question, Questionnaire, Section
from tests.surveys import generated

A, B, C = (Compare(key, "equals", "yes") for key in "abc")


@settings(max_examples=500, deadline=None)
@given(st.integers(min_value=0, max_value=2**48))
def test_what_the_editor_can_show_means_the_same_when_it_comes_back(seed):
    random = Random(seed)
    earlier = [Question(key, "yes_no", {"en": key}) for key in "abc"]
    condition = generated.condition(random, earlier)
    groups = groups_of(condition)
    if groups is None:
        return
    for shown_if in (condition, groups.condition()):
        assert groups_of(shown_if) is not None
    for answers in ({}, {"a": "yes"}, {"a": "no", "b": "yes"}, {"a": "yes", "b": "no", "c": "yes"}):
        assert shows(earlier, condition, answers) == shows(earlier, groups.condition(), answers)


def shows(earlier, condition, answers):
    last = Question("z", "yes_no", {"en": "z"}, show_if=condition)
    return settle(Questionnaire(("en",), (Section("s", {"en": "S"}, questions=(*earlier, last)),)), answers)["z"]


def test_one_level_of_groups_is_shown():
    assert groups_of(AnyOf((All((A, B)), Not(C)))) == Groups("any", (Group("all", (A, B)), Group("all", (Not(C),))))


def test_deeper_ones_are_not():
    assert groups_of(AnyOf((All((A, AnyOf((B, C)))), C))) is None
    assert groups_of(Not(All((A, B)))) is None


def test_the_last_row_taken_away_leaves_nothing():
    assert Groups().with_row(A, None).without_row(0, 0).condition() is None


def test_rows_and_groups_that_are_not_there_change_nothing():
    groups = Groups().with_row(A, None)
    assert groups.without_row(7, 0) == groups
    assert groups.without_row(0, 7) == groups
    assert groups.with_joiners("none", {0: "some"}) == groups
