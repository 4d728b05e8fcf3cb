"""Answering: page by page, with a way back at every step, until everything is sent at once."""

from __future__ import annotations

from typing import Any
from unicodedata import category

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from civic.core import clock, mail, tokens
from civic.core.db import transaction
from civic.core.doors import allowed, anyone
from civic.core.errors import CivicError, NotFound
from civic.core.forms import clean, is_email_address
from civic.core.i18n import current
from civic.core.pages import see_other
from civic.core.person import maybe_me
from civic.core.security import limit
from civic.core.web import external_url
from civic.surveys import access, words
from civic.surveys.actions import answering as actions
from civic.surveys.models.response import Draft
from civic.surveys.queries.answering import Taking
from civic.surveys.rules import route as rules
from civic.surveys.rules.answers import Refusal, as_fields, check_answer
from civic.surveys.rules.logic import Shown, clear_hidden, settle
from civic.surveys.rules.questionnaire import Question
from civic.surveys.rules.route import Place, Route
from civic.surveys.views import bp, browser
from civic.surveys.views.listing import first_page

LINK_DAYS = 60
MAIL_PURPOSE = "surveys.draft"


class LevelNeeded(CivicError):
    """More must be known of the person before their answers count; the survey's first page says what and why."""

    sentence, status = _l("This survey needs to know a little about you before you answer. See its first page."), 403


@bp.get("/surveys/<slug>/answers/<key>")
@allowed(anyone, on=browser.here)
def show_page(taking: Taking, key: str) -> ResponseReturnValue:
    """One page of the questionnaire, with what was answered before."""
    if not taking.survey.is_taking_answers(clock.now()):
        return _closed(taking)
    if elsewhere := _not_here(taking):
        return elsewhere
    way = _way(taking, key)
    place = way.at(key)
    if place is None:
        return _to(taking, way.first_unseen(_passed(taking)) or (way.places[0] if way.places else None))
    answers, fields = _answers(taking), {}
    for question in place.questions:
        fields.update(as_fields(question, answers.get(question.key)))
    browser.key_for(taking)
    return _page(taking, way, place, fields, {})


@bp.post("/surveys/<slug>/answers/<key>")
@allowed(anyone, on=browser.here)
def keep_page(taking: Taking, key: str) -> ResponseReturnValue:
    """Keep the answers of a page and go on; or save for later; or look at it the other way."""
    now = clock.now()
    if not taking.survey.is_taking_answers(now):
        return _closed(taking, request.form)
    if elsewhere := _not_here(taking):
        return elsewhere
    way, act = _way(taking, key), request.form.get("act", "")
    place = way.at(key)
    if place is None:
        return _to(taking, way.first_unseen(_passed(taking)))
    asked = _asked(place)
    checked = {question.key: check_answer(question, request.form) for question in asked}
    goes_on = act not in ("later", "switch")
    refusals = {
        name: each.refusal
        for name, each in checked.items()
        if each.refusal and (goes_on or each.refusal.code != "required")
    }
    if refusals:
        return _page(taking, way, place, _typed(request.form), refusals), 422
    with transaction():
        draft = actions.keep_page(
            taking,
            key=browser.key_to_write(taking),
            by=browser.someone(),
            answers={name: each.value for name, each in checked.items() if each.value is not None},
            asked=list(checked),
            passed=goes_on,
            place=key,
            language=current().code,
            now=now,
        )
    return _go_on(taking, draft, place, act)


def _asked(place: Place) -> list[Question]:
    """The questions that stood on the page when it was filled in, as far as they stand there now."""
    sent = set(request.form.get("asked", " ".join(place.asked)).split())
    return [question for question in place.questions if question.is_asked and question.key in sent]


def _go_on(taking: Taking, draft: Draft, place: Place, act: str) -> Response:
    slug, questionnaire = taking.survey.slug, taking.version.questionnaire  # type: ignore[union-attr]
    if act == "later":
        return see_other("surveys.show_saved", slug=slug)
    if act == "switch":
        other = rules.other_way(questionnaire, place)
        return see_other("surveys.show_page", slug=slug, key=other)
    check = {"check": 1} if request.form.get("check") else {}
    way = rules.route(questionnaire, draft.answers, draft.passed, one_at_a_time=place.is_single)
    again = way.at(place.key)
    new = [name for name in again.asked if name not in draft.passed] if again else []
    if new:
        return see_other("surveys.show_page", slug=slug, key=place.key, new=len(new), _anchor=f"at-{new[0]}", **check)
    following = way.first_unseen(draft.passed) if check else way.after(place.key)
    if following is None:
        return see_other("surveys.check_answers", slug=slug)
    return see_other("surveys.show_page", slug=slug, key=following.key, **check)


