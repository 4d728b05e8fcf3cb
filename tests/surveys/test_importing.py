"""XLSForms: what is carried over and what is reported."""

import io

import pytest

from civic.surveys.importing.names import key_for, language_code
from civic.surveys.importing.report import Unreadable
from civic.surveys.importing.xlsform import import_xlsform
from civic.surveys.rules.conditions import All, AnyOf, Compare
from civic.surveys.rules.faults import faults
from civic.surveys.rules.questionnaire import KEY
from tests.surveys.xlsforms import YES_NO, workbook


def questions(data):
    return {question.key: question for question in import_xlsform(data).questionnaire.questions()}


def codes(data):
    return [left.code for left in import_xlsform(data).left if left.code != "warning"]


def one(kind, *more, choices=(("l", "a", "A"), ("l", "b", "B"), ("l", "c", "C"))):
    return questions(workbook([(kind, "q", "Question?", *more)], choices))["q"]


@pytest.mark.parametrize(
    "kind, ours",
    [
        ("text", "short_text"), ("integer", "number"), ("decimal", "number"), ("date", "date"), ("note", None), ("select_one l", "single"),
        ("select_multiple l", "multiple"), ("rank l", "ranking"), ("range", "scale"), ("acknowledge", "yes_no"),
    ],
)  # fmt: skip
def test_types_find_their_kind(kind, ours):
    rows = [(kind, "q", "Question?"), ("text", "z", "Z?")]
    made = questions(workbook(rows, [("l", "a", "A"), ("l", "b", "B")]))
    assert made["q"].kind == (ours or "information")


def test_a_long_text_a_scale_of_stars_and_a_likert_scale():
    assert one("text", "", "", "", "multiline").kind == "long_text"
    stars = one("range", "", "", "", "rating", "start=1 end=5 step=1")
    assert (stars.kind, list(stars.points)) == ("scale", [1, 2, 3, 4, 5])
    likert = one(
        "select_one l", "", "", "yes", "likert", choices=[("l", 1, "Bad"), ("l", 2, "So-so"), ("l", 3, "Good")]
    )
    assert (likert.kind, likert.labels[3], likert.required) == ("scale", {"en": "Good"}, True)


def test_a_range_with_other_steps_becomes_a_number():
    made = one("range", "", "", "", "", "start=0 end=100 step=5")
    assert (made.kind, made.minimum, made.maximum) == ("number", 0, 100)


def test_yes_and_no_become_yes_or_no_but_yes_definitely_does_not():
    assert one("select_one yn", choices=YES_NO).kind == "yes_no"
    assert one("select_one yn", choices=[("yn", "yes", "Yes, definitely"), ("yn", "no", "No")]).kind == "single"


def test_a_single_choice_of_one_answer_becomes_a_box_to_tick_and_conditions_still_hold():
    rows = [("select_one l", "q", "I agree"), ("text", "t", "T?", "${q} = 'a'")]
    made = questions(workbook(rows, [("l", "a", "Yes, I agree")]))
    assert (made["q"].kind, made["t"].show_if) == ("multiple", Compare("q", "equals", "a"))


def test_or_other_becomes_a_field_of_the_question():
    made = questions(
        workbook([("select_one l or_other", "q", "Question?"), ("text", "z", "Z?")], [("l", "a", "A"), ("l", "b", "B")])
    )
    assert made["q"].other
    assert made["q"].option_keys == ("a", "b")
    assert set(made) == {"q", "z"}


def test_a_table_becomes_one_matrix_and_conditions_find_its_rows():
    rows = [
        ("begin_group", "t", "How good are they?", "", "", "", "table-list"),
        ("select_one l", "buses", "Buses"),
        ("select_one l", "trains", "Trains"),
        ("end_group",),
        ("text", "why", "Why?", "${trains} = 'b'"),
    ]
    made = questions(workbook(rows, [("l", "a", "Good"), ("l", "b", "Bad")]))
    assert [kind.kind for kind in made.values()] == ["matrix", "short_text"]
    assert made["t"].row_keys == ("buses", "trains")
    assert made["why"].show_if == Compare("t", "equals", "b", "trains")


def test_a_table_whose_rows_come_and_go_stays_separate_questions():
    rows = [
        ("select_one l", "q", "Q?"),
        ("begin_group", "t", "How good?", "", "", "", "field-list"),
        ("select_one l", "head", "Rate these", "", "", "", "label"),
        ("select_one l", "buses", "Buses", "${q} = 'a'", "", "", "list-nolabel"),
        ("select_one l", "trains", "Trains", "", "", "", "list-nolabel"),
        ("end_group",),
    ]
    made = questions(workbook(rows, [("l", "a", "Good"), ("l", "b", "Bad")]))
    assert [question.kind for question in made.values()] == ["single", "information", "single", "single"]
    assert made["buses"].show_if == Compare("q", "equals", "a")


def test_a_sheet_formatted_far_beyond_its_content_is_read():
    from openpyxl import load_workbook
    from openpyxl.styles import Font

    book = load_workbook(io.BytesIO(workbook([("text", "q", "Q?")])))
    book["survey"].cell(1, 1100).font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    assert set(questions(stream.getvalue())) == {"q"}


