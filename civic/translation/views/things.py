"""What can be translated, and how a thing is translated."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civic.core.doors import allowed, anyone
from civic.core.i18n import LANGUAGES, current
from civic.core.person import maybe_me
from civic.translation import access
from civic.translation.desk import Work, is_open, kept_here
from civic.translation.queries import current as kept
from civic.translation.queries import progress, suggestions, things
from civic.translation.rules.comparing import mark_of
from civic.translation.views import bp
from civic.translation.wording import words


def offered() -> dict[str, str]:
    """The kinds of things that members can help to translate: those whose translations are kept here."""
    return {name: str(kind.label) for name, kind in things.kinds().items() if kind.write is None}


def chosen_language() -> str:
    """The language that was asked for, else the reader's, else the first other one."""
    asked = request.args.get("language", "")
    if asked in LANGUAGES:
        return asked
    return current().code if current().code in LANGUAGES and current().code != "en" else "pl"


def number_in(name: str) -> int | None:
    """A number in the address; nothing where there is none."""
    asked = request.args.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 16 else None


@bp.get("")
@allowed(anyone)
def list_things() -> ResponseReturnValue:
    """What everybody can read and help to translate, with how far each thing is."""
    kinds, asked = offered(), request.args.get("kind", "")
    kind = asked if asked in kinds else next(iter(kinds))
    language = chosen_language()
    page = progress.listed(kind, number_in("below"), public_only=True)
    return render_template(
        "translation/list_things.html",
        kinds=kinds,
        kind=kind,
        tongue=language,
        languages=LANGUAGES,
        items=[each for each in page.items if language in each.languages],
        below=page.below,
        words=words,
        may_suggest=access.may_suggest(),
    )


@bp.get("/<translated>/<language>")
@allowed(is_open, on=kept_here, hide=True)
def show_thing(work: Work) -> ResponseReturnValue:
    """A thing's texts beside their translations, and where better words can be suggested."""
    person = maybe_me()
    standing = {each.field: each for each in kept.in_sight([work.thing], work.language)}
    return render_template(
        "translation/show_thing.html",
        work=work,
        standing=standing,
        stale={
            field
            for field, source in work.sources.items()
            if field in standing and standing[field].source_mark != mark_of(source.text)
        },
        mine=suggestions.of_person(work.thing, work.language, person.id) if person else {},
        may_suggest=access.may_suggest(),
        may_translate=access.may_translate(),
        words=words,
    )


@bp.get("/<translated>/<language>/history")
@allowed(is_open, on=kept_here, hide=True)
def show_history(work: Work) -> ResponseReturnValue:
    """Every version that readers saw, newest first: whose it was, and who checked it."""
    return render_template(
        "translation/show_history.html", work=work, versions=kept.history(work.thing, work.language), words=words
    )
