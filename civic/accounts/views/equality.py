"""The optional equality questions: explained first, one a page, changeable and deletable at any time."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts import access, equality_wording
from civic.accounts.actions import profile as actions
from civic.accounts.forms.profile import EqualityForm, EqualityStartForm
from civic.accounts.models import EqualityAnswer
from civic.accounts.queries import sharing
from civic.accounts.rules import equality as rules
from civic.accounts.views import bp
from civic.core import clock
from civic.core.db import transaction
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.pages import see_other
from civic.core.person import me


@bp.get("/account/equality")
@allowed(access.is_signed_in)
def show_equality() -> ResponseReturnValue:
    """The explanation first; once somebody has said yes, the answers."""
    consent = sharing.standing_consent(me(), "equality_monitoring")
    if consent is None:
        return render_template("accounts/explain_equality.html", form=EqualityStartForm())
    rows = sharing.equality_answers(me())
    return render_template(
        "accounts/show_equality.html", answers=_in_words(rows), consent=consent, unanswered=_unanswered(rows)
    )


@bp.post("/account/equality")
@allowed(access.is_signed_in)
def start_equality() -> ResponseReturnValue:
    """Yes begins the questions and is recorded; no changes nothing."""
    form = EqualityStartForm()
    if not form.validate():
        return render_template("accounts/explain_equality.html", form=form), 422
    if form.answer.data == "no":
        return see_other("accounts.show_account")
    with transaction():
        actions.consent_to_equality(me(), now=clock.now())
    return see_other("accounts.ask_equality", question=rules.QUESTION_KEYS[0], on="yes")


def question_by_key(question: str) -> str | None:
    """A question that exists."""
    return question if question in rules.QUESTION_KEYS else None


@bp.get("/account/equality/<question>")
@allowed(access.is_signed_in, on=question_by_key)
def ask_equality(question: str) -> ResponseReturnValue:
    """One question."""
    rows = sharing.equality_answers(me())
    answers = {key: row.answer for key, row in rows.items()}
    if not rules.asked(question, answers) or sharing.standing_consent(me(), "equality_monitoring") is None:
        return see_other("accounts.show_equality")
    row = rows.get(question)
    form = EqualityForm(answer=row.answer if row else None, own_words=row.own_words if row else "").asking(
        question, answers
    )
    return _question_page(question, form)


@bp.post("/account/equality/<question>")
@allowed(access.is_signed_in, on=question_by_key)
def answer_equality(question: str) -> ResponseReturnValue:
    """Keep one answer and go on to the next question, or back to the list where only one was to be changed."""
    answers = {key: row.answer for key, row in sharing.equality_answers(me()).items()}
    if not rules.asked(question, answers):
        return see_other("accounts.show_equality")
    form = EqualityForm().asking(question, answers)
    if form.validate():
        words = form.own_words.data if "own_words" in form else ""
        with saving(form) as saved:
            actions.answer_equality(me(), question, form.answer.data, own_words=words or "", now=clock.now())
        if saved.ok:
            return redirect(_onward(question, answers | {question: form.answer.data}), 303)
    return _question_page(question, form), 422


@bp.post("/account/equality/deletion")
@allowed(access.is_signed_in)
def delete_equality() -> ResponseReturnValue:
    """Delete every answer, and take the consent back."""
    with transaction():
        actions.forget_equality(me(), now=clock.now())
    flash(_("Your equality answers are deleted."), "success")
    return see_other("accounts.show_account")


def _onward(question: str, answers: dict[str, str]) -> str:
    following = rules.next_question(question, answers)
    is_detail = following is not None and following in rules.DETAILS.values()
    if following and (request.form.get("on") == "yes" or (is_detail and following not in answers)):
        return url_for(
            "accounts.ask_equality", question=following, on="yes" if request.form.get("on") == "yes" else None
        )
    return url_for("accounts.show_equality")


def _question_page(question: str, form: EqualityForm) -> str:
    following = rules.next_question(question, {})
    return render_template(
        "accounts/ask_equality.html",
        form=form,
        question=question,
        on=request.values.get("on") == "yes",
        number=rules.QUESTION_KEYS.index(question) + 1,
        following=following,
        own_words_under=rules.OWN_WORDS.get(question),
        hints={code: hint for (key, code), hint in equality_wording.OPTION_HINTS.items() if key == question},
    )


def _in_words(rows: dict[str, EqualityAnswer]) -> list[tuple[str, object, object, str]]:
    answers = {key: row.answer for key, row in rows.items()}
    return [
        (
            key,
            equality_wording.question_words(key, answers),
            equality_wording.answer_words(key, row.answer, answers),
            row.own_words,
        )
        for key, row in rows.items()
    ]


def _unanswered(rows: dict[str, EqualityAnswer]) -> str | None:
    answers = {key: row.answer for key, row in rows.items()}
    return next((key for key in rules.QUESTION_KEYS if rules.asked(key, answers) and key not in answers), None)
