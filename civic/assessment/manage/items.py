"""One item for those who run the panel: who judges it, and once all are in, who said what."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.accounts.queries.people import user_by_id
from civic.assessment import access
from civic.assessment.actions import assigning, scoring
from civic.assessment.forms.interests import WhyForm
from civic.assessment.forms.panels import PersonForm
from civic.assessment.manage import desk
from civic.assessment.models import Assignment, Item, Panel
from civic.assessment.queries import interests, panels, results
from civic.assessment.queries import items as queries
from civic.assessment.refusals import NotOnPanel
from civic.assessment.rules import scoring as rules
from civic.core import clock, subjects
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import format_number
from civic.core.pages import page_of, see_other
from civic.core.person import me
from civic.core.states import history

CHOICES = {
    "all": (_l("All"), ("waiting", "scored", "agreed")),
    "waiting": (_l("Waiting for scores"), ("waiting",)),
    "scored": (_l("All scores are in"), ("scored",)),
    "agreed": (_l("Agreed"), ("agreed",)),
    "withdrawn": (_l("Withdrawn"), ("withdrawn",)),
}


@desk.get("/panels/<int:panel_id>/items")
@allowed(access.may_run)
@allowed(access.may_run, on=panels.panel_by_id)
def list_items(panel: Panel) -> ResponseReturnValue:
    """What a panel judges, by where it stands."""
    shown = request.args.get("show", "all")
    shown = shown if shown in CHOICES else "all"
    page = page_of(queries.items(panel, CHOICES[shown][1]), [Item.id], at=request.args.get("at"))
    return render_template(
        "assessment/list_items.html",
        panel=panel,
        page=page,
        shown=shown,
        choices={key: words for key, (words, _states) in CHOICES.items()},
        hidden=interests.hidden_among((row[0].subject for row in page.items), me().id),
    )


@desk.get("/items/<int:item_id>")
@allowed(access.may_run)
@allowed(access.may_run, on=queries.item_by_id)
def show_item(item: Item) -> ResponseReturnValue:
    """Who was asked, who is in; never what they gave before all are."""
    return _page(item)


@desk.post("/items/<int:item_id>/assignments")
@allowed(access.may_run)
@allowed(access.may_ask, on=queries.item_by_id)
def ask_assessor(item: Item) -> ResponseReturnValue:
    """Ask one more assessor."""
    form = _person_form(item)
    if form.validate():
        with saving(form) as saved:
            person = user_by_id(form.person.data)
            if person is None:
                raise NotOnPanel()
            assigning.assign(item, person, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Asked. They find it among their assessments."), "success")
            return see_other("assessment.show_item", item_id=item.id)
        item = queries.item_by_id(item.id) or item
    return _page(item, form), 422


@desk.get("/assignments/<int:assignment_id>/release")
@allowed(access.may_run)
@allowed(access.may_release, on=queries.assignment_by_id)
def confirm_release(assignment: Assignment) -> ResponseReturnValue:
    """Ask why before an item is taken off somebody."""
    return _reason_page("release", assignment, WhyForm())


@desk.post("/assignments/<int:assignment_id>/release")
@allowed(access.may_run)
@allowed(access.may_release, on=queries.assignment_by_id)
def release(assignment: Assignment) -> ResponseReturnValue:
    """Take an item off somebody who has not sent scores."""
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            assigning.release(assignment, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("Taken off. Somebody else can be asked."), "success")
            return see_other("assessment.show_item", item_id=assignment.item_id)
    return _reason_page("release", assignment, form), 422


@desk.get("/assignments/<int:assignment_id>/return")
@allowed(access.may_run)
@allowed(access.may_give_back, on=queries.assignment_by_id)
def confirm_return(assignment: Assignment) -> ResponseReturnValue:
    """Ask why before somebody may write their scores anew."""
    return _reason_page("return", assignment, WhyForm())


@desk.post("/assignments/<int:assignment_id>/return")
@allowed(access.may_run)
@allowed(access.may_give_back, on=queries.assignment_by_id)
def give_back(assignment: Assignment) -> ResponseReturnValue:
    """Let somebody write their scores anew; what they sent is kept."""
    form = WhyForm()
    if form.validate():
        with saving(form) as saved:
            scoring.give_back(assignment, why=form.why.data, by=me(), now=clock.now())
        if saved.ok:
            flash(_("They can change their scores and send them again. What they sent is kept."), "success")
            return see_other("assessment.show_item", item_id=assignment.item_id)
    return _reason_page("return", assignment, form), 422


@desk.get("/items/<int:item_id>/scores")
@allowed(access.may_declare_interests)
@allowed(access.may_see_scores, on=queries.item_by_id, hide=True)
def show_scores(item: Item) -> ResponseReturnValue:
    """All scores side by side: who gave what, and why; and what was agreed."""
    return render_template("assessment/show_scores.html", **scores_of(item))


def scores_of(item: Item) -> dict[str, Any]:
    """Everything about the scores of an item that is in, for those who may see them."""
    panel = item.panel
    criteria, marks, asked = panels.criteria_of(panel), results.marks_of(item), queries.assignments_of(item)
    given = {number: {each.criterion_id: each for each in scores} for number, scores in marks.items()}
    agreed = {each.criterion_id: each for each in results.agreed_of(item)}
    names = panels.names_of([*(each.user_id for each in asked), *(each.author_id for each in agreed.values())])
    return {
        "item": item,
        "panel": panel,
        "criteria": criteria,
        "counted": [each for each in asked if each.id in given],
        "given": given,
        "shares": {number: rules.bps(share) for number, share in results.shares_of(item, panel).items()},
        "means": {
            each.id: rules.two_places(rules.mean([one[each.id].value for one in given.values()])) for each in criteria
        },
        "agreed": agreed,
        "earlier": [each for each in results.all_agreed_of(item) if each not in agreed.values()],
        "meetings": {each.id: each for each in results.meetings_of(panel)},
        "names": names,
        "needs_talk": rules.needs_talk(item.spread_bps or 0, panel.gap),
        "may_agree": access.may_agree(item),
        "back": _back_from(item),
        "may_run": access.may_run(),
    }


def _back_from(item: Item) -> str:
    """Where whoever reads the scores of an item came from."""
    if access.may_run():
        return url_for("assessment.show_item", item_id=item.id)
    if access.may_read_results():
        return url_for("assessment.show_ranking", panel_id=item.panel_id)
    return url_for("assessment.list_my_assessments", show="sent")


def _page(item: Item, form: PersonForm | None = None) -> str:
    hidden = interests.hides(item.subject, me().id)
    asked = [] if hidden else queries.assignments_of(item)
    moves = [] if hidden else history(item)[::-1]
    return render_template(
        "assessment/show_item.html",
        item=item,
        panel=item.panel,
        hidden=hidden,
        asked=asked,
        url="" if hidden else subjects.url_of(item.subject),
        form=form or (_person_form(item) if access.may_ask(item) else None),
        releasable={each.id for each in asked if access.may_release(each)},
        returnable={each.id for each in asked if access.may_give_back(each)},
        may_see_scores=access.may_see_scores(item),
        moves=moves,
        names=panels.names_of([*(each.user_id for each in asked), *(move.actor_id for move in moves)]),
    )


def _person_form(item: Item) -> PersonForm:
    form = PersonForm()
    form.offer(
        (number, _("%(name)s (%(load)s so far)", name=name, load=format_number(load)))
        for number, name, load in queries.could_be_asked(item)
    )
    return form


def _reason_page(act: str, assignment: Assignment, form: WhyForm) -> str:
    assignment = queries.assignment_by_id(assignment.id) or assignment
    return render_template(
        "assessment/ask_for_reason.html", act=act, assignment=assignment, item=assignment.item, form=form
    )
