"""The shortlist of a challenge: the ranked list with its line, and choosing several at once."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from civic.assessment import queries as assessment
from civic.challenge.applying import access
from civic.challenge.applying.actions import judging
from civic.challenge.applying.feedback import language_for, proposal
from civic.challenge.applying.forms.desk import AnswerForm, SureForm
from civic.challenge.applying.manage import desk
from civic.challenge.applying.manage.doors import challenge_in, for_managers
from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.applying.names import hearing_owner, panel_owner
from civic.challenge.applying.queries import applications as queries
from civic.challenge.applying.queries.calls import call_by_programme, challenges_in
from civic.challenge.applying.queries.ranking import places
from civic.challenge.applying.refusals import Sealed
from civic.challenge.models import Challenge
from civic.core import clock
from civic.core.errors import Conflict, form_errors, saving
from civic.core.i18n import format_number
from civic.core.pages import see_other
from civic.core.person import me

MOST = 30
"""So many are answered in one act at most."""


@desk.get("/calls/<programme>/shortlist/<slug>")
@for_managers
def show_shortlist(call: Call, slug: str) -> ResponseReturnValue:
    """Everything that was judged, from the best down, and the line that the planned number of finalists draws."""
    return _page(call, _challenge(call, slug), SureForm(formdata=None))


@desk.post("/calls/<programme>/shortlist/<slug>")
@for_managers
def choose(call: Call, slug: str) -> ResponseReturnValue:
    """Shortlist the chosen ones, or go on to the words for those that are passed over."""
    challenge, form = _challenge(call, slug), SureForm()
    chosen = _chosen(challenge, request.form.getlist("application"))
    if request.form.get("act") == "pass_over" and chosen:
        numbers = [each.id for each in chosen]
        return see_other("manage_applying.new_answers", programme=call.programme.slug, slug=slug, application=numbers)
    if not chosen:
        return see_other("manage_applying.show_shortlist", programme=call.programme.slug, slug=slug)
    programme, number = call.programme.slug, len(chosen)
    with saving(form) as saved:
        for each in chosen:
            judging.shortlist(each, by=me(), now=clock.now())
    if saved.ok:
        done = ngettext("%(shown)s is shortlisted.", "%(shown)s are shortlisted.", number, shown=format_number(number))
        flash(done, "success")
        return see_other("manage_applying.show_shortlist", programme=programme, slug=slug)
    fresh = call_by_programme(programme)
    assert fresh is not None
    return _page(fresh, _challenge(fresh, slug), form), 409


@desk.get("/calls/<programme>/shortlist/<slug>/answers")
@for_managers
def new_answers(call: Call, slug: str) -> ResponseReturnValue:
    """The chosen ones, each with words of its own, begun with what the assessors found weakest."""
    challenge = _challenge(call, slug)
    chosen = _chosen(challenge, request.args.getlist("application"))
    forms = [(each, _form(each)) for each in chosen]
    return _answers_page(call, challenge, forms, SureForm(formdata=None))


@desk.post("/calls/<programme>/shortlist/<slug>/answers")
@for_managers
def create_answers(call: Call, slug: str) -> ResponseReturnValue:
    """Pass over all of them, or none."""
    challenge, form, programme = _challenge(call, slug), SureForm(), call.programme.slug
    typed = request.form.getlist("application")
    chosen = _chosen(challenge, typed)
    forms = [(each, AnswerForm(prefix=f"a{each.id}-")) for each in chosen]
    if len(chosen) < len(set(typed)):
        form_errors(form, Conflict())
        return _answers_page(call, challenge, forms, form), 409
    judged = [each.validate() for _application, each in forms]
    if not chosen or not all(judged):
        return _answers_page(call, challenge, forms, form), 422
    answers = [(each, str(words.feedback.data), words.language.data) for each, words in forms]
    with saving(form) as saved:
        judging.pass_over_together(answers, by=me(), now=clock.now())
    if saved.ok:
        number = len(answers)
        done = ngettext(
            "%(shown)s is not shortlisted. They read your words once the shortlist is published.",
            "%(shown)s are not shortlisted. They read your words once the shortlist is published.",
            number, shown=format_number(number),
        )  # fmt: skip
        flash(done, "success")
        return see_other("manage_applying.show_shortlist", programme=programme, slug=slug)
    fresh = call_by_programme(programme)
    assert fresh is not None
    again = {each.id: each for each in queries.by_numbers([each.id for each in chosen])}
    kept = [(again[number], words) for number, words in ((each.id, words) for each, words in forms) if number in again]
    return _answers_page(fresh, _challenge(fresh, slug), kept, form), 409


def _challenge(call: Call, slug: str) -> Challenge:
    """One of the call's challenges, once the deadline has passed; raises NotFound, Sealed."""
    found: Challenge = challenge_in(call, slug, challenges_in(call.programme_id))
    if not call.is_unsealed(clock.now()):
        raise Sealed()
    return found


def _chosen(challenge: Challenge, typed: list[str]) -> list[ChallengeApplication]:
    """Those of the typed numbers that this manager may answer; the others are left out."""
    numbers = {int(each) for each in typed if each.isdecimal() and len(each) < 16}
    found = [each for each in queries.by_numbers(numbers) if each.challenge_id == challenge.id][:MOST]
    return [each for each in found if access.may_answer(each)]


def _form(application: ChallengeApplication) -> AnswerForm:
    is_answered = bool(application.feedback)
    language = application.feedback_language if is_answered else language_for(application)
    data = {"feedback": application.feedback if is_answered else proposal(application), "language": language}
    return AnswerForm(formdata=None, prefix=f"a{application.id}-", data=data)


def _page(call: Call, challenge: Challenge, form: SureForm) -> str:
    found = places(call, challenge, me())
    return render_template(
        "challenge/applying/manage/show_shortlist.html",
        call=call,
        challenge=challenge,
        places=found,
        panel=assessment.panel_of(panel_owner(challenge.id)),
        hearing=assessment.panel_of(hearing_owner(challenge.id)),
        chosen=sum(each.status in ("shortlisted", "unmatched", "matched", "lost") for each in found),
        waiting=sum(each.status == "submitted" for each in found),
        may_choose=call.status in ("open", "assessing"),
        most=MOST,
        form=form,
    )


def _answers_page(call: Call, challenge: Challenge, forms: list[tuple[Any, AnswerForm]], form: SureForm) -> str:
    return render_template(
        "challenge/applying/manage/new_answers.html",
        call=call,
        challenge=challenge,
        forms=forms,
        form=form,
        errors=[(message, f"#{field.id}") for _each, words in forms for field in words for message in field.errors],
    )
