"""Large print: a PDF in 18, 20 or 24 point, tagged for PDF/UA-1, one column, nothing in italics or capitals."""

from civic.core import pdf
from civic.formats.making.lines import facts_of, untranslated_note
from civic.formats.making.markup import parts_of
from civic.formats.making.source import Made, NotMade, Source

SIZES = (18, 20, 24)  # points, as the RNIB advises for large and giant print
VERSION = 1
# Languages whose letters are in the fonts that we pack into documents (frontend/document.scss).
LETTERS = frozenset({
    "en", "pl", "ar", "cy", "ro", "es", "pt", "it", "fr", "de", "tr", "lt", "so", "sq", "ur", "fa",
})  # fmt: skip


def is_offered(language: str) -> bool:
    """Whether we have letters for the language."""
    return language.split("-")[0] in LETTERS


def make(source: Source, points: int) -> Made:
    """A PDF; its length is in pages. Raises NotMade where Pango is missing."""
    reading = source.reading
    try:
        data = pdf.draw(
            "formats/documents/large_print.html", pictures=source.pictures, reading=reading, parts=parts_of(reading),
            own=reading.title_language or reading.language, points=points, facts=facts_of(reading), untranslated=untranslated_note(),
        )  # fmt: skip
    except pdf.PdfMissing as missing:
        raise NotMade("tool") from missing
    return Made(data, pdf.pages_of(data))
