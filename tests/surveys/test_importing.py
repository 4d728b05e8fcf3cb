"""XLSForms: what is carried over, what is reported, and that nothing at all is kept of a file that is broken."""

import io
import tracemalloc
import zipfile
from random import Random
from time import perf_counter

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from civic.core.db import db
from civic.surveys.actions.importing import import_survey
from civic.surveys.importing.expressions import NotCarried, NotUnderstood, Target, condition_from
from civic.surveys.importing.names import key_for, language_code
from civic.surveys.importing.report import LEFT, UNREADABLE, Unreadable, left_sentence
from civic.surveys.importing.safety import checked
from civic.surveys.importing.xlsform import import_xlsform
from civic.surveys.models.survey import Survey
from civic.surveys.rules.conditions import All, AnyOf, Compare, Not
from civic.surveys.rules.faults import faults
from civic.surveys.rules.questionnaire import KEY

YES_NO = [("yn", "yes", "Yes"), ("yn", "no", "No")]


def workbook(survey, choices=(), settings=(), header=("type", "name", "label", "relevant", "constraint", "required", "appearance", "parameters", "hint"),
             choice_header=("list_name", "name", "label")):  # fmt: skip
    """A small XLSForm as bytes."""
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in [header, *survey]:
        sheet.append(row)
    if choices:
        sheet = book.create_sheet("choices")
        for row in [choice_header, *choices]:
            sheet.append(row)
    if settings:
        sheet = book.create_sheet("settings")
        for row in settings:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


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
    likert = one("select_one l", "", "", "yes", "likert", choices=[("l", 1, "Bad"), ("l", 2, "So-so"), ("l", 3, "Good")])
    assert (likert.kind, likert.labels[3], likert.required) == ("scale", {"en": "Good"}, True)


def test_a_range_with_other_steps_becomes_a_number():
    made = one("range", "", "", "", "", "start=0 end=100 step=5")
    assert (made.kind, made.minimum, made.maximum) == ("number", 0, 100)


def test_yes_and_no_become_yes_or_no_but_yes_definitely_does_not():
    assert one("select_one yn", choices=YES_NO).kind == "yes_no"
    assert one("select_one yn", choices=[("yn", "yes", "Yes, definitely"), ("yn", "no", "No")]).kind == "single"


def test_or_other_becomes_a_field_of_the_question():
    made = questions(workbook([("select_one l or_other", "q", "Question?"), ("text", "z", "Z?")], [("l", "a", "A"), ("l", "b", "B")]))
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


@pytest.mark.parametrize("name, code", [("English", "en"), ("Polski", "pl"), ("Arabic (ar)", "ar"), ("fr", "fr"), ("Igbo", "ig"), ("Klingon", None)])
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


# --- expressions ---------------------------------------------------------------------------------------------------------

TARGETS = {
    "a": Target("a", "single", None, (("1", "v_1"), ("x", "x"))), "m": Target("m", "multiple"), "n": Target("n", "number"), "t": Target("t", "short_text"),
    "s": Target("s", "scale"), "d": Target("d", "date"),
}  # fmt: skip
A1 = Compare("a", "equals", "v_1")


@pytest.mark.parametrize(
    "expression, condition",
    [
        ("${a} = '1'", A1), ("${a}=1", A1), ("'1' = ${a}", A1), ("${ a } = \"1\"", A1), ("../a = '1'", A1), ("(${a} = '1')", A1),
        ("${a} != '1'", Not(A1)), ("not(${a} = '1')", Not(A1)), ("selected(${a}, '1')", A1), ("selected(${m}, 'k')", Compare("m", "includes", "k")),
        ("${t} != ''", Compare("t", "answered")), ("${t} = ''", Not(Compare("t", "answered"))), ("string-length(${t}) > 0", Compare("t", "answered")),
        ("count-selected(${m}) >= 1", Compare("m", "answered")), ("${n} > 5", Compare("n", "greater", "5")), ("5 < ${n}", Compare("n", "greater", "5")),
        ("${n} >= -2.5", Compare("n", "at_least", "-2.5")), ("${s} <= 3", Compare("s", "at_most", 3)),
        ("${d} < date('2026-01-01')", Compare("d", "less", "2026-01-01")), ("true()", All(())), ("false()", AnyOf(())),
        ("${a} = '1' or ${a} = 'x' and ${n} > 5", AnyOf((A1, All((Compare("a", "equals", "x"), Compare("n", "greater", "5")))))),
        ("(${a} = '1' or ${a} = 'x')\n and ${n} > 5", All((AnyOf((A1, Compare("a", "equals", "x"))), Compare("n", "greater", "5")))),
    ],
)  # fmt: skip
def test_expressions_that_are_understood(expression, condition):
    assert condition_from(expression, TARGETS.get) == condition


