"""Pledging as a person does it: the form, what is promised, the card, the page to come back to."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from civic.core import tokens
from civic.core.db import db
from civic.core.money import GBP
from civic.core.tokens import sign
from civic.crowdfund import pledge_jobs
from civic.crowdfund.actions import pledges as actions
from civic.crowdfund.links import pledge_link
from civic.crowdfund.models import GiftAidDeclaration, Pledge, PledgeConsent
from civic.crowdfund.queries import figures
from civic.crowdfund.queries import pledges as queries
from civic.payments.engine import visits
from civic.payments.models import CardSetup
from civic.payments.provider import ProviderError
from tests.payments.fake_provider import FakeProvider

ELSEWHERE = "https://provider.example/"
TYPED = {"amount": "other", "own": "20", "shown": "anonymous", "email": "ada@example.org"}


@pytest.fixture
def provider(app, now, monkeypatch) -> FakeProvider:
    """A payment provider in memory."""
    made = FakeProvider(lambda: now)
    monkeypatch.setitem(app.extensions, "payments", made)
    return made


@pytest.fixture
def campaign(in_request, make, provider):
    campaign = make.campaign("live", target=GBP(1000))
    db.session.commit()
    return campaign


def kept(kind: Any = Pledge) -> list[Any]:
    db.session.expire_all()
    return list(db.session.scalars(select(kind).order_by(kind.id)))


def new(campaign: Any) -> str:
    return f"/en/campaigns/{campaign.slug}/pledges/new"


def save_card(provider: FakeProvider) -> None:
    """The person types a card at the provider, and its announcement arrives."""
    db.session.commit()
    setup = kept(CardSetup)[-1]
    provider.save_card(setup.setup_id)
    visits.sync(setup.key)


def pledge_as_guest(client, campaign, provider, **typed: Any) -> Pledge:
    client.get(new(campaign))
    client.submit("Continue", TYPED | typed)
    client.follow()
    answer = client.submit("Save my card")
    assert answer.location.startswith(ELSEWHERE)
    save_card(provider)
    return kept()[-1]


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


class TestForgedAmounts:
    @pytest.mark.parametrize(
        "own",
        [
            "",
            *[
                "-20",
                "0",
                "0.99",
                "0.001",
                "20.001",
                "NaN",
                "1e309",
                "1e2",
                "inf",
                "10000.01",
                "99999999999",
                "$20",
                "€20",
                "20EUR",
                "twenty",
            ],
        ],
    )
    def test_no_such_amount_is_taken(self, client, campaign, own):
        client.get(new(campaign))
        page = client.submit("Continue", TYPED | {"own": own})
        assert page.status == 422
        assert page.errors
        assert client.get(f"/en/campaigns/{campaign.slug}/pledges/check").location.endswith("/new")
        assert kept() == kept(CardSetup) == kept(PledgeConsent) == []

    @pytest.mark.parametrize("own", ["٢٠", "20,00", "£20", " 20.00 ", "২০"])
    def test_twenty_pounds_in_any_digits_are_twenty_pounds(self, client, campaign, own):
        client.get(new(campaign))
        client.submit("Continue", TYPED | {"own": own})
        assert "I promise £20 to" in client.follow().text

    @pytest.mark.parametrize("amount", ["1", "999999", "-1000", "other ", "2500.5"])
    def test_a_choice_that_was_never_offered_is_none(self, client, campaign, amount):
        client.get(new(campaign))
        assert client.post(new(campaign), TYPED | {"amount": amount, "own": ""}).status == 422

    @pytest.mark.parametrize("tip", ["-1", "21", "NaN", "1e9", "0.001"])
    def test_no_such_tip_is_taken(self, client, campaign, tip):
        client.get(new(campaign))
        assert client.submit("Continue", TYPED | {"tip": tip}).status == 422

    def test_nothing_that_is_sent_with_the_button_changes_what_was_shown(self, client, campaign):
        client.get(new(campaign))
        client.submit("Continue", TYPED)
        page = client.follow()
        mark = page.forms[-1].values()["consent"][0]
        forged = {
            "consent": mark,
            "amount": "1",
            "amount_minor": "1",
            "status": "authorised",
            "user_id": "1",
            "tip": "-19",
        }
        client.post(f"/en/campaigns/{campaign.slug}/pledges", forged)
        (pledge,) = kept()
        assert (pledge.amount, pledge.tip, pledge.status, pledge.user_id) == (GBP(20), GBP(0), "awaiting_card", None)

    def test_the_visit_of_another_pledge_moves_nothing(self, client, make, campaign, provider):
        mine = pledge_as_guest(client, campaign, provider)
        theirs = make.pledge(campaign, status="awaiting_card")
        client.get(f"/en/pledges/{theirs.public_id}")
        assert (mine.status, theirs.status) == ("authorised", "awaiting_card")

    @pytest.mark.parametrize("name", ["GLA Staff", "<b>Ada</b>", "Аdа", ""])
    def test_nobody_is_shown_as_somebody_else(self, client, campaign, name):
        client.get(new(campaign))
        page = client.submit("Continue", TYPED | {"shown": "name", "name": name})
        assert page.status == 422

    def test_words_of_others_are_inert(self, client, campaign, provider):
        pledge_as_guest(client, campaign, provider, message="<script>alert(1)</script>")
        html = client.get(f"/en/pledges/{kept()[0].public_id}").html
        assert "<script>alert(1)" not in html


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


class TestDoors:
    ACTS = ("amount", "change", "card", "name", "cancellation", "gift-aid", "raise-withdrawal", "gift-aid/withdrawal")

    def test_another_members_pledge_is_not_there(self, client, make, campaign):
        pledge = make.pledge(campaign, by=make.member())
        make.sign_in(client, make.member())
        for page in ("", "/receipt", "/amount", "/change", "/name", "/cancellation", "/gift-aid"):
            assert client.get(f"/en/pledges/{pledge.public_id}{page}").status == 404
        for act in self.ACTS:
            assert client.post(f"/en/pledges/{pledge.public_id}/{act}", {"amount": "1"}).status == 404
        assert kept()[0].status == "authorised"

    def test_a_visitor_gets_the_same_answer_whether_or_not_there_is_such_a_pledge(self, client, make, campaign):
        real, none = make.pledge(campaign).public_id, "0" * 32
        answers = {client.get(f"/en/pledges/{each}").location.replace(each, "") for each in (real, none)}
        assert len(answers) == 1
        for act in self.ACTS:
            assert {client.post(f"/en/pledges/{each}/{act}").status for each in (real, none)} == {403}

    def test_staff_do_not_read_anybodys_pledge_either(self, client, make, campaign):
        make.sign_in(client, make.staff("finance_officer", "funds_officer"))
        assert client.get(f"/en/pledges/{make.pledge(campaign).public_id}").status == 404

    def test_the_mailed_link_opens_the_pledge_with_one_press(self, client, make, campaign):
        pledge = make.pledge(campaign)
        address = pledge_link(pledge)
        page = client.get(address)
        assert "You have promised" not in page.text  # a mail program that looks ahead learns nothing
        client.submit("Open my pledge")
        assert "You have promised £25." in client.follow().text

    @pytest.mark.parametrize(
        "spoil", [lambda t: t[:-1] + ("a" if t[-1] != "a" else "b"), lambda t: "x" + t, lambda t: "x"]
    )
    def test_a_link_that_was_touched_opens_nothing(self, client, make, campaign, spoil):
        token = sign("crowdfund.pledge", make.pledge(campaign).public_id)
        for method in ("GET", "POST"):
            assert (
                client.open(method, f"/en/pledges/open/{spoil(token)}", data={"csrf_token": client.token()}).status
                == 400
            )

    def test_a_link_that_was_signed_for_something_else_opens_nothing(self, client, make, campaign):
        token = sign("surveys.draft", make.pledge(campaign).public_id)
        assert client.get(f"/en/pledges/open/{token}").status == 400

    def test_an_old_link_opens_nothing(self, client, make, campaign, monkeypatch):
        token = sign("crowdfund.pledge", make.pledge(campaign).public_id)
        monkeypatch.setattr("civic.crowdfund.links.DAYS", -1)
        assert client.get(f"/en/pledges/open/{token}").status == 400
        assert tokens.read("crowdfund.pledge", token, max_age=60)

    def test_once_an_account_has_it_a_guests_link_and_browser_open_it_no_more(self, client, make, campaign, provider):
        pledge = pledge_as_guest(client, campaign, provider)
        address = pledge_link(pledge)
        make.member(email="ada@example.org")
        assert client.get(f"/en/pledges/{pledge.public_id}").location
        client.get(address)
        client.submit("Open my pledge")
        assert client.get(f"/en/pledges/{pledge.public_id}").location

    def test_every_act_needs_its_token(self, client, campaign, provider):
        pledge = pledge_as_guest(client, campaign, provider)
        for act in self.ACTS:
            assert client.post(f"/en/pledges/{pledge.public_id}/{act}", token=False).status == 400
        assert kept()[0].status == "authorised"


class TestFinding:
    def test_the_answer_is_the_same_with_and_without_pledges(self, client, make, campaign, run_jobs, outbox):
        make.pledge(campaign, email="ada@example.org")
        said = []
        for email in ("ada@example.org", "nobody@example.org"):
            client.get("/en/pledges/find")
            client.submit("Send me my links", {"email": email})
            said.append(re.sub(r"\s+", " ", client.follow().text))
        assert said[0] == said[1]
        run_jobs()
        (message,) = outbox()
        assert message.to_address == "ada@example.org"
        assert "/en/pledges/open/" in message.text

    def test_a_members_pledges_are_found_by_signing_in_and_not_by_mail(
        self, client, make, campaign, in_request, outbox
    ):
        ada = make.member()
        make.pledge(campaign, by=ada)
        pledge_jobs.send_pledge_links(email=ada.email, language="en")
        assert outbox() == []


class TestLimits:
    def test_promises_are_bounded_for_one_person(self, client, make, campaign, rate_limits):
        make.sign_in(client, make.member())
        path = f"/en/campaigns/{campaign.slug}/pledges"
        assert [client.post(path).status for _ in range(11)][-2:] == [303, 429]


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
