"""What somebody has in discussions: drafts, what they wrote, what they follow."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.pages import see_other
from civic.core.person import me
from civic.discussions.actions.drafts import drop_draft
from civic.discussions.queries import readers
from civic.discussions.queries.comments import comments_of
from civic.discussions.queries.threads import threads_of
from civic.discussions.views import bp


@bp.get("/account/discussions")
@allowed(is_signed_in)
def list_mine() -> str:
    """Drafts first, then one's own threads and comments."""
    return render_template(
        "discussions/list_mine.html",
        drafts=readers.drafts_of(me().id) if not request.args.get("at") else [],
        threads=threads_of(me().id, size=10) if not request.args.get("at") else None,
        page=comments_of(me().id, at=request.args.get("at")),
    )


@bp.get("/account/discussions/threads")
@allowed(is_signed_in)
def list_my_threads() -> str:
    """All the threads that one opened."""
    page = threads_of(me().id, at=request.args.get("at"))
    return render_template("discussions/list_my_threads.html", page=page)


@bp.get("/account/discussions/follows")
@allowed(is_signed_in)
def list_follows() -> str:
    """The threads that one follows, with what is new in each."""
    page = readers.followed_by(me().id, at=request.args.get("at"))
    return render_template("discussions/list_follows.html", page=page)


@bp.post("/account/discussions/drafts/<int:draft_id>/deletion")
@allowed(is_signed_in)
def delete_draft(draft_id: int) -> ResponseReturnValue:
    """Throw away what one has begun to write."""
    draft = readers.own_draft(draft_id, me().id)
    if draft is None:
        raise NotFound()
    with transaction():
        drop_draft(draft)
    flash(_("The draft is gone."), "success")
    return see_other("discussions.list_mine")