@pytest.mark.parametrize(
    "expression",
    ["", "${a}", "${a} =", "${a} = ${n}", "${a} + 1 = 2", "if(${a}, 1, 2)", "${n} > 'x' and", "regex(${t}, 'x')", "${t} > 5", "selected(${m})",
     "count-selected(${m}) > 2", "(" * 40 + "${a} = '1'" + ")" * 40, "not(" * 30 + "${a}='1'" + ")" * 30, "${a} = '1' " * 500, "'", "${", "x" * 9000],
)  # fmt: skip
def test_expressions_that_are_not_understood(expression):
    with pytest.raises(NotUnderstood):
        condition_from(expression, TARGETS.get)


def test_a_name_that_was_not_carried_over():
    with pytest.raises(NotCarried):
        condition_from("${gone} = '1'", TARGETS.get)


def test_expressions_made_at_random_never_break_the_reader():
    random, words = Random(7), ["${a}", "${n}", "=", "!=", ">", "'x'", "1", "and", "or", "not(", "(", ")", "selected(", ",", ".", "true()", " "]
    for _ in range(5000):
        expression = "".join(random.choices(words, k=random.randint(1, 12)))
        try:
            condition_from(expression, TARGETS.get)
        except NotUnderstood:
            continue


# --- files that are not what they should be ------------------------------------------------------------------------------

