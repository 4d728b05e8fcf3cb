"""Every code that a rule can give has its sentence, in every language of the page, and what people wrote stays inert in it."""

import re
from pathlib import Path

import pytest

from civic.surveys import advising, explaining, words
from civic.surveys.importing.report import LEFT, UNREADABLE
from civic.surveys.rules.conditions import All, AnyOf, Compare, Not
from civic.surveys.rules.faults import Fault
from civic.surveys.rules.questionnaire import Option, Question, Questionnaire, Section

RULES = Path(__file__).parents[2] / "civic" / "surveys"


def codes(pattern, *files):
    return {code for file in files for code in re.findall(pattern, (RULES / file).read_text())}


@pytest.mark.parametrize(
    "pattern, files, known",
    [
        (r'Fault\("(\w+)"', ["rules/faults.py"], explaining.FAULTS),
        (r'Advice\("(\w+)"', ["rules/lint.py"], advising.SENTENCES),
        (r'_Refused\("(\w+)"', ["rules/answers.py"], words._REFUSALS),
        (r'Unreadable\("(\w+)"', ["importing/safety.py", "importing/reading.py", "importing/xlsform.py"], UNREADABLE),
        (r'_note\([^"\n]*"\w+", "(\w+)"', ["importing/elements.py", "importing/xlsform.py"], LEFT),
    ],
)
def test_every_code_has_its_sentence(pattern, files, known):
    assert codes(pattern, *files)
    assert codes(pattern, *files) <= set(known)


EVIL = "<script>alert(1)</script> %(x)s"
ASKED = Questionnaire(
    ("en",),
    (
        Section(
            "s",
            {"en": "S"},
            questions=(
                Question("a", "single", {"en": EVIL}, options=(Option("x", {"en": EVIL}), Option("y", {"en": "Y"}))),
                Question("b", "yes_no", {"pl": "Czy?"}),
            ),
        ),
    ),
)


def test_conditions_are_said_in_words_and_what_people_wrote_is_inert(in_request):
    condition = All(
        (Compare("a", "equals", "x"), AnyOf((Not(Compare("b", "equals", "yes")), Compare("b", "not_shown"))))
    )
    said = str(explaining.condition_in_words(ASKED, condition))
    assert "<script>" not in said
    assert "&lt;script&gt;" in said
    assert '<span lang="pl" dir="ltr">Czy?</span>' in said
    assert said.count("(") >= 2


@pytest.mark.parametrize("code", sorted(explaining.FAULTS))
def test_every_fault_can_be_said(in_request, code):
    names = {"key": "a", "comparison": "equals", "value": "x", "row": "r", "most": 3, "fewest": 1}
    said = str(explaining.fault_sentence(ASKED, Fault(code, "a", names)))
    assert "<script>" not in said
    assert "%(" not in said.replace("%(x)s", "")
