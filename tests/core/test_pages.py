"""Lists cut by keys: every row once, in order, forwards and back, and no forged place believed."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.core.pages import BadPlace, beyond, page_of


def _rows(now, subjects):
    for subject in subjects:
        db.session.add(
            OutgoingMessage(
                name="n",
                to_address="a",
                person_id=None,
                language="en",
                subject=subject,
                text="",
                html="",
                created_at=now,
                sent_at=None,
                kept=True,
            )
        )
    db.session.flush()


ORDER = [OutgoingMessage.subject.desc(), OutgoingMessage.id]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(subjects=st.lists(st.sampled_from("abc"), max_size=12), size=st.integers(1, 5))
def test_every_row_is_seen_once_in_both_directions(db_session, now, subjects, size):
    db.session.execute(sa.delete(OutgoingMessage))
    _rows(now, subjects)
    wanted = list(db.session.scalars(sa.select(OutgoingMessage.id).order_by(*ORDER)))
    query = sa.select(OutgoingMessage.id)
    page = page_of(query, ORDER, size=size, scalars=True)
    pages = [page]
    while page.next:
        page = page_of(query, ORDER, at=page.next, size=size, scalars=True)
        pages.append(page)
    assert [key for each in pages for key in each.items] == wanted
    back = [pages[-1].items]
    while page.previous:
        page = page_of(query, ORDER, at=page.previous, size=size, scalars=True)
        back.insert(0, page.items)
    assert [list(items) for items in back] == [list(each.items) for each in pages]


@pytest.mark.parametrize(
    "mark",
    [
        "x",
        "W10",
        "bnVsbA",
        "!!!!",
        "WzEsMl0",
        "W2ZhbHNlLHsidCI6MX0sMV0",
        "W2ZhbHNlLCJhIiwxZTQwMF0",
        "A" * 100_000,
        "WyJhIl0",
        "W2ZhbHNlLFtdLFtdXQ",
        "W2ZhbHNlLCJcdTAwMDAiLDFd",
    ],
)
def test_a_forged_place_is_refused(db_session, mark):
    with pytest.raises(BadPlace):
        page_of(sa.select(OutgoingMessage.id), ORDER, at=mark)


def test_what_lies_beyond_a_mark_can_be_asked_of_a_part_of_the_list(db_session, now):
    db.session.execute(sa.delete(OutgoingMessage))
    _rows(now, "aabbc")
    wanted = list(db.session.scalars(sa.select(OutgoingMessage.id).order_by(*ORDER)))
    page = page_of(sa.select(OutgoingMessage.id), ORDER, size=2, scalars=True)
    last = page_of(sa.select(OutgoingMessage.id), ORDER, at=page.next, size=2, scalars=True)
    for at, found in ((None, wanted), (page.next, wanted[2:]), (last.previous, wanted[1::-1])):
        conditions, order = beyond(ORDER, at)
        assert list(db.session.scalars(sa.select(OutgoingMessage.id).where(*conditions).order_by(*order))) == found
    with pytest.raises(BadPlace):
        beyond(ORDER, "x")


def test_a_page_far_down_begins_where_the_mark_says(db_session, now):
    """PostgreSQL starts to read an index at a plain comparison alone; without one it would read everything above again."""
    _rows(now, "ab")
    page = page_of(sa.select(OutgoingMessage.id), ORDER, size=1)
    conditions, _ = beyond(ORDER, page.next)
    assert "outgoing_message.subject <= " in str(conditions[0])
