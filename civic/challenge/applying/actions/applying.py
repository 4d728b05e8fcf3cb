"""Applications: begun once the conditions are looked at, written by several people, checked, sent once, taken back, given up."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from civic.accounts.models import Organisation, OrganisationMember, RoleGrant
from civic.assessment.actions import items
from civic.assessment.rules.editions import edition
from civic.challenge.applying import refusals
from civic.challenge.applying.actions import telling
from civic.challenge.applying.actions.startups import profile_of
from civic.challenge.applying.events import ApplicationWithdrawn
from civic.challenge.applying.models import Call, ChallengeApplication, Startup
from civic.challenge.applying.queries import applications, calls, interviews
from civic.challenge.applying.rules import eligibility, profile, questions
from civic.challenge.applying.rules.eligibility import Facts, Finding
from civic.challenge.models import Challenge, PartnerMember
from civic.core import audit
from civic.core.announcements import announce
from civic.core.db import db, locked
from civic.core.states import advance

ABOUT = ("title", "language")


def facts_of(startup: Startup, challenge: Challenge, declared: Any) -> Facts:
    """What is known of a startup that applies to a challenge; two statements."""
    body = db.session.get_one(Organisation, startup.organisation_id)
    people = select(OrganisationMember.user_id).where(OrganisationMember.organisation_id == body.id)
    ours = select(RoleGrant.id).where(RoleGrant.user_id.in_(people)).limit(1)
    theirs = select(PartnerMember.id).where(
        PartnerMember.partner_id == challenge.partner_id, PartnerMember.person_id.in_(people)
    )
    return Facts(
        organisation_kind=body.kind,
        has_number=bool(body.registration_number),
        is_verified=body.is_verified,
        borough=startup.borough,
        stage=startup.stage,
        works_for_us=db.session.scalar(ours) is not None,
        acts_for_partner=db.session.scalar(theirs.limit(1)) is not None,
        declared=frozenset(str(each) for each in declared),
    )


def findings_for(call: Call, startup: Startup, challenge: Challenge, declared: Any = ()) -> list[Finding]:
    """How every condition of a call stands for a startup and a challenge now."""
    return eligibility.check(call.conditions, facts_of(startup, challenge, declared))


def findings_of(application: ChallengeApplication) -> list[Finding]:
    """The same of an application, with what its people declared."""
    return findings_for(application.call, application.startup, application.challenge, application.declared)


def gaps_of(application: ChallengeApplication) -> list[str]:
    """What is missing before it can be sent, by code: "profile", and those of rules/questions.py."""
    told = {name: getattr(application.startup, name) for name in profile.FIELDS}
    missing = ["profile"] if profile.missing(told) else []
    return missing + questions.gaps(
        application.title if application.title != questions.UNTITLED else "", application.answers
    )


def begin(
    call: Call, challenge: Challenge, startup: Startup, *, declared: Any = (), language: str, by: Any, now: datetime
) -> ChallengeApplication:
    """Begin an application; raises NotNow, NotOffered, AppliedAlready, and NotEligible where a condition is known not to hold."""
    held = calls.held_call(call.id)
    if not held.takes_applications(now):
        raise refusals.NotNow()
    if challenge.status != "final" or challenge.is_record or challenge.programme_id != held.programme_id:
        raise refusals.NotOffered()
    locked(Startup, startup.id)  # of two people who begin at the same moment the second finds the first one's
    if applications.application_of(challenge.id, startup.id) is not None:
        raise refusals.AppliedAlready()
    if not eligibility.may_begin(findings_for(held, startup, challenge, declared)):
        raise refusals.NotEligible()
    begun = ChallengeApplication(
        call_id=held.id, challenge_id=challenge.id, startup_id=startup.id, title=questions.UNTITLED, language=language, answers={},
        declared=list(declared), started_by_id=by.id, created_at=now,
    )  # fmt: skip
    db.session.add(begun)
    db.session.flush()
    return begun


# Writing: each step is saved for itself, and nobody's words are overwritten unseen.


def mark_of(application: ChallengeApplication, step: str) -> str:
    """The mark of what a step holds now."""
    if step == "conditions":
        return edition(sorted(application.declared))
    asked = [application.answers.get(each.key, "") for each in questions.questions_of(step)]
    return edition(*asked, *([application.title, application.language] if step == "about" else []))


def tell(
    application: ChallengeApplication, step: str, facts: dict[str, Any], *, seen: str, by: Any, now: datetime
) -> None:
    """Save a step: answers by their keys, and in the first one title and language; raises ChangedMeanwhile, NotADraft."""
    draft = _draft(application)
    if mark_of(draft, step) != seen:
        raise refusals.ChangedMeanwhile()
    if step == "about":
        draft.title, draft.language = facts["title"] or questions.UNTITLED, facts["language"]
    keys = [each.key for each in questions.questions_of(step)]
    draft.answers = {**draft.answers, **{key: facts.get(key, "") for key in keys}}
    _edited(draft, by, now)


def declare(application: ChallengeApplication, declared: list[str], *, seen: str, by: Any, now: datetime) -> None:
    """Save what its people declare; raises ChangedMeanwhile, NotADraft."""
    draft = _draft(application)
    if mark_of(draft, "conditions") != seen:
        raise refusals.ChangedMeanwhile()
    draft.declared = [each for each in eligibility.DECLARED if each in declared]
    _edited(draft, by, now)


# Sending and taking back: the call is held first, so that nobody unseals it between the look at the clock and the commit.


def submit(application: ChallengeApplication, *, by: Any, now: datetime) -> ChallengeApplication:
    """Send it: sealed until the deadline. Raises NotNow to the second, NotComplete, NotEligible, NotADraft."""
    call = calls.held_call(application.call_id)
    draft = _draft(application)
    if not call.takes_applications(now):
        raise refusals.NotNow()
    whole = applications.application_by_id(draft.id)
    assert whole is not None
    if missing := gaps_of(whole):
        raise refusals.NotComplete(missing)
    findings = findings_of(whole)
    if not eligibility.is_eligible(findings):
        raise refusals.NotEligible()
    whole.findings = [[each.kind, each.value, each.holds, each.why] for each in findings]
    whole.profile = profile_of(whole.startup)
    whole.submitted_at, whole.submitted_by_id = now, by.id
    advance(whole, "submit", by=by, now=now)
    # What is offered is sealed: the log names the act alone.
    audit.record("challenge_application.submitted", on=whole, by=by, now=now)
    telling.send_receipt(whole, now=now)
    return whole


def reopen(application: ChallengeApplication, *, by: Any, now: datetime) -> None:
    """Take a sent application back to change it; until the deadline only. Raises NotNow, IllegalMove."""
    call = calls.held_call(application.call_id)
    held: ChallengeApplication = locked(ChallengeApplication, application.id)
    if not call.takes_applications(now):
        raise refusals.NotNow()
    advance(held, "reopen", by=by, now=now)
    audit.record("challenge_application.reopened", on=held, by=by, now=now)


def withdraw(application: ChallengeApplication, *, why: str, by: Any, now: datetime) -> None:
    """Give it up; what was given to assessors is taken from them, and an interview called off. Raises IllegalMove."""
    calls.held_call(application.call_id)
    held: ChallengeApplication = locked(ChallengeApplication, application.id)
    advance(held, "withdraw", by=by, now=now, why=why)
    items.withdraw(held.name, why=why, by=by, now=now)
    interview = interviews.interview_of(held.id)
    if interview is not None:
        items.withdraw(interview.name, why=why, by=by, now=now)
        if interview.status == "planned":
            advance(interview, "cancel", by=by, now=now, why=why)
            telling.tell_interview(interview, "cancelled", now=now, by=by.id)
    audit.record("challenge_application.withdrawn", on=held, by=by, now=now)
    announce(ApplicationWithdrawn(held.id, now))


def _draft(application: ChallengeApplication) -> ChallengeApplication:
    held: ChallengeApplication = locked(ChallengeApplication, application.id)
    if held.status != "draft":
        raise refusals.NotADraft()
    return held


def _edited(draft: ChallengeApplication, by: Any, now: datetime) -> None:
    draft.edited_at, draft.edited_by_id = now, by.id
    db.session.flush()
