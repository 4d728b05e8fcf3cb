"""Cases 4, 12, 15: two people stand behind money, whatever roles one of them holds, and nobody decides about their own."""

import re
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage

from civic.accounts.models import OrganisationMember
from civic.core.db import db, transaction
from civic.core.errors import Forbidden
from civic.core.money import GBP
from civic.crowdfund.actions import campaigns as writing
from civic.crowdfund.actions import checking, offline, shortfall
from civic.ledger.models import LedgerTransaction
from civic.payments.actions import refunds, transfers
from civic.payments.models import PaymentMethod, Refund, Transfer
from tests.crowdfund.pictures import pdf
from tests.house.routes import rules
from tests.payments.trade import Trade
from tests.payments.worlds_sandbox import SandboxWorld
from tests.security.test_hidden_things import told
from tests.support.client import PageClient

FORGED = {"requested_by_id": "1", "approved_by_id": "1", "proposed_by_id": "1", "recorded_by_id": "1", "confirmed_by_id": "1",
          "status": "approved", "verb": "approve", "act": "decide", "amount": "1", "why": "Because", "by": "1"}  # fmt: skip


@pytest.fixture
def trade(isolated, sandbox_world, make, monkeypatch):
    monkeypatch.setitem(isolated.extensions, "payments", sandbox_world.provider)  # and whatever was there comes back
    return Trade(isolated, sandbox_world, make)


@pytest.fixture
def sandbox_world(isolated, now):
    return SandboxWorld(isolated, now)


def window(app: Any, make: Any, person: Any) -> PageClient:
    """One more browser in which somebody is signed in."""
    client = PageClient(app, checked=False)
    make.sign_in(client, person)
    return client


def fresh(row: Any) -> Any:
    db.session.expire_all()
    return db.session.get(type(row), row.id)


def test_who_asked_for_a_refund_approves_it_in_no_window_and_with_no_form(app, make, trade):
    refund = trade.ask(trade.paid(GBP(50)), GBP(50))
    for _ in range(2):
        client = window(app, make, trade.asks)
        page = client.post(f"/en/staff/money/refunds/{refund.id}/approval", FORGED)
        assert page.status == 403 and fresh(refund).status == "requested"


def test_nobody_approves_a_refund_to_their_own_card(app, make, trade):
    charge = trade.paid(GBP(50))
    backer = make.staff("finance_officer")
    db.session.get(PaymentMethod, charge.payment_method_id).person_id = backer.id
    db.session.commit()
    refund = trade.ask(charge, GBP(50))
    with pytest.raises(Forbidden), transaction():
        refunds.approve(refund, by=backer, now=make.now)
    assert window(app, make, backer).post(f"/en/staff/money/refunds/{refund.id}/approval").status == 403
    assert fresh(refund).status == "requested"


def test_nobody_pays_an_organisation_of_their_own(app, make, trade):
    trade.paid(GBP(50))
    trade.settle()
    trade.payee()
    transfer = trade.request_transfer(GBP(20))
    member = make.staff("finance_officer")
    with transaction():
        mine = {"organisation_id": trade.organisation.id, "user_id": member.id, "joined_at": make.now}
        db.session.add(OrganisationMember(**mine, role="editor"))
    with pytest.raises(Forbidden), transaction():
        transfers.release(transfer, by=member, now=make.now)
    client = window(app, make, member)
    assert client.post(f"/en/staff/money/transfers/{transfer.id}/release", FORGED).status == 403
    assert fresh(transfer).status == "requested"


@pytest.mark.parametrize("left", (False, True))
def test_an_officer_who_sent_a_campaign_in_never_judges_it_even_after_leaving(in_request, app, make, left):
    person, colleague = make.staff("funds_officer", "finance_officer"), make.staff("funds_officer", "finance_officer")
    campaign = make.campaign("draft", owner=person)
    with transaction():
        writing.submit(campaign, [], by=person, now=make.now)
        if left:
            db.session.query(OrganisationMember).filter_by(user_id=person.id).delete()
    client = window(app, make, person)
    base = f"/en/staff/campaigns/{campaign.slug}"
    for path in ("checks", "approval", "return", "withdrawal", "offline-pledges/new", "settlement/proposals"):
        assert client.post(f"{base}/{path}", FORGED).status == 403, path
    for act in (
        lambda by: checking.note(campaign, {}, by=by, now=make.now),
        lambda by: checking.send_back(campaign, why="x", by=by, now=make.now),
    ):
        with pytest.raises(Forbidden), transaction():
            act(person)
    assert fresh(campaign).status == "in_review"
    assert window(app, make, colleague).get(f"{base}/checks").status == 200


