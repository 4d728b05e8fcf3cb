"""The privacy notice, the cookies, and what is held about oneself."""

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.core import audit, clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.pages import etag
from civic.core.person import me
from civic.core.security import limit
from civic.core.web import room
from civic.privacy import exports, queries
from civic.privacy.cookies import cookies

bp = room("privacy", __name__)


@bp.get("/privacy")
@allowed(anyone)
def show_notice() -> str:
    """What we keep about people, why, on which basis and for how long: printed from what every package declares."""
    etag("privacy")
    return render_template("privacy/show_notice.html", cards=queries.cards(), age=current_app.config["MINIMUM_AGE"])


@bp.get("/cookies")
@allowed(anyone)
def show_cookies() -> str:
    """Every cookie, what it is for and how long it stays."""
    etag("cookies")
    return render_template("privacy/show_cookies.html", cookies=cookies())


@bp.get("/account/data")
@allowed(is_signed_in)
def show_my_data() -> str:
    """What we hold about the signed-in person, by kind."""
    return render_template("privacy/show_my_data.html", held=queries.held_about(me().id), canonical=False)


@bp.post("/account/data/copies")
@allowed(is_signed_in)
@limit("5/hour")
def take_my_data() -> ResponseReturnValue:
    """All of it, to take away; that it was taken is on record."""
    person = me()
    site = current_app.config["SITE_NAME"]
    readme = _("What %(site)s holds about you, one file for each kind. Passwords and codes are left out.", site=site)
    packed = exports.archive(person.id, readme)
    with transaction():
        audit.record("personal_data.copied", on=person, by=person, now=clock.now())
    response = Response(packed, mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return response
