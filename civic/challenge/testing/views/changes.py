"""Changes: asked for by one side, answered by the others."""

from collections.abc import Sequence
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge.testing import access, wording
from civic.challenge.testing.actions import changes as actions
from civic.challenge.testing.actions.changes import Wish
from civic.challenge.testing.forms.acts import AnswerForm, PivotForm, StopForm
from civic.challenge.testing.forms.plans import BudgetChangeForm, MilestonesChangeForm
from civic.challenge.testing.models import Change, TestGrant
from civic.challenge.testing.queries import changes as queries
from civic.challenge.testing.queries import tests as test_queries
from civic.challenge.testing.rules import changes as rules
from civic.challenge.testing.rules.choices import CHANGE_KINDS
from civic.challenge.testing.views import bp
from civic.challenge.testing.views.doors import change_here, for_test
from civic.challenge.testing.views.planning import lines_known, steps_known
from civic.challenge.testing.views.tests import must_run
from civic.core import clock
from civic.core.errors import Forbidden, NotFound, saving
from civic.core.money import Money
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants.forms.parts import of_page
from civic.grants.queries import agreements

ROWS: dict[str, Any] = {"milestones": MilestonesChangeForm, "budget": BudgetChangeForm}
WORDS: dict[str, Any] = {"pivot": PivotForm, "stop": StopForm}


@bp.get("/<int:test_id>/changes/new/<wanted>")
@for_test()
def new_change(test: TestGrant, wanted: str) -> ResponseReturnValue:
    """The form for a change: as it stands now, to be altered."""
    _side(test, wanted)
    must_run(test)
    if wanted in WORDS:
        return _form(test, wanted, WORDS[wanted](formdata=None))
    if wanted == "milestones":
        rows: Sequence[Any] = actions.movable(test, test.award)
        known = steps_known(rows)
    else:
        rows = [each for each in test_queries.lines_of(test.id) if each.amount]
        known = lines_known(rows)
    return _form(test, wanted, ROWS[wanted].empty(max(1, len(rows)), known))


@bp.post("/<int:test_id>/changes/new/<wanted>")
@for_test()
def create_change(test: TestGrant, wanted: str) -> ResponseReturnValue:
    """Ask for a change; a row more or less is only shown and not asked for yet."""
    side = _side(test, wanted)
    must_run(test)
    form, act = ROWS[wanted].sent() if wanted in ROWS else (WORDS[wanted](), "save")
    if act != "save":
        return _form(test, wanted, form)
    if form.validate():
        with saving(form) as saved:
            change = actions.ask(test, _wish(wanted, form), side=side, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Asked. The other sides are told."), "success")
            return see_other("testing.show_change", test_id=test.id, change_id=change.id)
    return _form(test_queries.fresh(test.id), wanted, form), 422


@bp.get("/<int:test_id>/changes/<int:change_id>")
@for_test()
def show_change(test: TestGrant, change_id: int) -> ResponseReturnValue:
    """What is asked for, beside what stands, and who has agreed."""
    return _page(test, change_here(test, change_id), AnswerForm(formdata=None))


@bp.post("/<int:test_id>/changes/<int:change_id>")
@for_test()
def answer_change(test: TestGrant, change_id: int) -> ResponseReturnValue:
    """Agree for one's side, decline with a reason, or take one's own request back."""
    change, form = change_here(test, change_id), AnswerForm()
    act = form.act.data or ""
    if act not in TOLD:
        raise NotFound()
    side = _answers_for(test, change, act)
    if form.validate():
        said: dict[str, Any] = {"side": side, "by": me(), "now": clock.now()}
        if act == "decline":
            said |= {"why": form.words.data or "", "language": of_page()}
        with saving(form) as saved:
            ACTS[act](change, **said)
        if saved.ok:
            flash(TOLD[act](), "success")
            return see_other("testing.show_change", test_id=test.id, change_id=change_id)
    test = test_queries.fresh(test.id)
    return _page(test, change_here(test, change_id), form), 422


ACTS: dict[str, Any] = {"agree": actions.agree, "decline": actions.decline, "withdraw": actions.withdraw}
TOLD = {
    "agree": lambda: _("You have agreed."),
    "decline": lambda: _("You have declined. The test goes on as it was agreed."),
    "withdraw": lambda: _("The request is taken back."),
}


def _side(test: TestGrant, wanted: str) -> str:
    """For which side the person here asks; raises NotFound for a kind that there is not, Forbidden for who may not ask."""
    if wanted not in CHANGE_KINDS:
        raise NotFound()
    for side in access.sides_here(test):
        if rules.may_ask(wanted, side):
            return side
    raise Forbidden()


def _answers_for(test: TestGrant, change: Change, act: str) -> str:
    sides = access.sides_here(test)
    wanted = {change.side} if act == "withdraw" else rules.missing(change.kind, queries.yes_of(change.id))
    for side in sides:
        if side in wanted:
            return side
    raise Forbidden()


def _wish(wanted: str, form: Any) -> Wish:
    told: dict[str, Any] = {"kind": wanted, "why": form.why.data or "", "language": of_page()}
    if wanted == "milestones":
        told["steps"] = form.steps()
    elif wanted == "budget":
        told["lines"] = form.lines()
    elif wanted == "pivot":
        told["what"] = form.what.data or ""
    return Wish(**told)


def _form(test: TestGrant, wanted: str, form: Any) -> str:
    total = test.grant
    if wanted == "milestones":
        signed = [each for each in test_queries.milestones_of(test.id) if each.status == "signed_off"]
        total = total - sum((each.amount for each in signed), Money(0))
    return render_template(
        "challenge/testing/new_change.html",
        test=test,
        wanted=wanted,
        form=form,
        total=total,
        missing=total - form.sum if wanted in ROWS else Money(0),
        nothing=Money(0),
        words=wording,
    )


def _page(test: TestGrant, change: Change, form: AnswerForm) -> str:
    agreed, sides = queries.yes_of(change.id), access.sides_here(test)
    missing = rules.missing(change.kind, agreed) if change.status == "asked" else frozenset()
    spoken = any(each.person_id == me().id for each in agreed.values())
    version = agreements.open_of(test.award_id)
    return render_template(
        "challenge/testing/show_change.html",
        test=test,
        change=change,
        form=form if request.method == "POST" else None,
        answer=form,
        agreed=agreed,
        missing=[side for side in wording.SIDES if side in missing],
        steps=actions.steps_of(change) if change.kind == "milestones" else [],
        lines=[line for _number, line in actions.lines_of(change)] if change.kind == "budget" else [],
        may_answer=not spoken and any(side in missing for side in sides),
        may_withdraw=change.status == "asked" and change.side in sides,
        may_amend=change.kind == "milestones" and change.status == "agreed" and "manager" in sides and version is None,
        version=version if version is not None and change.agreement_id == version.id else None,
        is_startup="startup" in sides,
        words=wording,
    )
