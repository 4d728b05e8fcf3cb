"""What a meeting agreed for one item, written down beside the scores it started from."""

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.assessment import access
from civic.assessment.actions import moderating as actions
from civic.assessment.forms.interests import SureForm
from civic.assessment.forms.scoring import AgreementForm, scoring_form
from civic.assessment.manage import desk
from civic.assessment.manage.items import scores_of
from civic.assessment.models import Item, Meeting
from civic.assessment.queries import interests, items, results
from civic.assessment.refusals import WrongMeeting
from civic.assessment.rules.scoring import Mark
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import current, format_date
from civic.core.pages import see_other
from civic.core.person import me


@desk.get("/items/<int:item_id>/agreement")
@allowed(access.may_run)
@allowed(access.may_agree, on=items.item_by_id)
def edit_agreement(item: Item) -> ResponseReturnValue:
    """The form for what was agreed, filled with what all assessors gave alike or what was agreed before."""
    seen, form = scores_of(item), None
    if seen["meetings"]:
        form = _form(seen)
        form.fill(_beginning(seen))
        asked = request.args.get("meeting", "")
        form.meeting.data = (
            int(asked) if asked.isdecimal() and int(asked) in seen["meetings"] else next(iter(seen["meetings"]))
        )
    return _page(seen, form)


@desk.post("/items/<int:item_id>/agreement")
@allowed(access.may_run)
@allowed(access.may_agree, on=items.item_by_id)
def save_agreement(item: Item) -> ResponseReturnValue:
    """Write down what was agreed."""
    seen = scores_of(item)
    form = _form(seen)
    if form.validate() and form.is_complete():
        with saving(form) as saved:
            meeting = results.meeting_by_id(form.meeting.data)
            if meeting is None:
                raise WrongMeeting()
            actions.agree(item, form.marks(), meeting, by=me(), now=clock.now(), language=current().code)
        if saved.ok:
            flash(_("What was agreed is on record, beside the scores it started from."), "success")
            return see_other("assessment.show_scores", item_id=item.id)
        seen = scores_of(items.item_by_id(item.id) or item)
    else:
        form.is_complete()
    return _page(seen, form), 422


@desk.post("/items/<int:item_id>/mean")
@allowed(access.may_run)
@allowed(access.may_agree, on=items.item_by_id)
def let_mean_stand(item: Item) -> ResponseReturnValue:
    """Agree one item without a meeting: nobody has to talk about it."""
    form = SureForm()
    if form.validate():
        with saving(form) as saved:
            actions.let_mean_stand(item, by=me(), now=clock.now())
        if saved.ok:
            flash(_("The mean stands as its result."), "success")
            return see_other("assessment.show_scores", item_id=item.id)
    return render_template(
        "assessment/show_scores.html", **scores_of(items.item_by_id(item.id) or item), form=form
    ), 409


def _form(seen: dict[str, Any]) -> AgreementForm:
    form: AgreementForm = scoring_form(seen["panel"], seen["criteria"], AgreementForm)()
    form.meeting.choices = [(each.id, _named(each)) for each in seen["meetings"].values()]
    form.given = {each.id: [one[each.id].value for one in seen["given"].values()] for each in seen["criteria"]}
    return form


def _named(meeting: Meeting) -> str:
    return _(
        "%(day)s, %(people)s",
        day=format_date(meeting.held_on),
        people=", ".join(each["name"] for each in meeting.people),
    )


def _beginning(seen: dict[str, Any]) -> dict[int, Mark]:
    """What was agreed before; else what everybody gave alike."""
    if seen["agreed"]:
        return {number: Mark(each.value, each.justification) for number, each in seen["agreed"].items()}
    alike = {each.id: {one[each.id].value for one in seen["given"].values()} for each in seen["criteria"]}
    return {number: Mark(values.pop()) for number, values in alike.items() if len(values) == 1}


def _page(seen: dict[str, Any], form: AgreementForm | None) -> str:
    interested = interests.interests_in([seen["item"].subject]).get(seen["item"].subject, set())
    there = {person["id"]: person["name"] for each in seen["meetings"].values() for person in each.people}
    return render_template(
        "assessment/edit_agreement.html",
        **seen,
        form=form,
        left_out=[name for number, name in there.items() if number in interested],
    )
