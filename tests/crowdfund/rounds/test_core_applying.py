"""Applying: before the deadline to the second, eligible and complete, by several people, and sealed until everybody's time is over."""

from datetime import date, timedelta

import pytest

from civic.core.clock import london_minute
from civic.core.db import db
from civic.core.states import IllegalMove
from civic.crowdfund.actions.campaigns import ChangedMeanwhile, edition
from civic.crowdfund.rounds.actions import applying, judging, rounds
from civic.crowdfund.rounds.subjects import draw
from civic.grants.proposing import Terms
from civic.grants.rules.amounts import Amounts
from tests.crowdfund.rounds.town import again, later, queries_round


def test_an_application_is_handed_in_once_and_knows_how_it_was_judged(town):
    campaign = town.campaign()
    application = town.applied(campaign)
    assert application.status == "submitted"
    assert application.cost_minor == 20_000_00
    assert {holds for _, _, holds in application.findings} == {True}
    with pytest.raises(applying.NotADraft):
        applying.submit(application, by=town.make.member(), now=town.now)
    with pytest.raises(applying.AppliedAlready):
        town.application(campaign)


@pytest.mark.parametrize(
    "day, clock",
    (
        (date(2026, 12, 3), "23:59"),
        (date(2027, 3, 28), "00:59"),  # an hour before the clocks go forward
        (date(2027, 3, 28), "02:00"),  # the first minute of summer time
        (date(2026, 12, 25), "12:00"),
        (date(2027, 10, 31), "01:30"),  # this minute comes twice: the first counts
    ),
)
def test_the_deadline_is_a_london_minute_to_the_second(town, day, clock):
    closes = london_minute(day, clock)
    town.round.applications_close_at, town.round.campaigns_live_by = closes, None
    town.round.targets_by = closes + timedelta(days=90)
    for seconds, may in ((1, False), (0, False), (-1, True)):
        campaign = town.campaign(closes_at=closes + timedelta(days=20))
        draft = town.application(campaign)
        if may:
            applying.submit(draft, by=town.make.member(), now=later(closes, seconds))
        else:
            with pytest.raises(applying.NotNow):
                applying.submit(draft, by=town.make.member(), now=later(closes, seconds))
    assert not rounds.unseal(town.round.id, now=later(closes, -1))
    assert rounds.unseal(town.round.id, now=closes) == 1
    assert rounds.unseal(town.round.id, now=closes) == 0


def test_nothing_is_sent_that_is_not_complete(town):
    draft = town.application(
        town.campaign(), answers={"difference": " ".join(["word"] * 51)}, tier_id=None, capital_minor=0
    )
    with pytest.raises(applying.NotComplete) as refused:
        applying.submit(draft, by=town.make.member(), now=town.now)
    assert refused.value.gaps == ["tier", "ask", "words:difference", "answer:bank"]


@pytest.mark.parametrize(
    "campaign, ask, why",
    (
        ({}, {"capital": 14_000_01}, "beyond_costs"),
        ({"target": 70_000}, {"capital": 42_000_00, "revenue": 8_000_01}, "asks_too_much"),
        ({"target": 20_000}, {"capital": 14_000_00, "revenue": 1_000_01}, "share_too_large"),
        ({"closes": 61}, {}, "closes_too_late"),
        ({"organisation": "unverified"}, {}, "not_verified"),
        ({"organisation": "company"}, {}, "kind"),
    ),
)
def test_every_rule_says_why_not(town, campaign, ask, why):
    facts = {}
    if "target" in campaign:
        from civic.core.money import GBP

        facts["target"] = GBP(campaign["target"])
    if "closes" in campaign:
        facts["closes_at"] = town.now + timedelta(days=campaign["closes"])
    if "organisation" in campaign:
        kind = {"kind": "company"} if campaign["organisation"] == "company" else {}
        status = "unverified" if campaign["organisation"] == "unverified" else "verified"
        facts["organisation"] = town.make.organisation(status=status, **kind)
    draft = town.application(town.campaign(**facts), **ask)
    findings = [each for each in applying.findings_of(draft, town.now) if each.stands_in_the_way]
    assert [each.why for each in findings] == [why]
    with pytest.raises(applying.NotEligible):
        applying.submit(draft, by=town.make.member(), now=town.now)


def test_a_small_project_needs_neither_campaign_nor_organisation_but_a_letter(town):
    person = town.make.member()
    draft = town.application(None, capital=3_000_00, tier=0, by=person)
    assert [each.why for each in applying.findings_of(draft, town.now) if each.stands_in_the_way] == ["no_referee"]
    from civic.core import files

    letter = files.keep_bytes(b"%PDF-1", name="letter.pdf", media_type="application/pdf", is_public=False, now=town.now)
    draft.referee, draft.referee_file_id = "Rosa, Hackney Residents", letter.id
    sent = applying.submit(again(draft), by=person, now=town.now)
    assert sent.status == "submitted"
    town.after_the_deadline()
    award = town.given(sent, capital=3_000_00)
    assert (award.person_id, award.needs_target) == (person.id, False)


