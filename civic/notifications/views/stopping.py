"""Stopping letters by the link in them: with one click, without signing in, and never by merely looking (RFC 8058)."""

from dataclasses import replace

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.security import csrf, limit
from civic.notifications import actions, queries
from civic.notifications.drawing import words_for
from civic.notifications.links import Stop, stop_behind
from civic.notifications.views import bp


def this_link() -> str:
    """By what clicks are counted: mail services click for thousands of people from one address."""
    return request.path


@bp.get("/unsubscribe/<token>")
@allowed(anyone, on=stop_behind)
def show_stop(what: Stop) -> ResponseReturnValue:
    """What the link would stop, a button that does it, and how things stand."""
    known = queries.notices()
    news = queries.latest_about(what.person.id, what.value) if what.scope == "about" else None
    wishes = queries.wishes_of(what.person.id)
    return render_template(
        "notifications/show_stop.html",
        what=what,
        labels=[known[key].label for key in what.kinds if key in known],
        told=words_for(news.notice, news.facts) if news else None,
        is_stopped=_is_stopped(what),
        is_paused=wishes.paused,
    )


@bp.post("/unsubscribe/<token>")
@csrf.exempt
@allowed(anyone, on=stop_behind)
@limit("30/hour", key=this_link)
def stop(what: Stop) -> ResponseReturnValue:
    """Stop what the link stops, or everything that may be stopped, or take it back; a mail service is answered in a word."""
    act = request.form.get("act", "")
    whole = replace(what, scope="all", value="")
    with transaction():
        if act in ("undo", "undo_everything"):
            actions.resume(what if act == "undo" else whole)
        else:
            actions.stop(whole if act == "everything" else what, now=clock.now())
    if request.form.get("List-Unsubscribe") == "One-Click":
        return "stopped", 200, {"Content-Type": "text/plain; charset=utf-8"}
    return redirect(request.path, 303)


def _is_stopped(what: Stop) -> bool:
    """Whether what the link stops is stopped already."""
    if what.scope == "about":
        return queries.is_silenced(what.person.id, what.value)
    if what.scope == "kinds":
        known, paces = queries.notices(), queries.paces_of(what.person.id)
        return all(paces.get(key, known[key].usual) == "never" for key in what.kinds if key in known)
    wishes = queries.wishes_of(what.person.id)
    return wishes.no_weekly if what.scope == "weekly" else wishes.paused
