"""Cases 33, 34, 36, 37, and requests made at random: whatever is sent is answered soon and never with an accident."""

import csv
import io
from time import perf_counter, thread_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic.accounts.rules import emails, links, names
from civic.core import forms, i18n
from civic.core.markdown import render_markdown
from civic.core.sheets import safe
from civic.surveys.actions.answering import receipt_hash
from civic.surveys.rules.answers import check_answer, clean_text
from civic.surveys.rules.questionnaire import Questionnaire
from tests.house.routes import rules
from tests.make_surveys import EVERY_KIND, FULL_ANSWERS
from tests.support.pace import is_slow
from tests.surveys.test_importing_files import BAD

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\xa0=1",
    "\ufeff=1",
    "\u200b=1",
    "\u202e=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    "=cmd|' /C calc'!A0",
    "Hello\n=1+1",
    "Hello\r\n+1",
    "|calc",
    "%0A=1",
    "\x00=1",
    "\u3000=1",
)
STARTS = set("=+-@\t\r|%\uff1d\uff0b\uff0d\uff20")


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_a_formula(cell):
    assert safe(cell).startswith("'")


@given(st.text(alphabet="=+-@\t\r\n |%a1\ufeff\u200b\uff1d'\"", max_size=8))
def test_no_text_whatever_becomes_a_formula(cell):
    written = safe(cell).lstrip("".join(map(chr, range(33))) + "\xa0\u200b\ufeff")
    is_number = written.lstrip("-").isdigit()
    assert not written or written[0] not in STARTS or is_number


def test_no_cell_of_an_export_is_a_formula(arrive, make):
    survey, cells = (
        make.survey(slug="formulas"),
        [cell for cell in FORMULAS if "\x00" not in cell and clean_text(cell) == cell],
    )
    make.responses(survey, [{**FULL_ANSWERS, "more": cell, "mode": {"other": cell}} for cell in cells])
    page = arrive("researcher").post("/en/surveys/formulas/exports")
    rows = list(csv.reader(io.StringIO(page.html.lstrip("\ufeff"), newline="")))
    assert len(rows) == len(cells) + 1 > 10
    assert not [cell for row in rows for cell in row if cell.strip() and cell.strip()[0] in STARTS]


@pytest.mark.parametrize(
    "name", ("a zip bomb", "many parts", "a path outside", "entities", "external entity", "too wide", "too large")
)
def test_a_hostile_workbook_is_refused_by_the_form_in_two_seconds(arrive, make, name):
    client, (data, _code) = arrive("researcher"), BAD[name]
    client.token()
    began = thread_time()
    page = client.post(
        "/en/staff/surveys/imports", {"file": (io.BytesIO(data), "x.xlsx")}, content_type="multipart/form-data"
    )
    assert page.status == 422 and not is_slow(thread_time() - began, 2)


# --- long and crooked words -------------------------------------------------------------------------------------

