"""Languages: who is spoken to in which, and how numbers, money and dates are written there."""

from datetime import UTC, date, datetime

import pytest

from civic.core import i18n
from civic.core.clock import london_minute
from civic.core.i18n import LANGUAGES, Words, negotiate, speaking, text_in
from civic.core.money import GBP


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("ar-EG,en;q=0.5", "ar"),
        ("pl", "pl"),
        ("en-US,pl;q=0.9", "en"),
        ("de,pl;q=0.3,en;q=0.2", "pl"),
        ("", "en"),
        ("*", "en"),
        ("pl;q=0,ar;q=0.1", "ar"),
        ("xx;q=nonsense,pl;q=0.2", "pl"),
        ("," * 5000, "en"),
    ],
)
def test_the_reader_is_answered_in_the_best_language_there_is(accept, code):
    assert negotiate(accept, LANGUAGES).code == code


def test_a_pound_is_a_pound_in_every_language(in_request):
    for code in LANGUAGES:
        with speaking(code):
            assert "£" in i18n.money_text(GBP("20.50"))
            assert "GBP" not in i18n.money_text(GBP(1_000_000))
    assert i18n.money_text(GBP(20)) == "£20"
    assert i18n.money_text(GBP("1234.50")) == "£1,234.50"


def test_dates_are_london_dates(in_request):
    summer = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
    assert i18n.format_date(summer) == "1 August 2026"
    assert i18n.format_datetime(summer) == "1 August 2026, 12:30am"
    with speaking("pl"):
        assert i18n.format_date(summer) == "1 sierpnia 2026"


@pytest.mark.parametrize(
    ("day", "hour"),
    [(date(2026, 12, 17), 23), (date(2026, 7, 17), 22), (date(2026, 3, 29), 22), (date(2026, 10, 25), 23)],
)
def test_a_closing_minute_is_a_london_minute(day, hour):
    assert london_minute(day).hour == hour


def test_a_text_is_marked_with_its_own_language(in_request):
    assert text_in({"en": "Air", "pl": "Powietrze"}, "pl") == Words("Powietrze", "pl")
    assert text_in({"pl": "Powietrze"}, "ar") == Words("Powietrze", "pl")
    assert Words("<b>", "en").__html__() == "&lt;b&gt;"
    assert Words("هواء", "ar").__html__() == '<span lang="ar" dir="rtl">هواء</span>'