def test_who_recorded_a_gift_never_counts_it(app, make):
    campaign, person = make.campaign("live"), make.staff("funds_officer", "finance_officer")
    db.session.commit()
    first = window(app, make, person)
    sent = {
        "method": "cash",
        "amount": "500",
        "received_on-day": "20",
        "received_on-month": "11",
        "received_on-year": "2026",
    }
    with transaction():
        gift = offline.record(campaign, offline.Gift("cash", GBP(500), make.now), _upload(), by=person, now=make.now)
    for client in (first, window(app, make, person)):
        base = f"/en/staff/campaigns/{campaign.slug}/offline-pledges/{gift.id}"
        assert client.post(f"{base}/confirmation", FORGED | sent).status == 403
    assert fresh(gift).status == "recorded"


def test_who_proposed_decides_nothing_about_a_shortfall(app, make):
    campaign, person = make.campaign("shortfall"), make.staff("funds_officer", "finance_officer")
    with transaction():
        decision = shortfall.propose(campaign, choice="refund", days=None, why="x", by=person, now=make.now)
    for client in (window(app, make, person), window(app, make, person)):
        page = client.post(
            f"/en/staff/campaigns/{campaign.slug}/settlement/decisions", FORGED | {"proposal": decision.id}
        )
        assert page.status == 403
    assert fresh(campaign).status == "shortfall" and fresh(decision).status == "proposed"


AMOUNTS = (
    "-1",
    "0",
    "-0",
    "0.001",
    "NaN",
    "inf",
    "1e309",
    "1e2",
    "50.01",
    "999999999999999999999",
    "٥٠.٠١",
    "50;1",
    "",
    "£",
    "0x10",
)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_no_forged_amount_is_given_back(app, make, trade, amount):
    charge = trade.paid(GBP(50))
    client = window(app, make, trade.asks)
    page = client.post(f"/en/staff/money/charges/{charge.id}/refunds", {"amount": amount, "why": "Because"})
    assert page.status == 422 and not db.session.query(Refund).count()
    assert fresh(charge).refunded_minor == 0


@pytest.mark.parametrize("kind", ("visitor", "member", "funds_officer", "administrator", "moderator"))
def test_the_money_desk_tells_others_nothing_of_what_is_behind_it(app, arrive, make, trade, kind):
    charge = trade.paid(GBP(100))
    trade.settle()
    trade.payee()
    rows = {
        "refund_id": trade.ask(charge, GBP(20)).id,
        "transfer_id": trade.request_transfer(GBP(30)).id,
        "charge_id": charge.id,
    }
    rows |= {"transaction_id": 1, "dispute_id": 1, "difference_id": 1}
    rows["transaction_id"] = db.session.query(LedgerTransaction.id).order_by(LedgerTransaction.id).first()[0]
    client, told_apart, walked = arrive(kind), [], 0
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if "/staff/money" in rule.rule:
                numbers, answers = [each for each in rule.arguments if each.endswith("_id")], []
                for parts in (rows, dict.fromkeys(rows, 999_999)):
                    path = rule.build({"lang": "en"} | {each: parts[each] for each in numbers}, append_unknown=False)[1]
                    page = client.get(path) if method == "GET" else client.post(path, FORGED)
                    answers.append(told(page, "none")[:2])
                walked += 1
                plain = [(status, re.sub(r"\d+", "N", where)) for status, where in answers]
                if plain[0] != plain[1] or plain[0][0] not in (303, 403, 404):
                    told_apart.append(f"{method} {rule.rule}: {answers}")
    assert walked > 20 and not told_apart, told_apart
    assert [db.session.query(model.status).all() for model in (Refund, Transfer)] == [[("requested",)]] * 2


def _upload() -> Any:
    return FileStorage(pdf(), "list.pdf")
