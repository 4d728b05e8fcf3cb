"""What the challenge tells people, put into words in their language from the facts that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from civic.challenge.models import BriefRemark, Challenge, Problem
from civic.core.db import db
from civic.core.manifest import Notice, Told
from civic.core.web import external_url

QUOTED = 300


def problem_moved(facts: Mapping[str, Any]) -> Told | None:
    """Staff decided about a problem that one proposed or supports."""
    problem = db.session.get(Problem, facts["problem"])
    if problem is None or problem.shown != "shown" or problem.status != facts["status"]:
        return None
    sentences = {
        "open": _("The problem “%(problem)s” is open again.", problem=problem.title),
        "merged": _("The problem “%(problem)s” was merged into another one. Your support counts there.", problem=problem.title),
        "answered": _("The problem “%(problem)s” was answered.", problem=problem.title),
        "taken_up": _("The problem “%(problem)s” was taken up: a challenge came from it.", problem=problem.title),
        "not_taken_up": _("The problem “%(problem)s” was not taken up.", problem=problem.title),
    }  # fmt: skip
    url = external_url("challenge.show_problem", problem_id=problem.id)
    return Told(sentences[problem.status], url, _short(problem.reason), problem.reason_language)


def remark_answered(facts: Mapping[str, Any]) -> Told | None:
    """Staff answered what one said about a brief."""
    remark = db.session.get(BriefRemark, facts["remark"])
    challenge = db.session.get(Challenge, remark.challenge_id) if remark else None
    if remark is None or challenge is None or remark.shown != "shown" or not remark.answer:
        return None
    if remark.result == "changed":
        sentence = _("The brief “%(challenge)s” was changed because of your comment.", challenge=challenge.title)
    else:
        sentence = _("Your comment on the brief “%(challenge)s” was answered.", challenge=challenge.title)
    url = external_url("challenge.show_challenge", slug=challenge.slug, _anchor=f"remark-{remark.position}")
    return Told(sentence, url, _short(remark.answer), remark.answer_language)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= QUOTED else plain[:QUOTED].rsplit(" ", 1)[0] + " …"


NOTICES = [
    Notice("challenge.problem_moved", _l("What becomes of a problem that you proposed or support"), problem_moved),
    Notice("challenge.remark_answered", _l("An answer to your comment on a challenge’s brief"), remark_answered),
]
