"""How far everything is translated."""

from flask import render_template, request

from civic.core.doors import allowed
from civic.core.i18n import LANGUAGES
from civic.translation.access import may_translate
from civic.translation.manage import bp
from civic.translation.queries import progress, things
from civic.translation.queries.suggestions import how_many_wait
from civic.translation.views.things import number_in
from civic.translation.wording import words


@bp.get("")
@allowed(may_translate)
def list_things() -> str:
    """The things of one kind, newest first, with what each language lacks, what is out of date and what waits."""
    kinds = {name: str(kind.label) for name, kind in things.kinds().items()}
    asked = request.args.get("kind", "")
    kind = asked if asked in kinds else next(iter(kinds))
    return render_template(
        "translation/manage/list_things.html",
        kinds=kinds,
        kind=kind,
        page=progress.listed(kind, number_in("below")),
        edit_url=things.kinds()[kind].edit_url,
        languages=LANGUAGES,
        waiting=how_many_wait(),
        words=words,
        number_of=lambda name: int(name.partition(":")[2]),
    )
