"""Which tools are here, which files could not be made, and how much room all take."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import locked, transaction
from civic.core.doors import allowed
from civic.core.pages import see_other
from civic.formats import jobs, kinds, words
from civic.formats.access import may_see_tools
from civic.formats.actions import making
from civic.formats.manage import bp
from civic.formats.models import FormatFile
from civic.formats.queries import files as queries
from civic.formats.queries import slots as slot_queries
from civic.formats.tools import TOOLS


@bp.get("")
@allowed(may_see_tools)
def show_tools() -> ResponseReturnValue:
    """What this machine can make, what it lacks and how to get it, what failed, and what people make by hand."""
    return render_template(
        "formats/manage/show_tools.html",
        tools=[(tool, tool.works()) for tool in TOOLS.values()],
        failed=queries.failed(request.args.get("at")),
        room=[(kinds.FORMATS[key].label if key in kinds.FORMATS else key, n, kinds.size_words(size)) for key, n, size in queries.room()],
        slots=slot_queries.newest(),
        waiting=queries.waiting(),
        formats=kinds.FORMATS,
        words=words,
    )  # fmt: skip


@bp.post("/files/<int:file_id>/retry")
@allowed(may_see_tools, on=queries.by_id)
def retry(row: FormatFile) -> ResponseReturnValue:
    """Have a file made once more."""
    with transaction():
        held: FormatFile = locked(FormatFile, row.id)
        if making.ask_again(held, now=clock.now()):
            jobs.ask_for(held)
    flash(_("It is being made again."), "info")
    return see_other("manage_formats.show_tools")
