"""Registering for payments: an owner is sent to the provider, and nothing about the bank account comes to us."""

import pytest
from sqlalchemy import select

from civic.accounts.models import OrganisationMember
from civic.core.db import db
from civic.payments.models import Payee

PAGE = "/en/campaigns/shade/registration"


@pytest.fixture
def draft(make, client):
    owner = make.member()
    make.sign_in(client, owner)
    campaign = make.campaign("draft", owner=owner, slug="shade")
    db.session.commit()
    return campaign


def test_an_owner_is_sent_to_the_provider_and_comes_back_to_what_it_says(client, draft):
    assert "To do" in client.get(PAGE).text
    sent = client.submit("Register with the payment provider")
    assert sent.status == 303 and "/registration" not in sent.location.split("?")[0]
    payee = db.session.scalars(select(Payee)).one()
    assert (payee.organisation_id, payee.state) == (draft.organisation_id, "pending")
    assert "Go on with the registration" in client.get(PAGE).html
    client.submit("Ask the provider again")
    assert "The payment provider says" in client.follow().text


@pytest.mark.parametrize(("state", "words"), [("active", "is registered"), ("restricted", "needs something")])
def test_the_page_says_where_it_stands(client, draft, now, state, words):
    client.get(PAGE)
    client.submit("Register with the payment provider")
    db.session.scalars(select(Payee)).one().state = state
    db.session.commit()
    assert words in client.get(PAGE).text


def test_an_editor_sees_it_and_cannot_register(client, make, draft, now):
    editor = make.member()
    row = OrganisationMember(organisation_id=draft.organisation_id, user_id=editor.id, role="editor", joined_at=now)
    db.session.add(row)
    make.sign_in(client, editor)
    page = client.get(PAGE)
    assert "Only an owner" in page.text and "Register with" not in page.text
    assert client.post(PAGE, {}).status == 403
    assert list(db.session.scalars(select(Payee))) == []


def test_nobody_else_sees_it(client, make, draft):
    make.sign_in(client, make.member())
    assert client.get(PAGE).status == client.post(PAGE, {}).status == client.post(f"{PAGE}/state", {}).status == 404
