"""Problems: the list that can be searched and narrowed, one of them, proposing, changing and supporting."""

from __future__ import annotations

from typing import Any

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge import access
from civic.challenge.actions import problems as actions
from civic.challenge.forms.talk import ProblemForm, SearchForm, wish_of
from civic.challenge.models import Challenge, Problem
from civic.challenge.queries import problems as queries
from civic.challenge.queries.problems import EVERYWHERE, FACETS, Wish, problem_by_id
from civic.challenge.rules.choices import PROBLEM_SORTS, PROBLEM_STATES, THEMES
from civic.challenge.translating import lay_problem, listed_problems
from civic.challenge.views import bp
from civic.challenge.wording import PROBLEM_STATES as STATE_NAMES
from civic.challenge.wording import THEMES as THEME_NAMES
from civic.core import clock
from civic.core.db import db, transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import saving
from civic.core.pages import etag, see_other
from civic.core.person import maybe_me, me
from civic.core.security import limit
from civic.places import BOROUGHS
from civic.translation.reading import lay


@bp.get("/problems")
@allowed(anyone)
def list_problems() -> ResponseReturnValue:
    """The problems that Londoners propose: the most supported first, unless somebody wants them otherwise."""
    wish = wish_of(request.args)
    page = queries.problems(wish, g.language.code, at=request.args.get("at"))
    counts = queries.facets(wish, g.language.code)
    said = lay(listed_problems(page.items))
    etag("problems", wish, page.items, page.next, page.previous, counts, said)
    return render_template(
        "challenge/list_problems.html",
        wish=wish,
        page=page,
        groups=_groups(wish, counts),
        search=SearchForm(formdata=None, data={"words": wish.words}),
        shown=lambda **other: _address(wish, **other),
        is_narrowed=any(getattr(wish, name) for name in FACETS) or bool(wish.words),
    )


def _address(wish: Wish, **other: Any) -> str:
    """The same list, otherwise."""
    asked = {name: getattr(wish, name) for name in ("words", *FACETS)}
    asked["sort"] = wish.sort if wish.sort != PROBLEM_SORTS[0] else ""
    return url_for("challenge.list_problems", **{name: value for name, value in (asked | other).items() if value})


def _groups(wish: Wish, counts: dict[str, dict[str, int]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What the list can be narrowed by: (facet, [{name, how many, address, whether it is chosen}])."""
    names: dict[str, dict[str, Any]] = {
        "status": {each: STATE_NAMES[each] for each in PROBLEM_STATES},
        "theme": {each: THEME_NAMES[each] for each in THEMES},
        "borough": {EVERYWHERE: _("All London"), **{each.gss: each.name for each in BOROUGHS}},
    }
    return [
        (
            facet,
            [
                {
                    "name": name,
                    "count": counts[facet].get(value, 0),
                    "is_chosen": getattr(wish, facet) == value,
                    "href": _address(wish, **{facet: "" if getattr(wish, facet) == value else value}),
                }
                for value, name in offered.items()
                if counts[facet].get(value) or getattr(wish, facet) == value
            ],
        )
        for facet, offered in names.items()
    ]


@bp.get("/problems/new")
@allowed(access.may_propose)
def new_problem() -> ResponseReturnValue:
    """The form for a problem."""
    if not me().display_name:
        flash(_("Choose a display name first: it stands beside what you propose."), "info")
        return see_other("accounts.edit_profile")
    form = ProblemForm(formdata=None, data={"borough": me().borough or ""})
    return _form(form, None)


@bp.post("/problems")
@allowed(access.may_propose)
@limit("30/hour")
def create_problem() -> ResponseReturnValue:
    """Propose a problem."""
    form = ProblemForm()
    if form.validate():
        with saving(form) as saved:
            problem = actions.propose(by=me(), now=clock.now(), **form.values)
        if saved.ok:
            _thank(problem)
            return see_other("challenge.show_problem", problem_id=problem.id)
    return _form(form, None), 422


def _thank(problem: Problem) -> None:
    if problem.shown == "waiting":
        flash(_("Thank you. A moderator reads it before others see it; you see it already."), "success")
    else:
        flash(_("Thank you. Everybody can read your problem now, and others can support it."), "success")


def _form(form: ProblemForm, problem: Problem | None) -> str:
    return render_template("challenge/edit_problem.html", form=form, problem=problem)


@bp.get("/problems/<int:problem_id>")
@allowed(access.may_see_problem, on=problem_by_id, hide=True)
def show_problem(problem: Problem) -> ResponseReturnValue:
    """A problem, how many support it, and what became of it."""
    person = maybe_me()
    moves = queries.moves_of(problem)
    merged = queries.merged_into(problem)
    names = queries.names_of([problem.author_id])
    challenge = db.session.get(Challenge, problem.challenge_id) if problem.challenge_id else None
    into = db.session.get(Problem, problem.merged_into_id) if problem.merged_into_id else None
    said = lay_problem(problem, merged, challenge, into)
    etag("problem", problem.id, problem.version, problem.supports, len(moves), len(merged), names, said)
    return render_template(
        "challenge/show_problem.html",
        problem=problem,
        author=names.get(problem.author_id or 0),
        own=access.is_author_of(problem),
        may_support=access.may_support(problem),
        may_change=access.may_change_problem(problem),
        may_decide=access.may_manage(),
        supports_it=queries.supports_it(problem, person.id if person else None),
        moves=moves,
        merged=merged,
        challenge=challenge,
        into=into,
    )


@bp.get("/problems/<int:problem_id>/edit")
@allowed(access.may_change_problem, on=problem_by_id)
def edit_problem(problem: Problem) -> str:
    """The form to change a problem that nobody supports yet."""
    return _form(ProblemForm(formdata=None, obj=problem), problem)


@bp.post("/problems/<int:problem_id>/edit")
@allowed(access.may_change_problem, on=problem_by_id)
@limit("60/hour")
def change_problem(problem: Problem) -> ResponseReturnValue:
    """Change a problem that nobody supports yet."""
    form = ProblemForm()
    if form.validate():
        with saving(form) as saved:
            actions.change(problem, by=me(), now=clock.now(), **form.values)
        if saved.ok:
            flash(_("Your problem is changed."), "success")
            return see_other("challenge.show_problem", problem_id=problem.id)
    return _form(form, problem), 422


@bp.post("/problems/<int:problem_id>/supports")
@allowed(access.may_propose)
@allowed(access.may_see_problem, on=problem_by_id, hide=True)
@limit("300/hour")
def support_problem(problem: Problem) -> ResponseReturnValue:
    """Support a problem, or support it no more."""
    with transaction():
        if request.form.get("act") == "withdraw":
            actions.unsupport(problem, by=me())
        else:
            actions.support(problem, by=me(), now=clock.now())
    return see_other("challenge.show_problem", problem_id=problem.id, _anchor="support")
