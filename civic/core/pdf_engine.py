"""How a PDF is drawn: the one place that knows WeasyPrint. Importing it fails where Pango is missing; see civic.core.pdf."""

import io
import mimetypes
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import structlog
import weasyprint.pdf
from fontTools.ttLib import woff2
from weasyprint import CSS, HTML
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse
from werkzeug.security import safe_join

from civic.core import pdf_tags
from civic.core.web import STATIC

log = structlog.get_logger()
LANGUAGE = re.compile("[A-Za-z0-9-]{1,35}")
# A column is as wide as its longest word unless words may break anywhere, and then every letter of every table is measured,
# which takes three times as long: so only where a table holds such a word.
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
LONG_WORD = re.compile(r"[^\s<>]{30}(?=[^<>]*<)")
NARROW = "th, td { overflow-wrap: anywhere }"


class AddressRefused(ValueError):
    """A document named something that is not one of our own static files."""


def pdf_of(html: str, base: str, sheet: str, pictures: Mapping[str, bytes]) -> bytes:
    """A page as a PDF tagged for PDF/UA-1; `base` is where its links lead, `sheet` the address of its style sheet, `pictures` what
    stands behind the addresses of public files, by their keys."""
    files, fonts = OwnFiles(base, pictures), FontConfiguration()
    styles = [CSS(url=base + sheet, url_fetcher=files, font_config=fonts)]
    if any(LONG_WORD.search(table) for table in TABLE.findall(html)):
        styles.append(CSS(string=NARROW, url_fetcher=files))
    page = HTML(string=html, base_url=f"{base}/", url_fetcher=files)
    drawn: bytes = page.write_pdf(
        stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1", finisher=pdf_tags.finish
    )
    return drawn


class OwnFiles(URLFetcher):
    """Hands out civic/static under the addresses of the site, from the disk, and the pictures it was given; asks no network and
    opens no other file."""

    def __init__(self, base: str, pictures: Mapping[str, bytes] | None = None):
        super().__init__(allow_redirects=False)
        self.beginning = f"{base}/assets/"
        self.pictures = {f"{base}/files/{key}/": data for key, data in (pictures or {}).items()}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """One of our static files; raises AddressRefused for whatever else a document may name."""
        if picture := self.pictures.get(url.rpartition("/")[0] + "/"):
            return URLFetcherResponse(url, picture, {"Content-Type": "image/webp"})
        path = self._path(url)
        if path is None:
            log.warning("pdf.address_refused", scheme=url.partition(":")[0][:20])
            raise AddressRefused("not one of our own files")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = unpacked(path, path.stat().st_mtime) if path.suffix == ".woff2" else path.read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _path(self, url: str) -> Path | None:
        if not url.startswith(self.beginning):
            return None
        _fingerprint, _, name = url.removeprefix(self.beginning).partition("?")[0].partition("/")
        found = safe_join(str(STATIC), unquote(name))
        return Path(found) if found and Path(found).is_file() else None


@lru_cache(16)
def unpacked(path: Path, modified: float) -> bytes:
    """A WOFF2 font as it was before it was packed, for all documents; `modified` makes a new file a new font."""
    out = io.BytesIO()
    woff2.decompress(io.BytesIO(path.read_bytes()), out)
    return out.getvalue()


class TellingStream(Stream):
    """A page's content that says of each text in which language it is: WeasyPrint says it of the document alone."""

    @contextmanager
    def marked(self, box: Any, tag: str) -> Iterator[None]:
        """Mark a text or a picture; adds the text's language to what has just been written."""
        with super().marked(box, tag):
            language = box.style["lang"] or ""
            if self._tags is not None and LANGUAGE.fullmatch(language):
                self.stream[-2]["Lang"] = f"({language})"
            yield


weasyprint.pdf.Stream = TellingStream
