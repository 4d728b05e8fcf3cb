"""Calendar files: London time the whole year round, lines that any calendar can read, nothing that a text could break out of."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from civic.core.clock import LONDON
from civic.core.icalendar import LINE, LONDON_TIME, Entry, calendar, escaped, folded


def entry(starts_at, **about):
    values = {"uid": "session-1@civic.test", "title": "A meets B", "changed_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return Entry(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **(values | about))


def lines(*entries):
    return calendar(entries).decode().split("\r\n")


def test_a_winter_hour_and_a_summer_hour_are_what_a_london_clock_shows():
    assert "DTSTART;TZID=Europe/London:20261123T120000" in lines(entry(datetime(2026, 11, 23, 12, tzinfo=UTC)))
    assert "DTSTART;TZID=Europe/London:20260601T130000" in lines(entry(datetime(2026, 6, 1, 12, tzinfo=UTC)))


def test_the_hour_that_happens_twice_is_told_apart():
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert "DTSTART;TZID=Europe/London:20261025T013000" in lines(entry(first))
    assert "DTSTART:20261025T013000Z" in lines(entry(second))


def test_the_zone_in_the_file_changes_when_london_does():
    """Every last Sunday of March and October, as the machine's own time zones have it."""
    assert (
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in LONDON_TIME
        and "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU" in LONDON_TIME
    )
    for year in range(2000, 2038):
        for month, before, after in ((3, 0, 1), (10, 1, 0)):
            last = max(day for day in range(25, 32) if datetime(year, month, day, tzinfo=UTC).weekday() == 6)
            change = datetime(year, month, last, 1, tzinfo=UTC)
            offsets = [(change + timedelta(seconds=by)).astimezone(LONDON).utcoffset() for by in (-1, 0)]
            assert offsets == [timedelta(hours=before), timedelta(hours=after)]


def test_a_cancelled_entry_says_so_and_a_later_file_has_the_higher_number():
    told = lines(entry(datetime(2026, 6, 1, 12, tzinfo=UTC), is_cancelled=True, sequence=3, place="Room 1, City Hall"))
    assert "STATUS:CANCELLED" in told and "SEQUENCE:3" in told and "LOCATION:Room 1\\, City Hall" in told
    assert told[0] == "BEGIN:VCALENDAR" and told[-2:] == ["END:VCALENDAR", ""]


def test_nothing_that_somebody_typed_begins_a_line_of_its_own():
    title = "Tea\r\nATTENDEE:mailto:a@b.c\nDTSTART:19700101T000000Z; a, b\\c"
    told = lines(entry(datetime(2026, 6, 1, 12, tzinfo=UTC), title=title))
    assert not [each for each in told if each.startswith("ATTENDEE") or each == "DTSTART:19700101T000000Z"]
    assert "SUMMARY:Tea\\nATTENDEE:mailto:a@b.c\\nDTSTART:19700101T000000Z\\; a\\, b\\\\c" in "".join(
        each[1:] if each.startswith(" ") else "\n" + each for each in told
    )


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_lines_are_short_whole_and_come_together_again(text):
    line = "SUMMARY:" + escaped(text)
    pieces = list(folded(line))
    assert all(len(each.encode()) <= LINE for each in pieces)
    assert pieces[0] + "".join(each[1:] for each in pieces[1:]) == line
    assert not any(sign < " " for sign in line)