def _page(taking: Taking, way: Route, place: Place, fields: dict[str, list[str]], refusals: dict[str, Refusal]) -> str:
    errors = {
        question.key: (words.refusal_sentence(question, refusals[question.key]), refusals[question.key].field)
        for question in place.questions
        if question.key in refusals
    }
    slug, check = taking.survey.slug, request.values.get("check")
    before = way.before(place.key)
    back = (
        url_for("surveys.show_page", slug=slug, key=before.key) if before else url_for("surveys.show_survey", slug=slug)
    )
    return render_template(
        "surveys/show_page.html",
        survey=taking.survey,
        place=place,
        fields=fields,
        errors=errors,
        has_errors=bool(errors),
        check=check,
        back=url_for("surveys.check_answers", slug=slug) if check else back,
        new=request.args.get("new", 0, int),
        lets_skip=not any(question.required for question in place.questions if question.is_asked),
        changes=taking.draft is not None and taking.draft.response_id is not None,
    )


@bp.get("/surveys/<slug>/check")
@allowed(anyone, on=browser.here)
def check_answers(taking: Taking) -> ResponseReturnValue:
    """Every answer on one page, before anything is sent."""
    if not taking.survey.is_taking_answers(clock.now()):
        return _closed(taking)
    if elsewhere := _not_here(taking):
        return elsewhere
    if taking.draft is None:
        return see_other("surveys.show_survey", slug=taking.survey.slug)
    return _check(taking, [])


@bp.post("/surveys/<slug>/responses")
@allowed(anyone, on=browser.here)
def send_answers(taking: Taking) -> ResponseReturnValue:
    """Send the answers, once; however often it is pressed there is one response and one receipt."""
    now, slug = clock.now(), taking.survey.slug
    key = taking.draft.key if taking.draft else browser.draft_key(slug)
    if not taking.survey.is_taking_answers(now):
        return _closed(taking)
    if taking.draft is not None and (elsewhere := _not_here(taking)):
        return elsewhere
    changes = taking.draft is not None and taking.draft.response_id is not None
    try:
        with transaction():
            code = actions.send(taking, by=browser.someone(), now=now)
    except actions.Incomplete as incomplete:
        return _check(taking, incomplete.questions), 422
    except actions.ChangedElsewhere as changed:
        flash(changed.sentence, "warning")
        return see_other("surveys.check_answers", slug=slug)
    except (actions.AlreadySent, actions.AlreadyAnswered):
        code = actions.receipt_code(key) if key else ""
        if not (code and actions.is_known(taking.survey, code)):
            raise
    browser.drop_draft(slug)
    if changes:
        flash(_("Your changed answers have replaced the ones you sent before."), "success")
    if code:
        browser.keep_receipt(slug, code)
    return see_other("surveys.show_receipt", slug=slug)


def _check(taking: Taking, missing: list[Question]) -> str:
    questionnaire = taking.version.questionnaire  # type: ignore[union-attr]
    answers = _answers(taking)
    shown, kept = settle(questionnaire, answers), clear_hidden(questionnaire, answers)
    is_single = taking.draft is not None and questionnaire.question(taking.draft.place) is not None
    sections = []
    for section in questionnaire.sections:
        rows = []
        for question in section.questions:
            if question.is_asked and shown[question.key] is Shown.SHOWN:
                page = question.key if is_single else section.key
                href = url_for(
                    "surveys.show_page", slug=taking.survey.slug, key=page, check=1, _anchor=f"at-{question.key}"
                )
                rows.append((question, kept.get(question.key), href))
        if rows:
            sections.append((section, rows))
    hrefs = {question.key: href for section, rows in sections for question, _answer, href in rows}
    return render_template(
        "surveys/check_answers.html",
        survey=taking.survey,
        sections=sections,
        reading=words.reading,
        missing=[(question, hrefs[question.key]) for question in missing if question.key in hrefs],
        has_errors=bool(missing),
        is_empty=not kept,
        changes=taking.draft is not None and taking.draft.response_id is not None,
        last=taking.draft.place if taking.draft and taking.draft.place else first_page(taking),
    )


@bp.get("/surveys/<slug>/saved")
@allowed(anyone, on=browser.here)
def show_saved(taking: Taking) -> ResponseReturnValue:
    """What was kept, until when, and how to come back to it."""
    if taking.draft is None:
        return see_other("surveys.show_survey", slug=taking.survey.slug)
    return render_template(
        "surveys/show_saved.html", survey=taking.survey, draft=taking.draft, first=first_page(taking), days=LINK_DAYS,
        address="", error="",
    )  # fmt: skip


