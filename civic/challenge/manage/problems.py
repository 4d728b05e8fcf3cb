"""Problems on the desk: merged, answered, taken up or not, each with a reason that everybody reads."""

from __future__ import annotations

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge import access
from civic.challenge.actions import deciding
from civic.challenge.forms.desk import DecisionForm
from civic.challenge.forms.talk import SearchForm
from civic.challenge.manage import bp
from civic.challenge.models import Problem
from civic.challenge.queries import problems as queries
from civic.challenge.queries.briefs import challenge_by_slug, challenge_choices
from civic.challenge.queries.problems import Wish, problem_by_id
from civic.challenge.rules.choices import PROBLEM_SORTS, PROBLEM_STATES
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.forms import clean
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import IllegalMove


@bp.get("/problems")
@allowed(access.may_manage)
def list_problems() -> str:
    """Problems in one state, those out of sight too: at first those that wait."""
    asked = request.args
    status = asked.get("status", "") if asked.get("status") in PROBLEM_STATES else PROBLEM_STATES[0]
    sort = asked.get("sort", "") if asked.get("sort") in PROBLEM_SORTS else PROBLEM_SORTS[0]
    words = clean(asked.get("words", ""))[:100]
    wish = Wish(words=words, status=status, sort=sort, out_of_sight_too=True)
    page = queries.problems(wish, g.language.code, at=asked.get("at"))
    return render_template(
        "challenge/manage/list_problems.html",
        page=page,
        wish=wish,
        search=SearchForm(formdata=None, data={"words": words}),
        shown=lambda **other: url_for(
            "manage_challenge.list_problems",
            **{k: v for k, v in ({"status": status, "sort": sort, "words": words} | other).items() if v},
        ),
    )


@bp.get("/problems/<int:problem_id>")
@allowed(access.may_manage, on=problem_by_id)
def show_problem(problem: Problem) -> str:
    """A problem, and what may become of it."""
    form = DecisionForm(_verbs(problem), challenge_choices(), formdata=None)
    return _page(problem, form)


@bp.post("/problems/<int:problem_id>")
@allowed(access.may_manage, on=problem_by_id)
def decide_problem(problem: Problem) -> ResponseReturnValue:
    """Merge a problem, answer it, take it up, decline it or open it again."""
    verbs = _verbs(problem)
    if not verbs:
        raise IllegalMove()
    form = DecisionForm(verbs, challenge_choices())
    if form.validate():
        with saving(form) as saved:
            _decide(problem, form)
        if saved.ok:
            flash(
                _("Everybody can read what becomes of this problem, and whoever proposed or supports it is told."),
                "success",
            )
            return see_other("challenge.show_problem", problem_id=problem.id)
    return _page(problem, form), 422


def _decide(problem: Problem, form: DecisionForm) -> None:
    said = {"reason": str(form.reason.data), "language": form.language.data, "as_role": str(form.as_role.data)}
    if form.verb.data == "merge":
        into = problem_by_id(form.into.data or 0)
        deciding.merge(problem, into, by=me(), now=clock.now(), **said)
        return
    challenge = challenge_by_slug(form.challenge.data) if form.challenge.data else None
    deciding.decide(problem, form.verb.data, challenge=challenge, by=me(), now=clock.now(), **said)


def _verbs(problem: Problem) -> list[str]:
    """What may be done with a problem as it stands."""
    return [verb for state, verb in Problem.TRANSITIONS if state == problem.status]


def _page(problem: Problem, form: DecisionForm) -> str:
    return render_template(
        "challenge/manage/show_problem.html",
        problem=problem,
        form=form,
        author=queries.names_of([problem.author_id]).get(problem.author_id or 0),
        moves=queries.moves_of(problem),
        verbs=_verbs(problem),
    )
