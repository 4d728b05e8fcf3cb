"""The printed form for everybody: to read, to print, and as PDF in ordinary and in large type."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from civic.core import clock, pdf
from civic.core.doors import allowed, anyone
from civic.core.i18n import current, speaking
from civic.core.pages import etag
from civic.core.security import limiter
from civic.surveys.assisted.printing import on_paper
from civic.surveys.assisted.queries import OnPaper
from civic.surveys.assisted.queries import on_paper as found
from civic.surveys.remembered import Remembered
from civic.surveys.views import bp

_DRAWN: Remembered[bytes] = Remembered(8)
"""The last forms that were drawn: a questionnaire that has gone live never changes, and drawing it takes a second."""


@bp.get("/surveys/<slug>/paper-form")
@allowed(anyone, on=found)
def show_paper_form(on: OnPaper) -> str:
    """The form as a page that can be printed by anybody."""
    is_open = on.survey.is_taking_answers(clock.now())
    etag("paper form", on.version.id, on.survey.version_id, is_open, _return_address(), pdf.is_available())
    return render_template(
        "surveys/assisted/show_paper_form.html",
        is_open=is_open,
        has_pdf=pdf.is_available(),
        **printed(on, current().code),
    )


@bp.get("/surveys/<slug>/paper-form.pdf")
@allowed(anyone, on=found)
@limiter.limit("60/hour")
def download_paper_form(on: OnPaper) -> ResponseReturnValue:
    """The form as PDF."""
    is_large, language = request.args.get("size") == "large", current().code
    key = (on.survey.id, on.survey.version_id, language, is_large, _return_address())
    made = _DRAWN.get(on.questionnaire, key, lambda: draw(on, language, is_large=is_large))
    return pdf.send(made, f"{on.survey.slug}-{language}{'-large' if is_large else ''}")


def draw(on: OnPaper, language: str, *, is_large: bool, numbers: list[int] | None = None) -> bytes:
    """The form as PDF, once without a number or once for each number."""
    with speaking(language):
        return pdf.draw(
            "surveys/assisted/documents/paper_form.html",
            is_large=is_large,
            numbers=numbers or [0],
            **printed(on, language),
        )


def printed(on: OnPaper, language: str) -> dict[str, Any]:
    """What the printed form says."""
    return {
        "survey": on.survey,
        "batch": on.batch,
        "sections": on_paper(on.questionnaire, language),
        "return_address": _return_address(),
        "form_language": language,
    }


def _return_address() -> str:
    return str(current_app.config["PAPER_RETURN_ADDRESS"] or current_app.config["CONTACT_ADDRESS"])
