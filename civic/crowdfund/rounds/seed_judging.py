"""How the demo's applications are judged: three assessors, each application read by two; one pair is far apart, one is not in yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from civic.assessment import queries as assessment
from civic.assessment.actions import assigning, interests, moderating, panels, scoring
from civic.assessment.actions.panels import CriterionPlan
from civic.assessment.models import Criterion
from civic.assessment.queries.items import item_of
from civic.assessment.rules.scoring import Mark
from civic.core.db import db
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries import applications
from civic.crowdfund.seed_content import rounds as content
from civic.grants.seeds import Desk

Told = tuple[str, int, str, str, str]
"""A criterion: title, weight, guidance, and what the lowest and the highest score mean."""


def criteria(made: Round, told: Sequence[Told], desk: Desk, *, now: datetime) -> None:
    """What a round is judged by."""
    panel = assessment.panel_of(made.name)
    assert panel is not None
    plans = [
        CriterionPlan(title, weight, guidance, {"0": low, str(panel.scale): high} if low else {})
        for title, weight, guidance, low, high in told
    ]
    panels.set_criteria(panel, plans, by=desk.officer, now=now)


def autumn(made: Round, desk: Desk, *, now: datetime) -> None:
    """Seats, assignments, interests, scores; and the means of those who are near each other."""
    panel = assessment.panel_of(made.name)
    assert panel is not None
    began = now - timedelta(days=8)
    for assessor in desk.assessors:
        panels.seat(panel, assessor, by=desk.officer, now=began)
    panels.open(panel, by=desk.officer, now=began)
    told = assessment.criteria_of(panel)
    scores = {asked.title: asked.scores for asked in content.APPLICATIONS}
    for place, application in enumerate(applications.submitted(made.id)):
        _judged(application, told, scores[application.title], place, desk, now)
    moderating.let_means_stand(panel, by=desk.officer, now=now - timedelta(days=5))


def _judged(
    application: Application,
    told: Sequence[Criterion],
    scores: Sequence[Sequence[int]],
    place: int,
    desk: Desk,
    now: datetime,
) -> None:
    """Two assessors read it, and most of them send their scores."""
    item = item_of(application.name)
    assert item is not None
    pair = [desk.assessors[(place + turn) % len(desk.assessors)] for turn in range(2)]
    for turn, assessor in enumerate(pair):
        assignment = assigning.assign(item, assessor, by=desk.officer, now=now - timedelta(days=8))
        if turn >= len(scores):
            continue  # not in yet: this one is still blind
        read = now - timedelta(days=7 - turn)
        interests.declare(application.name, user=assessor, has_interest=False, words="", now=read)
        given = zip(told, scores[turn], strict=True)
        marks = {
            criterion.id: Mark(value, content.REASONS[(place + turn + number) % 3])
            for number, (criterion, value) in enumerate(given)
        }
        db.session.refresh(assignment)
        scoring.submit(assignment, marks, by=assessor, now=read + timedelta(hours=1))
