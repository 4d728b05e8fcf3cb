"""The rules about names, addresses, links, codes and ages: values in, values out."""

from types import SimpleNamespace

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic.accounts.rules import choices, emails, equality, links, names, profile, second_factor

ALIKE = [
    ("Priya Nair", "priya nair"),
    ("Priya Nair", "PRIYANAIR"),
    ("Priya Nair", "Priya-Nair"),
    ("Priya Nair", "Ｐriya Ｎair"),
    ("Ian Lane", "lan Lane"),
    ("Ola", "0la"),
    ("Paul", "Раul"),
    ("Anna", "Αnna"),
    ("Vera", "Vеrа"),
    ("Ernie", "Emie"),
    ("Max", "𝓜ax"),
    ("Zoë", "Zoe\u0308"),
    ("Sam", "S\u200bam"),
    ("Sam", "S\u202eam"),
    ("Bill", "BiII"),
]
DIFFERENT = [
    ("Priya Nair", "Priya Nayar"),
    ("José", "Jose"),
    ("Ana", "Ada"),
    ("Мария", "Марина"),
    ("محمد", "محمود"),
    ("王芳", "王方"),
]
GOOD = [
    "Priya Nair",
    "Ola",
    "José García-Núñez",
    "Zoë O’Brien",
    "Nguyễn Văn An",
    "Аня Петрова",
    "محمد علي",
    "علی‌رضا",
    "王芳",
    "王芳 Wang Fang",
    "Ελένη Παππά",
    "சரண்யா",
    "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "John Mayor",
    "Stafford Cripps",
    "Gladys",
    "Adminka Novak",
    "Modesty",
    "Li",
    "Kwame N.",
    "Anna 2",
]
BAD = {
    "too_short": ["", "A", "12", "--", "..", "  ", "🙂🙂"],
    "too_long": ["a" * 61],
    "characters": ["<b>Sam</b>", "Sam@example.org", "Sam {x}", "http:evil", "www.evil", "Z̸̢̡̛̗a", "Sam; DROP", "a1234567"],
    "mixed": ["Раul", "Vеra", "Αnna", "Mаyor of London", "Сity Hall", "Иван Smith"],
    "office": [
        "GLA",
        "gla team",
        "G L A".replace(" ", ""),
        "City Hall",
        "CityHall",
        "C1ty Ha11",
        "City-Hall",
        "Mayor of London",
        "The Mayor",
        "Mayor",
        "Moderator",
        "M0derator",
        "moderat0r Anna",
        "Staff",
        "GLA Staff",
        "Admin",
        "Administrator",
        "ＡＤＭＩＮ",
        "A\u200bdmin",
        "Official",
        "Talk London",
        "G L A",
        "T f L",
        "T\u200bf\u2060L",
        "5taff",
        "M.o.d.3.r.a.t.o.r",
        "Moderation Team",
        "Transport for London",
        "Burmistrz Londynu",
        "عمدة لندن",
        "Researcher",
        "Funds Officer",
        "\u202eGLA\u202c",
    ],
}


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_look_alike_fold_to_one(one, other):
    assert names.folded(names.tidy(one)) == names.folded(names.tidy(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_differ_to_the_eye_stay_apart(one, other):
    assert names.folded(one) != names.folded(other)


@pytest.mark.parametrize("name", GOOD)
def test_names_of_londoners_are_welcome(name):
    assert names.problem(names.tidy(name)) is None


@pytest.mark.parametrize(("why", "name"), [(why, name) for why, all_names in BAD.items() for name in all_names])
def test_names_that_mislead_are_refused_with_their_reason(why, name):
    assert names.problem(names.tidy(name)) == why


def test_staff_may_say_that_they_are():
    assert names.problem("GLA Anna", staff=True) is None


@given(st.text(max_size=80))
def test_any_text_is_judged_and_tidying_twice_changes_nothing(text):
    tidied = names.tidy(text)
    assert names.tidy(tidied) == tidied
    names.problem(tidied)
    assert names.folded(tidied) == names.folded(names.tidy(tidied.upper().lower())) or not tidied.isascii()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=30))
def test_case_and_spaces_never_make_a_new_name(name):
    assert names.folded(name.upper()) == names.folded(name) == names.folded(name.replace(" ", "  "))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Anna@Example.ORG ", "anna@example.org"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna@example", None),
        ("mi\u212ae@example.org", None),
        ("ánna@example.org", None),
        ("@example.org", None),
        ("anna", None),
        ("a b@example.org", None),
        ("anna@exam ple.org", None),
        ("anna@.org", None),
        ("a" * 260 + "@example.org", None),
        ("anna\x00@example.org", None),
    ],
)
def test_an_address_is_kept_in_one_way(typed, kept):
    assert emails.normalised(typed) == kept


