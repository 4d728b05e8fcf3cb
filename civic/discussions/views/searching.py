"""Searching what was said."""

from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from civic.core.doors import allowed, anyone
from civic.core.i18n import LANGUAGES, Words, direction
from civic.core.pages import etag
from civic.discussions.forms.searching import SearchForm, search_of
from civic.discussions.queries.finding import FACETS, Facets, Search, facets, find
from civic.discussions.queries.topics import topics
from civic.discussions.rules.excerpts import excerpt
from civic.discussions.views import bp
from civic.discussions.wording import IDEA_NAMES, KIND_NAMES


@bp.get("/discussions/search")
@allowed(anyone)
def search() -> ResponseReturnValue:
    """What was said with these words, and how many there are of each kind."""
    listed = {each.slug: each.title for each in topics()}
    wish = search_of(request.args, frozenset(listed))
    page = find(wish, g.language.code, at=request.args.get("at")) if not wish.is_empty else None
    counted = facets(wish, g.language.code) if not wish.is_empty else None
    etag("search", wish, page and page.items, page and page.next, counted and counted.counts, listed)
    form = SearchForm(formdata=None, data={"words": wish.words})
    return render_template(
        "discussions/search.html",
        wish=wish,
        page=page,
        counted=counted,
        search=form,
        groups=_groups(wish, counted, listed) if counted else [],
        shown=lambda **other: _address(wish, **other),
        piece=lambda words: _marked(words, wish.words),
    )


def _address(wish: Search, **other: Any) -> str:
    """The same search, narrowed otherwise."""
    asked = {"words": wish.words, **{name: getattr(wish, name) for name in FACETS}} | other
    return url_for("discussions.search", **{name: value for name, value in asked.items() if value})


def _groups(wish: Search, counted: Facets, listed: dict[str, Words]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What can be narrowed by: (name of the facet, [{value's name, how many, address, whether it is chosen}])."""
    names: dict[str, dict[str, Any]] = {
        "topic": listed,
        "kind": KIND_NAMES,
        "language": {code: Words(each.name, code) for code, each in LANGUAGES.items()},
        "idea": IDEA_NAMES,
        "answered": {"yes": None},
    }
    return [
        (
            facet,
            [
                {
                    "name": name,
                    "count": counted.counts[facet].get(value, 0),
                    "is_chosen": getattr(wish, facet) == value,
                    "href": _address(wish, **{facet: "" if getattr(wish, facet) == value else value}),
                }
                for value, name in names[facet].items()
                if counted.counts[facet].get(value) or getattr(wish, facet) == value
            ],
        )
        for facet in FACETS
    ]


def _marked(words: Words, wanted: str) -> Markup:
    """What is shown of a text that was found, with what was looked for marked."""
    pieces = Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if hit else piece for piece, hit in excerpt(words.text, wanted)
    )
    if words.language == g.language.code:
        return pieces
    return Markup('<span lang="{}" dir="{}">{}</span>').format(words.language, direction(words.language), pieces)
