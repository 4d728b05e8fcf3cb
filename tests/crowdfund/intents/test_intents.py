"""A wish to pledge, told on the phone: no money, no card, no promise; the person goes on by themselves."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from civic.core.db import db
from civic.core.states import IllegalMove
from civic.crowdfund.actions.pledges import CampaignClosed
from civic.crowdfund.intents import actions, jobs, queries
from civic.crowdfund.intents.models import STATUSES, PledgeIntent
from civic.crowdfund.models import Pledge

LANGUAGES = ("en", "pl", "ar", "xx")
DESK = "/en/staff/pledge-intents"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch, now: Any, in_request: Any) -> None:
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


def intent() -> PledgeIntent:
    return db.session.scalars(select(PledgeIntent).order_by(PledgeIntent.id.desc())).first()


def test_staff_write_a_wish_down_and_the_person_goes_on_from_their_mail(client, make, outbox):
    campaign = make.campaign("live")
    make.sign_in(client, make.staff("assistant"))
    client.get(f"{DESK}/new")
    told = {"campaign": campaign.slug, "amount": "20", "name": "Ada", "email": "ada@example.org"}
    client.submit("Record the wish", told)
    assert "The link is on its way" in client.follow().text
    message = outbox()[-1]
    assert message.to_address == "ada@example.org" and "£20" in message.text
    link = next(word for word in message.text.split() if "/pledge-codes/" in word)
    client.get(link)
    client.submit("Go on to my pledge")
    page = client.follow()
    assert f"/campaigns/{campaign.slug}/pledges/new" in page.path
    assert intent().status == "opened"
    assert db.session.scalar(select(func.count()).select_from(Pledge)) == 0


def test_whoever_has_no_mail_gets_a_letter_whose_code_is_shown_once(client, make):
    campaign = make.campaign("live")
    make.sign_in(client, make.staff("assistant"))
    client.get(f"{DESK}/new")
    told = {"campaign": campaign.slug, "amount": "20", "name": "Ada", "address": "1 Marylebone Road, London NW1 5LS"}
    page = client.submit("Record the wish", told)
    (code,) = re.findall(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}", page.text)
    assert "Marylebone" in page.text and "/pledge-codes" in page.text
    assert queries.intent_by_code(code)[0].id == intent().id
    assert code not in client.get(DESK).text


def test_the_code_of_a_letter_is_typed_however_it_comes(client, make):
    made, code = make.pledge_intent(make.campaign("live"))
    client.get("/en/pledge-codes")
    assert client.submit("Continue", {"code": "K7QM-2XWD-9HTA"}).status == 422
    client.submit("Continue", {"code": code.lower().replace("-", " ")})
    assert client.follow().h1 == "What you told us"
    assert made.status == "sent"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name": ""}, "Enter their name."),
        ({"amount": "0.50"}, "Enter an amount of at least £1."),
        ({"amount": "99999999"}, "Enter an amount of at least £1."),
        ({"email": "nonsense"}, "correct format"),
        ({"email": ""}, "Enter an email address, or a full postal address"),
        ({"campaign": ""}, "Choose a campaign."),
    ],
)
def test_a_refused_wish_comes_back_as_it_was_typed(client, make, told, sentence):
    campaign = make.campaign("live")
    make.sign_in(client, make.staff("assistant"))
    client.get(f"{DESK}/new")
    whole = {"campaign": campaign.slug, "amount": "20", "name": "Ada", "email": "a@example.org"} | told
    page = client.submit("Record the wish", whole)
    assert page.status == 422 and sentence in page.text
    assert intent() is None


@pytest.mark.parametrize("verb", ["open", "withdraw", "expire"])
@pytest.mark.parametrize("status", STATUSES)
def test_every_state_and_every_verb(make, now, status, verb):
    made, _code = make.pledge_intent(make.campaign("live"))
    if status in ("withdrawn", "expired"):
        made.name = made.address = ""
    made.status = status
    db.session.flush()
    after = PledgeIntent.TRANSITIONS.get((status, verb))
    act = (
        (lambda: actions.end(made.id, verb, by=None, now=now))
        if verb != "open"
        else (lambda: actions.go_on(made.id, by=None, now=now))
    )
    if after is None and (status, verb) != ("opened", "open"):
        with pytest.raises(IllegalMove):
            act()
        return
    act()
    assert made.status == (after or "opened")
    assert bool(made.address) == made.is_standing


def test_a_closed_campaign_takes_no_wishes_and_ends_those_it_has(client, make, now, monkeypatch):
    campaign = make.campaign("live", closes_at=now + timedelta(days=2))
    made, code = make.pledge_intent(campaign)
    fresh, _code = make.pledge_intent(make.campaign("live", closes_at=now + timedelta(days=40)))
    later = now + timedelta(days=3)
    monkeypatch.setattr("civic.core.clock.now", lambda: later)
    with pytest.raises(CampaignClosed):
        actions.take(campaign, actions.Wished(made.amount, "en", address="x y z"), by=make.staff(), now=later)
    assert client.get(f"/en/pledge-codes/{code}").status == 410
    jobs.forget_intents()
    db.session.expire_all()
    assert (made.status, made.name, made.address) == ("expired", "", "")
    assert fresh.status == "sent"


@pytest.mark.parametrize("role", ["researcher", "moderator", "administrator"])
def test_other_staff_may_not(client, make, role):
    make.sign_in(client, make.staff(role))
    assert client.get(DESK).status == 403
    assert client.post(f"{DESK}/new", {}).status == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_in_every_language(client, make, language, outbox):
    campaign = make.campaign("live")
    _made, code = make.pledge_intent(campaign)
    make.pledge_intent(campaign, email="ada@example.org", address="", language=language)
    client.get(f"/{language}/pledge-codes")
    client.get(f"/{language}/pledge-codes/{code}")
    make.sign_in(client, make.staff("assistant"))
    client.get(f"/{language}/staff/pledge-intents")
    client.get(f"/{language}/staff/pledge-intents/new")
    assert outbox()
