"""Putting a failed card right, by plain forms: what is seen, who may, and what comes of it."""

import re
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from civic.core import tokens
from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.crowdfund.actions import fixing, telling
from civic.crowdfund.models import PledgeConsent
from civic.payments.events import CardNotWanted
from civic.payments.models import CardSetup, PaymentMethod
from tests.crowdfund.street import Street, street


@pytest.fixture
def here(isolated, make, now):
    with street(isolated, make, now) as made:
        yield made


@pytest.fixture
def failed(here):
    """A campaign that is being collected, and a pledge of £40 and £2 whose bank wants to see its backer."""
    campaign = here.campaign()
    here.pledge(campaign, GBP(60))
    pledge = here.pledge(campaign, GBP(40), tip=GBP(2), card="asks_always")
    here.to_the_close(campaign)
    here.minutes()
    assert here.states(pledge) == ["past_due"]
    return pledge


def mailed(outbox, pledge, name="charge_needs_you"):
    """The address in the last such mail to this backer."""
    letters = [each for each in outbox() if each.to_address == pledge.email and each.name == f"crowdfund/{name}"]
    found = re.search(r"http://localhost(/en/pledges/\S+/fix\?t=\S+)", letters[-1].text)
    assert found
    return found[1]


def path(url):
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_the_mail_leads_to_a_page_that_says_what_happened_and_until_when(here: Street, failed, client, outbox):
    page = client.get(mailed(outbox, failed))
    assert page.h1 == "Put your card right"
    assert "your bank has not let us take £40 and a tip of £2" in page.text
    assert "Nothing has left your account." in page.text
    assert "£42" in page.text
    assert "Your bank wants you to confirm the payment yourself." in page.text
    assert "Visa ending in 4242" in page.text
    assert "11:59pm" in page.text


def test_confirmed_with_the_bank(here: Street, failed, client, outbox):
    client.get(mailed(outbox, failed))
    away = client.submit("Confirm with your bank")
    assert "/sandbox/" in away.location
    here.world.answer_bank(here.charge_of(failed).provider_payment_id)
    here.hear()
    page = client.get(mailed(outbox, failed) + "&tried=bank")
    assert page.h1 == "Your card is in order"
    assert "It worked. Thank you." in page.text
    assert here.states(failed) == ["collected"]
    here.is_in_order()


def test_what_the_bank_refuses_can_be_tried_again(here: Street, failed, client, outbox):
    client.get(mailed(outbox, failed))
    client.submit("Confirm with your bank")
    here.world.answer_bank(here.charge_of(failed).provider_payment_id, passes=False)
    here.hear()
    page = client.get(mailed(outbox, failed) + "&tried=bank")
    assert "It did not work this time." in page.text
    assert "Nothing was taken." in page.text
    assert page.h1 == "Put your card right"
    assert here.states(failed) == ["past_due"]


def another_card(here, failed, client, outbox, card="success"):
    client.get(mailed(outbox, failed))
    client.submit("Agree, and use another card")
    with transaction():
        setup = db.session.scalars(sa.select(CardSetup).order_by(CardSetup.id.desc()).limit(1)).one()
    here.world.complete_setup(setup.setup_id, card)
    here.hear()
    return here.again(setup)


def test_another_card_is_charged_at_once_and_the_old_one_let_go(here: Street, failed, client, outbox):
    old = failed.payment_method_id
    setup = another_card(here, failed, client, outbox)
    page = client.get(setup.return_path)
    assert page.h1 in ("We are asking your bank", "Your card is in order")
    here.minutes()
    assert here.states(failed) == ["collected"]
    assert here.charge_of(failed).payment_method_id == setup.payment_method_id
    with transaction():
        assert db.session.get_one(PaymentMethod, old, populate_existing=True).detached_at is not None
        consents = db.session.scalars(sa.select(PledgeConsent).where(PledgeConsent.pledge_id == failed.id)).all()
    assert "may charge this card once, now, with £42" in consents[-1].text
    assert (consents[-1].amount_minor, consents[-1].tip_minor) == (4000, 200)
    assert client.get(setup.return_path).h1 == "Your card is in order"
    here.is_in_order()


def test_another_card_that_fails_too_can_be_replaced_once_more(here: Street, failed, client, outbox):
    another_card(here, failed, client, outbox, card="fails_at_charge")
    here.minutes()
    assert here.states(failed) == ["past_due"]
    another_card(here, failed, client, outbox)
    here.minutes()
    assert here.states(failed) == ["collected"]
    assert [each.name for each in outbox() if each.to_address == failed.email].count("crowdfund/charge_needs_you") == 2
    here.is_in_order()


