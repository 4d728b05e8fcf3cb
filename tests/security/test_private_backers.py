"""Cases 10, 11, 22, 23, 30, 31, 38, 40: who backs what is between a backer and the site, whatever cookie, link or form is tried."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from civic.core.db import Model, db
from civic.core.money import GBP
from civic.core.tokens import sign
from civic.crowdfund.models import Pledge, PledgeConsent
from civic.payments.sandbox.cards import CARDS
from tests.crowdfund.backers import TYPED, kept, new
from tests.security.test_inert_words import alive
from tests.security.test_limits_of_input import MARKS

GIFT_AID = {
    "wants": "yes",
    "first_name": "Margaret",
    "last_name": "Odowd",
    "address": "12 Rye Lane",
    "postcode": "SE15 4QN",
}
BACKER = TYPED | {"shown": "name", "name": "Margaret O", "message": "From Peckham", "email": "margaret@example.org"}


def promise(client: Any, campaign: Any, **typed: str) -> Any:
    """Type a pledge and press the button; the answer is the way to the card."""
    assert client.post(new(campaign), BACKER | typed).status == 303
    if campaign.gift_aid:
        client.post(f"/en/campaigns/{campaign.slug}/pledges/gift-aid", GIFT_AID)
    page = client.get(f"/en/campaigns/{campaign.slug}/pledges/check")
    mark = next(form.values()["consent"][0] for form in page.forms if "consent" in form.names)
    return client.post(f"/en/campaigns/{campaign.slug}/pledges", {"consent": mark})


def pledge_link(pledge: Pledge) -> str:
    """The address in a guest's mail."""
    return f"/en/pledges/open/{sign('crowdfund.pledge', pledge.public_id)}"


def cookie_of(client: Any) -> dict[str, Any]:
    with client.client.session_transaction() as cookie:
        return dict(cookie)


def test_what_a_member_typed_is_drawn_from_no_cookie_after_signing_out(arrive, make, campaign):
    campaign.gift_aid = True
    db.session.commit()
    client, path = arrive("member"), f"/en/campaigns/{campaign.slug}/pledges"
    client.post(new(campaign), BACKER)
    client.post(f"{path}/gift-aid", GIFT_AID)
    assert "12 Rye Lane" in client.get(f"{path}/check").text
    old = cookie_of(client)
    client.post("/en/sign-out")
    for reader in (client, arrive("visitor"), arrive("member")):
        with reader.client.session_transaction() as cookie:
            cookie.update({name: value for name, value in old.items() if name == "pledge_wish" or reader is client})
        for page in ("check", "gift-aid", "new"):
            seen = reader.get(f"{path}/{page}").html
            assert not [word for word in ("Rye Lane", "Odowd", "Margaret", "Peckham") if word in seen], page


def test_a_pledge_of_a_member_opens_to_nobody_by_id_cookie_or_link(arrive, make, campaign):
    member = make.member()
    mine, theirs = make.pledge(campaign, by=member), make.pledge(campaign)
    db.session.commit()
    link = pledge_link(theirs)
    for kind in ("visitor", "member", "finance_officer", "funds_officer", "administrator", "moderator"):
        reader = arrive(kind)
        with reader.client.session_transaction() as cookie:
            cookie["pledges"] = [mine.public_id, str(mine.id), None, {"x": 1}]
        for page in ("", "/receipt", "/amount", "/change", "/name", "/cancellation", "/gift-aid", "/fix"):
            for method in ("GET", "POST"):
                got = reader.get(f"/en/pledges/{mine.public_id}{page}") if method == "GET" else reader.post(
                    f"/en/pledges/{mine.public_id}{page}", {"amount": "1", "tip": "0", "shown": "anonymous"}
                )  # fmt: skip
                assert got.status in (303, 403, 404, 405) and "£25" not in got.html, (kind, page)
        assert "£25" not in reader.get(link.replace("http://localhost", "")).html
    assert kept()[0].status == "authorised"


def test_the_form_of_a_pledge_tells_nobody_who_has_an_account_or_a_pledge(arrive, make, campaign, provider):
    known, backing = make.member(email="known@example.org"), "backs@example.org"
    make.pledge(campaign, email=backing)
    make.pledge(campaign, by=known)
    db.session.commit()
    answers = set()
    for email in ("known@example.org", backing, "nobody@example.org"):
        page = promise(arrive("visitor"), campaign, email=email)
        answers.add((page.status, re.sub(r"\d+|cs_\w+", "N", page.location or "")))
    assert len(answers) == 1, answers
    assert [each.user_id for each in kept()[-3:]] == [None] * 3


def test_no_page_of_a_pledge_is_kept_by_any_cache(arrive, make, campaign, provider):
    client = arrive("visitor")
    promise(client, campaign)
    (pledge,) = kept()
    paths = [new(campaign), f"/en/campaigns/{campaign.slug}/pledges/check", "/en/pledges/find", pledge_link(pledge)]
    paths += [f"/en/pledges/{pledge.public_id}{page}" for page in ("", "/receipt", "/amount", "/name", "/cancellation")]
    for path in paths:
        page = client.get(path.replace("http://localhost", ""), headers={"If-None-Match": "*"})
        assert page.status != 304 and page.headers["Cache-Control"] == "no-store" and "ETag" not in page.headers, path


def test_one_readers_copy_of_a_campaign_is_never_confirmed_to_another(arrive, make, campaign):
    visitor, member, owner = arrive("visitor"), arrive("member"), arrive("funds_officer")
    for path in ("", "/comments", "/backers", "/updates", "/ledger"):
        address = f"/en/campaigns/{campaign.slug}{path}"
        tag = visitor.get(address).headers.get("ETag")
        for reader in (member, owner):
            page = reader.get(address, headers={"If-None-Match": tag or "*"})
            assert page.status == 200 and page.headers["Cache-Control"] == "no-store", path


