"""What must always be true of calls and applications, for `flask civic check`."""

from collections.abc import Iterable

from sqlalchemy import select

from civic.assessment.models import Item
from civic.challenge.applying.models import KIND, Call, ChallengeApplication, Interview
from civic.challenge.applying.rules.choices import SENT
from civic.challenge.models import Challenge
from civic.core.db import db
from civic.core.subjects import number_of


def sealed() -> Iterable[str]:
    """Nothing is before assessors whose call is sealed, and nothing that was not sent."""
    rows = select(Item.subject).where(Item.subject.startswith(f"{KIND}:"), Item.status != "withdrawn").order_by(Item.id)
    open_ = select(ChallengeApplication.id).join(Call, Call.id == ChallengeApplication.call_id)
    allowed = set(db.session.scalars(open_.where(Call.unsealed_at.is_not(None), ChallengeApplication.status.in_(SENT))))
    for subject in db.session.scalars(rows):
        if number_of(subject, KIND) not in allowed:
            yield f"{subject} is before assessors and should not be"


def in_time() -> Iterable[str]:
    """What was sent was sent between opening and deadline, to a challenge of the call's own programme."""
    rows = (
        select(ChallengeApplication.id, ChallengeApplication.submitted_at, Call.opens_at, Call.closes_at)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .where(ChallengeApplication.submitted_at.is_not(None))
    )
    late = rows.where(
        (ChallengeApplication.submitted_at >= Call.closes_at) | (ChallengeApplication.submitted_at < Call.opens_at)
    )
    for number, sent, _opens, closes in db.session.execute(late.order_by(ChallengeApplication.id)):
        yield f"application {number} was sent at {sent}, and the call closed at {closes}"
    strange = (
        select(ChallengeApplication.id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .join(Challenge, Challenge.id == ChallengeApplication.challenge_id)
        .where(Challenge.programme_id != Call.programme_id)
    )
    for number in db.session.scalars(strange):
        yield f"application {number} is to a challenge of another programme than its call"


def answered() -> Iterable[str]:
    """After the shortlist nothing waits for an answer, and no interview is planned."""
    over = ("shortlisted", "matched", "closed")
    waiting = (
        select(ChallengeApplication.id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .where(Call.status.in_(over), ChallengeApplication.status == "submitted")
    )
    for number in db.session.scalars(waiting):
        yield f"application {number} has no answer, and the shortlist is public"
    planned = (
        select(Interview.id)
        .join(ChallengeApplication, ChallengeApplication.id == Interview.application_id)
        .join(Call, Call.id == ChallengeApplication.call_id)
        .where(Call.status.in_(over), Interview.status == "planned")
    )
    for number in db.session.scalars(planned):
        yield f"interview {number} is planned, and the shortlist is public"


CHECKS = [sealed, in_time, answered]
