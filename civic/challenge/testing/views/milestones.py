"""One milestone: the startup hands evidence in, the partner signs it off or returns it."""

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.challenge.testing import access, wording
from civic.challenge.testing.actions import milestones as actions
from civic.challenge.testing.forms.acts import HandInForm, JudgeForm
from civic.challenge.testing.models import Milestone, TestGrant
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.queries.changes import open_of
from civic.challenge.testing.views import bp
from civic.challenge.testing.views.doors import for_test, milestone_here
from civic.challenge.testing.views.tests import must_run
from civic.core import clock, files
from civic.core.clock import london_today
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit, takes_uploads
from civic.core.states import IllegalMove
from civic.grants.actions.editions import ChangedMeanwhile, edition
from civic.grants.forms.parts import of_page
from civic.grants.queries import awards

PAPER = files.MAX_PICTURE + files.AROUND


@bp.get("/<int:test_id>/milestones/<int:milestone_id>")
@for_test()
def show_milestone(test: TestGrant, milestone_id: int) -> ResponseReturnValue:
    """What must be shown, what was, and what the partner says to it."""
    milestone = milestone_here(test, milestone_id)
    return _page(test, milestone, _empty(milestone))


@bp.post("/<int:test_id>/milestones/<int:milestone_id>")
@for_test(access.is_startup)
@takes_uploads(PAPER)
@limit("120/hour", key=person)
def save_milestone(test: TestGrant, milestone_id: int) -> ResponseReturnValue:
    """Keep what is written, add or remove a file, or hand it in; a file that was chosen is kept with any of these."""
    milestone, form = milestone_here(test, milestone_id), HandInForm()
    must_run(test)
    if milestone.status != "planned":
        raise IllegalMove()
    act, _dash, number = (form.act.data or "").partition("-")
    act = act if act in TOLD else "save"
    if form.validate():
        with saving(form) as saved:
            _keep(milestone, form)
            if act == "remove":
                _take_away(test, milestone, number)
            if act == "send":
                said = {"words": form.words.data or "", "language": of_page()}
                actions.hand_in(milestone, **said, by=me(), now=clock.now())
        if saved.ok:
            flash(TOLD[act](), "success")
            return see_other("testing.show_milestone", test_id=test.id, milestone_id=milestone_id)
    test = queries.fresh(test.id)
    milestone = milestone_here(test, milestone_id)
    stands = ""
    if ChangedMeanwhile.sentence in form.form_errors:
        form.seen.data, form.seen.raw_data = edition(milestone, actions.WRITTEN), None
        stands = milestone.words or "–"
    return _page(test, milestone, form, stands=stands), 409 if stands else 422


@bp.post("/<int:test_id>/milestones/<int:milestone_id>/judgement")
@for_test(access.is_partner)
def judge_milestone(test: TestGrant, milestone_id: int) -> ResponseReturnValue:
    """Sign it off for the partner, or return it with what is missing."""
    milestone, form = milestone_here(test, milestone_id), JudgeForm()
    if milestone.status != "handed_in":
        raise IllegalMove()
    act = "return" if form.act.data == "return" else "sign_off"
    form.act.data = act
    if form.validate():
        said = {"language": of_page(), "by": me(), "now": clock.now()}
        with saving(form) as saved:
            if act == "return":
                actions.send_back(milestone, why=form.words.data or "", **said)
            else:
                role = form.as_role.data or ""
                actions.sign_off(milestone, words=form.words.data or "", as_role=role, **said)
        if saved.ok:
            told = _("Returned. The startup reads what is missing.")
            flash(told if act == "return" else _("Signed off. City Hall pays next."), "success")
            return see_other("testing.show_test", test_id=test.id)
    test = queries.fresh(test.id)
    milestone = milestone_here(test, milestone_id)
    return _page(test, milestone, _empty(milestone), judge=form), 422


TOLD = {
    "save": lambda: _("Saved. Nothing is handed in yet."),
    "paper": lambda: _("The file is added."),
    "remove": lambda: _("The file is removed."),
    "send": lambda: _("Handed in. The partner looks at it next."),
}


def _keep(milestone: Milestone, form: HandInForm) -> None:
    """Whatever is asked for, nothing that was typed or chosen is lost."""
    if form.paper.data:
        about = {"title": form.paper_title.data or "", "language": of_page()}
        actions.add_paper(milestone, form.paper.data, **about, by=me(), now=clock.now())
    actions.write(milestone, words=form.words.data or "", language=of_page(), seen=form.seen.data or "")


def _take_away(test: TestGrant, milestone: Milestone, number: str) -> None:
    paper = awards.paper_of(test.award, int(number) if number.isdecimal() and len(number) < 16 else 0)
    if paper is None:
        raise NotFound()
    actions.remove_paper(milestone, paper, by=me(), now=clock.now())


def _empty(milestone: Milestone) -> HandInForm:
    known = {"words": milestone.words, "seen": edition(milestone, actions.WRITTEN)}
    return HandInForm(formdata=None, data=known)


def _page(test: TestGrant, milestone: Milestone, form: HandInForm, *, stands: str = "", judge: Any = None) -> str:
    change = open_of(test.id)
    parts = {each.id: each for each in awards.instalments_of(test.award_id)}
    is_blocked = change is not None and change.kind == "milestones" and change.status == "agreed"
    return render_template(
        "challenge/testing/show_milestone.html",
        test=test,
        milestone=milestone,
        instalment=parts.get(milestone.instalment_id or 0),
        papers=awards.papers_of(test.award).get(f"instalment:{milestone.instalment_id}", []),
        form=judge or (form if form.is_submitted() else None),
        hand_in=form,
        judge=judge or JudgeForm(formdata=None),
        stands_now=stands,
        is_blocked=is_blocked,
        may_hand_in=test.status == "running" and milestone.status == "planned" and access.is_startup(test),
        may_judge=test.status == "running" and milestone.status == "handed_in" and access.is_partner(test),
        today=london_today(clock.now()),
        words=wording,
    )
