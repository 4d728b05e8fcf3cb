"""Pages: lists cut by keys, and answers that a browser need not fetch twice."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import Any

from flask import Response, current_app, g, redirect, request, session, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, or_
from sqlalchemy.sql.operators import desc_op

from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.person import maybe_me

# Characters that PostgreSQL cannot be asked about.
UNKEPT = re.compile(r"[\x00\ud800-\udfff]")


class BadPlace(CivicError):
    """The mark of a place in a list is not one that we gave."""

    sentence, status = _l("That place in the list could not be read. Start again from the first page."), 400


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a list and the marks of its neighbours; None where there is none."""

    items: Sequence[Any]
    next: str | None = None
    previous: str | None = None


def page_of(
    query: Select[*tuple[Any, ...]],
    order: Sequence[Any],
    *,
    at: str | None = None,
    size: int = 25,
    scalars: bool = False,
    values: Mapping[str, Any] | None = None,
) -> Page:
    """One page of a query by its keys (the last must be unique), from the mark `at`; raises BadPlace for a forged mark.

    No OFFSET: the thousandth page costs what the first does. `order` holds columns, each perhaps `.desc()`. A query that was
    built once, with `values` for what is bound in it, has its first page put together once as well: that took half the time.
    """
    columns, downward = zip(*(_direction(key) for key in order), strict=True)
    back, keys_at = _read_mark(at, len(columns)) if at else (False, None)
    if keys_at is not None:
        if not all(map(_fits, columns, keys_at)):
            raise BadPlace()
        query = query.where(_beyond(columns, [down != back for down in downward], keys_at))
    cut = _cut_once if values is not None and keys_at is None else _cut
    rows = list(db.session.execute(cut(query, tuple(order), back, size), values))
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    keys = [tuple(row)[-len(columns) :] for row in rows]
    has_next, has_previous = (bool(rows), more) if back else (more, keys_at is not None)
    return Page(
        [row[0] for row in rows] if scalars else rows,
        _mark(False, keys[-1]) if rows and has_next else None,
        _mark(True, keys[0]) if rows and has_previous else None,
    )


def page_of_list(items: Sequence[Any], *, at: str | None = None, size: int = 50) -> Page:
    """One page of a list that is no query (the sentences of a catalogue), from its place `at`; raises BadPlace for a forged one."""
    if at is not None and not (at.isascii() and at.isdecimal() and len(at) < 9):
        raise BadPlace()
    first = int(at or 0)
    return Page(
        items[first : first + size],
        str(first + size) if first + size < len(items) else None,
        str(max(0, first - size)) if first > 0 else None,
    )


def beyond(order: Sequence[Any], at: str | None) -> tuple[list[ColumnElement[bool]], list[Any]]:
    """What a mark means to somebody who looks through a part of a list first: the condition of what lies beyond it (none without
    a mark), and the order in which to go on from there. Raises BadPlace for a forged mark."""
    columns, downward = zip(*(_direction(key) for key in order), strict=True)
    back, values = _read_mark(at, len(columns)) if at else (False, None)
    if values is not None and not all(map(_fits, columns, values)):
        raise BadPlace()
    down = [each != back for each in downward]
    ordered = [column.desc() if d else column.asc() for column, d in zip(columns, down, strict=True)]
    return ([] if values is None else [_beyond(columns, down, values)]), ordered


def _cut(query: Any, order: tuple[Any, ...], back: bool, size: int) -> Any:
    """A query in its order, one row longer than the page, with the keys that make its marks."""
    columns, downward = zip(*(_direction(key) for key in order), strict=True)
    ordered = [column.desc() if down != back else column.asc() for column, down in zip(columns, downward, strict=True)]
    return query.order_by(*ordered).limit(size + 1).add_columns(*(c.label(f"_key{i}") for i, c in enumerate(columns)))


_cut_once = lru_cache(64)(_cut)


def _direction(key: ColumnElement) -> tuple[ColumnElement, bool]:
    return (key.element, True) if getattr(key, "modifier", None) is desc_op else (key, False)  # type: ignore[attr-defined]


def _fits(column: ColumnElement, value: Any) -> bool:
    """Whether a value from a mark is of the column's own kind: a number is no moment, and yes is no number."""
    try:
        kind = column.type.python_type
    except NotImplementedError:
        return True
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def _beyond(columns: Sequence[ColumnElement], downward: Sequence[bool], values: Sequence[Any]) -> ColumnElement[bool]:
    steps = []
    for i, (column, down) in enumerate(zip(columns, downward, strict=True)):
        same = [columns[j] == values[j] for j in range(i)]
        steps.append(and_(*same, column < values[i] if down else column > values[i]))
    # Says nothing new, but PostgreSQL begins to read an index only where a plain comparison tells it to.
    start = columns[0] <= values[0] if downward[0] else columns[0] >= values[0]
    return and_(start, or_(*steps)) if len(steps) > 1 else or_(*steps)