def test_a_card_saved_twice_is_charged_once(here: Street, failed, client, outbox):
    first = mailed(outbox, failed)
    setups = []
    for _ in range(2):
        client.get(first)
        client.submit("Agree, and use another card")
        with transaction():
            setups.append(db.session.scalars(sa.select(CardSetup).order_by(CardSetup.id.desc()).limit(1)).one())
    for setup in setups:
        here.world.complete_setup(setup.setup_id)
    here.hear()
    here.minutes()
    assert here.states(failed) == ["collected"]
    assert sorted(here.again(setup).status for setup in setups) == ["refused", "succeeded"]
    here.is_in_order()


def test_a_card_saved_after_the_window_is_let_go(here: Street, failed):
    campaign = here.again(failed).campaign_id
    here.later(days=8)
    with pytest.raises(CardNotWanted), transaction():
        fixing.use_another_card(failed, payment_method_id=failed.payment_method_id, now=here.now())
    assert campaign


def test_a_pledge_without_a_charge_gets_one_with_its_new_card(here: Street, client, outbox):
    campaign = here.campaign()
    here.pledge(campaign, GBP(100))
    gone = here.pledge(campaign, GBP(50))
    with transaction():
        db.session.get_one(PaymentMethod, gone.payment_method_id).detached_at = here.now()
    here.to_the_close(campaign)
    here.minutes()
    page = client.get(mailed(outbox, gone))
    assert "The card can no longer be used." in page.text
    assert "Confirm with your bank" not in page.text
    another_card(here, gone, client, outbox)
    here.minutes()
    assert here.states(gone) == ["collected"]
    here.is_in_order()


def test_after_the_window_the_page_says_so_and_offers_nothing(here: Street, failed, client, outbox):
    link = mailed(outbox, failed)
    here.later(days=8)
    page = client.get(link)
    assert page.h1 == "There is nothing to put right"
    assert "The time to put it right is over." in page.text
    assert not [form for form in page.forms if "fix" in form.action]
    assert client.post(f"/en/pledges/{failed.public_id}/fix/card", {"t": link.split("t=")[1]}).status == 409
    assert client.post(f"/en/pledges/{failed.public_id}/fix/bank", {"t": link.split("t=")[1]}).status == 303


def test_a_link_that_is_altered_or_of_another_pledge_opens_nothing(here: Street, failed, client, outbox, make):
    link, here_ = mailed(outbox, failed), f"/en/pledges/{failed.public_id}/fix"
    for strange in (
        "",
        "?t=",
        "?t=nonsense",
        f"?t={tokens.sign(telling.FIXING, 'f' * 32)}",
        f"?t={tokens.sign('other', failed.public_id)}",
    ):
        page = client.get(here_ + strange)
        assert page.status == 403
        assert page.h1 == "This link is too old"
        assert "£40" not in page.text
    assert client.post(f"{here_}/card", {"t": link.split("t=")[1] + "x"}).status == 403
    assert client.post(f"{here_}/bank").status == 403
    assert client.get("/en/pledges/" + "0" * 31 + "1/fix").status == 404
    with transaction():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(CardSetup)) == 2  # of the promises themselves


def test_a_new_link_goes_to_the_address_of_the_pledge_alone(here: Street, failed, client, outbox):
    before = len(outbox())
    client.get(f"/en/pledges/{failed.public_id}/fix")
    page = client.submit("Send me a new link")
    assert page.h1 == "Look in your inbox"
    here.do_jobs()
    (letter,) = outbox()[before:]
    assert letter.to_address == failed.email
    assert client.get(mailed(outbox, failed, "charge_reminder")).h1 == "Put your card right"


def test_a_member_needs_no_link(here: Street, failed, client, make):
    member, stranger = make.member(), make.member()
    with transaction():
        here_pledge = db.session.merge(failed)
        here_pledge.user_id = member.id
    make.sign_in(client, member)
    assert client.get(f"/en/pledges/{failed.public_id}/fix").h1 == "Put your card right"
    make.sign_in(client, stranger)
    assert client.get(f"/en/pledges/{failed.public_id}/fix").status == 403


@pytest.mark.parametrize("status", ["authorised", "collected", "released", "cancelled"])
def test_there_is_nothing_to_put_right_for_any_other_pledge(here: Street, client, make, status):
    with transaction():
        campaign = make.campaign("live")
    pledge = here.pledge(campaign)
    with transaction():
        db.session.merge(pledge).status = status
    page = client.get(f"/en/pledges/{pledge.public_id}/fix?t={tokens.sign(telling.FIXING, pledge.public_id)}")
    assert page.h1 in ("There is nothing to put right", "Your card is in order")
