"""One case: the text, what was said about it, what was decided, and deciding it."""

from flask import flash, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock
from civic.core.db import db, transaction
from civic.core.doors import allowed
from civic.core.errors import CivicError, Conflict, form_errors
from civic.core.forms import Form
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.states import history
from civic.moderation import wording
from civic.moderation.access import may_decide, may_decide_appeal, may_moderate
from civic.moderation.actions import appealing, deciding
from civic.moderation.actions import people as people_actions
from civic.moderation.forms import AppealDecisionForm, DecisionForm, NoteForm
from civic.moderation.manage import bp
from civic.moderation.models import Case
from civic.moderation.queries import cases as queries
from civic.moderation.queries import queue
from civic.moderation.rules.newcomers import links_of


@bp.get("/cases/<int:case_id>")
@allowed(may_moderate, on=queries.case_by_id)
def show_case(case: Case) -> str:
    """Everything about one case."""
    return _page(case)


@bp.post("/cases/<int:case_id>/claims")
@allowed(may_decide, on=queries.case_by_id)
def claim_case(case: Case) -> ResponseReturnValue:
    """Take the case, so that nobody else looks at it at the same time."""
    with transaction():
        deciding.claim(case, by=me(), now=clock.now())
    return see_other("moderation_desk.show_case", case_id=case.id)


@bp.post("/cases/<int:case_id>/releases")
@allowed(may_decide, on=queries.case_by_id)
def release_case(case: Case) -> ResponseReturnValue:
    """Give it back."""
    with transaction():
        deciding.release(case, by=me(), now=clock.now())
    return see_other("moderation_desk.show_case", case_id=case.id)


@bp.post("/cases/<int:case_id>/decisions")
@allowed(may_decide, on=queries.case_by_id)
def decide(case: Case) -> ResponseReturnValue:
    """Keep the text or remove it."""
    form = DecisionForm()
    if not form.validate():
        return _page(case, form), 422
    try:
        with transaction():
            done = deciding.decide(
                case, form.verb.data, version=form.seen, rule=form.rule.data or "", words=form.words.data,
                language=g.language.code, by=me(), now=clock.now(), warn=bool(form.warn.data),
            )  # fmt: skip
    except Conflict as refused:
        return _refused(case, form, refused)
    flash(
        _("Decided. Those concerned are told.") if done else _("The text is gone, so the case was closed."), "success"
    )
    return see_other("moderation_desk.list_cases")


@bp.post("/cases/<int:case_id>/appeal-decisions")
@allowed(may_decide_appeal, on=queries.case_by_id)
def decide_appeal(case: Case) -> ResponseReturnValue:
    """Decide an appeal against somebody else's decision."""
    form = AppealDecisionForm()
    if not form.validate():
        return _page(case, form), 422
    try:
        with transaction():
            appealing.decide_appeal(
                case, form.verb.data, version=form.seen, words=form.words.data, language=g.language.code, by=me(),
                now=clock.now(),
            )  # fmt: skip
    except Conflict as refused:
        return _refused(case, form, refused)
    flash(_("Decided. Those concerned are told."), "success")
    return see_other("moderation_desk.list_cases", show="appeals")


@bp.post("/cases/<int:case_id>/notes")
@allowed(may_moderate, on=queries.case_by_id)
def add_note(case: Case) -> ResponseReturnValue:
    """Write something for the other moderators."""
    form = NoteForm(prefix="note")
    if not form.validate():
        return _page(case, form), 422
    with transaction():
        people_actions.note(form.words.data, by=me(), now=clock.now(), case=case)
    return see_other("moderation_desk.show_case", case_id=case.id, _anchor="notes")


def _refused(case: Case, form: Form, refused: CivicError) -> ResponseReturnValue:
    """The page again with everything typed, and the case as it is now."""
    db.session.expire_all()
    form_errors(form, refused)
    return _page(case, form), refused.status


def _page(case: Case, sent: Form | None = None) -> str:
    """The page; the form that was sent stands in it as it was typed."""
    now = clock.now()
    (row,) = queue.rows([case], now)
    deciding_form = sent if isinstance(sent, DecisionForm) else DecisionForm(formdata=None, verb=None)
    appeal_form = sent if isinstance(sent, AppealDecisionForm) else AppealDecisionForm(formdata=None)
    for form in (deciding_form, appeal_form):
        form.version.data = str(case.version)
    asked = queries.open_appeal(case)
    return render_template(
        "moderation/manage/show_case.html",
        case=case,
        row=row,
        form=sent,
        deciding=deciding_form,
        appeal_form=appeal_form,
        note_form=sent if isinstance(sent, NoteForm) else NoteForm(formdata=None, prefix="note"),
        asked=asked,
        typed=getattr(sent, "words", None) if isinstance(sent, DecisionForm | AppealDecisionForm) else None,
        links=links_of(row.text.text) if row.text else [],
        reports=queries.reports_on(case),
        decisions=queries.decisions_on([case.thing]),
        versions=queries.versions_of(case.thing),
        notes=queries.notes_on(case_id=case.id),
        moves=history(case),
        may_decide=case.status == "open" and may_decide(case),
        may_decide_appeal=asked is not None and may_decide_appeal(case),
        now=now,
        wording=wording,
    )
