"""Promising, raising, lowering and cancelling: what counts, until when, and for whom."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from civic.core.db import db
from civic.core.errors import CivicError
from civic.core.money import GBP, Money
from civic.core.states import IllegalMove, history
from civic.crowdfund.actions import pledges as actions
from civic.crowdfund.actions import totals
from civic.crowdfund.actions.pledges import Backer, Wish
from civic.crowdfund.models import Pledge, PledgeConsent
from civic.crowdfund.queries import figures
from civic.payments.events import CardNotWanted, CardSaved, CardSetupEnded
from civic.payments.models import CardSetup

NONE, TWENTY = GBP(0), GBP(20)
GUEST = Backer(None, "guest@example.org", "en", "192.0.2.1", "Firefox")


def member(user) -> Backer:
    return Backer(user, user.email, "en")


def saved(make, setup: CardSetup, **facts) -> CardSaved:
    """The provider tells that a card was saved for this visit."""
    card = make.payment_method()
    return CardSaved(
        setup.id, facts.get("reference", setup.reference), card.id, facts.get("amount", Money(setup.amount_minor))
    )


def promise(make, now, campaign, amount=TWENTY, tip=NONE, backer=GUEST, **facts) -> Pledge:
    """A promise whose card was saved at once."""
    pledge, setup = actions.pledge(campaign, Wish(amount, tip, **facts), backer=backer, now=now)
    actions.card_saved(saved(make, setup), now)
    setup.status = "succeeded"
    db.session.flush()
    return pledge


@pytest.fixture
def campaign(in_request, make):
    return make.campaign("live", target=GBP(1000))


class TestPromising:
    def test_a_promise_counts_once_its_card_is_saved_and_not_before(self, make, now, campaign):
        pledge, setup = actions.pledge(campaign, Wish(GBP(20), GBP(2)), backer=GUEST, now=now)
        assert (pledge.status, figures.progress(campaign).pledged) == ("awaiting_card", GBP(0))
        actions.card_saved(saved(make, setup), now)
        assert (pledge.status, pledge.authorised_at) == ("authorised", now)
        assert figures.progress(campaign).pledged == GBP(20)  # a tip is no part of the target
        assert (setup.amount_minor, setup.reference) == (2200, f"pledge:{pledge.public_id}")

    def test_what_was_agreed_to_is_kept_word_for_word(self, now, campaign):
        pledge, setup = actions.pledge(campaign, Wish(GBP(20), GBP(2)), backer=GUEST, now=now)
        consent = db.session.scalars(select(PledgeConsent)).one()
        assert consent.text == setup.consent == str(actions.consent_to(campaign, GBP(20), GBP(2)))
        assert (consent.pledge_id, consent.amount_minor, consent.tip_minor) == (pledge.id, 2000, 200)
        assert (consent.ip, consent.user_agent, consent.given_at) == ("192.0.2.1", "Firefox", now)

    @pytest.mark.parametrize("status", ["draft", "in_review", "collecting", "failed", "funded", "withdrawn"])
    def test_only_an_open_campaign_takes_promises(self, in_request, make, now, status):
        with pytest.raises(actions.CampaignClosed):
            actions.pledge(make.campaign(status), Wish(GBP(20)), backer=GUEST, now=now)

    @pytest.mark.parametrize(
        "amount", [GBP(0), Money(99), Money(-2000), GBP(10_001), Money(2000, "EUR"), Money(10**12)]
    )
    def test_what_is_no_amount_of_ours_is_refused_and_nothing_is_kept(self, now, campaign, amount):
        with pytest.raises(actions.NotAnAmount):
            actions.pledge(campaign, Wish(amount), backer=GUEST, now=now)
        assert db.session.scalars(select(Pledge)).all() == db.session.scalars(select(CardSetup)).all() == []

    @pytest.mark.parametrize("tip", [Money(-1), GBP(21), Money(100, "EUR")])
    def test_a_tip_is_nothing_to_as_much_as_the_pledge(self, now, campaign, tip):
        with pytest.raises(actions.NotAnAmount):
            actions.pledge(campaign, Wish(GBP(20), tip), backer=GUEST, now=now)

    def test_whoever_runs_a_campaign_does_not_back_it(self, in_request, make, now):
        owner = make.member()
        campaign = make.campaign("live", owner=owner)
        with pytest.raises(actions.OwnCampaign):
            actions.pledge(campaign, Wish(GBP(20)), backer=member(owner), now=now)

    def test_a_second_promise_of_the_same_member_leads_to_the_first(self, make, now, campaign):
        backer = member(make.member())
        first = promise(make, now, campaign, backer=backer)
        with pytest.raises(actions.AlreadyPledged) as refused:
            actions.pledge(campaign, Wish(GBP(30)), backer=backer, now=now)
        assert first.public_id in (refused.value.location or "")

    def test_a_promise_without_a_card_is_made_anew_and_not_twice(self, make, now, campaign):
        backer = member(make.member())
        first, old = actions.pledge(campaign, Wish(GBP(20)), backer=backer, now=now)
        second, new = actions.pledge(campaign, Wish(GBP(30)), backer=backer, now=now)
        assert first is second
        with pytest.raises(CardNotWanted):  # the page for £20 was still open in another tab
            actions.card_saved(saved(make, old), now)
        actions.card_saved(saved(make, new), now)
        assert figures.progress(campaign).pledged == GBP(30)

    def test_a_guest_is_not_told_what_else_was_pledged_with_an_address(self, make, now, campaign):
        promise(make, now, campaign)
        again = promise(make, now, campaign)
        assert again.status == "authorised"
        assert figures.figures(campaign).backers == 2

    def test_after_a_cancelled_promise_one_may_promise_again(self, make, now, campaign):
        backer = member(make.member())
        actions.cancel(promise(make, now, campaign, backer=backer), by=backer.user, now=now)
        assert promise(make, now, campaign, backer=backer).status == "authorised"

    def test_somebody_who_tries_many_cards_is_stopped(self, make, now, campaign):
        backer = member(make.member())
        for _ in range(5):
            make.card_setup(person=backer.user, status="failed")
        with pytest.raises(actions.TooManyCards):
            actions.pledge(campaign, Wish(GBP(20)), backer=backer, now=now)
        db.session.rollback()

    def test_a_guest_who_tries_many_cards_with_one_address_is_stopped(self, make, now, campaign):
        for _ in range(5):
            setup = actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=now)[1]
            setup.status = "failed"
        with pytest.raises(actions.TooManyCards):
            actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=now)
        assert actions.pledge(campaign, Wish(GBP(20)), backer=Backer(None, "other@example.org", "en"), now=now)

    def test_one_pledge_has_only_so_many_visits(self, now, campaign):
        pledge, _ = actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=now)
        for _ in range(11):
            actions.try_again(pledge, backer=GUEST, now=now)
        with pytest.raises(actions.TooManyCards):
            actions.try_again(pledge, backer=GUEST, now=now)


class TestTheCard:
    def test_a_card_for_another_amount_is_not_wanted(self, make, now, campaign):
        pledge, setup = actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=now)
        with pytest.raises(CardNotWanted):
            actions.card_saved(saved(make, setup, amount=GBP(200)), now)
        assert pledge.status == "awaiting_card"

    def test_a_card_of_somebody_elses_visit_moves_nothing_of_mine(self, make, now, campaign):
        mine, _ = actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=now)
        theirs, setup = actions.pledge(campaign, Wish(GBP(20)), backer=Backer(None, "b@example.org", "en"), now=now)
        actions.card_saved(saved(make, setup), now)
        assert (mine.status, theirs.status) == ("awaiting_card", "authorised")

    def test_cards_for_what_is_no_pledge_are_none_of_ours(self, make, now, campaign):
        setup = make.card_setup(reference="pledge:unknown")
        actions.card_saved(saved(make, setup), now)
        actions.card_saved(saved(make, setup, reference="order:7"), now)
        actions.card_ended(CardSetupEnded(setup.id, "order:7", "failed"), now)

    @pytest.mark.parametrize("status", ["collecting", "failed", "withdrawn", "funded"])
    def test_a_card_saved_after_the_close_is_not_wanted(self, make, now, campaign, status):
        _, setup = actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=now)
        campaign.status = status
        db.session.flush()
        with pytest.raises(CardNotWanted):
            actions.card_saved(saved(make, setup), now)
        assert figures.progress(campaign).pledged == GBP(0)

    def test_a_cancelled_promise_wants_no_card(self, make, now, campaign):
        pledge, setup = actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=now)
        actions.cancel(pledge, by=None, now=now)
        with pytest.raises(CardNotWanted):
            actions.card_saved(saved(make, setup), now)
        assert pledge.status == "cancelled"

    def test_another_card_takes_the_place_of_the_first(self, make, now, campaign):
        pledge = promise(make, now, campaign)
        old = pledge.payment_method_id
        actions.card_saved(saved(make, actions.try_again(pledge, backer=GUEST, now=now)), now)
        assert pledge.payment_method_id != old
        assert figures.figures(campaign).backers == 1

    def test_a_visit_that_failed_leaves_the_promise_to_be_tried_again(self, now, campaign):
        pledge, setup = actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=now)
        setup.status = "failed"
        actions.card_ended(CardSetupEnded(setup.id, setup.reference, "failed"), now)
        assert pledge.status == "awaiting_card"
        assert actions.try_again(pledge, backer=GUEST, now=now).key != setup.key


# 2026: the clocks go back on 25 October; 2027: they go forward on 28 March.
NIGHTS = [datetime(2026, 10, 25, 23, 59, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
          datetime(2027, 3, 28, 0, 59, tzinfo=UTC), datetime(2027, 3, 28, 22, 59, tzinfo=UTC)]  # fmt: skip
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("closes_at", NIGHTS)
def test_a_second_before_the_deadline_is_in_time_and_the_deadline_is_not(in_request, make, closes_at):
    make.now = closes_at - timedelta(days=30)
    campaign = make.campaign("live", closes_at=closes_at)
    pledge, setup = actions.pledge(campaign, Wish(GBP(20)), backer=GUEST, now=closes_at - SECOND)
    actions.card_saved(saved(make, setup), closes_at - SECOND)
    assert pledge.status == "authorised"
    for late in (closes_at, closes_at + SECOND):
        with pytest.raises(actions.CampaignClosed):
            actions.pledge(campaign, Wish(GBP(20)), backer=Backer(None, "late@example.org", "en"), now=late)
        with pytest.raises(actions.CampaignClosed):
            actions.change(pledge, GBP(10), GBP(0), backer=GUEST, now=late)
        with pytest.raises(actions.CampaignClosed):
            actions.cancel(pledge, by=None, now=late)
    _, waiting = actions.pledge(campaign, Wish(GBP(30)), backer=Backer(None, "c@example.org", "en"), now=closes_at - SECOND)  # fmt: skip
    with pytest.raises(CardNotWanted):
        actions.card_saved(saved(make, waiting), closes_at)


class TestChanging:
    def test_less_is_promised_at_once_with_a_consent_of_its_own(self, make, now, campaign):
        pledge = promise(make, now, campaign, GBP(20), GBP(2))
        assert actions.change(pledge, GBP(15), GBP(0), backer=GUEST, now=now) is None
        assert (pledge.total, figures.progress(campaign).pledged) == (GBP(15), GBP(15))
        consents = db.session.scalars(select(PledgeConsent).order_by(PledgeConsent.id)).all()
        assert [each.amount_minor + each.tip_minor for each in consents] == [2200, 1500]

    def test_more_counts_when_the_card_is_saved_again_and_until_then_the_old_promise_stands(self, make, now, campaign):
        pledge = promise(make, now, campaign, GBP(20))
        old = pledge.payment_method_id
        setup = actions.change(pledge, GBP(50), GBP(5), backer=GUEST, now=now)
        assert (pledge.total, figures.progress(campaign).pledged) == (GBP(20), GBP(20))
        actions.card_saved(saved(make, setup), now)
        assert (pledge.amount, pledge.tip, figures.progress(campaign).pledged) == (GBP(50), GBP(5), GBP(50))
        assert pledge.payment_method_id != old
        assert figures.figures(campaign).backers == 1

    def test_more_for_the_campaign_and_less_for_us_within_the_same_sum_needs_no_card(self, make, now, campaign):
        pledge = promise(make, now, campaign, GBP(20), GBP(5))
        assert actions.change(pledge, GBP(25), GBP(0), backer=GUEST, now=now) is None
        assert figures.progress(campaign).pledged == GBP(25)

    def test_a_raise_that_failed_leaves_what_was_promised(self, make, now, campaign):
        pledge = promise(make, now, campaign, GBP(20))
        setup = actions.change(pledge, GBP(50), GBP(0), backer=GUEST, now=now)
        setup.status = "failed"
        actions.card_ended(CardSetupEnded(setup.id, setup.reference, "failed"), now)
        assert (pledge.total, pledge.pending_amount_minor) == (GBP(20), None)

    def test_a_raise_given_up_leaves_what_was_promised_and_its_card_unwanted(self, make, now, campaign):
        pledge = promise(make, now, campaign, GBP(20))
        setup = actions.change(pledge, GBP(50), GBP(0), backer=GUEST, now=now)
        actions.keep_as_it_was(pledge)
        with pytest.raises(CardNotWanted):
            actions.card_saved(saved(make, setup), now)
        assert pledge.total == GBP(20)

    def test_the_card_saved_for_an_older_raise_does_not_confirm_a_newer_one(self, make, now, campaign):
        pledge = promise(make, now, campaign, GBP(20))
        old = actions.change(pledge, GBP(50), GBP(0), backer=GUEST, now=now)
        actions.change(pledge, GBP(60), GBP(0), backer=GUEST, now=now)
        with pytest.raises(CardNotWanted):
            actions.card_saved(saved(make, old), now)
        assert pledge.total == GBP(20)

    def test_what_is_promised_was_always_agreed_to(self, make, now, campaign):
        pledge = promise(make, now, campaign, GBP(20))
        actions.card_saved(saved(make, actions.change(pledge, GBP(50), GBP(1), backer=GUEST, now=now)), now)
        actions.change(pledge, GBP(30), GBP(0), backer=GUEST, now=now)
        last = db.session.scalars(select(PledgeConsent).order_by(PledgeConsent.id.desc()).limit(1)).one()
        assert (last.amount_minor, last.tip_minor) == (pledge.amount_minor, pledge.tip_minor)

    @pytest.mark.parametrize(
        "status", ["charging", "collected", "past_due", "dropped", "released", "cancelled", "refused"]
    )
    def test_what_has_moved_on_is_changed_and_cancelled_no_more(self, make, now, campaign, status):
        pledge = make.pledge(campaign, status=status)
        with pytest.raises(IllegalMove):
            actions.change(pledge, GBP(10), GBP(0), backer=GUEST, now=now)
        with pytest.raises(IllegalMove):
            actions.try_again(pledge, backer=GUEST, now=now)
        with pytest.raises(IllegalMove):
            actions.cancel(pledge, by=None, now=now)

    def test_a_cancelled_promise_counts_no_more_and_says_who_cancelled_it(self, make, now, campaign):
        ada = make.member()
        pledge = promise(make, now, campaign, backer=member(ada))
        actions.cancel(pledge, by=ada, now=now)
        assert (pledge.status, pledge.ended_at, figures.progress(campaign).pledged) == ("cancelled", now, GBP(0))
        assert history(pledge)[-1].actor_id == ada.id

    def test_a_name_is_gone_when_one_is_shown_without_it(self, make, now, campaign):
        pledge = promise(make, now, campaign, is_anonymous=False, shown_name="Ada", message="Good luck")
        actions.present(pledge, is_anonymous=True, shown_name="Ada", message="")
        assert (pledge.is_anonymous, pledge.shown_name, pledge.message) == (True, "", "")


class TestBelonging:
    def test_an_account_takes_over_what_its_address_pledged(self, make, now, campaign):
        pledge = promise(make, now, campaign)
        user = make.member(email="guest@example.org")  # confirming an address announces it
        db.session.refresh(pledge)
        assert pledge.user_id == user.id

    def test_nobody_takes_over_a_pledge_to_their_own_campaign(self, in_request, make, now):
        owner = make.member()
        pledge = make.pledge(make.campaign("live", owner=owner), email=owner.email)
        assert actions.attach(owner.id) == 0
        assert pledge.user_id is None

    def test_an_unconfirmed_address_takes_nothing(self, make, now, campaign):
        user = make.member()
        user.email_confirmed_at = None
        make.pledge(campaign, email=user.email)
        assert actions.attach(user.id) == 0


class TestEnding:
    def test_a_promise_without_a_card_ends_after_a_day(self, make, now, campaign):
        old = make.pledge(campaign, status="awaiting_card", created_at=now - timedelta(hours=25))
        fresh = make.pledge(campaign, status="awaiting_card", created_at=now - timedelta(hours=23))
        visiting = make.pledge(campaign, status="awaiting_card", created_at=now - timedelta(hours=25))
        make.card_setup(reference=f"pledge:{visiting.public_id}")
        assert actions.abandon(now) == 1
        db.session.expire_all()
        assert [each.status for each in (old, fresh, visiting)] == ["abandoned", "awaiting_card", "awaiting_card"]
        assert old.ended_at == now


def test_every_refusal_has_a_sentence_and_a_status(in_request):
    refusals = (actions.CampaignClosed, actions.OwnCampaign, actions.AlreadyPledged, actions.NotAnAmount)
    for kind in (*refusals, actions.TooManyCards):
        assert issubclass(kind, CivicError)
        assert str(kind.sentence).endswith(".")
        assert kind.status in (403, 409, 422, 429)


def test_the_kept_sums_are_what_the_pledges_say(make, now, campaign):
    promise(make, now, campaign)
    make.pledge(campaign, status="collected", tip=GBP(3))
    make.pledge(campaign, status="past_due")
    assert list(totals.wrong_totals()) == []
