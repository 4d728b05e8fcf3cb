"""The note on top of a page whose texts are translations: who made them, whether they are up to date, and the way to the original."""

from typing import Any
from urllib.parse import urlencode

from flask import g, render_template, request
from markupsafe import Markup

from civic.core.i18n import current
from civic.core.web import way_to
from civic.translation.queries.things import kind_of
from civic.translation.reading import Around


def translation_note() -> Markup:
    """The note; nothing on a page that shows no text of another language."""
    around: Around | None = g.get("translations")
    if around is None or request.method != "GET":
        return Markup("")
    one = around.about
    found = kind_of(one) if one else None
    if not around.laid and not around.is_original and not (found and found[0].write is None):
        return Markup("")
    html = render_template(
        "translation/_note.html",
        around=around,
        one=one,
        language=current().code,
        original=_address(original="1"),
        translated=_address(),
        ways=_ways(one) if found and found[0].write is None else {},
    )
    return Markup(html)  # noqa: S704 - our own template drew it


def _ways(one: str) -> dict[str, str]:
    """Where one thing's translation can be looked at and bettered."""
    told: dict[str, Any] = {"translated": one, "language": current().code}
    return {
        "thing": way_to("translation.show_thing", **told),
        "history": way_to("translation.show_history", **told),
    }


def _address(**other: str) -> str:
    """This page with everything that was asked of it, but for the original."""
    asked = {name: value for name, value in request.args.items() if name != "original"} | other
    told = urlencode(asked)
    return f"{request.path}?{told}" if told else request.path
