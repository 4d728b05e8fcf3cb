"""Eligibility first: for which startup, which conditions hold, and what it declares; then an application is begun."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civic.accounts.views.limits import person
from civic.challenge.access import may_see_challenge
from civic.challenge.applying import access
from civic.challenge.applying.actions import applying as actions
from civic.challenge.applying.forms.applying import BeginForm
from civic.challenge.applying.models import Startup
from civic.challenge.applying.queries.applications import application_of
from civic.challenge.applying.queries.calls import call_of
from civic.challenge.applying.queries.seats import startups_of
from civic.challenge.applying.rules.eligibility import DECLARED, Finding, may_begin
from civic.challenge.applying.views import bp
from civic.challenge.applying.wording import sentence
from civic.challenge.models import Challenge
from civic.challenge.queries.briefs import challenge_by_slug
from civic.core import clock
from civic.core.doors import allowed
from civic.core.errors import saving
from civic.core.i18n import LANGUAGES, Words, current
from civic.core.pages import see_other
from civic.core.person import me
from civic.core.security import limit


@bp.get("/challenges/<slug>/apply")
@allowed(access.may_apply)
@allowed(may_see_challenge, on=challenge_by_slug, hide=True)
def new_application(challenge: Challenge) -> ResponseReturnValue:
    """Which conditions hold for one's startup, and which do not, before anything is written."""
    return _page(challenge, _form(challenge))


@bp.post("/challenges/<slug>/apply")
@allowed(access.may_apply)
@allowed(may_see_challenge, on=challenge_by_slug, hide=True)
@limit("30/hour", key=person)
def create_application(challenge: Challenge) -> ResponseReturnValue:
    """Begin to write."""
    form, call = _form(challenge), call_of(challenge.programme_id)
    if call is not None and form.startup.choices and form.validate():
        startup = _chosen(form)
        assert startup is not None
        there = application_of(challenge.id, startup.id)
        if there is not None:
            return see_other("applying.show_application", entry_id=there.id)
        language = current().code if current().code in LANGUAGES else "en"
        with saving(form) as saved:
            begun = actions.begin(
                call, challenge, startup, declared=form.declared.data or [], language=language, by=me(), now=clock.now()
            )
        if saved.ok:
            return see_other("applying.show_application", entry_id=begun.id)
        fresh = challenge_by_slug(challenge.slug)
        assert fresh is not None
        challenge, form.mine = fresh, _mine()
    return _page(challenge, form), 422


def _form(challenge: Challenge) -> Any:
    form = BeginForm(request.form if request.method == "POST" else request.args)
    form.mine = _mine()
    bodies = {number: each.organisation for number, each in form.mine.items()}
    form.startup.choices = [(number, Words(body.name, body.language)) for number, body in bodies.items()]
    if form.startup.data is None and len(form.mine) == 1:
        form.startup.data = next(iter(form.mine))
    call = call_of(challenge.programme_id)
    asked = [each["kind"] for each in call.conditions if each["kind"] in DECLARED] if call else []
    form.declared.choices = [(kind, sentence(kind, None)) for kind in asked]
    return form


def _mine() -> dict[int, Startup]:
    """The startups of the person here, with their organisations, read afresh."""
    return {each.id: each for each in startups_of(me().id)}


def _chosen(form: Any) -> Startup | None:
    chosen: Startup | None = form.mine.get(form.startup.data)
    return chosen


def _page(challenge: Challenge, form: Any) -> str:
    now, call, startup = clock.now(), call_of(challenge.programme_id), _chosen(form)
    takes = call is not None and challenge.status == "final" and call.takes_applications(now)
    findings: list[Finding] = []
    if call is not None and startup is not None:
        findings = actions.findings_for(call, startup, challenge, form.declared.data or [])
    told = [each for each in findings if each.kind not in DECLARED or each.is_no]
    return render_template(
        "challenge/applying/new_application.html",
        challenge=challenge,
        call=call,
        takes=takes,
        startup=startup,
        there=application_of(challenge.id, startup.id) if startup is not None else None,
        findings=told,
        ways=[way_out(each, startup) for each in told] if startup is not None else [],
        may_begin=may_begin(findings),
        form=form,
        now=now,
    )


def way_out(finding: Finding, startup: Startup, entry_id: int | None = None) -> tuple[str, str] | None:
    """(words, address) of where a condition that does not hold can be put right; None where it cannot."""
    if finding.why in ("no_borough", "no_stage", "stage"):
        return _("Go to your startup’s page"), url_for("applying.edit_startup", startup_id=startup.id, to=entry_id)
    if finding.why in ("no_number", "not_verified", "kind"):
        is_unverified = finding.why == "not_verified"
        words = _("Ask for the verification of your organisation") if is_unverified else _("Go to your organisation")
        return words, url_for("accounts.show_organisation", organisation_id=startup.organisation_id)
    if finding.why == "not_declared" and entry_id is not None:
        return _("Declare it"), url_for("applying.edit_step", entry_id=entry_id, chapter="conditions")
    return None
