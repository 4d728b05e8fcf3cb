"""Challenges on the desk: written, opened for comment, changed in the open, published by somebody else, ended."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.authoring.views import typed_reason
from civic.challenge import access
from civic.challenge.actions import briefs as actions
from civic.challenge.forms.desk import BriefForm, OpeningForm
from civic.challenge.manage import bp
from civic.challenge.models import Challenge
from civic.challenge.queries import briefs as queries
from civic.challenge.queries.briefs import challenge_by_slug
from civic.challenge.queries.problems import behind_challenge
from civic.challenge.queries.programmes import partner_by_slug, partner_choices, programme_by_slug, programme_choices
from civic.challenge.rules.brief import missing
from civic.challenge.views.briefs import stage
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import CivicError, NotFound, saving
from civic.core.names import slug_of
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove, can


@bp.get("/briefs/new")
@allowed(access.may_manage)
def new_challenge() -> str:
    """The form for a new challenge."""
    return _form(None, BriefForm(programme_choices(), partner_choices(), formdata=None))


@bp.post("/briefs")
@allowed(access.may_manage)
def create_challenge() -> ResponseReturnValue:
    """Begin a challenge; nobody but staff sees it."""
    form = BriefForm(programme_choices(), partner_choices())
    if form.validate():
        with saving(form) as saved:
            challenge = actions.create(by=me(), now=clock.now(), **_values(form))
        if saved.ok:
            return see_other("manage_challenge.show_challenge", slug=challenge.slug)
    return _form(None, form), 422


@bp.get("/briefs/<slug>")
@allowed(access.may_see_desk, on=challenge_by_slug)
def show_challenge(challenge: Challenge) -> str:
    """A challenge, what its brief lacks, what members say about it, and what can be done next."""
    return _page(challenge, OpeningForm(formdata=None))


@bp.get("/briefs/<slug>/edit")
@allowed(access.may_manage, on=challenge_by_slug)
def edit_challenge(challenge: Challenge) -> str:
    """The form to change a brief."""
    given: dict[str, Any] = {
        "programme": challenge.programme.slug,
        "partner": challenge.partner.slug if challenge.partner else "",
    }
    given |= {name: getattr(challenge, name) for name in (*actions.TEXTS, *actions.PLACED)}
    for n, each in enumerate(queries.criteria_of(challenge), 1):
        given |= {f"name{n}": each.name, f"weight{n}": each.weight}
    return _form(challenge, BriefForm(programme_choices(), partner_choices(), formdata=None, data=given))


@bp.post("/briefs/<slug>/edit")
@allowed(access.may_manage, on=challenge_by_slug)
def change_challenge(challenge: Challenge) -> ResponseReturnValue:
    """Change a brief that is not final."""
    form = BriefForm(programme_choices(), partner_choices())
    if form.validate():
        with saving(form) as saved:
            actions.change(
                challenge, what_changed=form.what_changed.data or "", by=me(), now=clock.now(), **_values(form)
            )
        if saved.ok:
            flash(_("The brief is changed."), "success")
            return see_other("manage_challenge.show_challenge", slug=challenge.slug)
    return _form(challenge, form), 422


@bp.post("/briefs/<slug>/opening")
@allowed(access.may_manage, on=challenge_by_slug)
def open_challenge(challenge: Challenge) -> ResponseReturnValue:
    """Open a brief for comment until a closing minute."""
    if not can(challenge, "open"):
        raise IllegalMove()
    form = OpeningForm()
    if form.validate():
        with saving(form) as saved:
            told = {"closes_at": form.comments_close_at.data, "advice_why": typed_reason()}
            actions.open_for_comment(challenge, **told, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Everybody can read the brief now, and members can comment on it."), "success")
            return see_other("manage_challenge.show_challenge", slug=challenge.slug)
        return _page(challenge, form, saved.refused), 422
    return _page(challenge, form), 422


@bp.post("/briefs/<slug>/state")
@allowed(access.may_publish, on=challenge_by_slug)
def move_challenge(challenge: Challenge) -> ResponseReturnValue:
    """Make a brief final, which somebody does who wrote nothing in it; or end a challenge."""
    act, form = request.form.get("act", ""), OpeningForm(formdata=None)
    if act not in ("publish", "close"):
        raise NotFound()
    with saving(form) as saved:
        if act == "publish":
            actions.publish(challenge, by=me(), now=clock.now(), advice_why=typed_reason())
        else:
            actions.close(challenge, by=me(), now=clock.now())
    if saved.ok:
        return see_other("manage_challenge.show_challenge", slug=challenge.slug)
    return _page(challenge, form, saved.refused), 422


def _page(challenge: Challenge, form: OpeningForm, refused: CivicError | None = None) -> str:
    lacking = missing(queries.facts_of(challenge), clock.now()) if challenge.status in ("draft", "commenting") else ()
    return render_template(
        "challenge/manage/show_challenge.html",
        challenge=challenge,
        stage=stage(challenge),
        lacking=[actions.MISSING[name] for name in lacking],
        criteria=queries.criteria_of(challenge),
        problems=behind_challenge(challenge.id),
        page=queries.remarks(challenge, None, at=request.args.get("at"), everything=True),
        form=form,
        refused=refused,
        may_manage=access.may_manage(),
        is_writer=queries.has_written(challenge, me().id),
    )


def _form(challenge: Challenge | None, form: BriefForm) -> str:
    return render_template("challenge/manage/edit_challenge.html", challenge=challenge, form=form)


def _values(form: BriefForm) -> dict[str, Any]:
    texts = {name: str(form[name].data or "") for name in actions.TEXTS}
    return texts | {
        "slug": form.slug.data or slug_of(texts["title"], "challenge"),
        "theme": form.theme.data,
        "language": form.language.data,
        "programme": programme_by_slug(form.programme.data),
        "partner": partner_by_slug(form.partner.data),
        "criteria": form.criteria,
    }
