"""After the scores: a meeting agrees where assessors were far apart, and elsewhere the mean stands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from civic.assessment.actions.items import agree_on, must_be_impartial, must_be_open
from civic.assessment.models import AgreedScore, Item, Meeting, Panel
from civic.assessment.queries import interests, panels, results
from civic.assessment.refusals import (
    ChangedMeanwhile,
    MustBeTalkedAbout,
    NotAllIn,
    NotComplete,
    NotToBeAssessed,
    TooFewPeople,
    WrongMeeting,
)
from civic.assessment.rules import scoring
from civic.assessment.rules.choices import FEWEST_WORDS
from civic.assessment.rules.editions import edition
from civic.assessment.rules.scoring import Mark
from civic.core import audit, subjects
from civic.core.db import db, locked


def hold_meeting(
    panel: Panel,
    *,
    held_on: date,
    people: Sequence[tuple[int | None, str]],
    notes: str,
    by: Any,
    now: datetime,
    language: str = "en",
) -> Meeting:
    """Write down that a meeting was held: when, who was there (number and name), what was said. Raises PanelNotOpen, TooFewPeople."""
    must_be_open(panel.id)
    if len(people) < 2:
        raise TooFewPeople()
    meeting = Meeting(
        panel_id=panel.id,
        held_on=held_on,
        people=[{"id": number, "name": name} for number, name in people],
        notes=notes,
        language=language,
        written_by_id=by.id,
        at=now,
    )
    db.session.add(meeting)
    db.session.flush()
    after = {"held_on": held_on.isoformat(), "people": [number for number, _ in people if number is not None]}
    audit.record("assessment.meeting", on=meeting, by=by, now=now, after=after)
    return meeting


def agree(
    item: Item, values: Mapping[int, Mark], meeting: Meeting, *, by: Any, now: datetime, language: str = "en"
) -> None:
    """Write down what a meeting agreed for every criterion of an item, beside the scores it started from.

    A score needs a reason unless it is what every assessor gave. A later meeting may agree anew; everything is kept.
    Raises OwnInterest, PanelNotOpen, NotAllIn, WrongMeeting, NotComplete.
    """
    held, panel = _hold(item, by)
    if meeting.panel_id != panel.id:
        raise WrongMeeting()
    weights = panels.weights_of(panel)
    given = [results.values_of(scores) for scores in results.marks_of(held).values()]
    missing = [each for each in weights if not _is_whole(values.get(each), [one[each] for one in given], panel.scale)]
    if missing or set(values) - set(weights):
        raise NotComplete(missing)
    agreed = {each: mark.value for each, mark in values.items() if mark.value is not None}
    for each in weights:
        row = AgreedScore(item_id=held.id, criterion_id=each, meeting_id=meeting.id, round=held.round, author_id=by.id)
        row.value, row.justification, row.language, row.at = agreed[each], values[each].words.strip(), language, now
        db.session.add(row)
    db.session.flush()
    share = scoring.item_result(given, weights, panel.scale, agreed)
    audit.record("assessment.agreed", on=held, by=by, now=now, after={"meeting": meeting.id})
    agree_on(held, scoring.bps(share), by=by, now=now)


def let_mean_stand(item: Item, *, by: Any, now: datetime) -> None:
    """Agree an item without a meeting, because its assessors are near enough to each other; the mean is its result.

    Raises MustBeTalkedAbout where they are not, OwnInterest, PanelNotOpen, NotAllIn.
    """
    held, panel = _hold(item, by, states=("scored",))
    assert held.result_bps is not None
    assert held.spread_bps is not None
    if scoring.needs_talk(held.spread_bps, panel.gap):
        raise MustBeTalkedAbout()
    audit.record("assessment.mean_stands", on=held, by=by, now=now)
    agree_on(held, held.result_bps, by=by, now=now)


def edition_of_means(items: Iterable[Item]) -> str:
    """The mark of a list of items whose mean may stand, so that what is confirmed is what was shown."""
    return edition([(each.id, each.round, each.result_bps) for each in items])


def means_for(panel: Panel, by: Any) -> list[Item]:
    """The items whose mean somebody may let stand: without those they have an interest in or stand behind."""
    return interests.shown_to(by.id, results.where_the_mean_may_stand(panel))


def let_means_stand(panel: Panel, *, by: Any, now: datetime, seen: str | None = None) -> int:
    """The same for every such item of a panel at once; tells how many. Raises ChangedMeanwhile where others were `seen`."""
    found = means_for(panel, by)
    if seen is not None and edition_of_means(found) != seen:
        raise ChangedMeanwhile()
    for each in found:
        let_mean_stand(each, by=by, now=now)
    return len(found)


def _hold(item: Item, by: Any, states: tuple[str, ...] = ("scored", "agreed")) -> tuple[Item, Panel]:
    subjects.hold(item.subject)
    panel = must_be_open(item.panel_id)
    held: Item = locked(Item, item.id)
    must_be_impartial(held.subject, by)
    if held.status not in states:
        raise NotAllIn() if held.status == "waiting" else NotToBeAssessed()
    return held, panel


def _is_whole(mark: Mark | None, given: list[int], scale: int) -> bool:
    if mark is None or mark.value is None or not 0 <= mark.value <= scale:
        return False
    return len(mark.words.strip()) >= FEWEST_WORDS or not scoring.needs_reason(mark.value, given)
