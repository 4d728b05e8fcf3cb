"""The end of an award: what came of it is published, and its file is closed."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import transaction
from civic.core.errors import Conflict, form_errors
from civic.core.pages import see_other
from civic.core.person import me
from civic.grants import access
from civic.grants.actions import awards as actions
from civic.grants.actions.editions import ChangedMeanwhile, edition
from civic.grants.forms.awards import OutcomeForm
from civic.grants.manage import desk
from civic.grants.manage.doors import again, for_award
from civic.grants.models import Award


def may_publish(award: Award) -> bool:
    """Those who run its fund, once it is public."""
    return access.may_run(award) and award.status in ("agreed", "completed", "stopped")


def may_complete(award: Award) -> bool:
    """Those who run its fund, while it is agreed."""
    return access.may_run(award) and award.status == "agreed"


@desk.get("/awards/<public_id>/outcome")
@for_award(may_publish)
def edit_outcome(award: Award) -> ResponseReturnValue:
    """What came of it, to write or to mend."""
    known = {"text": award.outcome, "seen": edition(award, actions.OUTCOME)}
    form = OutcomeForm(formdata=None, data=known | ({"language": award.outcome_language} if award.outcome else {}))
    return render_template("grants/manage/edit_outcome.html", award=award, form=form)


@desk.post("/awards/<public_id>/outcome")
@for_award(may_publish)
def save_outcome(award: Award) -> ResponseReturnValue:
    """Publish it for everybody."""
    form = OutcomeForm()
    if not form.validate():
        return render_template("grants/manage/edit_outcome.html", award=award, form=form), 422
    said = {"text": form.text.data or "", "language": form.language.data, "seen": form.seen.data or ""}
    try:
        with transaction():
            actions.publish_outcome(award, **said, by=me(), now=clock.now())
    except Conflict as refused:
        form_errors(form, refused)
        form.seen.data, form.seen.raw_data = edition(award, actions.OUTCOME), None
        page = {"award": again(award), "form": form, "is_stale": isinstance(refused, ChangedMeanwhile)}
        return render_template("grants/manage/edit_outcome.html", **page), 409
    flash(_("Published. Everybody can read it."), "success")
    return see_other("grant_desk.show_award", public_id=award.public_id)


@desk.post("/awards/<public_id>/completion")
@for_award(may_complete)
def complete_award(award: Award) -> ResponseReturnValue:
    """Close the file."""
    with transaction():
        actions.complete(award, by=me(), now=clock.now())
    flash(_("The file is closed."), "success")
    return see_other("grant_desk.show_award", public_id=award.public_id)
