"""Pledging as a person does it: the form, what is promised, the card, the page to come back to."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund import pledge_jobs
from civic.crowdfund.actions import pledges as actions
from civic.crowdfund.models import GiftAidDeclaration, Pledge
from civic.crowdfund.queries import figures
from civic.crowdfund.queries import pledges as queries
from civic.payments.provider import ProviderError
from tests.crowdfund.backers import ELSEWHERE, TYPED, kept, new, pledge_as_guest, save_card


class TestTheJourney:
    def test_a_guest_promises_saves_the_card_and_reads_where_the_money_is(self, client, campaign, provider):
        client.get(new(campaign))
        assert client.submit("Continue", TYPED | {"tip": "2", "message": "Good luck"}).location.endswith("/check")
        page = client.follow()
        assert "Nothing has been promised yet" in page.text
        assert "I promise £20 and a tip of £2 to" in page.text
        assert kept() == []
        answer = client.submit("Save my card")
        assert answer.location.startswith(ELSEWHERE)
        save_card(provider)
        page = client.get(f"/en/pledges/{kept()[0].public_id}")
        assert "You have promised £20 and a tip of £2. Nothing has left your account." in page.text
        assert "only if the campaign has reached £1,000 by then" in page.text
        assert figures.progress(campaign).pledged == GBP(20)

    def test_a_member_is_not_asked_for_an_address_and_finds_the_pledge_in_the_account(
        self, client, make, campaign, provider
    ):
        ada = make.member(name="Ada L")
        make.sign_in(client, ada)
        page = client.get(new(campaign))
        assert "Your email address" not in page.text
        client.submit("Continue", {"amount": "2500", "shown": "name"})
        client.follow()
        client.submit("Save my card")
        save_card(provider)
        (pledge,) = kept()
        assert (pledge.user_id, pledge.shown_name, pledge.amount) == (ada.id, "Ada L", GBP(25))
        sentence = queries.sentence_of(pledge, campaign, make.now)
        assert str(sentence) in client.get("/en/account/pledges").text
        assert client.get(new(campaign)).location.endswith(pledge.public_id)

    def test_the_page_the_mail_and_the_account_say_the_same_sentence(self, client, make, campaign, provider, run_jobs, outbox):  # fmt: skip
        ada = make.member()
        make.sign_in(client, ada)
        client.get(new(campaign))
        client.submit("Continue", {"amount": "2500", "shown": "anonymous"})
        client.follow()
        client.submit("Save my card")
        save_card(provider)
        run_jobs()
        (message,) = [each for each in outbox() if each.name == "crowdfund/pledge_promised"]
        sentence = str(queries.sentence_of(kept()[0], campaign, make.now))
        assert sentence in message.text
        assert sentence in client.get(f"/en/pledges/{kept()[0].public_id}").text
        assert sentence in client.get("/en/account/pledges").text
        assert "This is not a receipt: nothing has been charged yet." in message.text

    def test_the_provider_away_keeps_the_pledge_and_offers_another_try(self, client, campaign, provider, monkeypatch):
        def away(*_: Any, **__: Any) -> None:
            raise ProviderError("away")

        with monkeypatch.context() as for_now:
            for_now.setattr(provider, "start_setup", away)
            client.get(new(campaign))
            client.submit("Continue", TYPED)
            client.follow()
            client.submit("Save my card")
            page = client.follow()
        assert "We cannot reach our payment partner at the moment" in page.text
        assert "You have promised nothing yet, because your card has not been saved." in page.text
        assert client.submit("Save my card").location.startswith(ELSEWHERE)
        save_card(provider)
        assert [each.status for each in kept()] == ["authorised"]

    def test_what_was_typed_stays_when_one_goes_back(self, client, campaign):
        client.get(new(campaign))
        client.submit("Continue", TYPED | {"message": "Good luck", "tip": "1.50"})
        page = client.get(new(campaign))
        assert {"20", "1.50", "ada@example.org", "Good luck"} <= {
            v for vs in page.forms[-1].values().values() for v in vs
        }

    def test_an_old_page_agrees_to_nothing_that_it_did_not_show(self, client, campaign):
        client.get(new(campaign))
        client.submit("Continue", TYPED)
        old = client.follow()
        client.get(new(campaign))
        client.submit("Continue", TYPED | {"own": "500"})
        client.last = old
        answer = client.submit("Save my card")
        assert answer.location.endswith("/check")
        assert kept() == []
        assert "£500" in client.follow().text

    def test_pressing_twice_is_one_promise(self, client, campaign):
        client.get(new(campaign))
        client.submit("Continue", TYPED)
        page = client.follow()
        client.submit("Save my card")
        client.last = page
        client.submit("Save my card")
        assert len(kept()) == 1

    def test_a_campaign_that_closed_meanwhile_takes_nothing(self, client, campaign):
        client.get(new(campaign))
        client.submit("Continue", TYPED)
        client.follow()
        campaign.status = "collecting"
        db.session.flush()
        page = client.submit("Save my card")
        assert (page.status, kept()) == (409, [])
        assert "not taking pledges now" in page.text
        assert client.get(new(campaign)).status == 409

    def test_whoever_runs_it_is_told_why_they_cannot(self, client, make, campaign):
        owner = make.member()
        own = make.campaign("live", owner=owner)
        make.sign_in(client, owner)
        page = client.get(new(own))
        assert page.status == 403
        assert "you cannot pledge to it" in page.text
        assert client.post(f"/en/campaigns/{own.slug}/pledges").status in (303, 403)
        assert kept() == []

    def test_a_draft_is_not_there(self, client, make):
        assert client.get(f"/en/campaigns/{make.campaign('draft').slug}/pledges/new").status == 404


class TestChanging:
    def test_less_is_promised_at_once(self, client, campaign, provider):
        pledge = pledge_as_guest(client, campaign, provider)
        client.get(f"/en/pledges/{pledge.public_id}")
        client.click("Raise or lower my pledge")
        client.submit("Continue", {"amount": "15"})
        page = client.follow()
        assert "I promise £15 to" in page.text
        client.submit("Change my pledge")
        assert "You have promised £15." in client.follow().text
        assert figures.progress(campaign).pledged == GBP(15)

    def test_more_goes_by_the_card_again(self, client, campaign, provider):
        pledge = pledge_as_guest(client, campaign, provider)
        client.get(f"/en/pledges/{pledge.public_id}/amount")
        client.submit("Continue", {"amount": "50"})
        client.follow()
        assert client.submit("Save my card").location.startswith(ELSEWHERE)
        waiting = client.get(f"/en/pledges/{pledge.public_id}")
        assert "You have promised £20." in waiting.text
        assert "You asked to raise it to £50" in waiting.text
        save_card(provider)
        assert "You have promised £50." in client.get(f"/en/pledges/{pledge.public_id}").text

    def test_a_raise_can_be_left(self, client, campaign, provider):
        pledge = pledge_as_guest(client, campaign, provider)
        client.get(f"/en/pledges/{pledge.public_id}/amount")
        client.submit("Continue", {"amount": "50"})
        client.follow()
        client.submit("Save my card")
        client.get(f"/en/pledges/{pledge.public_id}")
        client.submit("Leave my pledge as it is")
        assert "You asked to raise" not in client.follow().text

    def test_a_pledge_is_cancelled_after_one_question(self, client, campaign, provider, run_jobs, outbox):
        pledge = pledge_as_guest(client, campaign, provider)
        client.get(f"/en/pledges/{pledge.public_id}")
        client.click("Cancel my pledge")
        client.submit("Cancel my pledge")
        assert "You cancelled your promise of £20. Nothing has left your account" in client.follow().text
        run_jobs()
        assert outbox()[-1].name == "crowdfund/pledge_cancelled"
        assert len(provider.detached) == 1

    def test_after_the_close_nothing_is_offered_and_nothing_taken(self, client, campaign, provider):
        pledge = pledge_as_guest(client, campaign, provider)
        pledge.status, campaign.status = "charging", "collecting"
        db.session.flush()
        page = client.get(f"/en/pledges/{pledge.public_id}")
        assert "Raise or lower" not in page.text
        assert "Cancel my pledge" not in page.text
        assert client.post(f"/en/pledges/{pledge.public_id}/cancellation").status == 409
        assert client.get(f"/en/pledges/{pledge.public_id}/amount").status == 303

    def test_name_and_message_change_at_any_time(self, client, campaign, provider):
        pledge = pledge_as_guest(client, campaign, provider)
        campaign.status = "funded"
        db.session.flush()
        client.get(f"/en/pledges/{pledge.public_id}/name")
        client.submit("Save", {"shown": "name", "name": "Ada L", "message": "Well done"})
        assert "Ada L" in client.follow().text
        assert (kept()[0].is_anonymous, kept()[0].message) == (False, "Well done")


def test_gift_aid_is_declared_on_the_way_and_kept_with_the_pledge(client, make, in_request, provider):
    campaign = make.campaign("live", gift_aid=True)
    charity = campaign.organisation.name
    db.session.commit()
    client.get(new(campaign))
    assert client.submit("Continue", TYPED).location.endswith("/gift-aid")
    page = client.follow()
    assert f"I want {charity} to claim Gift Aid on this pledge" in page.text
    assert client.submit("Continue", {"wants": "yes", "first_name": "Ada"}).status == 422
    typed = {
        "wants": "yes",
        "title": "Ms",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "address": "12 Rye Lane",
        "postcode": "se154qn",
    }
    client.submit("Continue", typed)
    page = client.follow()
    assert "SE15 4QN" in page.text
    client.submit("Save my card")
    assert len(kept(GiftAidDeclaration)) == 1
    save_card(provider)
    client.get(f"/en/pledges/{kept()[0].public_id}/gift-aid")
    client.submit("Continue", {"wants": "no"})
    assert kept(GiftAidDeclaration) == []


def test_a_card_that_ends_too_soon_is_told_of_once_ten_days_before(
    client, make, now, in_request, run_jobs, outbox, provider
):
    campaign = make.campaign("live", closes_at=now + timedelta(days=9))
    ends, lasts = make.payment_method(exp_month=12, exp_year=2026), make.payment_method(exp_month=1, exp_year=2027)
    soon = make.campaign("live", closes_at=now + timedelta(days=60))
    make.pledge(campaign, payment_method_id=lasts.id)
    make.pledge(soon, payment_method_id=ends.id)
    assert pledge_jobs.warn(now) == 0
    told = make.pledge(campaign, payment_method_id=make.payment_method(exp_month=11, exp_year=2026).id)
    assert (pledge_jobs.warn(now), pledge_jobs.warn(now)) == (1, 0)
    run_jobs()
    assert [(each.name, each.to_address) for each in outbox()] == [("crowdfund/card_expires_soon", told.email)]


def test_the_receipt_says_what_was_and_was_not_charged(client, make, in_request):
    ada = make.member()
    make.sign_in(client, ada)
    campaign = make.campaign("funded")
    pledge = make.pledge(campaign, by=ada, status="partly_refunded", tip=GBP(2), collected_minor=1200)
    make.charge(reference=f"pledge:{pledge.public_id}", amount=GBP(27), status="succeeded")
    text = client.get(f"/en/pledges/{pledge.public_id}/receipt").text
    lines = ("Pledged to the campaign £25", "Tip for this website £2", "Taken from your card £27")
    for words in (*lines, "Given back to your card £15", "Stays taken £12", "not a VAT receipt"):
        assert words in text
    standing = make.pledge(make.campaign("live"), by=ada)
    assert "Taken from your card Nothing" in client.get(f"/en/pledges/{standing.public_id}/receipt").text


def test_the_list_asks_the_same_few_questions_whatever_its_length(client, make, in_request):
    ada = make.member()
    for _ in range(25):
        make.pledge(make.campaign("funded"), by=ada, status="collected")
    make.sign_in(client, ada)
    page = client.get("/en/account/pledges")
    assert page.text.count("was taken from your card") == 20
    client.click("Next page")
    assert client.last.text.count("was taken from your card") == 5
    assert db.session.scalar(select(func.count()).select_from(Pledge)) == 25


def test_the_most_is_a_setting(in_request):
    assert actions.most() == GBP(10_000)
