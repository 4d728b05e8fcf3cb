"""After sending: the receipt, and how to change or withdraw what was sent."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.core import clock, tokens
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.pages import see_other
from civic.core.person import maybe_me
from civic.core.security import limit
from civic.surveys import access
from civic.surveys.actions import answering as actions
from civic.surveys.models.response import Response
from civic.surveys.queries import answering as queries
from civic.surveys.queries.answering import Taking
from civic.surveys.views import bp, browser


@bp.get("/surveys/<slug>/receipt")
@allowed(anyone, on=browser.here)
def show_receipt(taking: Taking) -> ResponseReturnValue:
    """Thanks, the code to keep, and what happens next."""
    code, now = browser.receipt_of(taking.survey.slug), clock.now()
    if code is None and taking.response_id is None:
        return see_other("surveys.show_response", slug=taking.survey.slug)
    return render_template(
        "surveys/show_receipt.html", survey=taking.survey, code=code, now=now, taking=taking,
        is_open=taking.survey.is_taking_answers(now), may_attach=maybe_me() is None,
    )  # fmt: skip


@bp.get("/surveys/<slug>/response")
@allowed(anyone, on=browser.here)
def show_response(taking: Taking) -> ResponseReturnValue:
    """Where a response that was sent can be changed or withdrawn, by its code or by the account it belongs to."""
    code = "" if taking.response_id else browser.receipt_of(taking.survey.slug) or ""
    return _form(taking, code)


@bp.post("/surveys/<slug>/response")
@allowed(anyone, on=browser.here)
@limit("20/minute")
def act_on_response(taking: Taking) -> ResponseReturnValue:
    """Open a response for changes; or, asked twice, withdraw it."""
    now, survey, code = clock.now(), taking.survey, request.form.get("code", "")
    try:
        with transaction():
            response = _response(taking, code)
            if request.form.get("act") != "withdraw":
                key = tokens.secret_token()
                actions.change(survey, response, key=key, now=now)
            elif request.form.get("sure"):
                actions.withdraw(survey, response, by=browser.someone(), now=now)
    except actions.UnknownReceipt as unknown:
        return _form(taking, code, str(unknown.sentence)), 422
    if request.form.get("act") != "withdraw":
        browser.hold_draft(survey.slug, key)
        return see_other("surveys.check_answers", slug=survey.slug)
    if not request.form.get("sure"):
        return render_template("surveys/withdraw_response.html", survey=survey, code=code)
    browser.drop_receipt(survey.slug)
    browser.drop_draft(survey.slug)
    flash(_("Your answers were deleted. They are no longer counted."), "success")
    return see_other("surveys.show_survey", slug=survey.slug)


@bp.post("/surveys/<slug>/next-person")
@allowed(anyone, on=browser.here)
def next_person(taking: Taking) -> ResponseReturnValue:
    """Somebody else answers at the same browser: its receipt and draft are forgotten, nothing that was sent changes."""
    browser.drop_receipt(taking.survey.slug)
    browser.drop_draft(taking.survey.slug)
    return see_other("surveys.show_survey", slug=taking.survey.slug)


def _response(taking: Taking, code: str) -> Response:
    person = maybe_me()
    if not code.strip() and person is not None and taking.response_id is not None:
        own = queries.own_response(taking.survey, person.id)
        if own is not None:
            return own
    return actions.find_by_code(taking.survey, code)


def _form(taking: Taking, code: str, error: str = "") -> str:
    now = clock.now()
    return render_template(
        "surveys/show_response.html", survey=taking.survey, code=code, error=error, has_errors=bool(error),
        is_own=taking.response_id is not None, is_open=taking.survey.is_taking_answers(now),
        sees_results=access.may_see_results(taking.survey, now),
    )  # fmt: skip
