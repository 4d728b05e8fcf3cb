"""What must change: differences, campaigns that close, and money that goes back afterwards."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from civic.core.money import GBP, Money
from civic.crowdfund.matching.rules.changes import after_close, difference, match_of, total_of
from civic.crowdfund.matching.rules.gifts import Gift, lowered
from civic.crowdfund.matching.rules.terms import Fixed, Funder, LumpSum, PerBacker, Ratio, Scheme
from civic.crowdfund.matching.rules.working import working
from tests.crowdfund.matching.cases import CAMPAIGNS, MANY, TARGETS, gift_lists, schemes
from tests.crowdfund.matching.test_formulas import gift, scheme

NOTHING = Money(0)
some_campaigns = st.sets(st.sampled_from(CAMPAIGNS))


@MANY
@given(schemes, gift_lists, gift_lists)
def test_what_stands_with_the_difference_is_what_was_worked_out(made, before, after):
    stored, fresh = (working(made, gifts, TARGETS).entries for gifts in (before, after))
    found = difference(stored, fresh)
    kept = {entry.key: entry for entry in stored}
    for entry in found.removed:
        del kept[entry.key]
    for old, new in found.changed:
        assert kept.pop(old.key) == old
        assert new.key == old.key
        kept[new.key] = new
    for entry in found.added:
        assert entry.key not in kept
        kept[entry.key] = entry
    assert kept == {entry.key: entry for entry in fresh}
    assert bool(found) == (set(stored_keys(stored)) != set(stored_keys(fresh)))
    untouched = [entry for entry in stored if entry.campaign not in found.campaigns]
    assert untouched == [entry for entry in fresh if entry.campaign not in found.campaigns]


def stored_keys(entries):
    return (
        (entry.key, entry.gift, entry.since, entry.amount, entry.cap, str(entry.shares), entry.full, entry.person)
        for entry in entries
    )


@MANY
@given(schemes, gift_lists)
def test_nothing_differs_where_nothing_was_changed(made, gifts):
    assert not difference(working(made, gifts, TARGETS).entries, working(made, gifts, TARGETS).entries)


def test_a_cancelled_gift_gives_its_money_to_those_who_went_short_in_their_order():
    made = scheme(Ratio(100), 25)
    gifts = [gift(1, 20), gift(2, 20, campaign=2), gift(3, 20, campaign=3)]
    found = difference(working(made, gifts, TARGETS).entries, working(made, gifts[1:], TARGETS).entries)
    assert [entry.gift for entry in found.removed] == [1]
    assert [(old.amount, new.amount) for old, new in found.changed] == [(GBP(5), GBP(20)), (NOTHING, GBP(5))]
    assert found.campaigns == {1, 2, 3}


@MANY
@given(schemes, gift_lists)
def test_the_match_of_campaigns_is_the_sum_of_what_each_funder_pays(made, gifts):
    entries = working(made, gifts, TARGETS).entries
    match = match_of(entries)
    assert sum(match.values(), NOTHING) == sum((entry.amount for entry in entries), NOTHING)
    assert all(amount > NOTHING for amount in match.values())
    for (campaign, funder), amount in match.items():
        mine = [entry.shares.get(funder, NOTHING) for entry in entries if entry.campaign == campaign]
        assert sum(mine, NOTHING) == amount


@MANY
@given(schemes, gift_lists)
def test_the_quick_sum_is_the_sum_of_the_working(made, gifts):
    entries = working(made, gifts, TARGETS).entries
    assert total_of(made, gifts, TARGETS) == sum((entry.amount for entry in entries), NOTHING)


# Campaigns that close.


@MANY
@given(schemes, gift_lists, some_campaigns)
def test_a_campaign_that_closes_changes_nothing_for_the_others(made, gifts, closed):
    """What it got comes out of the pot first from then on; the others get what they got, for the same reasons or nearly."""
    before = working(made, gifts, TARGETS)
    settled = [entry for entry in before.entries if entry.campaign in closed]
    still_open = {campaign: target for campaign, target in TARGETS.items() if campaign not in closed}
    after = working(made, [each for each in gifts if each.campaign not in closed], still_open, settled)
    amounts = {entry.key: entry.amount for entry in before.entries if entry.campaign not in closed}
    assert {entry.key: entry.amount for entry in after.entries} == amounts
    assert after.state.left == before.state.left
    assert all(after.state.charged[each.id] <= each.contribution.minor for each in made.funders)
    assert sum(after.state.charged.values()) == sum(before.state.charged.values())


@MANY
@given(schemes, gift_lists, some_campaigns, st.data())
def test_after_the_close_nothing_rises_and_what_goes_back_is_worked_out_by_what_is_left(made, gifts, closed, data):
    entries = [entry for entry in working(made, gifts, TARGETS).entries if entry.campaign in closed]
    left = what_is_left(gifts, data)
    after = after_close(made, entries, left)
    assert [entry.key for entry in after] == [entry.key for entry in entries]
    whole = {each.id for each in gifts} - {each.id for each in gifts if each not in left}
    for old, new in zip(entries, after, strict=True):
        assert new.amount <= old.amount
        assert sum((share for share in new.shares.values()), NOTHING) == new.amount
        assert all(share <= old.shares[funder] for funder, share in new.shares.items())
        assert (new == old) or (new.cap == "taken_back" and new.amount < old.amount)
        if old.gift in whole:
            assert new == old
    assert after_close(made, after, left) == after


def what_is_left(gifts, data) -> list[Gift]:
    left = []
    for number in {each.id for each in gifts}:
        parts = sorted((each for each in gifts if each.id == number), key=lambda each: each.part)
        whole = sum((part.amount for part in parts), NOTHING)
        stays = data.draw(st.just(whole) | st.integers(0, whole.minor).map(Money))
        left.extend(lowered(parts, stays))
    return left


@MANY
@given(schemes, gift_lists)
def test_when_everything_is_given_back_nothing_of_a_gifts_match_stays(made, gifts):
    entries = working(made, gifts, TARGETS).entries
    kept = [entry for entry in after_close(made, entries, []) if entry.amount]
    assert kept == [entry for entry in entries if entry.is_sum and entry.amount]


def test_of_a_gift_given_back_in_part_the_match_of_the_rest_stays():
    made = scheme(Ratio(50, per_gift=GBP(4)), 900, 100)
    entries = working(made, [gift(1, 20)], TARGETS).entries
    assert entries[0].shares == {1: GBP("3.60"), 2: GBP("0.40")}
    assert after_close(made, entries, [gift(1, 10)]) == list(entries)  # 50p of £10 is still more than £4
    (less,) = after_close(made, entries, [gift(1, 5)])
    assert (less.amount, less.cap, less.shares) == (GBP("2.50"), "taken_back", {1: GBP("2.25"), 2: GBP("0.25")})
    (none,) = after_close(made, entries, [])
    assert (none.amount, none.shares) == (NOTHING, {})


def test_a_person_who_has_still_given_enough_is_still_counted():
    made = scheme(PerBacker(GBP(5), least=GBP(10)))
    gifts = [gift(1, 10, person="ada"), gift(2, 10, person="ada")]
    entries = working(made, gifts, TARGETS).entries
    assert after_close(made, entries, gifts[1:]) == list(entries)
    assert [entry.amount for entry in after_close(made, entries, [])] == [NOTHING, NOTHING]


def test_a_sum_that_was_earned_stays():
    for formula in (Fixed(GBP(50), backers=2), LumpSum(GBP(50), amount=GBP(20))):
        entries = working(scheme(formula), [gift(1, 10), gift(2, 10)], TARGETS).entries
        assert after_close(scheme(formula), entries, []) == list(entries)


def test_what_closed_campaigns_give_back_goes_to_those_that_are_open():
    made = scheme(Ratio(100), 30)
    first = working(made, [gift(1, 20), gift(2, 20, campaign=2)], TARGETS)
    assert [entry.amount for entry in first.entries] == [GBP(20), GBP(10)]
    settled = after_close(made, first.entries[:1], [gift(1, 5)])
    later = working(made, [gift(2, 20, campaign=2)], TARGETS, settled)
    assert [(entry.amount, entry.cap) for entry in later.entries] == [(GBP(20), "")]
    assert later.state.left == GBP(5)


def test_money_put_in_later_reaches_those_who_went_short():
    gifts = [gift(1, 20), gift(2, 20)]
    poor = Scheme(Ratio(100), (Funder(1, GBP(30)),))
    rich = replace(poor, funders=(Funder(1, GBP(30)), Funder(2, GBP(30))))
    found = difference(working(poor, gifts, TARGETS).entries, working(rich, gifts, TARGETS).entries)
    assert [(old.gift, new.amount, new.cap) for old, new in found.changed if old.amount != new.amount] == [
        (2, GBP(20), "")
    ]


def test_two_gifts_that_differ_in_time_alone_are_a_change():
    early, late = (working(scheme(Ratio(100)), [gift(1, 10, minute=m)], TARGETS).entries for m in (1, 2))
    assert late[0].since - early[0].since == timedelta(minutes=1)
    assert len(difference(early, late).changed) == 1
