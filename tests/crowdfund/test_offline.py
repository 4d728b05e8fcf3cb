"""Cash and cheques: recorded by one officer with evidence, counted when another has looked, withdrawn with a reason."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.errors import Forbidden
from civic.core.files import FileRefused, StoredFile
from civic.core.money import GBP, Money
from civic.core.states import IllegalMove, history
from civic.crowdfund.actions import offline as actions
from civic.crowdfund.actions import totals
from civic.crowdfund.actions.offline import Gift
from civic.crowdfund.actions.pledges import CampaignClosed
from civic.crowdfund.models import OfflinePledge
from civic.crowdfund.queries import figures

PDF = b"%PDF-1.7 a paying-in slip"
CHEQUE = Gift("cheque", GBP(250), received_on=None)  # type: ignore[arg-type]


def paper(content: bytes = PDF):
    return SimpleNamespace(stream=io.BytesIO(content), filename="slip.pdf")


@pytest.fixture
def campaign(in_request, make):
    return make.campaign("live", target=GBP(1000))


@pytest.fixture
def officers(make):
    return make.staff("funds_officer"), make.staff("finance_officer")


def recorded(campaign, officer, now, amount=CHEQUE.amount) -> OfflinePledge:
    gift = Gift("cheque", amount, received_on=now - timedelta(days=1))
    return actions.record(campaign, gift, paper(), by=officer, now=now)


def test_a_gift_counts_when_a_second_officer_has_confirmed_it(campaign, officers, now):
    gift = recorded(campaign, officers[0], now)
    assert figures.progress(campaign).offline == Money(0)
    actions.confirm(gift, by=officers[1], now=now)
    assert (gift.status, figures.progress(campaign).offline) == ("counted", GBP(250))
    assert figures.figures(campaign).backers == 1
    assert list(totals.wrong_totals()) == []


def test_nobody_confirms_or_turns_down_what_they_recorded_themselves(campaign, officers, now):
    gift = recorded(campaign, officers[0], now)
    with pytest.raises(actions.SecondPerson):
        actions.confirm(gift, by=officers[0], now=now)
    with pytest.raises(actions.SecondPerson):
        actions.decline(gift, by=officers[0], now=now, why="mine")


def test_a_gift_that_was_withdrawn_counts_no_more_and_says_why(campaign, officers, now):
    gift = recorded(campaign, officers[0], now)
    actions.confirm(gift, by=officers[1], now=now)
    actions.withdraw(gift, by=officers[0], now=now, why="The cheque bounced.")
    assert (gift.status, figures.progress(campaign).offline) == ("withdrawn", Money(0))
    assert history(gift)[-1].why == "The cheque bounced."
    assert list(totals.wrong_totals()) == []


@pytest.mark.parametrize("act", ["confirm", "withdraw"])
def test_what_was_decided_is_not_decided_again(campaign, officers, now, act):
    gift = recorded(campaign, officers[0], now)
    actions.decline(gift, by=officers[1], now=now, why="It names another project.")
    with pytest.raises(IllegalMove):
        getattr(actions, act)(gift, by=officers[1], now=now, **({"why": "x"} if act == "withdraw" else {}))


def test_after_the_close_nothing_is_recorded_confirmed_or_withdrawn(campaign, officers, now):
    gift, counted = recorded(campaign, officers[0], now), recorded(campaign, officers[0], now)
    actions.confirm(counted, by=officers[1], now=now)
    campaign.status = "collecting"
    db.session.flush()
    with pytest.raises(CampaignClosed):
        recorded(campaign, officers[0], now)
    with pytest.raises(CampaignClosed):
        actions.confirm(gift, by=officers[1], now=now)
    with pytest.raises(CampaignClosed):
        actions.withdraw(counted, by=officers[1], now=now, why="late")
    assert figures.kept(campaign.id).offline_minor == 25_000


def test_an_officer_has_no_say_about_their_own_organisation(in_request, make, now, officers):
    own = make.campaign("live", owner=officers[0])
    with pytest.raises(Forbidden):
        recorded(own, officers[0], now)
    gift = recorded(own, officers[1], now)
    with pytest.raises(Forbidden):
        actions.confirm(gift, by=officers[0], now=now)


@pytest.mark.parametrize("content", [b"", b"MZ not a paper", b"<html>"])
def test_without_a_paper_that_is_one_nothing_is_kept(campaign, officers, now, content):
    gift = Gift("cash", GBP(10), received_on=now)
    with pytest.raises(FileRefused):
        actions.record(campaign, gift, paper(content), by=officers[0], now=now)
    assert db.session.scalars(select(StoredFile)).all() == []


@pytest.mark.parametrize("amount", [Money(0), Money(-100), Money(99), Money(10**9)])
def test_a_sum_that_nobody_gave_is_refused(campaign, officers, now, amount):
    with pytest.raises(actions.NotAGift):
        recorded(campaign, officers[0], now, amount)


def test_every_act_is_in_the_audit_log(campaign, officers, now):
    gift = recorded(campaign, officers[0], now)
    actions.confirm(gift, by=officers[1], now=now)
    actions.withdraw(gift, by=officers[1], now=now, why="bounced")
    acts = db.session.scalars(select(AuditEntry).where(AuditEntry.thing == "offline_pledge").order_by(AuditEntry.id))
    assert [(each.verb.split(".")[1], each.actor_id) for each in acts] == [
        ("record", officers[0].id), ("confirm", officers[1].id), ("withdraw", officers[1].id),
    ]  # fmt: skip


class TestPages:
    def test_two_officers_count_a_cheque(self, client, make, campaign, officers, now):
        path = f"/en/staff/campaigns/{campaign.slug}/offline-pledges"
        make.sign_in(client, officers[0])
        client.get(path)
        client.click("Record a gift")
        assert client.submit("Record the gift", {"amount": "-1"}).status == 422
        typed = {"method": "cheque", "amount": "250", "shown": "name", "name": "Rye Lane Traders", "note": "Cheque 101"}
        day = {"received_on-day": "20", "received_on-month": "11", "received_on-year": "2026"}
        paper = [(io.BytesIO(PDF), "slip.pdf", "application/pdf")]
        client.submit("Record the gift", typed | day | {"evidence": paper})
        page = client.follow()
        assert "Waits for a second person" in page.text
        assert "You recorded it" in client.get("/en/staff/campaigns/offline-pledges").text
        client.get(path)
        page = client.last
        assert "A colleague confirms it" in page.text
        make.sign_in(client, officers[1])
        client.get(path)
        client.submit(next(each for form in client.last.forms for each in form.buttons if each.startswith("Confirm")))
        page = client.follow()
        assert "£250 count towards the target" in page.text
        withdrawal = next(each for each in client.last.links if each.text.startswith("Withdraw"))
        client.get(withdrawal.href)
        client.submit("Withdraw a gift", {"why": "It bounced."})
        assert "£0 count towards the target" in client.follow().text

    def test_papers_are_for_staff_alone_and_only_under_their_own_campaign(self, client, make, campaign, officers, now):
        gift = recorded(campaign, officers[0], now)
        other = make.campaign("live")
        paths = [f"/en/staff/campaigns/{each.slug}/offline-pledges/{gift.id}/evidence" for each in (campaign, other)]
        db.session.commit()
        assert client.get(paths[0]).status in (302, 303)
        make.sign_in(client, make.member())
        assert client.get(paths[0]).status == 403
        make.sign_in(client, officers[1])
        answer = client.get(paths[0])
        assert answer.response.get_data() == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert client.get(paths[1]).status == 404
        assert client.post(paths[1].replace("evidence", "confirmation")).status == 404