def test_two_people_do_not_overwrite_each_other(town):
    draft = town.application(town.campaign())
    seen = edition(draft, ("turnover_minor",))
    applying.tell(draft, {"turnover_minor": 5}, seen=seen, by=town.make.member(), now=town.now)
    with pytest.raises(ChangedMeanwhile):
        applying.tell(draft, {"turnover_minor": 6}, seen=seen, by=town.make.member(), now=town.now)
    first = applying.mark_of(draft, ("difference",))
    other = applying.mark_of(draft, ("bank",))
    applying.answer(draft, {"difference": "New."}, seen=first, by=town.make.member(), now=town.now)
    applying.answer(draft, {"bank": "no"}, seen=other, by=town.make.member(), now=town.now)
    with pytest.raises(ChangedMeanwhile):
        applying.answer(draft, {"difference": "Newer."}, seen=first, by=town.make.member(), now=town.now)
    assert draft.answers == {"difference": "New.", "bank": "no"}


def test_it_can_be_taken_back_until_the_deadline_and_given_up_at_any_time(town):
    application = town.applied()
    applying.reopen(application, by=town.make.member(), now=town.now)
    assert application.status == "draft"
    applying.submit(again(application), by=town.make.member(), now=town.now)
    town.after_the_deadline()
    with pytest.raises(applying.NotNow):
        applying.reopen(application, by=town.make.member(), now=town.now)
    applying.withdraw(application, by=town.make.member(), now=town.now)
    assert application.status == "withdrawn"


def test_what_was_handed_in_is_sealed_from_everybody_until_the_deadline(town, monkeypatch):
    application = town.applied()
    monkeypatch.setattr("civic.core.clock.now", lambda: town.now)
    assert draw(application.id) == ""
    terms = Terms(Amounts.of(1, 0), "x")
    for act in (
        lambda: judging.recommend(application, terms, by=town.officer, now=town.now),
        lambda: judging.rule_out(application, why="x", by=town.officer, now=town.now),
        lambda: judging.turn_down(application, feedback="x", language="en", by=town.officer, now=town.now),
    ):
        with pytest.raises(judging.Sealed):
            act()


def test_a_draft_is_never_drawn_for_anybody(town, monkeypatch):
    draft = town.application(town.campaign())
    town.after_the_deadline()
    monkeypatch.setattr("civic.core.clock.now", lambda: town.now)
    assert draw(draft.id) == ""


def test_a_round_that_asks_for_an_expression_takes_applications_after_its_answer_only(town):
    town.round.needs_expression = True
    campaign, member = town.campaign(), town.make.member()
    round_ = queries_round(town.round)
    facts = {"campaign": campaign, "organisation": None, "title": "", "language": "en", "by": member, "now": town.now}
    with pytest.raises(applying.NotEncouraged):
        applying.apply(round_, **facts)
    begun = applying.express(round_, organisation=None, title="A bench", language="en", by=member, now=town.now)
    with pytest.raises(applying.NotComplete) as refused:
        applying.submit_expression(begun, by=member, now=town.now)
    assert refused.value.gaps == ["summary", "borough", "answer:idea"]
    begun.summary, begun.borough, begun.answers = "For all.", "E09000012", {"idea": "A bench."}
    db.session.flush()
    applying.submit_expression(begun, by=member, now=town.now)
    with pytest.raises(applying.NotEncouraged):
        applying.apply(round_, **facts, expression=begun)
    judging.answer_expression(
        begun, is_encouraged=False, feedback="Think of the rain.", language="en", by=town.officer, now=town.now
    )
    assert applying.apply(round_, **facts, expression=begun).expression_id == begun.id


def test_what_applicants_rely_on_stays_once_a_round_is_open(town):
    closes = town.round.applications_close_at
    for facts in (
        {"title": "Other"},
        {"needs_expression": True},
        {"applications_close_at": closes - timedelta(seconds=1)},
    ):
        with pytest.raises(rounds.NotADraft):
            rounds.tell(town.round, facts, by=town.officer, now=town.now)
    rounds.tell(town.round, {"applications_close_at": closes + timedelta(days=1)}, by=town.officer, now=town.now)
    for act in (lambda: rounds.set_tiers(town.round, ()), lambda: rounds.set_questions(town.round, ())):
        with pytest.raises(rounds.NotADraft):
            act()


def test_a_round_opens_only_with_everything(town):
    bare = rounds.make(town.fund, slug="bare", title="Bare", language="en", by=town.officer, now=town.now)
    with pytest.raises(rounds.NotReady) as refused:
        rounds.open(bare, by=town.officer, now=town.now)
    assert {"theme", "tiers", "questions", "date:applications_close_at", "date:decided_by"} <= set(refused.value.gaps)
    late = town.round_of(is_open=False, assessed_by=date(2030, 1, 1))
    with pytest.raises(rounds.NotReady) as refused:
        rounds.open(late, by=town.officer, now=town.now)
    assert refused.value.gaps == ["order:assessed_by:decided_by"]


def test_a_round_is_closed_when_everybody_was_answered(town):
    application = town.applied()
    town.after_the_deadline()
    with pytest.raises(rounds.StillUndecided):
        rounds.close(town.round, by=town.officer, now=town.now)
    judging.turn_down(application, feedback="Show more support.", language="en", by=town.officer, now=town.now)
    rounds.close(town.round, by=town.officer, now=town.now)
    assert town.round.status == "closed"
    with pytest.raises(IllegalMove):
        rounds.cancel(town.round, why="x", by=town.officer, now=town.now)
