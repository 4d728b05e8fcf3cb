"""Consultations know no kind of activity by name: whatever a package declares can be held, read, sorted and told."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from civic.consultations.actions import clock, linking, telling, writing
from civic.consultations.actions import outcome as outcomes
from civic.consultations.models import Link
from civic.consultations.queries import mine, outcome, reading, registry
from civic.core.db import db
from civic.core.manifest import Activity, ActivityFacts, Contributed, Contribution
from civic.core.subjects import named


class Plaza:
    """A place where people talk, which no package knows: texts by number, with who said each."""

    def __init__(self, now: datetime):
        self.now, self.said = now, dict[int, tuple[int | None, str]]()

    def facts(self, numbers: Any) -> dict[int, ActivityFacts]:
        return (
            {1: ActivityFacts(1, "The plaza", "en", "/en/plaza", None, None, True, len(self.said))}
            if 1 in set(numbers)
            else {}
        )

    def one(self, number: int) -> Contributed:
        person, text = self.said[number]
        return Contributed(number, "plaza:1", person, text, "en", f"/en/plaza#{number}", self.now)

    def load(self, numbers: Any) -> dict[int, Contributed]:
        return {number: self.one(number) for number in numbers if number in self.said}

    def within(self, activity: str, after: int | None, most: int) -> list[Contributed]:
        above = sorted(number for number in self.said if number > (after or 0)) if activity == "plaza:1" else []
        return [self.one(number) for number in above[:most]]

    def by(self, person: int) -> list[Contributed]:
        return [self.one(number) for number, (who, _text) in sorted(self.said.items()) if who == person]

    def givers(self, activity: str) -> frozenset[int]:
        return frozenset(who for who, _text in self.said.values() if who) if activity == "plaza:1" else frozenset()

    def count(self, activity: str) -> int:
        return len(self.said) if activity == "plaza:1" else 0


@pytest.fixture
def plaza(in_request: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Plaza:
    place, house = Plaza(now), in_request.extensions["civic"]
    monkeypatch.setitem(house.activities, "plaza", Activity("plaza", "Plaza", place.facts, lambda: [(1, "The plaza")]))
    remarks = Contribution("remark", "Remark", place.load, place.within, place.by, place.givers, place.count)
    monkeypatch.setitem(house.contributions, "remark", remarks)
    return place


def test_what_another_package_holds_is_held_read_sorted_and_told(make, people, plaza, now, told, run_jobs, monkeypatch):
    researcher, _approver, member = people
    survey = make.words_survey(status="closed")
    answers = make.says(survey, "From the survey", person=member)
    consultation = make.consultation("open", holds=[survey])
    writing.add_activity(consultation, "plaza:1", by=researcher, now=now)
    other = make.member()
    plaza.said = {1: (member.id, "From the plaza"), 2: (other.id, "Trees"), 3: (None, "Nobody's")}
    clock.tick(consultation, consultation.closes_at)
    assert (consultation.given, registry.count("plaza:1")) == (4, 3)
    assert {source.key for source in reading.sources(consultation.id)} == {
        f"survey:{survey.id}|response",
        "plaza:1|remark",
    }
    theme = make.theme(consultation, by=researcher)
    linking.assign(consultation, ["remark:1", *answers], theme_id=theme.id, fate="noted", by=researcher, now=now)
    monkeypatch.setattr(linking, "MOST_AT_ONCE", 1)
    linking.assign_rest(consultation, "plaza:1", theme_id=theme.id, fate="taken_up", why="", by=researcher, now=now)
    db.session.commit()
    run_jobs()
    assert outcome.outcome_of(consultation.id).fates(theme.id) == {"noted": 2, "taken_up": 2}
    assert sorted(db.session.scalars(select(Link.contribution))) == sorted(
        [*answers, "remark:1", "remark:2", "remark:3"]
    )
    assert {gave.name for gave in mine.given_by(member.id).items} == {*answers, "remark:1"}
    telling.inform(consultation.id, telling.audience(consultation), now)
    assert told("consultation_outcome") == [("consultation_outcome", each) for each in sorted((member.id, other.id))]


def test_what_the_house_no_longer_knows_is_left_out_and_breaks_nothing(make, people, now, in_request):
    consultation = make.consultation("open", holds=["ghost:1", "topic:9"])
    clock.tick(consultation, now)
    assert (consultation.given, registry.facts(["ghost:1"]), registry.contributions([named("ghost", 1)])) == (0, {}, {})
    assert reading.sources(consultation.id) == []
    assert telling.audience(consultation) == []


def test_what_names_the_whole_place_is_sorted_where_only_a_part_of_it_is_held(make, people, plaza, now, monkeypatch):
    """A thread that a consultation holds: its comments name their topic."""
    researcher, approver, member = people
    plaza.said = {1: (member.id, "In the thread"), 2: (member.id, "Elsewhere in the topic")}
    kind = registry.contribution_kinds()["remark"]
    part = replace(
        kind, within=lambda activity, after, most: [plaza.one(1)] if activity == "bench:1" and (after or 0) < 1 else []
    )
    monkeypatch.setitem(registry.contribution_kinds(), "remark", part)  # type: ignore[arg-type]
    consultation = make.consultation("considering", holds=["bench:1"])
    theme = make.outcome(consultation, by=researcher)
    assert (
        linking.assign(consultation, ["remark:1", "remark:2"], theme_id=theme.id, fate="noted", by=researcher, now=now)
        == 1
    )
    outcomes.submit(consultation, by=researcher, now=now)
    outcomes.sign(consultation, by=approver, now=now, edition=consultation.version_id)
    gave = {each.name: each for each in mine.given_by(member.id).items}
    assert [link.fate for link, _theme in gave["remark:1"].went] == ["noted"]
    assert (gave["remark:1"].consultation, gave["remark:2"].consultation) == (consultation, None)


def test_a_topic_with_its_comments_and_ideas_is_read_and_answered_like_a_survey(make, people, now, told):
    researcher, approver, member = people
    topic = make.topic(title="Heat")
    comment = make.comment(make.thread(topic), by=member, text="Shade at the bus stop")
    other = make.member()
    idea = make.idea(make.thread(topic, kind="ideas"), by=other, text="Trees")
    consultation = make.counted(make.consultation("considering", holds=[f"topic:{topic.id}"]))
    assert (consultation.given, {each.kind for each in reading.sources(consultation.id)}) == (2, {"comment", "idea"})
    theme = make.outcome(consultation, by=researcher)
    names = [named("comment", comment.id), named("idea", idea.comment_id)]
    assert linking.assign(consultation, names, theme_id=theme.id, fate="partly", by=researcher, now=now) == 2
    outcomes.submit(consultation, by=researcher, now=now)
    outcomes.sign(consultation, by=approver, now=now, edition=consultation.version_id)
    for name, giver in zip(names, (member, other), strict=True):
        (gave,) = mine.given_by(giver.id).items
        assert (gave.name, [link.fate for link, _theme in gave.went]) == (name, ["partly"])
    telling.inform(consultation.id, telling.audience(consultation), now)
    assert told("consultation_outcome") == [("consultation_outcome", each.id) for each in (member, other)]


def test_one_thread_of_a_topic_may_be_held_alone(make, people, now):
    researcher, _approver, member = people
    thread = make.thread(make.topic())
    inside, outside = make.comment(thread, by=member), make.comment(make.thread(), by=make.member())
    consultation = make.counted(make.consultation("considering", holds=[f"thread:{thread.id}"]))
    assert consultation.given == 1
    theme = make.theme(consultation, by=researcher)
    names = [named("comment", each.id) for each in (inside, outside)]
    assert linking.assign(consultation, names, theme_id=theme.id, fate="noted", by=researcher, now=now) == 1
