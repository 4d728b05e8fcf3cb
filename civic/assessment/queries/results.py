"""Questions about scores: who gave what, what was agreed, what came of it. Who may be told is for access.py to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select, union

from civic.assessment.models import AgreedScore, Assignment, Item, Meeting, Panel, Score
from civic.assessment.queries.items import active_of
from civic.assessment.queries.panels import criteria_of, weights_of
from civic.assessment.rules import scoring
from civic.core.db import db
from civic.core.i18n import Words


@dataclass(frozen=True)
class CriterionResult:
    """What came of one criterion: the mean of the assessors, and what a meeting agreed, where it did."""

    title: Words
    weight: int  # in percent of nothing: only against the other weights
    scale: int  # the highest score
    mean: Decimal
    agreed: int | None

    @property
    def value(self) -> Decimal:
        """What counts, with two decimals at most."""
        return self.mean if self.agreed is None else Decimal(self.agreed)


@dataclass(frozen=True)
class Result:
    """What came of an item. Never for whoever has an interest in it, or stands behind it: ask has_interest() first."""

    bps: int  # hundredths of a percent of the highest possible
    spread_bps: int
    is_agreed: bool
    criteria: tuple[CriterionResult, ...]


def result_of(subject: str) -> Result | None:
    """The result of a thing ("application:12") once all its scores are in; None before, and where it is not assessed."""
    item = db.session.scalars(select(Item).where(Item.subject == subject)).one_or_none()
    if item is None or not item.is_in:
        return None
    panel = db.session.get_one(Panel, item.panel_id)
    given, agreed = [values_of(each) for each in marks_of(item).values()], values_of(agreed_of(item))
    found = [
        CriterionResult(
            title=Words(each.title, panel.language),
            weight=each.weight,
            scale=panel.scale,
            mean=scoring.two_places(scoring.mean([one[each.id] for one in given])),
            agreed=agreed.get(each.id),
        )
        for each in criteria_of(panel)
    ]
    assert item.result_bps is not None
    assert item.spread_bps is not None
    return Result(item.result_bps, item.spread_bps, item.status == "agreed", tuple(found))


def published_scores(subject: str) -> list[dict[str, Any]]:
    """The scores of an agreed item as they may be published with it, where its panel publishes them; else none.

    Each is {"title", "language", "weight", "value", "scale"}; a value is whole, or a text with two decimals ("3.50").
    """
    publishes = (
        select(Panel.publishes_scores)
        .join(Item, Item.panel_id == Panel.id)
        .where(Item.subject == subject, Item.status == "agreed")
    )
    result = result_of(subject) if db.session.scalar(publishes) else None
    return [
        {
            "title": each.title.text,
            "language": each.title.language,
            "weight": each.weight,
            "value": int(each.value) if each.value == int(each.value) else str(each.value),
            "scale": each.scale,
        }
        for each in (result.criteria if result else ())
    ]


def who_assessed(subject: str) -> frozenset[int]:
    """Everybody who ever sent scores for a thing, also before a conflict of interest came up, or wrote down agreed ones."""
    item = select(Item.id).where(Item.subject == subject).scalar_subquery()
    sent = select(Assignment.user_id).where(
        Assignment.item_id == item, Assignment.sent > 0, Assignment.user_id.is_not(None)
    )
    wrote = select(AgreedScore.author_id).where(AgreedScore.item_id == item)
    return frozenset(db.session.scalars(union(sent, wrote)))


def marks_of(item: Item) -> dict[int, list[Score]]:
    """The scores that count for an item, by assignment, in the order of asking; only of those who are in."""
    found: dict[int, list[Score]] = {each.id: [] for each in active_of(item) if each.status == "submitted"}
    rows = (
        select(Score)
        .join(Assignment, (Assignment.id == Score.assignment_id) & (Assignment.sent == Score.round))
        .where(Assignment.id.in_(found))
        .order_by(Score.id)
    )
    for score in db.session.scalars(rows):
        found[score.assignment_id].append(score)
    return found


def sent_by(assignment: Assignment) -> dict[int, Score]:
    """What somebody sent last, by criterion."""
    mine = select(Score).where(Score.assignment_id == assignment.id, Score.round == assignment.sent)
    return {each.criterion_id: each for each in db.session.scalars(mine)}


def agreed_of(item: Item) -> list[AgreedScore]:
    """What counts of what meetings agreed for an item, one row a criterion."""
    mine = select(AgreedScore).where(AgreedScore.item_id == item.id, AgreedScore.round == item.round)
    latest = {each.criterion_id: each for each in db.session.scalars(mine.order_by(AgreedScore.id))}
    return list(latest.values())


def all_agreed_of(item: Item) -> list[AgreedScore]:
    """Everything that meetings ever agreed for an item, latest first."""
    mine = select(AgreedScore).where(AgreedScore.item_id == item.id)
    return list(db.session.scalars(mine.order_by(AgreedScore.id.desc())))


def values_of(scores: Iterable[Score | AgreedScore]) -> dict[int, int]:
    """The bare values by criterion."""
    return {each.criterion_id: each.value for each in scores}


def shares_of(item: Item, panel: Panel) -> dict[int, Fraction]:
    """Each assessor's own result for an item, exactly, by assignment."""
    weights = weights_of(panel)
    return {
        number: scoring.weighted(values_of(scores), weights, panel.scale) for number, scores in marks_of(item).items()
    }


def meetings_of(panel: Panel) -> list[Meeting]:
    """A panel's meetings, latest first."""
    mine = select(Meeting).where(Meeting.panel_id == panel.id)
    return list(db.session.scalars(mine.order_by(Meeting.held_on.desc(), Meeting.id.desc())))


def meeting_by_id(meeting_id: int) -> Meeting | None:
    """The meeting with this number."""
    return db.session.get(Meeting, meeting_id) if 0 < meeting_id < 2**62 else None


def to_talk_about(panel: Panel) -> list[Item]:
    """Items whose assessors are too far apart for the mean to stand, farthest apart first."""
    found = select(Item).where(Item.panel_id == panel.id, Item.status == "scored", Item.spread_bps >= panel.gap * 100)
    return list(db.session.scalars(found.order_by(Item.spread_bps.desc(), Item.id)))


def where_the_mean_may_stand(panel: Panel) -> list[Item]:
    """Items whose assessors are near enough to each other that nobody has to talk about them, by number."""
    found = select(Item).where(Item.panel_id == panel.id, Item.status == "scored", Item.spread_bps < panel.gap * 100)
    return list(db.session.scalars(found.order_by(Item.id)))


def agreed_in(meeting: Meeting) -> list[Item]:
    """The items for which a meeting agreed something, by title."""
    ids = select(AgreedScore.item_id).where(AgreedScore.meeting_id == meeting.id)
    return list(db.session.scalars(select(Item).where(Item.id.in_(ids)).order_by(func.lower(Item.title), Item.id)))
