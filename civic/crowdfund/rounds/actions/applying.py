"""Expressions of interest and applications: begun, written by several people, checked, sent before the deadline, taken back."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.accounts.models import Organisation
from civic.core import audit, files
from civic.core.db import db, locked
from civic.core.errors import CivicError, Conflict
from civic.core.money import Money
from civic.core.states import advance
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries.writing import budget_of
from civic.crowdfund.rounds.actions import telling
from civic.crowdfund.rounds.models import Application, Expression, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.crowdfund.rounds.queries import rounds as round_queries
from civic.crowdfund.rounds.rules import dates
from civic.crowdfund.rounds.rules.answers import gaps as answer_gaps
from civic.crowdfund.rounds.rules.answers import yes_keys
from civic.crowdfund.rounds.rules.eligibility import Facts, Finding, check, is_eligible
from civic.grants.rules.amounts import Amounts

Thing = Expression | Application
LETTER = ("referee", "referee_file_id")


class NotNow(Conflict):
    """Before the opening, or at or after the deadline, to the second."""

    sentence = _l("This round is not taking this now. What you wrote is kept.")


class NotADraft(Conflict):
    """It was handed in."""

    sentence = _l("This was sent, so it cannot be changed. Take it back first, if the deadline has not passed.")


class NotComplete(CivicError):
    """Something is missing; `gaps` names it by code."""

    sentence, status = _l("Some things are still missing. The list says which."), 422

    def __init__(self, gaps: list[str]):
        super().__init__()
        self.gaps = gaps


class NotEligible(CivicError):
    """A condition of the round does not hold."""

    sentence, status = _l("A condition of this round is not met. The list says which, and why."), 422


class AppliedAlready(Conflict):
    """A campaign applies once to a round."""

    sentence = _l("This campaign has an application to this round already.")


class NotEncouraged(Conflict):
    """A round that asks for an expression of interest takes applications only after its answer."""

    sentence = _l("This round asks for an expression of interest first. You can apply once it was answered.")


# Beginning.


def express(
    round_: Round, *, organisation: Organisation | None, title: str, language: str, by: Any, now: datetime
) -> Expression:
    """Begin an expression of interest, for an organisation or for oneself; raises NotNow."""
    if round_.status != "open" or not dates.takes_expressions(round_.dates, now):
        raise NotNow()
    begun = Expression(
        round_id=round_.id,
        organisation_id=organisation.id if organisation else None,
        person_id=None if organisation else by.id,
        started_by_id=by.id,
        language=language,
        title=title,
        answers={},
        created_at=now,
    )
    db.session.add(begun)
    db.session.flush()
    return begun


def apply(
    round_: Round,
    *,
    campaign: Campaign | None,
    organisation: Organisation | None,
    title: str,
    language: str,
    expression: Expression | None = None,
    by: Any,
    now: datetime,
) -> Application:
    """Begin an application with a campaign, for an organisation without one, or for oneself.

    Raises NotNow, AppliedAlready, NotEncouraged.
    """
    if round_.status != "open" or now >= _deadline(round_):
        raise NotNow()
    is_answered = expression is not None and expression.status == "answered" and expression.round_id == round_.id
    if round_.needs_expression and not is_answered:
        raise NotEncouraged()
    if campaign is not None and any(each.round_id == round_.id for each in queries.of_campaign(campaign.id)):
        raise AppliedAlready()
    body = campaign.organisation_id if campaign else organisation.id if organisation else None
    begun = Application(
        round_id=round_.id,
        campaign_id=campaign.id if campaign else None,
        expression_id=expression.id if expression else None,
        organisation_id=body,
        person_id=None if body else by.id,
        started_by_id=by.id,
        language=campaign.language if campaign else language,
        title=campaign.title if campaign else title or (expression.title if expression else ""),
        summary=campaign.summary if campaign else expression.summary if expression else "",
        borough=campaign.borough if campaign else expression.borough if expression else None,
        answers={},
        created_at=now,
    )
    if len(round_.tiers) == 1:
        begun.tier_id = round_.tiers[0].id
    db.session.add(begun)
    db.session.flush()
    return begun


# Writing.


def tell(thing: Thing, facts: dict[str, Any], *, seen: str, by: Any, now: datetime) -> None:
    """Save some of it; raises ChangedMeanwhile where somebody else changed the same since it was `seen`, and NotADraft."""
    draft = _draft(thing)
    if edition(draft, tuple(facts)) != seen:  # type: ignore[arg-type]
        raise ChangedMeanwhile()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.edited_at, draft.edited_by_id = now, by.id
    db.session.flush()


def answer(thing: Thing, answers: dict[str, str], *, seen: str, by: Any, now: datetime) -> None:
    """Save answers to some questions, beside those that are there; raises ChangedMeanwhile and NotADraft."""
    draft = _draft(thing)
    if mark_of(draft, tuple(answers)) != seen:
        raise ChangedMeanwhile()
    draft.answers = {**draft.answers, **answers}
    draft.edited_at, draft.edited_by_id = now, by.id
    db.session.flush()


def mark_of(thing: Thing, keys: tuple[str, ...]) -> str:
    """The mark of some answers as they stand, so that a save can tell whether they changed meanwhile."""
    return edition(_Answers({key: thing.answers.get(key, "") for key in keys}), keys)  # type: ignore[arg-type]


class _Answers:
    """Answers read as fields."""

    def __init__(self, answers: dict[str, str]):
        self.__dict__.update(answers)


def keep_letter(
    application: Application, upload: Any, *, referee: str, by: Any, now: datetime, seen: str | None = None
) -> None:
    """Keep the letter of somebody who knows an individual applicant, instead of the one that is there.

    Raises FileRefused, NotADraft, and ChangedMeanwhile where it is not the one that the writer had `seen`.
    """
    draft = _draft(application)
    assert isinstance(draft, Application)
    if seen is not None and edition(draft, LETTER) != seen:  # type: ignore[arg-type]
        raise ChangedMeanwhile()
    draft.referee = referee
    if upload is not None:
        before = queries.referee_file(draft)
        draft.referee_file_id = files.keep_document(upload, now=now, field="letter").id
        if before is not None:
            db.session.flush()
            db.session.delete(before)
    draft.edited_at, draft.edited_by_id = now, by.id
    db.session.flush()


# Checking and sending.


def facts_of(application: Application, now: datetime) -> Facts:
    """What the rules of eligibility ask, as it is at this moment."""
    round_, campaign, body = application.round, application.campaign, application.organisation
    costs = budget_of(campaign) if campaign else None
    return Facts(
        now=now,
        organisation_kind=body.kind if body else None,
        is_verified=bool(body and body.is_verified),
        has_referee=bool(application.referee and application.referee_file_id),
        borough=campaign.borough if campaign else application.borough,
        has_campaign=campaign is not None,
        is_live=bool(campaign and campaign.is_open(now)),
        opened_at=campaign.opened_at if campaign else None,
        closes_at=campaign.closes_at if campaign else None,
        cost=costs.target if costs else application.cost,
        costs=Amounts(costs.capital, costs.revenue) if costs else None,
        ask=application.ask,
        turnover=None if application.turnover_minor is None else Money(application.turnover_minor),
        yes=yes_keys(application.answers),
        live_by=round_.campaigns_live_by,
        close_by=round_.targets_by,
    )


def findings_of(application: Application, now: datetime) -> list[Finding]:
    """How every condition of the round and of the chosen tier is met at this moment."""
    rules = round_queries.rules_of(application.round, application.tier_id)
    return check(rules, facts_of(application, now))


def gaps_of(application: Application) -> list[str]:
    """What is missing before it can be sent, by code.

    "tier", "campaign" (for a size of pledge that needs one), "ask", "title", "summary", "borough", "cost_minor",
    "answer:<key>", "words:<key>".
    """
    found = [] if application.tier_id is not None else ["tier"]
    if application.tier is not None and application.tier.needs_target and application.campaign_id is None:
        found.append("campaign")
    found += [] if application.ask else ["ask"]
    if application.campaign_id is None:
        found += [name for name in ("title", "summary", "borough", "cost_minor") if not getattr(application, name)]
    asked = [each for each in application.round.questions if each.stage == "application"]
    return found + answer_gaps(asked, application.answers)


def submit(application: Application, *, by: Any, now: datetime) -> Application:
    """Hand it in: sealed until the deadline. Raises NotNow to the second, NotComplete, NotEligible, NotADraft."""
    draft = _draft(application)
    whole = queries.application_by_id(draft.id)
    assert whole is not None
    if whole.round.status != "open" or not dates.takes_applications(whole.round.dates, now):
        raise NotNow()
    if missing := gaps_of(whole):
        raise NotComplete(missing)
    findings = findings_of(whole, now)
    if not is_eligible(findings):
        raise NotEligible()
    whole.findings = [[each.rule.kind, each.rule.sentence, each.holds] for each in findings]
    if whole.campaign is not None:
        whole.title, whole.summary, whole.borough = whole.campaign.title, whole.campaign.summary, whole.campaign.borough
        whole.cost_minor = budget_of(whole.campaign).target.minor
    whole.submitted_at, whole.submitted_by_id = now, by.id
    advance(whole, "submit", by=by, now=now)
    # What is asked for is sealed with the rest: the log names the act alone.
    audit.record("application.submitted", on=whole, by=by, now=now)
    telling.tell_application(whole, "application_received", now=now)
    return whole


def submit_expression(expression: Expression, *, by: Any, now: datetime) -> None:
    """Hand an expression of interest in; raises NotNow, NotComplete, NotADraft."""
    draft = _draft(expression)
    whole = queries.expression_by_id(draft.id)
    assert whole is not None
    if whole.round.status != "open" or not dates.takes_expressions(whole.round.dates, now):
        raise NotNow()
    asked = [each for each in whole.round.questions if each.stage == "expression"]
    missing = [name for name in ("title", "summary", "borough") if not getattr(whole, name)]
    if missing := missing + answer_gaps(asked, whole.answers):
        raise NotComplete(missing)
    whole.submitted_at = now
    advance(whole, "submit", by=by, now=now)


def reopen(application: Application, *, by: Any, now: datetime) -> None:
    """Take a sent application back to change it; possible until the deadline only. Raises NotNow, IllegalMove."""
    held = _held(application)
    if now >= _deadline(db.session.get_one(Round, held.round_id)):
        raise NotNow()
    advance(held, "reopen", by=by, now=now)


def withdraw(thing: Thing, *, by: Any, now: datetime, why: str = "") -> None:
    """Give it up; what was handed to assessors is taken from them."""
    from civic.assessment.actions import items

    held = _held(thing)
    advance(held, "withdraw", by=by, now=now, why=why)
    if isinstance(held, Application):
        items.withdraw(held.name, why=why, by=by, now=now)
        audit.record("application.withdrawn", on=held, by=by, now=now)


def _deadline(round_: Round) -> datetime:
    assert round_.applications_close_at is not None, "an open round has a deadline"
    return round_.applications_close_at


def _held(thing: Any) -> Any:
    return locked(type(thing), thing.id)


def _draft(thing: Thing) -> Thing:
    held: Thing = _held(thing)
    if held.status != "draft":
        raise NotADraft()
    return held