@bp.post("/surveys/<slug>/draft-links")
@allowed(anyone, on=browser.here)
@limit("5/hour")
def mail_draft_link(taking: Taking) -> ResponseReturnValue:
    """Send a visitor a link with which they can go on from any device."""
    address = clean(request.form.get("email", ""))
    if taking.draft is None or taking.draft.person_id is not None:  # what belongs to an account opens by signing in
        return see_other("surveys.show_survey", slug=taking.survey.slug)
    if not is_email_address(address):
        error = _("Enter an email address in the correct format, like name@example.com")
        page = render_template(
            "surveys/show_saved.html", survey=taking.survey, draft=taking.draft, first=first_page(taking), days=LINK_DAYS,
            address=address, error=error, has_errors=True,
        )  # fmt: skip
        return page, 422
    link = external_url("surveys.resume", token=tokens.sign(MAIL_PURPOSE, [taking.survey.slug, taking.draft.key]))
    with transaction():
        mail.send(
            "surveys/draft_link", to=address, language=current().code, now=clock.now(), survey=taking.survey, link=link,
            days=LINK_DAYS,
        )  # fmt: skip
    flash(_("We have sent the link. It may take a few minutes to arrive."), "success")
    return see_other("surveys.show_saved", slug=taking.survey.slug)


@bp.get("/surveys/resume/<token>")
@allowed(anyone)
def resume(token: str) -> ResponseReturnValue:
    """The page behind a mailed link; one press brings the draft into this browser."""
    tokens.read(MAIL_PURPOSE, token, max_age=LINK_DAYS * 86400)
    return render_template("surveys/resume.html", token=token)


@bp.post("/surveys/resume/<token>")
@allowed(anyone)
def open_draft(token: str) -> ResponseReturnValue:
    """Bring the draft of a mailed link into this browser."""
    slug, key = tokens.read(MAIL_PURPOSE, token, max_age=LINK_DAYS * 86400)
    browser.hold_draft(slug, key)
    return see_other("surveys.show_survey", slug=slug)


@bp.post("/surveys/<slug>/draft-deletion")
@allowed(anyone, on=browser.here)
def delete_draft(taking: Taking) -> ResponseReturnValue:
    """Delete what was saved and not sent."""
    with transaction():
        actions.discard(taking)
    browser.drop_draft(taking.survey.slug)
    flash(_("Your saved answers were deleted."), "success")
    return see_other("surveys.show_survey", slug=taking.survey.slug)


def _not_here(taking: Taking) -> Response | None:
    """Where somebody goes who cannot answer now: the survey's first page says why."""
    survey, start = taking.survey, url_for("surveys.show_survey", slug=taking.survey.slug)
    if not access.reaches_level_of(survey):
        raise LevelNeeded(location=start)
    if taking.version is None:
        raise NotFound()
    answered = taking.has_taken_part or (maybe_me() is None and browser.receipt_of(survey.slug) is not None)
    if taking.draft is None and answered and survey.one_answer_each:
        return see_other("surveys.show_survey", slug=survey.slug)
    return None


def _closed(taking: Taking, form: MultiDict[str, str] | None = None) -> tuple[str, int]:
    """The survey takes no answers; what had been written is still shown, so that it is not lost."""
    answers = dict(_answers(taking))
    asked = taking.version.questionnaire.questions() if taking.version else ()
    if form:
        for question in asked:
            value = check_answer(question, form).value if question.is_asked else None
            if value is not None:
                answers[question.key] = value
    questionnaire = taking.version.questionnaire if taking.version else None
    written = [(q, answers[q.key]) for q in questionnaire.questions() if q.key in answers] if questionnaire else []
    now = clock.now()
    page = render_template(
        "surveys/closed.html", survey=taking.survey, written=written, reading=words.reading,
        is_coming=taking.survey.is_coming_up(now), sees_results=access.may_see_results(taking.survey, now),
    )  # fmt: skip
    return page, 410


def _way(taking: Taking, key: str) -> Route:
    assert taking.version is not None
    single = rules.is_single(taking.version.questionnaire, key)
    if single is None:
        raise NotFound()
    return rules.route(taking.version.questionnaire, _answers(taking), _passed(taking), one_at_a_time=single)


def _to(taking: Taking, place: Place | None) -> Response:
    if place is None:
        return see_other("surveys.check_answers", slug=taking.survey.slug)
    return see_other("surveys.show_page", slug=taking.survey.slug, key=place.key)


def _answers(taking: Taking) -> dict[str, Any]:
    return taking.draft.answers if taking.draft else {}


def _passed(taking: Taking) -> list[str]:
    return taking.draft.passed if taking.draft else []


def _typed(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """What was typed, without the characters that no page can hold."""
    return {name: [_showable(value) for value in form.getlist(name)] for name in form}


def _showable(typed: str) -> str:
    return "".join(c for c in typed if c in "\n\t\r" or category(c) not in ("Cc", "Cs", "Cn"))
