"""Documents as PDF: drawn from templates by WeasyPrint, tagged for PDF/UA-1, with our own fonts and nothing from anywhere else.

WeasyPrint needs the system's Pango. Whether it is there is found out once and never assumed.
"""

import io
import re
import threading
import zlib
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import lru_cache
from typing import Any

import structlog
from flask import Response, current_app, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.names import safe_filename
from civic.core.web import asset

# What Debian and Ubuntu call the libraries; `scripts/pango` installs the same.
COMMAND = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
log = structlog.get_logger()
# Pango is not made for several threads at once, and a long document should not take every worker.
_one_at_a_time = threading.Lock()


class PdfMissing(CivicError):
    """This machine cannot make PDF documents; the page that says the same can be read and printed."""

    sentence, status = (
        _l("We cannot make PDF documents at the moment. You can read and print this as a page instead."),
        503,
    )


def is_available() -> bool:
    """Whether this machine can make PDF documents; the first question takes a second, the others nothing."""
    return _engine() is not None


def why_not() -> str:
    """For staff: what is missing and the command that installs it; empty where nothing is. May stand in a page as it is."""
    if is_available():
        return ""
    command = Markup('<code translate="no" dir="ltr">{}</code>').format(COMMAND)
    sentence = _("A library called Pango is missing. Install it with %(command)s, then start the site again.")
    return Markup(sentence) % {"command": command}  # noqa: S704 - the sentence is ours or a translator's


def draw(template: str, /, *, pictures: Mapping[str, bytes] | None = None, **context: Any) -> bytes:
    """A document as PDF, in the language being spoken, from a template that extends layouts/document.html.

    `pictures` are what stands behind addresses of public files in it, by their keys. Raises PdfMissing.
    Takes up to a few seconds, so it stands before or after a transaction and never inside one.
    """
    engine = _engine()
    if engine is None:
        raise PdfMissing()
    assert not db.session.info.get("in_transaction"), "draw before or after what is written: it would wait for us"
    html = render_template(template, **context)
    base = current_app.config["BASE_URL"].rstrip("/")
    sheet = asset("vendor/document.css")
    with _one_at_a_time:
        return engine(html, base, sheet, pictures or {})


def pages_of(data: bytes) -> int:
    """How many pages a PDF of ours has."""
    packed = (part.split(b"endstream")[0] for part in data.split(b"stream\n")[1::2])
    texts = [data, *(_unpacked(part) for part in packed)]
    found = [int(count) for text in texts for count in re.findall(rb"/Type /Pages\b[^>]*?/Count (\d+)", text)]
    return max(found, default=0)


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return b""


def send(data: bytes, name: str) -> Response:
    """Hand out a PDF as a download under a safe name; no cache keeps it unless the view asked for `etag()`."""
    answer = Response(data, mimetype="application/pdf")
    stem = safe_filename(name.removesuffix(".pdf"), "document")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{stem}.pdf")
    return answer


@lru_cache(1)
def _engine() -> Any:
    """What draws HTML, or None where its library is missing, which is written to the log once."""
    try:
        with redirect_stdout(io.StringIO()):  # WeasyPrint prints advice of its own
            from civic.core.pdf_engine import pdf_of
    except (ImportError, OSError, AttributeError) as missing:  # no WeasyPrint, no Pango, or one too old
        log.warning("pdf.missing", kind=type(missing).__name__)
        return None
    return pdf_of
