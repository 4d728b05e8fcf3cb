"""What people wrote, drawn as its reader reads it: in its own language, or the translation that stands in its place, marked as either."""

from flask import g
from markupsafe import Markup, escape

from civic.core.i18n import as_read, direction
from civic.core.markdown import render_markdown
from civic.core.translatable import Laid


def read_prose(text: str, language: str, under: int = 2, *, pictures: bool = False) -> Markup:
    """A text in Markdown, its headings below the level `under` of the page's."""
    if not text:
        return Markup("")
    it = as_read(text, language)
    return _in_its_language(it, render_markdown(it.text, under=under, pictures=pictures)) + it.note


def read_plain(text: str, language: str) -> Markup:
    """A plain text as a paragraph that keeps its line breaks."""
    if not text:
        return Markup("")
    it = as_read(text, language)
    words = Markup('<p class="govuk-body civic-plain">{}</p>').format(escape(it.text))
    return _in_its_language(it, words) + it.note


def _in_its_language(it: Laid, html: Markup) -> Markup:
    if it.language == g.language.code:
        return Markup(f'<div class="civic-prose">{html}</div>')  # noqa: S704 - cleaned by render_markdown or escaped
    return Markup('<div class="civic-prose" lang="{}" dir="{}">{}</div>').format(it.language, direction(it.language), html)  # fmt: skip
