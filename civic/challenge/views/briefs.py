"""Challenges: the list, one with its brief and what members say about it, and how the brief changed."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge import access
from civic.challenge.actions import remarks as actions
from civic.challenge.forms.talk import RemarkForm
from civic.challenge.models import Challenge
from civic.challenge.queries import briefs as queries
from civic.challenge.queries.briefs import challenge_by_slug
from civic.challenge.queries.problems import behind_challenge
from civic.challenge.queries.programmes import programmes
from civic.challenge.rules.choices import PUBLIC_STATES
from civic.challenge.translating import challenge_sources, lay_challenge, titles_of
from civic.challenge.views import bp
from civic.core import clock
from civic.core.doors import allowed, anyone
from civic.core.errors import saving
from civic.core.pages import etag, see_other
from civic.core.person import maybe_me, me
from civic.core.security import limit
from civic.translation.reading import lay


def stage(challenge: Challenge) -> str:
    """The state that a reader is told: after its closing minute a brief's comments are being considered."""
    if challenge.status == "commenting" and not challenge.takes_remarks(clock.now()):
        return "considering"
    return challenge.status


@bp.get("/challenges")
@allowed(anyone)
def list_challenges() -> ResponseReturnValue:
    """Every challenge, with the programmes they belong to and the way to propose a problem."""
    state = request.args.get("state", "")
    state = state if state in PUBLIC_STATES else ""
    page, announced = queries.challenges(state=state, at=request.args.get("at")), programmes()
    etag(
        "challenges",
        [(each.id, each.version, stage(each)) for each in page.items],
        page.next,
        page.previous,
        [(each.id, each.version) for each in announced],
        lay(titles_of(page.items, announced)),
    )
    return render_template(
        "challenge/list_challenges.html", page=page, programmes=announced, state=state, states=PUBLIC_STATES
    )


@bp.get("/challenges/<slug>")
@allowed(access.may_see_challenge, on=challenge_by_slug, hide=True)
def show_challenge(challenge: Challenge) -> ResponseReturnValue:
    """A challenge: its brief, where it came from, and what members say about it."""
    return _page(challenge, RemarkForm(formdata=None))


@bp.get("/challenges/<slug>/history")
@allowed(access.may_see_challenge, on=challenge_by_slug, hide=True)
def show_history(challenge: Challenge) -> ResponseReturnValue:
    """How the brief changed, and why."""
    versions = queries.versions_of(challenge)
    said = lay({f"challenge:{challenge.id}": challenge_sources(challenge)})
    etag("history", challenge.id, challenge.version, len(versions), said)
    return render_template("challenge/show_history.html", challenge=challenge, versions=versions)


@bp.post("/challenges/<slug>/remarks")
@allowed(access.may_propose)
@allowed(access.may_see_challenge, on=challenge_by_slug, hide=True)
@limit("60/hour")
def create_remark(challenge: Challenge) -> ResponseReturnValue:
    """Comment on a brief."""
    form = RemarkForm()
    if form.validate():
        with saving(form) as saved:
            made = actions.remark(challenge, text=str(form.text.data), language=form.spoken, by=me(), now=clock.now())
        if saved.ok:
            if made.shown == "waiting":
                flash(_("Thank you. A moderator reads it before others see it; you see it already."), "success")
            else:
                flash(_("Thank you. Your comment is on the page, and you are told when it is answered."), "success")
            return see_other("challenge.show_challenge", slug=challenge.slug, _anchor=f"remark-{made.position}")
    return _page(challenge, form), 422


def _page(challenge: Challenge, form: RemarkForm) -> str:
    person = maybe_me()
    page = queries.remarks(challenge, person.id if person else None, at=request.args.get("at"))
    criteria, problems = queries.criteria_of(challenge), behind_challenge(challenge.id)
    lay_challenge(challenge, criteria, problems)
    return render_template(
        "challenge/show_challenge.html",
        challenge=challenge,
        programme=challenge.programme,
        partner=challenge.partner,
        stage=stage(challenge),
        criteria=criteria,
        problems=problems,
        versions=queries.versions_of(challenge),
        page=page,
        form=form,
        takes_remarks=challenge.takes_remarks(clock.now()),
        may_write=access.may_propose(),
        may_see_desk=access.may_see_desk(),
        me_id=person.id if person else None,
        now=clock.now(),
    )