def test_where_somebody_agreed_is_what_the_connection_says(arrive, make, campaign, provider):
    client = arrive("visitor")
    client.client.environ_base.update(
        {"REMOTE_ADDR": "192.0.2.44", "HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_FORWARDED": "for=203.0.113.9",
         "HTTP_X_REAL_IP": "203.0.113.9", "HTTP_USER_AGENT": "x" * 2000}
    )  # fmt: skip
    promise(client, campaign)
    (consent,) = kept(PledgeConsent)
    assert consent.ip == "192.0.2.44" and len(consent.user_agent) <= 300


@pytest.mark.parametrize(
    "amount", ("-1", "0", "0.99", "0.001", "NaN", "1e309", "1e2", "inf", "99999999999999999999", "\u0660", "2 5;", "")
)
def test_no_forged_amount_changes_a_pledge(arrive, make, campaign, provider, amount):
    member = make.member()
    pledge = make.pledge(campaign, by=member, amount=GBP(25))
    db.session.commit()
    client, path = arrive("member", member), f"/en/pledges/{pledge.public_id}"
    assert client.post(f"{path}/amount", {"amount": amount}).status == 422
    forged = {
        "consent": "x",
        "amount": "1",
        "amount_minor": "1",
        "status": "collected",
        "user_id": "1",
        "collected_minor": "9",
    }
    for act in ("change", "card", "raise-withdrawal"):
        client.post(f"{path}/{act}", forged)
    (same,) = kept(Pledge)
    assert (same.amount, same.status, same.collected_minor, same.user_id) == (GBP(25), "authorised", 0, member.id)


ELSEWHERE = ("//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)")


@pytest.mark.parametrize("where", ELSEWHERE)
def test_nobody_is_sent_elsewhere_by_words_in_an_address(arrive, make, campaign, provider, where):
    client, query = (
        arrive("visitor"),
        {"next": where, "return_path": where, "cancel_path": where, "return_url": where, "t": where},
    )
    page = client.get("/en/pledges/find", query_string=query)
    ways = [link.href for link in page.links if "/pledges/find" not in link.href]
    assert page.status == 200 and not alive(page) and "evil.example" not in "".join(ways)
    client.post(new(campaign), BACKER)
    check = client.get(f"/en/campaigns/{campaign.slug}/pledges/check", query_string=query)
    mark = next(form.values()["consent"][0] for form in check.forms if "consent" in form.names)
    page = client.post(f"/en/campaigns/{campaign.slug}/pledges", query | {"consent": mark})
    assert (page.location or "").startswith("https://provider.example/")
    setup = db.session.execute(sa.text("SELECT return_path || cancel_path FROM card_setup")).scalar_one()
    assert "evil" not in setup
    for path in ("setups/pledge-1-setup-1/return", "setups/pledge-1-setup-1/cancel", "charges/1/return"):
        assert client.get(f"/en/payments/{path}", query_string=query).status in (400, 404)


@pytest.mark.parametrize("path", ("", "/{slug}/backers", "/{slug}/updates", "/{slug}/ledger"))
def test_a_forged_place_in_a_list_of_campaigns_or_money_is_refused(arrive, campaign, path):
    client, address = arrive("visitor"), "/en/campaigns" + path.format(slug=campaign.slug)
    for mark in MARKS:
        assert client.get(f"{address}?at={mark}&before=-1&per_page=1000000&page=-1").status in (200, 400), mark


def test_what_writes_or_mails_has_a_limit(arrive, make, campaign, rate_limits):
    member = make.member()
    make.organisation(owner=member, status="verified")
    base, client = f"/en/campaigns/{campaign.slug}", arrive("member", member)
    for path, most in (
        (f"{base}/comments", 20),
        ("/en/campaigns/new", 20),
        (f"{base}/follow", 60),
        ("/en/pledges/links", 10),
    ):
        assert 429 in [
            client.post(path, {"text": str(i), "email": f"a{i}@example.org"}).status for i in range(most + 1)
        ], path


def test_a_card_number_a_name_and_a_link_are_in_no_log_and_no_table(
    app, arrive, make, campaign, lines, run_jobs, monkeypatch
):
    monkeypatch.delitem(app.extensions, "payments", raising=False)  # our own sandbox, as a site has it
    client, number = arrive("visitor"), CARDS["works"].number
    page = promise(client, campaign)
    checkout = page.location.replace("http://localhost", "")
    assert "/sandbox/checkout/" in checkout
    for typed in ("4929123456789012", CARDS["works"].spaced):
        client.post(checkout, {"number": typed, "expiry": "12/34", "holder": "Margaret Secret"})
    run_jobs()
    (pledge,) = kept()
    token = pledge_link(pledge).rsplit("/", 1)[1]
    client.get(f"/en/pledges/open/{token}")
    client.post("/en/pledges/links", {"email": "margaret@example.org"})
    whole = "\n".join(lines())
    assert whole.count("\n") > 5
    for word in ("margaret", "Margaret", "Peckham", "4929", number, CARDS["works"].spaced, token, "Secret"):
        assert word not in whole, word
    for table in Model.metadata.sorted_tables:
        for (row,) in db.session.execute(sa.text(f'SELECT t::text FROM "{table.name}" t')):
            digits = re.sub(r"\D", "", row)
            assert "Margaret Secret" not in row and number not in digits and "4929123456789012" not in digits, (
                table.name
            )
