"""What nobody may do to a pledge: forge its amount, read or change another's, learn who backs what, try out cards."""

import re

import pytest

from civic.core import tokens
from civic.core.db import db
from civic.core.money import GBP
from civic.core.sealing import seal
from civic.core.tokens import sign
from civic.crowdfund import pledge_jobs
from civic.crowdfund.links import pledge_link
from civic.crowdfund.models import PledgeConsent
from civic.payments.models import CardSetup
from tests.crowdfund.backers import TYPED, kept, new, pledge_as_guest


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
        "spoil", [lambda t: t[:-9] + ("a" if t[-9] != "a" else "b") + t[-8:], lambda t: "x" + t, lambda t: "x"]
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
        pledge_jobs.send_pledge_links(sealed=seal(ada.email), language="en")
        assert outbox() == []


class TestTwice:
    def test_only_the_owner_of_an_address_hears_that_there_are_two_pledges(
        self, client, make, campaign, provider, run_jobs, outbox
    ):
        make.pledge(campaign, email="ada@example.org")
        db.session.commit()
        pledge = pledge_as_guest(client, campaign, provider)
        assert "more pledge" not in client.get(f"/en/pledges/{pledge.public_id}").text
        run_jobs()
        assert "You have 1 more pledge to this campaign with this address." in outbox()[-1].text


class TestLimits:
    def test_promises_are_bounded_for_one_person(self, client, make, campaign, rate_limits):
        make.sign_in(client, make.member())
        path = f"/en/campaigns/{campaign.slug}/pledges"
        assert [client.post(path).status for _ in range(11)][-2:] == [303, 429]
