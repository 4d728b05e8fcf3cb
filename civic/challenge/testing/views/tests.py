"""My tests: what is due, where each stands, and all that belongs to one."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.access import is_signed_in
from civic.challenge.testing import access, wording
from civic.challenge.testing.actions import offering
from civic.challenge.testing.forms.acts import DeclineForm
from civic.challenge.testing.models import TestGrant
from civic.challenge.testing.queries import due, spending
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.queries.file import WholeTest, whole_test
from civic.challenge.testing.rules.changes import ASKERS
from civic.challenge.testing.views import bp
from civic.challenge.testing.views.doors import for_test
from civic.core import clock
from civic.core.clock import london_today
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import NotFound
from civic.core.files import send_private
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import IllegalMove
from civic.grants.queries import awards


@bp.get("")
@allowed(is_signed_in)
def list_tests() -> ResponseReturnValue:
    """The tests in which I have a part, and what I must do next."""
    page = page_of(queries.of_person(me().id), [TestGrant.id.desc()], at=request.args.get("at"), scalars=True)
    return render_template(
        "challenge/testing/list_tests.html",
        page=page,
        due=due.due_for(me().id, clock.now()),
        steps=queries.by_test([each.id for each in page.items]),
        words=wording,
    )


@bp.get("/<int:test_id>")
@for_test()
def show_test(test: TestGrant) -> ResponseReturnValue:
    """Where it stands, what happens next, and all that belongs to it."""
    whole = whole_test(test)
    return render_template("challenge/testing/show_test.html", **shown(whole, access.sides_here(test)))


@bp.get("/<int:test_id>/papers/<int:paper_id>")
@for_test()
def show_paper(test: TestGrant, paper_id: int) -> ResponseReturnValue:
    """Evidence, as a download for the three sides."""
    paper = awards.paper_of(test.award, paper_id)
    if paper is None:
        raise NotFound()
    return send_private(paper.file)


@bp.get("/<int:test_id>/refusal")
@for_test(access.may_decline)
def confirm_refusal(test: TestGrant) -> ResponseReturnValue:
    """Whether the grant is really not wanted."""
    return render_template("challenge/testing/confirm_refusal.html", test=test, form=DeclineForm(formdata=None))


@bp.post("/<int:test_id>/refusal")
@for_test(access.may_decline)
def decline_test(test: TestGrant) -> ResponseReturnValue:
    """Say that the startup does not want it; the money goes back to its programme."""
    form = DeclineForm()
    if not form.validate():
        return render_template("challenge/testing/confirm_refusal.html", test=test, form=form), 422
    with transaction():
        offering.decline(test, words=form.words.data or "", by=me(), now=clock.now())
    flash(_("Thank you for telling us. The grant goes to others."), "success")
    return see_other("testing.show_test", test_id=test.id)


def shown(whole: WholeTest, sides: list[str]) -> dict[str, Any]:
    """What a test's page is drawn from, for whoever is here."""
    test, side = whole.test, sides[0] if sides else "manager"
    asks = [kind for kind in wording.CHANGES if any(each in ASKERS[kind] for each in sides)]
    if not any(each.status == "planned" for each in whole.milestones):
        asks = [kind for kind in asks if kind != "milestones"]  # every day and sum is settled
    return {
        "test": test,
        "file": whole,
        "side": side,
        "sides": sides,
        "today": london_today(clock.now()),
        "spent": spending.standing(test) if whole.lines and test.status != "planned" else [],
        "may_plan": access.may_plan(test),
        "may_declare": access.may_declare(test),
        "may_decline": access.may_decline(test),
        "may_see_subsidy": access.may_see_subsidy(test),
        "may_sign": access.binds_startup(test),
        "asks": asks if test.status == "running" and whole.open_change is None else [],
        "words": wording,
    }


def must_run(test: TestGrant) -> None:
    """Raise IllegalMove where a test is not running any more, before anything that was typed is judged."""
    if test.status != "running":
        raise IllegalMove()
