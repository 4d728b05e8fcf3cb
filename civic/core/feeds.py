"""Atom feeds (RFC 4287)."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from flask import Response, current_app, g, request

from civic.core.web import external_url

NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document holds: one of them, typed into a headline, would break the whole feed."""

Entry = tuple[str, str, dict[str, Any], datetime, str, str]
"""Title, endpoint and its parts, moment, one line, language."""


def atom(page: str, parts: dict[str, Any], entries: Iterable[Entry], title: str = "") -> Response:
    """A feed whose page is `page`; ids are addresses, so they stay the same for ever."""
    entries = list(entries)
    home, own = external_url(page, **parts), current_app.config["BASE_URL"].rstrip("/") + request.path
    newest = max((each[3] for each in entries), default=None)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(g.language.tag)}>',
        f"<title>{escape(title or current_app.config['SITE_NAME'])}</title>",
        f'<id>{escape(own)}</id><link rel="self" href={quoteattr(own)}/><link href={quoteattr(home)}/>',
        f"<author><name>{escape(current_app.config['SITE_NAME'])}</name></author>",
        f"<updated>{(newest.isoformat() if newest else '1970-01-01T00:00:00+00:00')}</updated>",
        *(_entry(*each) for each in entries),
        "</feed>",
    ]
    return Response(NO_XML.sub("", "\n".join(lines)) + "\n", content_type="application/atom+xml; charset=utf-8")


def _entry(title: str, endpoint: str, parts: dict[str, Any], at: datetime, line: str, language: str) -> str:
    address = external_url(endpoint, **parts)
    return (
        f"<entry xml:lang={quoteattr(language)}><title>{escape(title)}</title><id>{escape(address)}</id>"
        f"<link href={quoteattr(address)}/><updated>{at.isoformat()}</updated><summary>{escape(line)}</summary></entry>"
    )
