"""Milestones: the startup hands evidence in, the partner signs off or returns it, and that claims the money."""

from datetime import datetime
from typing import Any

from civic.accounts.models import User
from civic.assessment import queries as assessment
from civic.challenge.applying.queries.seats import acts_for_startup
from civic.challenge.testing.actions.holding import part
from civic.challenge.testing.actions.telling import tell_side
from civic.challenge.testing.models import Milestone, TestGrant
from civic.challenge.testing.queries import changes
from civic.challenge.testing.queries.tests import milestones_of
from civic.challenge.testing.refusals import BothSides, ChangeInSigning
from civic.core import audit
from civic.core.db import db, locked
from civic.core.states import IllegalMove, advance
from civic.grants.actions import instalments, papers
from civic.grants.actions.editions import must_be_seen
from civic.grants.models import Award, GrantPaper, Instalment
from civic.grants.queries import awards as award_queries
from civic.grants.refusals import HasInterest

WRITTEN = ("words", "words_language")
"""What the startup writes of a milestone before it hands it in."""


def write(milestone: Milestone, *, words: str, language: str, seen: str | None = None) -> None:
    """Keep what the startup has written so far; raises ChangedMeanwhile, and IllegalMove once it is handed in."""
    _, test, milestone = part(milestone)
    if test.status != "running" or milestone.status != "planned":
        raise IllegalMove()
    must_be_seen(milestone, WRITTEN, seen)
    milestone.words, milestone.words_language = words, language


def add_paper(milestone: Milestone, upload: Any, *, title: str, language: str, by: Any, now: datetime) -> GrantPaper:
    """Keep a file as evidence beside the instalment; raises what grants have against it."""
    award, test, milestone = part(milestone)
    if test.status != "running" or milestone.status != "planned":
        raise IllegalMove()
    return papers.add(award, _instalment(milestone), upload, title=title, language=language, by=by, now=now)


def remove_paper(milestone: Milestone, paper: GrantPaper, *, by: Any, now: datetime) -> None:
    """Take a file away that was not handed in yet."""
    award, _, milestone = part(milestone)
    if milestone.status != "planned":
        raise IllegalMove()
    papers.remove(award, _instalment(milestone), paper, by=by, now=now)


def hand_in(milestone: Milestone, *, words: str, language: str, by: Any, now: datetime) -> None:
    """Show the partner that it is reached. Raises ChangeInSigning, IllegalMove."""
    _, test, milestone = part(milestone)
    if test.status != "running":
        raise IllegalMove()
    change = changes.open_of(test.id)
    if change is not None and change.kind == "milestones" and change.status == "agreed":
        raise ChangeInSigning()
    advance(milestone, "hand_in", by=by, now=now)
    milestone.words, milestone.words_language, milestone.answer = words, language, ""
    milestone.handed_in_by_id, milestone.handed_in_at = by.id, now
    audit.record("milestone.handed_in", on=milestone, by=by, now=now)
    tell_side(test, "partner", "milestone", now=now, by=by, milestone=milestone.id, what="handed_in")


def send_back(milestone: Milestone, *, why: str, language: str, by: Any, now: datetime) -> None:
    """Return it as the partner, and say what is missing; nothing is lost. Raises BothSides, HasInterest."""
    _, test, milestone = part(milestone)
    must_speak_for_partner(test, by)
    _returned(test, milestone, "return", why=why, language=language, by=by, now=now)


def sign_off(milestone: Milestone, *, words: str, language: str, as_role: str, by: Any, now: datetime) -> None:
    """Say for the partner that it is reached, which claims what is paid for it.

    Raises BothSides for somebody of the startup, HasInterest, IllegalMove, and what grants have against the claim.
    """
    _, test, milestone = part(milestone)
    must_speak_for_partner(test, by)
    milestone.answer, milestone.answer_language, milestone.signed_off_as = words, language, as_role
    milestone.signed_off_by_id, milestone.signed_off_at = by.id, now
    advance(milestone, "sign_off", by=by, now=now)
    audit.record("milestone.signed_off", on=milestone, by=by, now=now, why=words)
    claimant = db.session.get(User, milestone.handed_in_by_id) if milestone.handed_in_by_id else None
    said = {"words": milestone.words, "language": milestone.words_language}
    instalments.claim(_instalment(milestone), **said, by=claimant or by, now=now)
    for side in ("startup", "manager"):
        tell_side(test, side, "milestone", now=now, by=by, milestone=milestone.id, what="signed_off")


def reopen(milestone: Milestone, *, why: str, by: Any | None, now: datetime) -> None:
    """The officers returned the claim: the startup hands it in again, and the partner signs it off again."""
    test = db.session.get_one(TestGrant, milestone.test_id)
    _returned(test, milestone, "reopen", why=why, language="en", by=by, now=now)


def must_speak_for_partner(test: TestGrant, by: Any) -> None:
    """Nobody judges what their own startup shows, and nobody with a declared interest. Raises BothSides, HasInterest."""
    if acts_for_startup(test.startup_id, by.id):
        raise BothSides()
    if assessment.has_interest(test.subject, by.id):
        raise HasInterest()


def cancel_open(test: TestGrant, award: Award, *, now: datetime) -> None:
    """The test is over: what was not paid will not be."""
    parts = {each.id: each.status for each in award_queries.instalments_of(award.id)}
    for found in milestones_of(test.id):
        each: Milestone = locked(Milestone, found.id)
        if each.status in ("planned", "handed_in") or parts.get(each.instalment_id or 0) == "cancelled":
            advance(each, "cancel", by=None, now=now)


def _returned(
    test: TestGrant, milestone: Milestone, verb: str, *, why: str, language: str, by: Any | None, now: datetime
) -> None:
    advance(milestone, verb, by=by, now=now, why=why)
    milestone.answer, milestone.answer_language = why, language
    milestone.signed_off_by_id = milestone.signed_off_at = None
    milestone.signed_off_as = ""
    milestone.turn += 1
    audit.record("milestone.returned", on=milestone, by=by, now=now, why=why)
    tell_side(test, "startup", "milestone", now=now, by=by, milestone=milestone.id, what="returned")


def _instalment(milestone: Milestone) -> Instalment:
    if milestone.instalment_id is None:
        raise IllegalMove()
    return db.session.get_one(Instalment, milestone.instalment_id)