def _mark(back: bool, values: Sequence[Any]) -> str:
    written = [
        {"t": v.isoformat()} if isinstance(v, datetime) else {"d": v.isoformat()} if isinstance(v, date) else v
        for v in values
    ]
    return urlsafe_b64encode(json.dumps([back, *written]).encode()).decode().rstrip("=")


def _read_mark(mark: str, length: int) -> tuple[bool, list[Any]]:
    try:
        back, *written = json.loads(urlsafe_b64decode(mark[:600] + "=" * (-len(mark[:600]) % 4)))
        values = [
            (datetime.fromisoformat(v["t"]) if "t" in v else date.fromisoformat(v["d"])) if isinstance(v, dict) else v
            for v in written
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as broken:
        raise BadPlace() from broken
    strange = [
        v
        for v in values
        if not isinstance(v, str | int | datetime | date)
        or (isinstance(v, int) and abs(v) > 2**62)
        or (isinstance(v, str) and UNKEPT.search(v))
    ]
    if not isinstance(back, bool) or len(values) != length or strange:
        raise BadPlace()
    return back, values


def see_other(endpoint: str, **values: Any) -> Response:
    """After a POST: go and look (303)."""
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[return-value]


class NotModified(Exception):
    """The reader already has this page."""


class Kept(Exception):
    """Another visitor was given this very page."""

    def __init__(self, page: bytes) -> None:
        self.page = page


MOST_KEPT = 64
"""Pages for visitors that a process keeps: the liveliest are asked for again and again, and the largest are some 100 KB."""
_OF_A_PAGE = {"content-type", "content-length"}
_shelf_lock = Lock()


def etag(*parts: Any) -> None:
    """Let a visitor's browser keep this page until one of `parts` (or language, display, release) changes.

    Only for pages that are the same for every visitor; a member's pages are never kept. Ends the request with 304 where
    the browser's copy is still true, and with the page itself where it was drawn for another visitor.
    """
    if maybe_me() is not None or session.get("_flashes"):
        return
    told = (*parts, request.full_path, g.language.code, g.get("display_key", ""), current_app.config["RELEASE"])
    g.etag = blake2b(repr(told).encode(), digest_size=12).hexdigest()
    if g.etag in request.if_none_match:
        raise NotModified()
    if page := _found(g.etag):
        raise Kept(page)


def finish(response: Response) -> Response:
    """Give every answer its caching rule: public only where etag() was asked and no cookie is being set."""
    tag = g.get("etag")
    if tag and not session.modified and response.status_code in (200, 304) and "Set-Cookie" not in response.headers:
        if response.status_code == 200:
            _keep(tag, response)
        response.set_etag(tag)
        response.headers["Cache-Control"] = "public, max-age=0, s-maxage=5"
        response.vary.update(["Cookie", "Accept-Encoding"])
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def hand_out(kept: Kept) -> Response:
    """A page that was drawn before."""
    return Response(kept.page)


def _is_anybody() -> bool:
    """Whether the server knows nothing of who asks; while one works on templates (debug), everybody is somebody."""
    return current_app.config["SESSION_COOKIE_NAME"] not in request.cookies and not current_app.debug


def _shelf() -> OrderedDict[str, bytes]:
    shelf: OrderedDict[str, bytes] = current_app.extensions.setdefault("kept_pages", OrderedDict())
    return shelf


def _found(tag: str) -> bytes | None:
    if not _is_anybody():
        return None
    with _shelf_lock:
        shelf = _shelf()
        if tag in shelf:
            shelf.move_to_end(tag)
        return shelf.get(tag)


def _keep(tag: str, response: Response) -> None:
    """Keep a whole page that anybody may have; feeds, files and whatever says more of itself in a header are not."""
    is_plain = {name.lower() for name, _value in response.headers} <= _OF_A_PAGE and not response.is_streamed
    if not is_plain or response.mimetype != "text/html" or request.method != "GET" or not _is_anybody():
        return
    with _shelf_lock:
        shelf = _shelf()
        shelf[tag] = response.get_data()
        while len(shelf) > MOST_KEPT:
            shelf.popitem(last=False)
