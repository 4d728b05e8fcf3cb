"""Files that are not what they should be: refused in time, with a reason, and nothing is kept of them."""

import io
import tracemalloc
import zipfile
from random import Random
from time import process_time

import pytest
from sqlalchemy import func, select

from civic.core.db import db
from civic.surveys.actions.importing import import_survey
from civic.surveys.importing.report import LEFT, UNREADABLE, Unreadable, left_sentence
from civic.surveys.importing.safety import checked
from civic.surveys.importing.xlsform import import_xlsform
from civic.surveys.models.survey import Survey
from civic.surveys.rules.faults import faults
from tests.surveys.xlsforms import YES_NO, workbook

GOOD = workbook(
    [
        ("select_one yn", "a", "A?"),
        ("begin_group", "g", "G", "${a} = 'yes'"),
        ("text", "t", "T?"),
        ("end_group",),
        ("note", "n", "Thanks"),
    ],
    YES_NO,
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
    "external entity": (
        with_part(SHEET, lambda c: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + c),
        "unsafe",
    ),
    "too wide": (with_part(SHEET, lambda c: c.replace(b'r="A1"', b'r="XFD1"')), "too_wide"),
    "too many rows": (
        with_part(SHEET, lambda c: c.replace(b"</sheetData>", b"<row/>" * 7000 + b"</sheetData>")),
        "too_long",
    ),
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
    began = process_time()
    with pytest.raises(Unreadable) as refused:
        import_survey(data, name="bad", by=None, now=now)
    assert refused.value.code == code
    assert process_time() - began < 2
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
    slowest, refused = 0.0, set()
    for _ in range(500):
        data = mutated(random)
        began = process_time()
        try:
            questionnaire = import_xlsform(data).questionnaire
            assert not [
                fault for fault in faults(questionnaire) if fault.code not in ("too_few_options", "too_few_rows")
            ]
        except Unreadable as error:
            refused.add(error.code)
        slowest = max(slowest, process_time() - began)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused <= set(UNREADABLE)
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
    for left in import_xlsform(
        workbook([("text", "q", "Q?"), ("geopoint", "x", "W?"), ("text", "y", "${q} 100%", "${q} + 1")])
    ).left:
        assert left_sentence(left)
    assert all(str(sentence) for sentence in [*LEFT.values(), *UNREADABLE.values()])


def test_the_command_imports_and_reports(isolated, tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(
        workbook([("text", "q", "Q?"), ("geopoint", "x", "W?")], settings=[("form_title",), ("Our streets",)])
    )
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
