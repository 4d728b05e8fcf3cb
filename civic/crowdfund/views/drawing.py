"""Parts of pages that are the same for everybody who reads them in one language: drawn once, and again when a figure changes."""

from collections.abc import Hashable
from typing import Any

from flask import g, render_template
from markupsafe import Markup

MOST_DRAWN = 256
_drawn: dict[tuple[Hashable, ...], Markup] = {}


def drawn(template: str, *told: Hashable, **context: Any) -> Markup:
    """A part of a page. `told` is everything that it depends on besides the language; nothing in it may be about the reader."""
    key = (template, g.language.code, *told)
    if key not in _drawn:
        if len(_drawn) >= MOST_DRAWN:
            _drawn.clear()
        _drawn[key] = Markup(render_template(template, **context))  # noqa: S704 - our own template drew it
    return _drawn[key]
