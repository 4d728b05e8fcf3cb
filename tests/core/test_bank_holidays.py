"""Working days: the holidays of England as they were published, and days counted over them."""

from datetime import date, timedelta

import pytest

from civic.core.bank_holidays import bank_holidays, easter_sunday, is_working_day, working_day_after

# As GOV.UK lists them.
PUBLISHED = {
    2025: ("01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"),
    2026: ("01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"),
    2027: ("01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"),
    2028: ("01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"),
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_holidays_of_a_year_are_those_that_were_published(year):
    assert sorted(bank_holidays(year)) == [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]]


@pytest.mark.parametrize(("year", "day"), ((2024, "03-31"), (2038, "04-25"), (2285, "03-22")))
def test_easter_falls_where_tables_say(year, day):
    assert easter_sunday(year) == date.fromisoformat(f"{year}-{day}")


@pytest.mark.parametrize(
    ("day", "days", "then"),
    (
        ("2026-11-23", 10, "2026-12-07"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-11-23", 0, "2026-11-23"),
    ),
)
def test_days_are_counted_over_weekends_and_holidays(day, days, then):
    assert working_day_after(date.fromisoformat(day), days) == date.fromisoformat(then)


def test_the_day_arrived_at_is_always_a_working_day():
    first = date(2026, 1, 1)
    assert all(is_working_day(working_day_after(first + timedelta(days=n), 10)) for n in range(400))
