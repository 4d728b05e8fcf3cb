"""What is due next in applying: for a startup's people, for those who hear interviews, and for managers."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from civic.challenge.applying.models import Call, ChallengeApplication
from civic.challenge.applying.queries import applications, calls, interviews
from civic.challenge.applying.queries.desk import Line, lines_of
from civic.challenge.applying.rules.questions import UNTITLED
from civic.challenge.due import Due
from civic.core.clock import london_today
from civic.core.i18n import format_number


def due_for(person_id: int, now: datetime) -> list[Due]:
    """Drafts of one's startups that can still be sent, and interviews to come or to write down."""
    mine = applications.of_person(person_id)
    found = [_draft(each) for each in mine if each.status == "draft" and each.call.takes_applications(now)]
    for heard in interviews.planned_of([each.id for each in mine if each.status == "submitted"]):
        url = url_for("applying.show_application", entry_id=heard.application_id)
        about, day = heard.application, london_today(heard.at)
        found.append(Due("startup", _("Come to your interview"), about.title, about.language, url, day))
    for heard in interviews.to_hear(person_id):
        words = (
            _("Write down what was said in the interview") if heard.at <= now else _("Hear a startup in an interview")
        )
        url, about = url_for("manage_applying.show_interview", interview_id=heard.id), heard.application
        found.append(Due("manager", words, about.title, about.language, url, london_today(heard.at)))
    return found


def _draft(application: ChallengeApplication) -> Due:
    assert application.call.closes_at is not None
    named = application.title != UNTITLED
    about = application if named else application.challenge
    url, day = url_for("applying.show_application", entry_id=application.id), london_today(application.call.closes_at)
    return Due("startup", _("Send your application before the deadline"), about.title, about.language, url, day)


def due_for_manager(now: datetime) -> list[Due]:
    """What calls wait for: to be opened, panels, answers, the publication of the shortlist."""
    found = []
    for call in calls.calls():
        if call.status in ("draft", "open", "assessing"):
            found += _of_call(call, now)
    return found


def _of_call(call: Call, now: datetime) -> list[Due]:
    title, language = call.programme.title, call.programme.language
    desk = url_for("manage_applying.show_call", programme=call.programme.slug)
    if call.status == "draft":
        day = london_today(call.opens_at) if call.opens_at else None
        return [Due("manager", _("Open the call"), title, language, desk, day)]
    found, lines = [], lines_of(call)
    for line in lines:
        if not line.is_ready:
            day = london_today(call.closes_at) if call.closes_at else None
            words = _("Seat assessors and open the panel")
            url = url_for("assessment.show_panel", panel_id=line.panel.id) if line.panel else desk
            found.append(Due("manager", words, line.challenge.title, line.challenge.language, url, day))
        if call.is_unsealed(now) and line.waiting:
            found.append(_unanswered(call, line))
    if call.status == "assessing" and not any(line.waiting for line in lines):
        found.append(Due("manager", _("Publish the shortlist"), title, language, desk, call.answers_by))
    return found


def _unanswered(call: Call, line: Line) -> Due:
    words = ngettext(
        "%(shown)s application is neither shortlisted nor passed over",
        "%(shown)s applications are neither shortlisted nor passed over",
        line.waiting,
        shown=format_number(line.waiting),
    )
    url = url_for("manage_applying.show_shortlist", programme=call.programme.slug, slug=line.challenge.slug)
    return Due("manager", words, line.challenge.title, line.challenge.language, url, call.answers_by)
