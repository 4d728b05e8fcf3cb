"""The languages of the interface, for translators: how far each is, what is missing or odd and where it stands, and its catalogue."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from civic.accounts.access import is_staff
from civic.authoring import wording
from civic.core import catalogues
from civic.core.catalogues import Fault, Standing
from civic.core.doors import allowed
from civic.core.i18n import DEFAULT, LANGUAGES, enabled
from civic.core.languages import Language
from civic.core.pages import page_of_list
from civic.core.web import room

bp = room("manage_languages", __name__, "/staff/languages")
SHOWS = ("missing", "wrong", "odd")


def translated_language(language: str) -> Language | None:
    """A language that is declared and is not English, from which all are translated."""
    return LANGUAGES.get(language) if language != DEFAULT.code else None


def _folder() -> Path:
    return Path(current_app.config["BABEL_TRANSLATION_DIRECTORIES"])


@bp.get("")
@allowed(is_staff)
def list_languages() -> str:
    """How far each language is, and whether it is offered."""
    return render_template(
        "authoring/list_languages.html",
        languages=[
            (each, catalogues.standing(_folder(), each), catalogues.plural_forms(each))
            for each in LANGUAGES.values()
            if each is not DEFAULT
        ],
        offered=enabled(),
        least=current_app.config["LANGUAGE_COMPLETENESS"],
    )


@bp.get("/<language>")
@allowed(is_staff, on=translated_language)
def show_language(language: Language) -> ResponseReturnValue:
    """What of a language is missing, wrong or odd: each sentence with where it stands."""
    stands = catalogues.standing(_folder(), language)
    shown = request.args.get("show", "missing")
    shown = shown if shown in SHOWS else "missing"
    found = _found(stands)
    page = page_of_list(found[shown], at=request.args.get("at"))
    return render_template(
        "authoring/show_language.html",
        tongue=language,  # the layout knows another by the name of `language`
        stands=stands,
        shown=shown,
        counts={name: len(found[name]) for name in SHOWS},
        shows=wording.CATALOGUE_SHOWS,
        page=page,
        forms=catalogues.plural_forms(language),
        is_offered=language.code in enabled(),
        least=current_app.config["LANGUAGE_COMPLETENESS"],
        said=lambda fault: wording.catalogue_fault(fault, catalogues.plural_forms(language)),
    )


@bp.get("/<language>/messages.po")
@allowed(is_staff, on=translated_language)
def download_catalogue(language: Language) -> Response:
    """The catalogue as it stands, with every sentence and where it is used, for a translator's own program."""
    template = catalogues.read(_folder() / catalogues.TEMPLATE)
    path = catalogues.po_file(_folder(), language)
    catalogue = catalogues.read(path, language.locale) if path.exists() else Catalog(locale=language.locale)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    written = BytesIO()
    write_po(written, catalogue, sort_output=True, width=120)
    response = Response(written.getvalue(), content_type="text/x-gettext-translation; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="civic-{language.code}.po"'
    return response


def _found(stands: Standing) -> dict[str, list[tuple[Message, tuple[Fault, ...]]]]:
    is_missing = [any(fault.code == "missing" for fault in faults) for _message, faults in stands.wrong]
    return {
        "missing": [each for each, missing in zip(stands.wrong, is_missing, strict=True) if missing],
        "wrong": [each for each, missing in zip(stands.wrong, is_missing, strict=True) if not missing],
        "odd": list(stands.odd),
    }
