"""Languages: which one a page speaks, how it writes dates, numbers and money, and what a text's own language is."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date as babel_date
from babel.dates import format_time as babel_time
from babel.numbers import format_decimal, format_percent
from flask import Flask, current_app, g, request
from flask_babel import Babel, Domain, refresh
from markupsafe import Markup, escape

from civic.core.catalogues import completeness
from civic.core.clock import LONDON, in_london
from civic.core.languages import DEFAULT, LANGUAGES, PSEUDO, PSEUDO_LANGUAGE, RTL, Language
from civic.core.money import Money
from civic.core.translatable import Laid, laid_over

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "PSEUDO",
    "PSEUDO_LANGUAGE",
    "Language",
    "Words",
]  # others know the languages by this module


COOKIE = "language"


def enabled() -> dict[str, Language]:
    """The languages offered here by code: those that are complete enough; the pseudo-language only where the settings ask for it."""
    offered: dict[str, Language] | None = current_app.extensions.get("offered_languages")
    return _with_pseudo(LANGUAGES, current_app.config) if offered is None else offered


def spoken() -> dict[str, Language]:
    """Those and the unfinished ones, which are spoken at their own addresses so that translators see their work, and offered nowhere."""
    return LANGUAGES | enabled()


def offer(config: Mapping[str, Any]) -> dict[str, Language]:
    """The languages whose catalogue holds at least the share of sentences that the settings ask for; English always."""
    if "BABEL_TRANSLATION_DIRECTORIES" not in config:  # an application that only draws
        return _with_pseudo(LANGUAGES, config)
    folder, least = Path(config["BABEL_TRANSLATION_DIRECTORIES"]), config["LANGUAGE_COMPLETENESS"]
    offered = {code: each for code, each in LANGUAGES.items() if completeness(folder, each) >= least or each is DEFAULT}
    return _with_pseudo(offered, config)


def is_unfinished() -> bool:
    """Whether the language that is spoken now is one that is offered nowhere yet."""
    return current().code not in enabled()


def _with_pseudo(languages: dict[str, Language], config: Mapping[str, Any]) -> dict[str, Language]:
    return languages | {PSEUDO: PSEUDO_LANGUAGE} if config.get("PSEUDO_LANGUAGE") else languages


def direction(code: str) -> str:
    """ "rtl" or "ltr" for a language code."""
    return "rtl" if code.split("-")[0] in RTL else "ltr"


def negotiate(accept: str, offered: Mapping[str, Language]) -> Language:
    """The best language for an Accept-Language header: by weight, a regional tag counting for its language.

    Werkzeug's own best_match answers English to "ar-EG,en;q=0.5"; a reader in Cairo reads Arabic.
    """
    wishes = []
    for position, part in enumerate(accept.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        wishes.append((-quality, position, tag.split("-")[0].lower()))
    for quality, _, code in sorted(wishes):
        if quality < 0 and code in offered:
            return offered[code]
    return DEFAULT


def language_of_request() -> Language:
    """The address decides, then the account's choice, then the cookie, then the browser."""
    from civic.core.person import maybe_me

    offered, known = enabled(), spoken()
    first = request.path.split("/", 2)[1] if request.path.startswith("/") else ""
    saved = ""
    if first not in known:
        saved = getattr(maybe_me(), "language", None) or request.cookies.get(COOKIE, "")
    return known.get(first) or offered.get(saved) or negotiate(request.headers.get("Accept-Language", ""), offered)


def current() -> Language:
    """The language being spoken now; English outside a request."""
    try:
        return g.language
    except (AttributeError, RuntimeError):  # asked some hundred times a page: trying is cheaper than looking first
        return DEFAULT


@contextmanager
def speaking(code: str) -> Iterator[Language]:
    """Speak another language for a while (a message to somebody else); needs a request context, as jobs have one too."""
    before, g.language = g.get("language"), enabled().get(code, DEFAULT)
    refresh()
    try:
        yield g.language
    finally:
        g.language = before or DEFAULT
        refresh()


# --- how things are written -------------------------------------------------------------------------------------


@lru_cache(4096)
def _date(day: date, locale: str) -> str:
    return babel_date(day, "d MMMM y", locale)


def format_date(value: date | datetime | None) -> str:
    """A real date, "18 December 2026", in London and in the page's language."""
    if value is None:
        return ""
    return _date(in_london(value).date() if isinstance(value, datetime) else value, current().locale)


