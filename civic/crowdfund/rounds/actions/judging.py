"""What officers do with what was handed in: answer expressions, rule out, recommend, tell everybody how it ended and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from civic.assessment import queries as assessment
from civic.assessment.actions import items
from civic.core import audit, subjects
from civic.core.db import db, locked
from civic.core.errors import Conflict
from civic.core.states import IllegalMove, advance
from civic.crowdfund.rounds.actions import rounds, telling
from civic.crowdfund.rounds.models import Application, Expression, Round
from civic.crowdfund.rounds.queries import applications as queries
from civic.grants.actions import decisions
from civic.grants.actions.standing import must_be_impartial
from civic.grants.models import Decision
from civic.grants.proposing import Proposed, Terms
from civic.grants.queries.awards import of_subject
from civic.grants.queries.funds import pot_by_owner


class Sealed(Conflict):
    """Nobody reads or judges anything before the deadline."""

    sentence = _l("Applications are sealed until the deadline has passed.")


class HasAward(Conflict):
    """Money was recommended or decided for it."""

    sentence = _l("Money was recommended or decided for this application. That must be ended first.")


class SaidAlready(Conflict):
    """An application is answered once."""

    sentence = _l("This was answered already.")


def answer_expression(
    expression: Expression, *, is_encouraged: bool, feedback: str, language: str, by: Any, now: datetime
) -> None:
    """Answer an expression of interest: whether to apply, and what would make it better; they are told."""
    held: Expression = locked(Expression, expression.id)
    if held.status == "answered":
        raise SaidAlready()
    if by.id in (held.started_by_id, held.edited_by_id) or queries.acts_for(held, by):
        from civic.grants.refusals import IsTheirOwn

        raise IsTheirOwn()
    held.is_encouraged, held.feedback, held.feedback_language = is_encouraged, feedback, language
    held.answered_by_id, held.answered_at = by.id, now
    advance(held, "answer", by=by, now=now)
    telling.tell_expression(held, now=now)


def rule_out(application: Application, *, why: str, by: Any, now: datetime) -> None:
    """An application does not meet a condition after all: the assessors no longer see it, and the applicant is told why."""
    held = _unsealed(application)
    must_be_impartial(held.name, by)
    if of_subject(held.name) is not None:
        raise HasAward()
    advance(held, "rule_out", by=by, now=now, why=why)
    held.feedback, held.feedback_language, held.feedback_by_id, held.feedback_at = why, held.language, by.id, now
    items.withdraw(held.name, why=why, by=by, now=now)
    audit.record("application.ruled_out", on=held, by=by, now=now, why=why)
    telling.tell_application(held, "application_ruled_out", now=now)


def reinstate(application: Application, *, why: str, by: Any, now: datetime) -> None:
    """It was eligible after all: the assessors get it back."""
    held = _unsealed(application)
    must_be_impartial(held.name, by)
    advance(held, "reinstate", by=by, now=now, why=why)
    held.feedback, held.feedback_by_id, held.feedback_at = "", None, None
    audit.record("application.reinstated", on=held, by=by, now=now, why=why)
    whole, panel = queries.application_by_id(held.id), assessment.panel_of(f"round:{held.round_id}")
    assert whole is not None
    assert panel is not None
    rounds.enter(whole, panel, now=now)


def recommend(application: Application, terms: Terms, *, by: Any, now: datetime) -> Decision:
    """Recommend the Mayor's pledge for an application; others decide (civic.grants).

    Raises Sealed, IllegalMove, and what grants refuse.
    """
    held = _unsealed(application)
    whole = queries.application_by_id(held.id)
    assert whole is not None
    if whole.status not in ("submitted", "unsuccessful"):
        raise IllegalMove()
    pot = pot_by_owner(f"round:{whole.round_id}")
    assert pot is not None
    proposed = Proposed(
        pot=pot,
        subject=whole.name,
        title=whole.title,
        summary=whole.summary,
        language=whole.language,
        place=whole.borough,
        organisation_id=whole.organisation_id,
        person_id=whole.person_id,
        recipient=whole.organisation.name if whole.organisation else telling.name_of(whole),
        needs_target=bool(whole.tier and whole.tier.needs_target and whole.campaign_id),
        note=whole.note,
    )
    return decisions.recommend(proposed, terms, by=by, now=now)


def turn_down(application: Application, *, feedback: str, language: str, by: Any, now: datetime) -> None:
    """Say no, with what would have made it better; raises HasAward while money is recommended or decided for it."""
    held = _unsealed(application)
    must_be_impartial(held.name, by)
    if of_subject(held.name) is not None:
        raise HasAward()
    if held.status == "unsuccessful":
        raise SaidAlready()
    advance(held, "turn_down", by=by, now=now)
    held.feedback, held.feedback_language, held.feedback_by_id, held.feedback_at = feedback, language, by.id, now
    audit.record("application.turned_down", on=held, by=by, now=now)
    telling.tell_application(held, "application_turned_down", now=now)


def recommend_together(chosen: Sequence[tuple[Application, Terms]], *, by: Any, now: datetime) -> list[Decision]:
    """Recommend several in one act: all of them, or none; raises what recommending one of them would."""
    # Everybody locks campaigns in this order, and applications after them.
    ordered = sorted(chosen, key=lambda each: (each[0].campaign_id or 0, each[0].id))
    return [recommend(application, terms, by=by, now=now) for application, terms in ordered]


def _unsealed(application: Application) -> Application:
    """The application, locked after its campaign, as everybody does; raises Sealed."""
    subjects.hold(application.name)
    held: Application = locked(Application, application.id)
    if db.session.get_one(Round, held.round_id).unsealed_at is None:
        raise Sealed()
    return held
