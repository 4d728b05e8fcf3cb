"""Decisions and agreements as PDF, where this machine can make them."""

from importlib import import_module
from typing import Any

from flask import Response
from flask_babel import lazy_gettext as _l

from civic.core.errors import NotFound


class NoDocuments(NotFound):
    """This machine draws no documents."""

    sentence = _l("Documents as PDF cannot be made here at the moment. The page says the same.")


def is_available() -> bool:
    """Whether documents can be drawn."""
    pdf = part()
    return pdf is not None and bool(pdf.is_available())


def send(template: str, name: str, **context: Any) -> Response:
    """A document as a download; raises NoDocuments."""
    pdf = part()
    if pdf is None or not pdf.is_available():
        raise NoDocuments()
    answer: Response = pdf.send(pdf.draw(template, **context), name)
    return answer


def part() -> Any:
    """The part of the ground that draws documents; None in a house without it, which has pages only."""
    try:
        return import_module("civic.core.pdf")
    except ImportError:
        return None
