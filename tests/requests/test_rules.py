"""Working days of England, against the days that the government publishes."""

from datetime import date, timedelta

import pytest

from civic.requests.rules import bank_holidays, due_on, easter, is_working_day

# gov.uk/bank-holidays, England and Wales.
PUBLISHED = {
    2021: ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_bank_holidays_are_those_that_are_published(year: int) -> None:
    published = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]}
    assert bank_holidays(year) == published


@pytest.mark.parametrize(
    ("year", "day"), [(2000, "04-23"), (2008, "03-23"), (2011, "04-24"), (2024, "03-31"), (2038, "04-25")]
)
def test_easter_is_where_the_tables_have_it(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(f"{year}-{day}")


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        ("2026-11-23", 10, "2026-12-07"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-12-23", 3, "2026-12-30"),
        ("2027-03-25", 1, "2027-03-30"),
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_a_request_is_due_so_many_working_days_later(asked: str, days: int, due: str) -> None:
    assert due_on(date.fromisoformat(asked), days) == date.fromisoformat(due)


def test_every_due_day_is_a_working_day_and_exactly_so_many_lie_between() -> None:
    for offset in range(0, 800, 7):
        asked = date(2026, 1, 1) + timedelta(days=offset)
        due = due_on(asked, 10)
        between = [asked + timedelta(days=n) for n in range(1, (due - asked).days + 1)]
        assert is_working_day(due)
        assert sum(map(is_working_day, between)) == 10
