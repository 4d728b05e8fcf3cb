"""Every page of public money, in every state of an award, in order and in every language."""

import pytest

from civic.core.db import db
from civic.grants.rules.amounts import Amounts
from civic.grants.rules.choices import AWARD_STATES

PUBLIC = ("announced", "due", "agreed", "completed", "stopped", "released")


@pytest.fixture
def desk(make, client, things):
    """A page client that anybody of the office can use."""

    def arrive(person):
        make.sign_in(client, person)
        return client

    return arrive


@pytest.mark.parametrize("status", AWARD_STATES)
def test_an_award_can_be_read_by_staff_in_every_state(make, desk, status):
    award = make.award(status, needs_target=status == "announced")
    client = desk(make.money_people.officer)
    page = client.get(f"/en/staff/grants/awards/{award.public_id}")
    assert page.status == 200 and award.title in page.text
    for language in ("ar", "xx"):
        assert client.get(f"/{language}/staff/grants/awards/{award.public_id}").status == 200


@pytest.mark.parametrize("status", AWARD_STATES)
def test_an_award_is_public_from_its_announcement_on(make, client, things, status):
    award = make.award(status, needs_target=status == "announced")
    db.session.commit()
    for language in ("en", "pl", "ar", "xx"):
        page = client.get(f"/{language}/awards/{award.public_id}")
        assert page.status == (200 if status in PUBLIC else 404)


@pytest.mark.parametrize("status", PUBLIC)
def test_a_recipient_has_a_desk_in_every_public_state(make, desk, status):
    award = make.award(status, needs_target=status == "announced")
    client = desk(make.recipient_of(award))
    for language in ("en", "xx"):
        assert client.get(f"/{language}/awards/{award.public_id}/desk").status == 200
        assert client.get(f"/{language}/awards").status == 200


def test_every_page_of_the_desk_can_be_read(make, desk):
    award = make.award("agreed")
    fund, pot = award.pot.fund, award.pot
    make.pay(award)
    decision = make.decision(pot=pot, views=["supports", "objects"])
    paths = [
        "",
        f"/funds/{fund.slug}",
        f"/funds/{fund.slug}/edit",
        f"/funds/{fund.slug}/status",
        f"/funds/{fund.slug}/budget/new",
        "/funds/new",
        *(f"/funds/{fund.slug}/entries/{figure}" for figure in ("budget", "left", "paid", "returned")),
        f"/pots/{pot.id}",
        f"/pots/{pot.id}/announcement",
        "/decisions",
        f"/decisions/{decision.id}",
        f"/decisions/{decision.id}/sheet",
        f"/awards/{award.public_id}/change",
        f"/awards/{award.public_id}/instalments",
        f"/awards/{award.public_id}/reports",
        f"/awards/{award.public_id}/outcome",
        f"/awards/{award.public_id}/repayments/new",
        f"/awards/{award.public_id}/agreements/1",
        "/payments",
        "/repayments",
        "/work/claims",
        "/work/announcements",
    ]
    client = desk(make.money_people.officer)
    for language in ("en", "ar", "xx"):
        for path in paths:
            assert client.get(f"/{language}/staff/grants{path}").status == 200, path


def test_a_new_house_has_empty_pages_that_say_what_comes(make, desk):
    client = desk(make.money_people.officer)
    for path in (
        "/en/staff/grants",
        "/en/staff/grants/decisions",
        "/en/staff/grants/payments",
        "/en/funds",
        "/en/awards",
    ):
        assert client.get(path).status == 200
    client = desk(make.money_people.administrator)
    assert client.get("/en/staff/grants/authority").status == 200


def test_the_public_pages_of_a_fund_speak_every_language(make, client, things):
    award = make.award("completed")
    make.award("agreed", pot=award.pot, person=make.member())
    db.session.commit()
    slug = award.pot.fund.slug
    for language in ("en", "pl", "ar", "xx"):
        for path in (f"/funds/{slug}", f"/funds/{slug}/awards/data", "/funds", f"/funds/{slug}?borough=E09000023"):
            assert client.get(f"/{language}{path}").status == 200
    assert client.get(f"/en/funds/{make.fund(budget=Amounts()).slug}").status == 404
