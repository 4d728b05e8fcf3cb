"""Answering what members say about a brief."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.challenge import access
from civic.challenge.actions import remarks as actions
from civic.challenge.forms.desk import AnswerForm
from civic.challenge.manage import bp
from civic.challenge.models import BriefRemark, Challenge
from civic.challenge.queries.briefs import author_name, challenge_by_slug, remark_at
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import NotFound, saving
from civic.core.pages import see_other
from civic.core.person import me


@bp.get("/briefs/<slug>/remarks/<int:position>")
@allowed(access.may_manage, on=challenge_by_slug)
def edit_answer(challenge: Challenge, position: int) -> str:
    """The form to say what came of a comment."""
    remark = _remark(challenge, position)
    given = {
        "result": remark.result or None,
        "text": remark.answer,
        "as_role": remark.answered_as,
        "language": remark.answer_language if remark.answer else None,
    }
    return _page(challenge, remark, AnswerForm(formdata=None, data=given))


@bp.post("/briefs/<slug>/remarks/<int:position>")
@allowed(access.may_manage, on=challenge_by_slug)
def change_answer(challenge: Challenge, position: int) -> ResponseReturnValue:
    """Say what came of a comment; whoever made it is told."""
    remark, form = _remark(challenge, position), AnswerForm()
    if form.validate():
        with saving(form) as saved:
            actions.answer(
                remark, result=form.result.data, text=str(form.text.data), language=form.language.data,
                as_role=str(form.as_role.data), by=me(), now=clock.now(),
            )  # fmt: skip
        if saved.ok:
            flash(_("The answer is on the page, and whoever commented is told."), "success")
            return see_other("manage_challenge.show_challenge", slug=challenge.slug, _anchor="remarks")
    return _page(challenge, remark, form), 422


def _remark(challenge: Challenge, position: int) -> BriefRemark:
    remark = remark_at(challenge, position)
    if remark is None or not challenge.is_public:
        raise NotFound()
    return remark


def _page(challenge: Challenge, remark: BriefRemark, form: AnswerForm) -> str:
    return render_template(
        "challenge/manage/edit_answer.html",
        challenge=challenge,
        remark=remark,
        author=author_name(remark),
        form=form,
    )
