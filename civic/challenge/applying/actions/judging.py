"""What managers do with what was sent: rule out, shortlist, pass over with words that help. Nobody hears before everybody does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from civic.assessment import queries as assessment
from civic.assessment.actions import items
from civic.assessment.queries.interests import hides
from civic.challenge.applying import refusals
from civic.challenge.applying.actions import calls, telling
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries import applications, interviews
from civic.challenge.applying.queries.calls import call_by_id, held_call
from civic.core import audit, subjects
from civic.core.db import locked
from civic.core.states import advance


def shortlist(
    application: ChallengeApplication, *, by: Any, now: datetime, feedback: str = "", language: str = "en"
) -> ChallengeApplication:
    """Let it be a finalist, perhaps with words for its people; raises Sealed, NotAssessing, OwnInterest, NotJudged, IllegalMove."""
    held = to_be_judged(application, by=by, now=now)
    if assessment.result_of(held.name) is None:
        raise refusals.NotJudged()
    _answer(held, feedback, language, by, now)
    return _moved(held, "shortlist", by=by, now=now)


def pass_over(
    application: ChallengeApplication, feedback: str, *, by: Any, now: datetime, language: str = "en"
) -> ChallengeApplication:
    """It is not shortlisted, and its people read what would have made it stronger; on the sift also without scores.

    Raises Sealed, NotAssessing, OwnInterest, FeedbackMissing, IllegalMove.
    """
    held = to_be_judged(application, by=by, now=now)
    if not feedback.strip():
        raise refusals.FeedbackMissing()
    _answer(held, feedback, language, by, now)
    return _moved(held, "pass_over", by=by, now=now)


def pass_over_together(
    answers: Sequence[tuple[ChallengeApplication, str, str]], *, by: Any, now: datetime
) -> list[ChallengeApplication]:
    """Several, each with words of its own (application, feedback, language): all of them, or none."""
    ordered = sorted(answers, key=lambda each: each[0].id)
    return [pass_over(each, text, language=language, by=by, now=now) for each, text, language in ordered]


def rule_out(application: ChallengeApplication, why: str, *, by: Any, now: datetime, language: str = "en") -> None:
    """A condition is not met after all: assessors no longer see it, and its people are told at once. Raises as pass_over()."""
    held = to_be_judged(application, by=by, now=now)
    if not why.strip():
        raise refusals.FeedbackMissing()
    _answer(held, why, language, by, now)
    _moved(held, "rule_out", by=by, now=now)
    items.withdraw(held.name, why=why, by=by, now=now)
    _end_interview(held, why, by=by, now=now, with_scores=True)
    telling.tell_answer(held, now=now, by=by.id)


def reinstate(application: ChallengeApplication, why: str, *, by: Any, now: datetime) -> None:
    """It was eligible after all: the assessors get it back, and its people are told. Raises as pass_over()."""
    held = to_be_judged(application, by=by, now=now)
    advance(held, "reinstate", by=by, now=now, why=why)
    held.feedback, held.feedback_by_id, held.feedback_at = "", None, None
    audit.record("challenge_application.reinstate", on=held, by=by, now=now, why=why)
    whole = applications.application_by_id(held.id)
    assert whole is not None
    calls.enter(whole, now=now)
    telling.tell_answer(held, now=now, by=by.id)


def to_be_judged(application: ChallengeApplication, *, by: Any, now: datetime) -> ChallengeApplication:
    """The application, locked after its call, while the call is being assessed and `by` may decide about it."""
    call = call_by_id(application.call_id)
    assert call is not None
    if not call.is_unsealed(now):
        raise refusals.Sealed()
    if call.unsealed_at is None:
        calls.unseal(call.id, now=now)
    if held_call(call.id).status != "assessing":
        raise refusals.NotAssessing()
    if hides(application.name, by.id):
        raise refusals.OwnInterest()
    subjects.hold(application.name)
    held: ChallengeApplication = locked(ChallengeApplication, application.id)
    return held


def _answer(held: ChallengeApplication, feedback: str, language: str, by: Any, now: datetime) -> None:
    held.feedback, held.feedback_language, held.feedback_by_id, held.feedback_at = feedback, language, by.id, now


def _moved(held: ChallengeApplication, verb: str, *, by: Any, now: datetime) -> ChallengeApplication:
    before = held.status
    advance(held, verb, by=by, now=now)
    after = {"status": held.status}
    audit.record(f"challenge_application.{verb}", on=held, by=by, now=now, before={"status": before}, after=after)
    if verb != "rule_out":
        _end_interview(held, "", by=by, now=now, with_scores=False)
    return held


def _end_interview(held: ChallengeApplication, why: str, *, by: Any, now: datetime, with_scores: bool) -> None:
    """What is decided need not be heard any more; scores of one that was ruled out are put aside."""
    interview = interviews.interview_of(held.id)
    if interview is None:
        return
    if with_scores:
        items.withdraw(interview.name, why=why, by=by, now=now)
    if interview.status == "planned":
        advance(interview, "cancel", by=by, now=now, why=why)
        telling.tell_interview(interview, "cancelled", now=now, by=by.id)