@lru_cache(4096)
def _clock(minute: datetime, locale: str) -> str:
    pattern = "h:mm a" if locale.startswith("en") else "HH:mm"
    text = babel_time(minute, pattern, tzinfo=LONDON, locale=locale)
    return text.replace(" AM", "am").replace(" PM", "pm").replace(" am", "am").replace(" pm", "pm")


def format_datetime(value: datetime | None) -> str:
    """A date and a London time, "18 December 2026, 11:59pm"."""
    if value is None:
        return ""
    return f"{format_date(value)}, {_clock(value.replace(second=0, microsecond=0), current().locale)}"


# A page of results writes hundreds of numbers, and Babel takes its time over each.
@lru_cache(16384, typed=True)
def _number(value: int | float | Decimal, pattern: str | None, locale: str) -> str:
    return format_decimal(value, pattern, locale=locale)


@lru_cache(4096, typed=True)
def _percent(share: float, locale: str) -> str:
    return format_percent(share, "#,##0%", locale=locale)


def format_number(value: int | float | Decimal | None, digits: int | None = None) -> str:
    """A number with the language's separators, with `digits` decimal places where given."""
    if value is None:
        return ""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return _number(value, pattern, current().locale)


def format_share(value: float | None) -> str:
    """A share of one as a whole percentage, "38%"."""
    return "" if value is None else _percent(round(value, 4), current().locale)


def money_text(value: Money) -> str:
    """£20 or £20.50: the pound sign in every language, pence only where there are some."""
    pattern = "#,##0.00" if value.minor % 100 else "#,##0"
    number = _number(Decimal(abs(value.minor)) / 100, pattern, current().locale)
    return f"{'−' if value.minor < 0 else ''}£{number}"


def format_money(value: Money | None) -> Markup:
    """Money in a page, isolated so that right-to-left text leaves "£20" whole."""
    return Markup("") if value is None else Markup("<bdi>{}</bdi>").format(money_text(value))


# --- what people wrote ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """A text with the language it is in."""

    text: str
    language: str

    def __html__(self) -> str:
        """The text, or the translation that stands in its place; marked with its own language and direction where the page
        speaks another."""
        reader = current().code
        if self.language == reader or not self.text:
            return str(escape(self.text))
        if laid := laid_over(self.text, self.language, reader):
            return laid.__html__()
        marked = Markup('<span lang="{}" dir="{}">{}</span>')
        return str(marked.format(self.language, direction(self.language), self.text))

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def as_read(text: str, language: str) -> Laid:
    """A text as the reader of this page reads it: its translation where one stands in its place, or itself."""
    return laid_over(text, language, current().code) or Laid(text, language)


def text_in(texts: Mapping[str, str] | None, language: str | None = None) -> Words:
    """The text in the wanted language, or in English, or in whatever language there is."""
    texts = texts or {}
    wanted = language or current().code
    if found := texts.get(wanted):
        return Words(found, wanted)
    for code in (DEFAULT.code, *texts):
        if texts.get(code):
            return Words(texts[code], code)
    return Words("", current().code)


class Catalogues(Domain):
    """Our translations by the language that is spoken: a page asks some eighty times, and Flask-Babel works the language out each time."""

    def __init__(self) -> None:
        super().__init__()
        self.by_locale: dict[str, Any] = {}

    def get_translations(self) -> Any:
        """Those of the language that is spoken now."""
        locale = current().locale
        if locale not in self.by_locale:
            if not g:  # outside of any application there are no catalogues to be found
                return super().get_translations()
            self.by_locale[locale] = super().get_translations()
        return self.by_locale[locale]


def init_app(app: Flask) -> None:
    """Set up translations, the language of each request, and the filters that templates use."""
    app.extensions["offered_languages"] = offer(app.config)
    babel = Babel(app, locale_selector=lambda: current().locale, timezone_selector=lambda: "Europe/London")
    babel.domain_instance = catalogues = Catalogues()
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: catalogues.get_translations().ugettext(text),
        ngettext=lambda one, many, number: catalogues.get_translations().ungettext(one, many, number),
        newstyle=True,
    )

    @app.before_request
    def choose() -> None:
        g.language = language_of_request()

    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(
        date=format_date,
        datetime=format_datetime,
        number=format_number,
        percent=format_share,
        money=format_money,
        words=text_in,
    )
    app.jinja_env.globals.update(
        languages=enabled, is_unfinished=is_unfinished, direction=direction, text_in=text_in, as_read=as_read
    )


LANGUAGE_TAG = re.compile(r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")


def as_language(code: Any) -> str:
    """A language code that may be stored, or English where the value is none."""
    return code if isinstance(code, str) and LANGUAGE_TAG.match(code) else DEFAULT.code
