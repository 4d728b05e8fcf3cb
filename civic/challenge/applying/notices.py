"""What applying tells people, put into words in their language from the facts that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.applications import application_by_id
from civic.challenge.applying.queries.interviews import interview_by_id
from civic.core.i18n import format_datetime
from civic.core.manifest import Notice, Told
from civic.core.web import external_url

QUOTED = 300


def application_answered(facts: Mapping[str, Any]) -> Told | None:
    """What became of an application of one's startup."""
    application = application_by_id(facts["application"])
    if application is None:
        return None
    sentences = {
        "shortlisted": _("“%(title)s” is shortlisted.", title=application.title),
        "not_shortlisted": _("“%(title)s” is not shortlisted. Read what would have made it stronger.", title=application.title),
        "ineligible": _("“%(title)s” does not meet a condition of the call.", title=application.title),
        "submitted": _("“%(title)s” is being judged after all.", title=application.title),
    }  # fmt: skip
    url = external_url("applying.show_application", entry_id=application.id)
    words = application.feedback if application.status == facts["status"] else ""
    return Told(sentences[facts["status"]], url, _short(words), application.feedback_language)


def interview(facts: Mapping[str, Any]) -> Told | None:
    """An interview of one's startup."""
    found = interview_by_id(facts["interview"])
    if found is None:
        return None
    sentence = _interview_sentence(found.application, found.at, facts["change"])
    url = external_url("applying.show_application", entry_id=found.application_id)
    return Told(sentence, url, _short(found.told) if facts["change"] != "cancelled" else "", found.language)


def interview_to_hear(facts: Mapping[str, Any]) -> Told | None:
    """An interview that one is to hear."""
    found = interview_by_id(facts["interview"])
    if found is None:
        return None
    sentence = _interview_sentence(found.application, found.at, facts["change"])
    return Told(sentence, external_url("manage_applying.show_interview", interview_id=found.id))


def _interview_sentence(application: ChallengeApplication, at: Any, change: str) -> str:
    said = {"title": application.title, "when": format_datetime(at)}
    return {
        "planned": _("Interview about “%(title)s”: %(when)s.", **said),
        "changed": _("The interview about “%(title)s” was changed: it is on %(when)s.", **said),
        "cancelled": _("The interview about “%(title)s” on %(when)s was called off.", **said),
    }[change]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= QUOTED else plain[:QUOTED].rsplit(" ", 1)[0] + " …"


NOTICES = [
    Notice(
        "challenge.application_answered",
        _l("What becomes of your startup’s applications to challenges"),
        application_answered,
        owed=True,
    ),
    Notice("challenge.interview", _l("Interviews of your startup"), interview, owed=True),
    Notice("challenge.interview_to_hear", _l("Interviews of startups that you are to hear"), interview_to_hear),
]