@pytest.mark.parametrize(
    "kind, rule, minimum, maximum",
    [
        ("integer", ". >= 16 and . <= 120", 16, 120), ("integer", ".>0", 1, None), ("integer", "(. < 10)", None, 9),
        ("select_multiple l", "count-selected(.) <= 2", None, 2), ("text", "string-length(.) < 50", None, 49),
    ],
)  # fmt: skip
def test_rules_for_answers_are_built_in(kind, rule, minimum, maximum):
    made = one(kind, "", rule)
    assert (made.minimum, made.maximum) == (minimum, maximum)


def test_an_answer_that_stands_alone():
    made = one("select_multiple l", "", "not(selected(., 'c') and count-selected(.) > 1)")
    assert [option.exclusive for option in made.options] == [False, False, True]


@pytest.mark.parametrize("rule", [". mod 2 = 0", "regex(., '[0-9]+')", ". < ${other}", ". > today()"])
def test_rules_that_do_not_exist_here_are_reported(rule):
    assert "constraint" in codes(workbook([("integer", "other", "O?"), ("integer", "q", "Q?", "", rule)]))


def test_languages_come_by_name_code_or_both():
    header = ("type", "name", "label::English (en)", "label::Français", "hint::العربية (ar)")
    data = workbook([("text", "q", "Name?", "Nom ?", "اكتب")], header=header)
    imported = import_xlsform(data)
    assert set(imported.questionnaire.languages) == {"en", "fr", "ar"}
    made = imported.questionnaire.question("q")
    assert made.text == {"en": "Name?", "fr": "Nom ?"}
    assert made.hint["ar"] == "اكتب"


@pytest.mark.parametrize(
    "name, code",
    [("English", "en"), ("Polski", "pl"), ("Arabic (ar)", "ar"), ("fr", "fr"), ("Igbo", "ig"), ("Klingon", None)],
)
def test_language_names(name, code):
    assert language_code(name) == code


def test_nested_groups_are_flattened_with_their_conditions():
    rows = [
        ("select_one yn", "a", "A?"), ("begin_group", "g", "Outer", "${a} = 'yes'"), ("begin_group", "h", "Inner", "${a} != ''"),
        ("text", "t", "T?", "selected(${a}, 'yes')"), ("end_group",), ("end_group",), ("text", "z", "Z?"),
    ]  # fmt: skip
    questionnaire = import_xlsform(workbook(rows, YES_NO)).questionnaire
    assert [section.show_if for section in questionnaire.sections] == [None, Compare("a", "equals", "yes"), None]
    assert questionnaire.question("t").show_if == All((Compare("a", "answered"), Compare("a", "equals", "yes")))
    assert faults(questionnaire) == []


@pytest.mark.parametrize(
    "row, code",
    [
        (("geopoint", "x", "Where?"), "type"), (("image", "x", "Photo?"), "type"), (("start", "x"), "metadata"),
        (("text", "x", "X?", "${q} + 1 = 2"), "condition"), (("text", "x", "Hello ${q}"), "piping"),
        (("text", "x", "X?", "", "", "${q} = 'a'"), "required"), (("text", "X-Y", "X?"), "name"), (("text", "x"), "no_label"),
    ],
)  # fmt: skip
def test_what_stays_behind_is_reported_with_its_row(row, code):
    data = workbook([("text", "q", "Q?"), row])
    left = next(left for left in import_xlsform(data).left if left.code == code)
    assert (left.sheet, left.row) == ("survey", 3)


def test_conditions_on_what_stayed_behind_are_dropped_and_reported():
    data = workbook([("text", "q", "Q?"), ("calculate", "c", "", "", "", "", "", ""), ("text", "x", "X?", "${c} = '1'")], header=(
        "type", "name", "label", "relevant", "constraint", "required", "appearance", "calculation"))  # fmt: skip
    broken = workbook([("text", "q", "Q?"), ("geopoint", "c", "Where?"), ("text", "x", "X?", "${c} != ''")])
    assert "condition_on_missing" in codes(broken)
    assert questions(broken)["x"].show_if is None
    with pytest.raises(Unreadable):
        import_xlsform(data)  # a calculation without an expression is an error of the form


def test_a_condition_on_a_later_question_is_dropped_and_reported():
    data = workbook([("text", "x", "X?", "${y} != ''"), ("text", "y", "Y?")])
    assert questions(data)["x"].show_if is None
    assert {"condition_on_missing", "condition"} & set(codes(data))


def test_codes_that_are_no_keys_become_keys_and_conditions_follow():
    rows = [("select_one l", "Q 1".replace(" ", "_"), "Q?"), ("text", "t", "T?", "${Q_1} = '2' or ${Q_1} = 'Not Sure'")]
    made = questions(workbook(rows, [("l", 1, "One"), ("l", 2, "Two"), ("l", "Not Sure", "Not sure")]))
    assert made["q_1"].option_keys == ("v_1", "v_2", "not_sure")
    assert made["t"].show_if == AnyOf((Compare("q_1", "equals", "v_2"), Compare("q_1", "equals", "not_sure")))


@pytest.mark.parametrize("name", ["1", "Ä", "a b", "", "select", "x" * 80, "عربي", "--", "_x"])
def test_every_name_becomes_a_key(name):
    assert KEY.match(key_for(name, {"question"}, "question"))