@given(st.text(max_size=300))
def test_any_text_is_an_address_in_small_ascii_or_none(text):
    kept = emails.normalised(text)
    assert kept is None or (kept.isascii() and kept == kept.lower() and emails.normalised(kept) == kept)


@pytest.mark.parametrize("target", ["/en/surveys", "/ar/account?tab=1&x=%2F", "/en/surveys/trees#top"])
def test_one_may_go_on_to_our_own_pages(target):
    assert links.safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil",
        " /en/",
        "/en/\r\nSet-Cookie: a=b",
        "/\x00",
        "http:/evil",
        "/" + "a" * 3000,
        "data:text/html,x",
        "/en/ x",
        "//[",
        "/\x85/evil",
    ],
)
def test_nobody_is_sent_elsewhere(target):
    assert links.safe_next(target) is None


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", ("Firefox", "Windows")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1",
            ("Safari", "iPhone"),
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", ("Edge", "Windows")),
        ("curl/8", ("", "")),
    ],
)
def test_a_browser_is_called_as_its_owner_would(agent, device):
    assert links.device(agent) == device


def test_sixteen_counts_from_the_first_of_the_month():
    born = {"birth_year": 2010, "birth_month": 11, "minimum": 16}
    assert choices.age_is_enough(**born, year=2026, month=11)
    assert not choices.age_is_enough(**born, year=2026, month=10)


def test_levels_rise_one_by_one():
    for i, level in enumerate(choices.LEVELS):
        assert [choices.reaches(level, wanted) for wanted in choices.LEVELS] == [True] * (i + 1) + [False] * (3 - i)


KEY, SALT = b"k" * 32, "salt"


def _accepted(code, seconds, last_step=0):
    generator = pyotp.TOTP(second_factor.secret_from(KEY, SALT))
    return second_factor.accepted_step(code, generator.at, seconds=seconds, last_step=last_step)


@settings(deadline=None)
@given(st.integers(100_000, 4_000_000_000), st.integers(-3, 3))
def test_a_code_counts_one_step_early_or_late_and_no_more(seconds, steps):
    code = pyotp.TOTP(second_factor.secret_from(KEY, SALT)).at(seconds + 30 * steps)
    accepted = _accepted(code, seconds)
    assert (
        (accepted is not None)
        if abs(steps) <= 1
        else accepted in (None, *(seconds // 30 + near for near in (-1, 0, 1)))
    )


def test_a_code_counts_once():
    code = pyotp.TOTP(second_factor.secret_from(KEY, SALT)).at(900_000)
    step = _accepted(code, 900_000)
    assert step == 30_000
    assert _accepted(code, 900_000, last_step=step) is None


def test_the_second_factor_agrees_with_rfc_6238():
    # Appendix B: the secret "12345678901234567890" at 59 seconds gives 94287082; six digits of it are 287082.
    generator = pyotp.TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert second_factor.accepted_step("287082", generator.at, seconds=59, last_step=0) == 1


def test_a_secret_depends_on_key_and_salt():
    assert (
        len(
            {
                second_factor.secret_from(KEY, "a"),
                second_factor.secret_from(KEY, "b"),
                second_factor.secret_from(b"other", "a"),
            }
        )
        == 3
    )


def test_every_equality_question_may_be_declined_and_leads_to_an_end():
    for question in equality.QUESTION_KEYS:
        assert question == "ethnic_background" or equality.SKIP in equality.ANSWERS[question]
    assert all(equality.SKIP in offered for offered in equality.BACKGROUNDS.values())
    seen, question = [], equality.next_question(None, {})
    while question:
        seen.append(question)
        question = equality.next_question(question, {"disability": "yes", "ethnic_group": "asian"})
    assert seen == list(equality.QUESTION_KEYS)


def test_a_detail_is_asked_only_after_its_answer():
    assert equality.next_question("disability", {"disability": "no"}) == "ethnic_group"
    assert equality.next_question("ethnic_group", {"ethnic_group": "skip"}) == "marriage_status"
    assert equality.options("ethnic_background", {"ethnic_group": "other"}) == ("arab", "other", "skip")


def test_a_changed_answer_forgets_its_detail():
    assert equality.forgotten_by("ethnic_group", "white", "asian") == "ethnic_background"
    assert equality.forgotten_by("ethnic_group", "white", "white") is None
    assert equality.forgotten_by("sex", "female", "male") is None


def test_a_profile_counts_its_parts():
    nothing = SimpleNamespace(
        display_name=None, borough=None, connections=[], birth_year=None, tenure=None, work_status=None
    )
    assert profile.parts_told(nothing) == 0
    nothing.borough, nothing.connections = "E09000012", ["live"]
    assert profile.parts_told(nothing) == 2


def test_a_masked_address_tells_its_owner_only():
    assert emails.masked("jane.doe@example.org") == "j…@example.org"
