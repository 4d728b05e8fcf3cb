"""Lists cut by keys: every row once, in order, forwards and back, and no forged place believed."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.core.pages import BadPlace, page_of


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
