"""Signals kept: found by night, decided on with a reason, found again; and gifts that a person decides not to match."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.accounts.models import OrganisationMember
from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.money import GBP
from civic.core.states import IllegalMove, history
from civic.crowdfund.matching import jobs
from civic.crowdfund.matching.actions import exclusions, schemes, signals
from civic.crowdfund.matching.models import MatchPart, MatchPlace, MatchSignal
from civic.crowdfund.matching.queries import traces
from civic.crowdfund.matching.refusals import GiftGone, HasClosed, StandsBehind
from civic.crowdfund.matching.rules import facts
from civic.crowdfund.matching.rules.terms import LumpSum, PerBacker, Ratio
from civic.crowdfund.matching.wording import signal_sentence
from civic.crowdfund.matching.wording.signals import signal_of
from civic.payments.models import PaymentMethod
from tests.conftest import NOW
from tests.crowdfund.matching.avenue import Avenue
from tests.support.sql import statements

CAPPED = Ratio(100, per_person=GBP(20))


def same_card(avenue: Avenue, campaign, *emails, pounds=20, fingerprint="f-4929"):
    """Gifts from one card under several names."""
    given = [avenue.gift(campaign, GBP(pounds), email=email) for email in emails]
    cards = [pledge.payment_method_id for pledge in given]
    db.session.execute(sa.update(PaymentMethod).where(PaymentMethod.id.in_(cards)).values(fingerprint=fingerprint))
    return given


def found(scheme) -> list[MatchSignal]:
    mine = sa.select(MatchSignal).where(MatchSignal.scheme_id == scheme.id).order_by(MatchSignal.id)
    return list(db.session.scalars(mine.execution_options(populate_existing=True)))


def look(avenue, scheme) -> int:
    db.session.flush()
    return signals.look(scheme.id, now=avenue.now)


def join(campaign, member):
    mine = {"organisation_id": campaign.organisation_id, "user_id": member.id, "joined_at": NOW, "role": "editor"}
    db.session.add(OrganisationMember(**mine))
    db.session.flush()


@pytest.fixture
def seen(avenue):
    """A scheme in which one card gave under two names."""
    campaign = avenue.live()
    scheme = avenue.running(campaign, formula=CAPPED)
    given = same_card(avenue, campaign, "ada@example.org", "ben@example.org")
    look(avenue, scheme)
    return scheme, campaign, given


def test_what_is_found_is_kept_with_its_numbers_and_without_anybody(avenue, seen):
    scheme, campaign, given = seen
    (signal,) = found(scheme)
    assert (signal.kind, signal.status, signal.campaigns, signal.effect_minor) == ("card", "open", [campaign.id], 20_00)
    assert signal.gifts == [each.id for each in given]
    words = json.dumps([signal.key, signal.facts, signal.words])
    assert not [each for each in ("ada", "ben", "example.org", "f-4929") if each in words]
    assert str(signal_sentence(signal_of(signal))) == (
        "2 names stand on gifts of £40 from one card. It makes a difference of £20."
    )


def test_found_again_it_is_the_same_and_found_no_more_it_stays(avenue, seen):
    scheme, _, given = seen
    avenue.now += timedelta(days=1)
    assert look(avenue, scheme) == 0
    (signal,) = found(scheme)
    assert (signal.seen_at - signal.found_at) == timedelta(days=1)
    avenue.becomes(given[0], status="cancelled", ended_at=avenue.now)
    avenue.now += timedelta(days=1)
    assert look(avenue, scheme) == 0
    (same,) = found(scheme)
    assert (same.status, avenue.now - same.seen_at) == ("open", timedelta(days=1))


def test_a_decision_stands_until_gifts_join_that_it_did_not_know_of(avenue, seen):
    scheme, campaign, given = seen
    (signal,) = found(scheme)
    signals.dismiss(signal, why="A couple.", by=avenue.officer, now=avenue.now)
    assert look(avenue, scheme) == 0
    (signal,) = found(scheme)
    assert (signal.status, signal.words, signal.decided_by_id) == ("dismissed", "A couple.", avenue.officer.id)
    given += same_card(avenue, campaign, "cem@example.org")
    assert look(avenue, scheme) == 1
    (signal,) = found(scheme)
    assert (signal.status, signal.words, signal.decided_by_id, len(signal.gifts)) == ("open", "", None, 3)
    assert [(move.verb, move.actor_id, move.why) for move in history(signal)] == [
        ("dismiss", avenue.officer.id, "A couple."),
        ("reopen", None, "more gifts"),
    ]
    signals.uphold(signal, why="They said so.", by=avenue.officer, now=avenue.now)
    avenue.becomes(given[2], status="cancelled", ended_at=avenue.now)
    assert look(avenue, scheme) == 0
    assert found(scheme)[0].status == "upheld"


def test_upholding_changes_no_penny_and_one_can_think_again(avenue, seen):
    scheme, campaign, _ = seen
    (signal,) = found(scheme)
    signals.uphold(signal, why="One hand.", by=avenue.officer, now=avenue.now)
    assert avenue.match(campaign) == GBP(40)
    with pytest.raises(IllegalMove):
        signals.dismiss(found(scheme)[0], why="x", by=avenue.officer, now=avenue.now)
    signals.reopen(found(scheme)[0], why="New facts.", by=avenue.other_officer, now=avenue.now)
    assert found(scheme)[0].status == "open"
    verbs = sa.select(AuditEntry.verb).where(AuditEntry.thing == "match_signal").order_by(AuditEntry.id)
    assert list(db.session.scalars(verbs)) == ["match_signal.upheld", "match_signal.reopened"]


def test_nobody_decides_about_a_campaign_of_their_own(avenue, seen):
    scheme, campaign, given = seen
    member = avenue.make.staff("funds_officer")
    join(campaign, member)
    for act in (signals.dismiss, signals.uphold):
        with pytest.raises(StandsBehind):
            act(found(scheme)[0], why="x", by=member, now=avenue.now)
    with pytest.raises(StandsBehind):
        exclusions.exclude(scheme, given[0].id, why="x", by=member, now=avenue.now)


def test_an_organisers_own_gift_is_seen_with_account_or_as_a_guest_and_a_new_account_by_its_age(avenue):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    boss = avenue.make.member(email="boss@example.org")
    boss.created_at = avenue.now - timedelta(days=300)
    join(campaign, boss)
    mine = [avenue.gift(campaign, GBP(10), by=boss), avenue.gift(campaign, GBP(10), email="Boss+x@example.org")]
    for _ in range(5):
        member = avenue.make.member()
        member.created_at = avenue.now
        avenue.gift(campaign, GBP(10), by=member)
    assert look(avenue, scheme) == 2
    by_kind = {each.kind: each for each in found(scheme)}
    assert set(by_kind) == {"own", "cohort"}
    assert by_kind["own"].gifts == [each.id for each in mine]
    assert facts.read(by_kind["own"].facts)["given"] == GBP(20)
    assert by_kind["cohort"].facts["accounts"] == 5


def test_looking_asks_the_same_of_the_database_whatever_the_number_of_gifts(avenue):
    campaign = avenue.live()
    scheme = avenue.running(campaign, formula=CAPPED)
    counts = []
    for size in (1, 12):
        for number in range(size):
            avenue.gift(campaign, GBP(1), email=f"{size}-{number}@example.org")
        with statements() as asked:
            look(avenue, scheme)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_every_night_looks_over_what_runs_and_passes_by_what_fails(avenue, seen, monkeypatch):
    scheme, _, _ = seen
    other = avenue.running(avenue.live())
    db.session.execute(sa.delete(MatchSignal))
    db.session.commit()
    whole = traces.traces_of

    def fails(scheme_id):
        if scheme_id == other.id:
            raise RuntimeError("no")
        return whole(scheme_id)

    monkeypatch.setattr(traces, "traces_of", fails)
    jobs.look_for_signals()
    assert [each.kind for each in found(scheme)] == ["card"]


def test_what_closed_long_ago_is_not_looked_over_for_ever(avenue, seen):
    scheme, _, _ = seen
    db.session.execute(
        sa.update(MatchPlace).values(status="closed", ended_at=avenue.now - jobs.STILL_MATTERS - timedelta(days=1))
    )
    assert jobs.to_look_over(avenue.now) == []
    db.session.execute(sa.update(MatchPlace).values(ended_at=avenue.now - timedelta(days=1)))
    assert jobs.to_look_over(avenue.now) == [scheme.id]


# Gifts that do not count.


def test_a_gift_that_is_left_out_gives_its_match_to_those_who_waited_and_takes_it_back_at_its_own_place(avenue):
    first, second = avenue.live(), avenue.live()
    scheme = avenue.running(first, second, contributions=(GBP(50),))
    early = avenue.gift(first, GBP(40))
    avenue.gift(second, GBP(30))
    exclusions.exclude(scheme, early.id, why="One hand.", by=avenue.officer, now=avenue.now)
    assert (avenue.match(first), avenue.match(second)) == (GBP(0), GBP(30))
    assert avenue.entries(scheme)[0] == (first.id, 0, "excluded")
    assert avenue.place(scheme, first).given_minor == avenue.place(scheme, first).backers == 0
    assert avenue.problems() == []
    avenue.becomes(early, amount_minor=45_00)
    assert avenue.match(first) == GBP(0)
    assert avenue.problems() == []
    exclusions.include_again(scheme, early.id, why="They explained it.", by=avenue.officer, now=avenue.now)
    assert (avenue.match(first), avenue.match(second)) == (GBP(40), GBP(10))
    assert avenue.problems() == []
    told = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb.like("match_gift.%")).order_by(AuditEntry.id))
    assert [(each.verb, each.why) for each in told] == [
        ("match_gift.excluded", "One hand."),
        ("match_gift.included", "They explained it."),
    ]


@pytest.mark.parametrize(
    ("formula", "before", "after"),
    [
        (PerBacker(GBP(5), GBP(10)), GBP(15), GBP(10)),
        (LumpSum(GBP(40), backers=3), GBP(40), GBP(0)),
        (Ratio(50, per_campaign=GBP(18)), GBP(18), GBP(18)),
    ],
)
def test_every_rule_follows_a_decision_about_a_gift(avenue, formula, before, after):
    campaign = avenue.live()
    scheme = avenue.running(campaign, formula=formula)
    given = [avenue.gift(campaign, GBP(20)) for _ in range(3)]
    assert avenue.match(campaign) == before
    exclusions.exclude(scheme, given[1].id, why="x", by=avenue.officer, now=avenue.now)
    assert avenue.match(campaign) == after
    assert avenue.problems() == []
    exclusions.include_again(scheme, given[1].id, why="x", by=avenue.officer, now=avenue.now)
    assert avenue.match(campaign) == before
    assert avenue.problems() == []


def test_what_was_decided_already_is_gone_or_closed_is_not_decided(avenue):
    open_one, closed_one = avenue.live(), avenue.live()
    scheme = avenue.running(open_one, closed_one)
    stays, goes, late = avenue.gift(open_one, GBP(5)), avenue.gift(open_one, GBP(5)), avenue.gift(closed_one, GBP(5))
    exclusions.exclude(scheme, stays.id, why="x", by=avenue.officer, now=avenue.now)
    with pytest.raises(IllegalMove):
        exclusions.exclude(scheme, stays.id, why="x", by=avenue.officer, now=avenue.now)
    avenue.becomes(goes, status="cancelled", ended_at=avenue.now)
    for number in (goes.id, 0, 2**40):
        with pytest.raises(GiftGone):
            exclusions.exclude(scheme, number, why="x", by=avenue.officer, now=avenue.now)
    avenue.place(scheme, closed_one).status = "closed"
    db.session.flush()
    with pytest.raises(HasClosed):
        exclusions.exclude(scheme, late.id, why="x", by=avenue.officer, now=avenue.now)
    assert avenue.match(closed_one) == GBP(5)


def test_in_an_ended_scheme_a_gift_can_still_be_left_out(avenue):
    campaign = avenue.live()
    scheme = avenue.running(campaign)
    pledge = avenue.gift(campaign, GBP(5))
    schemes.end(scheme, why="Over.", by=avenue.officer, now=avenue.now)
    exclusions.exclude(scheme, pledge.id, why="x", by=avenue.officer, now=avenue.now)
    assert avenue.match(campaign) == GBP(0)
    assert db.session.query(MatchPart).one().why_excluded == "x"
    assert avenue.problems() == []