GOOD = workbook(
    [("select_one yn", "a", "A?"), ("begin_group", "g", "G", "${a} = 'yes'"), ("text", "t", "T?"), ("end_group",), ("note", "n", "Thanks")], YES_NO
)


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": "<Types/>", **parts}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_part(name, change):
    """The good workbook with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
BAD = {
    "empty": (b"", "empty"),
    "text": (b"type,name,label\ntext,a,A?", "not_xlsx"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "not_xlsx"),
    "cut in half": (GOOD[: len(GOOD) // 2], "broken"),
    "a zip of something else": (zipped(**{"photo.jpg": "x"}), "not_xlsx"),
    "a zip bomb": (zipped(**{"xl/workbook.xml": "<a/>", SHEET: "0" * 60_000_000}), "expands"),
    "many parts": (zipped(**{f"xl/p{i}.xml": "<a/>" for i in range(600)}), "expands"),
    "a path outside": (zipped(**{"xl/workbook.xml": "<a/>", "../../etc/cron.d/x": "x"}), "unsafe"),
    "entities": (with_part(SHEET, lambda content: DOCTYPE + content.split(b"?>", 1)[-1]), "unsafe"),
    "external entity": (with_part(SHEET, lambda c: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + c), "unsafe"),
    "too wide": (with_part(SHEET, lambda c: c.replace(b'r="A1"', b'r="XFD1"')), "too_wide"),
    "too many rows": (with_part(SHEET, lambda c: c.replace(b"</sheetData>", b"<row/>" * 7000 + b"</sheetData>")), "too_long"),
    "too large": (b"PK\x03\x04" + b"\x00" * 4_000_001, "too_large"),
    "sheet is not xml": (with_part(SHEET, lambda c: b"<<<<"), "broken"),
    "no survey sheet": (workbook([("text", "a", "A?")])[:0] or zipped(**{"xl/workbook.xml": "<a/>"}), "broken"),
    "a type that does not exist": (workbook([("txet", "a", "A?")]), "nothing_asked"),
    "the same name twice": (workbook([("text", "a", "A?"), ("text", "a", "B?")]), "invalid"),
    "a list that does not exist": (workbook([("select_one gone", "a", "A?")], YES_NO), "invalid"),
    "a group without an end": (workbook([("begin_group", "g", "G"), ("text", "a", "A?")]), "invalid"),
    "nothing to ask": (workbook([("note", "a", "Hello")]), "nothing_asked"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_refused_in_time_with_its_reason(name, db_session, now):
    data, code = BAD[name]
    began = perf_counter()
    with pytest.raises(Unreadable) as refused:
        import_survey(data, name="bad", by=None, now=now)
    assert refused.value.code == code
    assert perf_counter() - began < 2
    assert db_session.scalar(select(func.count()).select_from(Survey)) == 0


def test_the_row_of_an_error_is_told():
    with pytest.raises(Unreadable) as refused:
        import_xlsform(BAD["the same name twice"][0])
    assert (refused.value.sheet, refused.value.row) == ("survey", 3)


def test_a_directory_that_lies_about_sizes_is_not_believed():
    data = bytearray(zipped(**{"xl/workbook.xml": "<a/>", SHEET: "0" * 40_000_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        checked(bytes(data))


def test_five_hundred_mutated_files_are_refused_or_read_quickly_and_small():
    random = Random(11)
    import_xlsform(GOOD)  # the parser's own loading is not what is measured
    tracemalloc.start()
    slowest = 0.0
    for _ in range(500):
        data = mutated(random)
        began = perf_counter()
        try:
            questionnaire = import_xlsform(data).questionnaire
            assert not [fault for fault in faults(questionnaire) if fault.code not in ("too_few_options", "too_few_rows")]
        except Unreadable as error:
            assert error.code in UNREADABLE
        slowest = max(slowest, perf_counter() - began)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert slowest < 2
    assert peak < 200_000_000


def mutated(random):
    """The good file, damaged: bytes of the archive, or bytes inside one of its parts."""
    if random.random() < 0.4:
        data = bytearray(GOOD)
        for _ in range(random.randint(1, 20)):
            data[random.randrange(len(data))] = random.randrange(256)
        return bytes(data)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        name = random.choice(archive.namelist())

    def damage(content):
        content = bytearray(content)
        for _ in range(random.randint(1, 8)):
            at = random.randrange(max(1, len(content)))
            piece = random.choice([b"", b"<", b">", b"&", b"\x00", b"\xff", b"9" * 40, b"${a}", bytes(content[:20])])
            content[at : at + random.randint(0, 6)] = piece
        return bytes(content)

    return with_part(name, damage)


def test_everything_reported_has_a_sentence(in_request):
    for left in import_xlsform(workbook([("text", "q", "Q?"), ("geopoint", "x", "W?"), ("text", "y", "${q} 100%", "${q} + 1")])).left:
        assert left_sentence(left)
    assert all(str(sentence) for sentence in [*LEFT.values(), *UNREADABLE.values()])


# --- the command ---------------------------------------------------------------------------------------------------------


def test_the_command_imports_and_reports(isolated, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook([("text", "q", "Q?"), ("geopoint", "x", "W?")], settings=[("form_title",), ("Our streets",)]))
    result = isolated.test_cli_runner().invoke(args=["civic", "import-survey", str(path)])
    assert result.exit_code == 0, result.output
    assert "our-streets" in result.output
    assert "survey:3:type" in result.output
    assert db.session.scalar(select(Survey.title).where(Survey.slug == "our-streets")) == {"en": "Our streets"}


@pytest.mark.parametrize("arguments", [["--as", "nobody@example.org"], ["--slug", "Not A Slug"]])
def test_the_command_imports_nothing_on_error(isolated, tmp_path, arguments):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook([("text", "q", "Q?")]))
    result = isolated.test_cli_runner().invoke(args=["civic", "import-survey", str(path), *arguments])
    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit), "refused with a sentence, not by an accident"
    assert db.session.scalar(select(func.count()).select_from(Survey)) == 0


def test_the_command_says_what_is_wrong_with_a_file(isolated, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(BAD["the same name twice"][0])
    result = isolated.test_cli_runner().invoke(args=["civic", "import-survey", str(path)])
    assert result.exit_code == 1
    assert "Nothing was imported" in result.output
    assert "row 3" in result.output
