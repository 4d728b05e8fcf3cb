"""What officers see of a campaign after its close, and who may decide."""

import pytest

from civic.core.db import transaction
from civic.core.money import GBP
from civic.crowdfund.actions import shortfall
from tests.crowdfund.street import Street, street


@pytest.fixture
def here(isolated, make, now):
    with street(isolated, make, now) as made:
        yield made


@pytest.fixture
def short(here):
    """A campaign of which £60 came and £40 did not."""
    campaign = here.campaign()
    here.pledge(campaign, GBP(60))
    here.pledge(campaign, GBP(40), card="stolen_later")
    here.to_the_close(campaign)
    here.minutes()
    here.to_the_end_of_grace(campaign)
    here.minutes()
    return campaign


def address(campaign, rest=""):
    return f"/en/staff/campaigns/{campaign.slug}/settlement{rest}"


def seen_by(client, make, person, campaign):
    make.sign_in(client, person)
    return client.get(address(campaign))


def test_the_run_of_charges_is_told_in_words(here: Street, client, make):
    campaign = here.campaign()
    here.pledge(campaign, GBP(60))
    here.pledge(campaign, GBP(40), card="asks_always")
    here.to_the_close(campaign)
    here.minute(charge=False)
    page = seen_by(client, make, here.officer, campaign)
    assert "0 of 2 cards have been asked" in page.text
    here.minutes()
    page = client.get(address(campaign))
    assert "Every card has been asked." in page.text
    assert "Card needs its owner" in page.text
    assert "£60 of £100, 60%; 95% is enough" in page.text
    assert page.link("Look again").href == address(campaign)


def test_two_officers_decide_on_two_pages(here: Street, client, make, short):
    seen_by(client, make, here.officer, short)
    client.submit("Propose", choice="refund", why="The square cannot be built for less.")
    page = client.follow()
    assert "Your proposal is kept. Another officer must decide." in page.text
    assert "You proposed this, so another officer must decide." in page.text
    assert "Say no to the proposal" not in page.text
    page = seen_by(client, make, here.second, short)
    assert "The square cannot be built for less." in page.text
    client.submit("Give everybody their money back")
    page = client.follow()
    assert "Everybody gets their money back." in page.text
    here.minutes()
    assert here.state(short) == "failed"
    assert "Everybody has their money back." in client.get(address(short)).text
    here.is_in_order()


def test_no_is_an_answer_and_one_can_take_back_ones_own(here: Street, client, make, short):
    seen_by(client, make, here.officer, short)
    client.submit("Propose", choice="pay_out", why="It is nearly enough.")
    client.follow()
    client.submit("Take my proposal back")
    client.follow()
    client.submit("Propose", choice="extend", days="5", why="Most of them answered our mail.")
    client.follow()
    seen_by(client, make, here.second, short)
    client.submit("Say no to the proposal")
    page = client.follow()
    assert here.state(short) == "shortfall"
    assert "Give backers more time" in page.text
    assert "Declined" in page.text


def test_who_proposed_is_turned_away_from_deciding_whatever_they_send(here: Street, client, make, short):
    with transaction():
        proposal = shortfall.propose(short, choice="pay_out", days=None, why="Enough.", by=here.officer, now=here.now())
    make.sign_in(client, here.officer)
    sent = {"proposal": str(proposal.id), "act": "decide"}
    assert client.post(address(short, "/decisions"), sent).status == 403
    assert here.state(short) == "shortfall"
    make.sign_in(client, here.second)
    assert client.post(address(short, "/decisions"), sent | {"proposal": "999"}).status == 409
    assert client.post(address(short, "/decisions"), sent | {"proposal": "x"}).status == 409
    assert client.post(address(short, "/proposal-withdrawal"), sent).status == 404
    assert client.post(address(short, "/decisions"), sent).status == 303
    assert here.state(short) == "paying"


def test_a_proposal_wants_a_choice_a_reason_and_sensible_days(here: Street, client, make, short):
    seen_by(client, make, here.officer, short)
    page = client.submit("Propose")
    assert page.status == 422
    assert "Choose what should happen." in page.text
    assert "Say why." in page.text
    page = client.submit("Propose", choice="extend", days="99", why="They need time.")
    assert page.status == 422
    assert "Enter a number of days from 1 to 30." in page.text


def test_the_waiting_is_told_point_by_point_and_paid_out(here: Street, client, make):
    campaign = here.campaign(registered=False)
    here.pledge(campaign, GBP(100))
    here.to_the_close(campaign)
    here.minutes()
    page = seen_by(client, make, here.officer, campaign)
    assert "The money is available at the payment provider" in page.text
    assert "Its registration with our payment partner is not finished." in page.text
    here.register(campaign)
    here.later(days=8)
    page = seen_by(client, make, here.officer, campaign)
    assert "Waits for a finance officer" in page.text
    here.release(campaign)
    page = client.get(address(campaign))
    assert "The organisation was paid on" in page.text
    assert "Sent" in page.text


def test_only_those_who_settle_see_it_and_nobody_decides_for_their_own(here: Street, client, make, short):
    owner = make.staff("funds_officer")
    with transaction():
        campaign = make.campaign("shortfall", owner=owner)
    for person, status in ((make.member(), 403), (make.staff("researcher"), 403), (owner, 200)):
        assert seen_by(client, make, person, campaign).status == status
    assert "You are a member of this organisation, so you cannot decide." in client.last.text
    assert client.post(address(campaign, "/proposals"), {"choice": "pay_out", "why": "x"}).status == 403
    assert client.post(address(campaign, "/payments")).status == 403


def test_the_list_shows_first_what_waits_for_an_officer(here: Street, client, make, short):
    with transaction():
        make.campaign("paying", title="Benches for Clapton")
    make.sign_in(client, here.officer)
    page = client.get("/en/staff/campaigns/settlements")
    assert page.text.index(short.title) < page.text.index("Benches for Clapton")
    assert "1" in client.get("/en/staff").text


@pytest.mark.parametrize("status", ["draft", "in_review", "live"])
def test_before_the_close_there_is_no_settlement(here: Street, client, make, status):
    with transaction():
        campaign = make.campaign(status)
    assert seen_by(client, make, here.officer, campaign).status == 404


def test_a_campaign_that_failed_says_that_nobody_was_charged(here: Street, client, make):
    campaign = here.campaign()
    here.pledge(campaign, GBP(99))
    here.to_the_close(campaign)
    here.minutes()
    assert "The target was not reached. Nobody was charged." in seen_by(client, make, here.officer, campaign).text
