"""Publishing a match: every application moves, both sides are told, and what stands above is told that it happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from civic.accounts.models import User
from civic.challenge.applying.actions import outcomes
from civic.challenge.applying.models import Call
from civic.challenge.applying.queries.seats import people_of_startup
from civic.challenge.matching.actions.runs import _hold, _moved, _ready, file_of
from civic.challenge.matching.events import MatchPublished
from civic.challenge.matching.models import Run
from civic.challenge.matching.models.runs import KIND
from civic.challenge.matching.queries.runs import applications_in, outcome_of
from civic.challenge.matching.refusals import OwnProposal
from civic.challenge.matching.rules.explaining import for_startup
from civic.challenge.matching.wording import feedback
from civic.challenge.models import Challenge
from civic.challenge.queries.seats import people_of_partner
from civic.core.announcements import announce
from civic.core.db import db
from civic.core.states import IllegalMove, advance, can
from civic.core.subjects import named
from civic.notifications.actions import tell


def publish(run: Run, *, by: User, now: datetime) -> None:
    """Make a match count: startups are matched or left, each with its reasons, and everybody concerned is told.

    Raises OwnProposal, OverridesWaiting, InputsChanged, TooFull, HasAStake, IllegalMove.
    """
    held = _hold(run, by)
    if not can(held, "publish"):
        raise IllegalMove()
    if held.proposed_by_id == by.id:
        raise OwnProposal()
    final = _ready(held)
    held.published_by_id, held.published_at, held.file_hash = by.id, now, file_of(held)["sha256"]
    _moved(held, "publish", by, now, held.proposed_why)
    _move_applications(held, final, by, now)
    if not held.is_substitute:
        advance(db.session.get_one(Call, held.call_id), "match", by=by, now=now)
    _tell(held, final, by, now)
    announce(MatchPublished(held.call_id, now))


def _move_applications(run: Run, final: Mapping[str, str | None], by: User, now: datetime) -> None:
    outcome = outcome_of(run)
    for application in applications_in(run):
        startup, challenge = str(application.startup_id), str(application.challenge_id)
        if final[startup] == challenge:
            why = next((each.reason for each in reversed(outcome.overrides) if _made(each, application.id)), "")
            outcomes.match(application, now=now, by=by, why=why)
        elif not run.is_substitute:  # those of a substitute were left before, with their reasons
            said = for_startup(outcome.market, outcome.found, startup, outcome.offered_to(startup), final[startup])
            text = feedback(said, challenge, outcome)
            outcomes.leave(application, text, now=now, by=by, language="en")


def _made(override: object, application_id: int) -> bool:
    """Whether an override gave this application its place."""
    return (override.application_id, override.kind, override.status) == (application_id, "match", "approved")  # type: ignore[attr-defined]


def _tell(run: Run, final: Mapping[str, str | None], by: User, now: datetime) -> None:
    """Startups that were matched, or left at last; partners once a challenge."""
    about = named(KIND, run.id)
    for startup, challenge in final.items():
        if challenge is not None or not run.is_substitute:
            tell(
                "challenge_matching.startup", people_of_startup(int(startup)), about=about, now=now, by=by.id,
                run=run.id, startup=int(startup),
            )  # fmt: skip
    got = {challenge for challenge in final.values() if challenge is not None}
    for number in sorted(got if run.is_substitute else set(run.inputs["challenges"])):
        partner_id = db.session.get_one(Challenge, int(number)).partner_id
        if partner_id is not None:
            tell(
                "challenge_matching.partner", people_of_partner(partner_id), about=about, now=now, by=by.id,
                run=run.id, challenge=int(number),
            )  # fmt: skip