LONG = 100_000
FORM = LONG // 4  # of each field: what takes long beyond this is the reading of the request, not ours
WORDS = {
    "letters": "a" * LONG,
    "at signs": "@" * LONG,
    "dots": "a." * (LONG // 2),
    "address": "a@" + "a." * (LONG // 2),
    "spaces": " " * LONG + "x",
    "digits": "1" * LONG,
    "commas": "1,111" * (LONG // 5),
    "marks": "e" + "\u0301" * LONG,
    "brackets": "[" * LONG,
    "stars": "**a" * (LONG // 3),
    "underscores": "_a_" * (LONG // 3),
    "slashes": "/" * LONG,
    "formulas": "\r=" * (LONG // 2),
    "minus": "-" * LONG,
    "ligatures": "\ufdfa" * (LONG // 4),
    "script": "<script" * (LONG // 7),
    "lines": "\n" * LONG,
    "weights": "en;q=0.5," * (LONG // 9),
}
READERS: dict[str, Any] = {
    "an address": forms.is_email_address,
    "an address as kept": lambda w: emails.normalised(w) if forms.is_email_address(w) else None,
    "a way on": links.safe_next,
    "a cell": safe,
    "a receipt": receipt_hash,
    "a language": lambda w: i18n.negotiate(w, {"pl": i18n.DEFAULT}),
    "cleaning": forms.clean,
    "a browser": lambda w: links.device(w[:500]),
    "a name": lambda w: names.problem(w) if len(w) <= names.LONGEST else "too_long",
}


def seconds(act: Any, *arguments: Any) -> float:
    """The least time of three."""
    took = []
    for _ in range(3):
        began = thread_time()
        act(*arguments)
        took.append(thread_time() - began)
        if took[-1] < 0.05:
            break
    return min(took)


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_of_words_is_slow_however_long_they_are(app, reader):
    with app.test_request_context("/"):
        slow = {kind: took for kind, words in WORDS.items() if is_slow(took := seconds(READERS[reader], words), 0.05)}
    assert not slow, slow


def test_no_answer_is_slow_to_check_however_long_it_is():
    from werkzeug.datastructures import MultiDict

    slow = {}
    for question in Questionnaire.from_json(EVERY_KIND).questions():
        for kind, words in WORDS.items():
            fields = [
                question.key,
                *(f"{question.key}-{part}" for part in ("other", "day", "month", "year", "mayor", "parks")),
            ]
            took = seconds(check_answer, question, MultiDict(dict.fromkeys(fields, words[:FORM])))
            if is_slow(took, 0.02 * len(fields)):
                slow[question.key, kind] = took
    assert not slow, slow


@pytest.mark.parametrize(
    "path",
    (
        "sign-up",
        "sign-in",
        "barrier-reports",
        "account/profile",
        "account/organisations/new",
        "surveys/known/answers/part_you",
    ),
)
def test_no_form_is_slow_however_long_the_words_are(arrive, known, path):
    client, slow = arrive("member" if path.startswith("account") else "visitor"), {}
    client.token()
    fields = ("email", "password", "happened", "display_name", "name", "more", "registration_number")
    for kind, words in WORDS.items():
        if kind in ("letters", "address", "marks", "formulas", "lines"):
            took = seconds(client.post, f"/en/{path}", dict.fromkeys(fields, words[:FORM]))
            if is_slow(took, 0.3):
                slow[kind] = took
    assert not slow, slow


def test_long_markdown_from_anybody_is_drawn_in_no_time():
    slow = {
        kind: took for kind, words in WORDS.items() if is_slow(took := seconds(render_markdown, words[:5000]), 0.05)
    }
    assert not slow, slow


# --- lists, and requests beyond reason --------------------------------------------------------------------------

MARKS = (
    "-1",
    "1e9",
    "0",
    "null",
    "W10",
    "WzEsMl0",
    "W2ZhbHNlLCJcdWQ4MDAiLDFd",
    "W2ZhbHNlLDEsMV0",
    "W2ZhbHNlLCJhIiwiYiJd",
    "W2ZhbHNlLCJhIl0",
    "W2ZhbHNlLDFd",
    "W2ZhbHNlLHsidCI6ICIyMDI2LTAxLTAxIn0sIDFd",
    "W2ZhbHNlLHsiZCI6ICIyMDI2LTAxLTAxIn0sIDFd",
    "W2ZhbHNlLCBbW1tbXV1dXQ",
    "W2ZhbHNlLHRydWUsdHJ1ZV0",
    "\u0661",
    "A" * 5000,
)
LISTS = (
    ("visitor", "/en/surveys"),
    ("visitor", "/en/surveys?show=results"),
    ("visitor", "/en/barrier-reports"),
    ("administrator", "/en/staff/audit"),
    ("administrator", "/en/staff/people"),
    ("administrator", "/en/staff/organisations"),
    ("researcher", "/en/staff/surveys"),
)


@pytest.mark.parametrize(("kind", "path"), LISTS)
def test_a_forged_place_in_a_list_is_refused(arrive, known, kind, path):
    client, broken = arrive(kind), {}
    for mark in MARKS:
        try:
            page = client.get(f"{path}{'&' if '?' in path else '?'}at={mark}&page=-1&per_page=1000000&offset=999999999")
            fault = page.status if page.status not in (200, 400) else None
        except Exception as error:
            fault = f"{type(error).__name__} {str(error)[:80]}"
        if fault:
            broken[mark[:40]] = fault
    assert not broken, broken


@pytest.mark.parametrize("path", ("/en/", "/en/surveys", "/en/sign-in", "/en/surveys/known", "/en/nothing"))
def test_a_request_beyond_reason_is_answered_soon(arrive, known, path):
    client, began = arrive("visitor"), perf_counter()
    many = "&".join(f"k{i}=v" for i in range(10_000))
    assert client.get(f"{path}?{many}").status in (200, 400, 404, 413, 414)
    assert client.get(path, headers={"Cookie": "session=" + "x" * 1_000_000}).status in (200, 400, 404, 431)
    assert client.get(path, headers={"Cookie": "; ".join(f"c{i}=v" for i in range(5000))}).status in (200, 400, 404)
    for header in (
        "Range",
        "Accept-Language",
        "If-None-Match",
        "User-Agent",
        "Accept",
        "If-Modified-Since",
        "Content-Type",
        "Referer",
    ):
        for value in ("bytes=0-," * 5000, "x" * LONG, "en;q=nan,pl;q=inf", '"' * 1000, "\xff\xfe"):
            assert client.get(path, headers={header: value}).status < 500, header
    assert perf_counter() - began < 20


def test_a_file_in_many_pieces_is_no_accident(app, arrive):
    with app.test_request_context("/"):
        address = app.jinja_env.globals["asset"]("images/favicon.svg")
    for wanted in ("bytes=0-,0-,0-", "bytes=-1", "bytes=99999999999-", "bytes=5-1", "x=1", "bytes=0-" + ",0-" * 5000):
        assert arrive("visitor").get(address, headers={"Range": wanted}).status in (200, 206, 416)


TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "\x00",
            "'",
            "²",
            "%",
            "../",
            "\ud7ff",
            "9" * 400,
            "1e309",
            "NaN",
            "yes",
            "on",
            "edit",
            "withdraw",
            "change",
            "clear",
        ]
    ),
)


@pytest.mark.parametrize("kind", ("visitor", "member", "researcher", "administrator"))
def test_no_request_made_at_random_is_an_accident(app, arrive, known, kind):
    client = arrive(kind)
    token = client.token()
    every = [
        (method, rule)
        for method in ("GET", "POST")
        for rule in rules(app, method)
        if rule.endpoint != "accounts.sign_out"
    ]
    names_of_fields = (
        "email",
        "password",
        "next",
        "act",
        "code",
        "edition",
        "title",
        "slug",
        "key",
        "at",
        "q",
        "why",
        "version",
        "verb",
        "text",
        "question",
        "value",
        "language",
        "role",
        "status",
        "cycles",
        "mode",
        "asked",
        "to",
        "sections",
        "answer",
        "opens_at-day",
        "opens_at-time",
        "languages",
        "kind",
    )

    @settings(max_examples=90, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def attack(data: Any) -> None:
        method, rule = data.draw(st.sampled_from(every))
        values: dict[str, Any] = {"lang": "en"}
        for name in rule.arguments - {"lang"}:
            real = known.get(name, [1])
            odd = (
                st.integers(0, 2**70)
                if type(rule._converters[name]).__name__ == "IntegerConverter"
                else st.text(min_size=1, max_size=20).filter(lambda t: "/" not in t)
            )
            values[name] = data.draw(st.one_of(st.sampled_from(real), odd))
        built = rule.build(values, append_unknown=False)
        if built is None:
            return
        fields = data.draw(st.dictionaries(st.sampled_from(names_of_fields), TEXTS, max_size=5))
        if method == "GET":
            page = client.get(built[1], query_string=fields)
        else:
            page = client.post(built[1], {"csrf_token": token, **fields}, token=False)
        assert page.status < 500 or built[1] == "/health/ready", (method, built[1], fields)

    attack()
