"""How much each page asks of the database: the same however many awards there are."""

import pytest

from civic.core.db import db
from civic.grants.models import Award
from civic.grants.rules.amounts import Amounts
from tests.support.client import PageClient
from tests.support.sql import statements

MANY = 300


@pytest.fixture
def crowded(make, things):
    """A fund with three hundred awards; all but a few are copies of one, which the pages only read."""
    award = make.award("agreed", parts=3)
    make.pay(award)
    pot = make.pot(make.fund(slug="crowded"))
    make.award("agreed", pot=pot)
    make.award("approved", pot=pot)
    make.decision(pot=pot)
    columns = [column.key for column in Award.__table__.columns if column.key not in ("id", "public_id", "subject")]
    model = db.session.query(Award).filter_by(pot_id=pot.id, status="agreed").one()
    facts = {name: getattr(model, name) for name in columns}
    rows = [facts | {"public_id": f"copy{number}", "subject": f"thing:{10_000 + number}"} for number in range(MANY)]
    db.session.execute(Award.__table__.insert(), rows)
    db.session.commit()
    return award


def asked(client, path):
    """The statements of a page that was asked for once before."""
    assert client.get(path).status == 200, path
    with statements() as sent:
        client.get(path)
    return sent


def test_the_dashboard_is_read_in_eight_statements(crowded, as_, people):
    asked(as_(people.officer), "/en/staff/grants/funds/crowded").at_most(8)


def test_the_overview_and_the_staff_front_page_ask_little(crowded, as_, people):
    asked(as_(people.officer), "/en/staff/grants").at_most(7)
    asked(as_(people.approver), "/en/staff/grants").at_most(8)
    asked(as_(people.officer), "/en/staff/grants/work/announcements").at_most(4)


def test_a_fund_is_public_in_six_statements(crowded, app):
    asked(PageClient(app), "/en/funds/crowded").at_most(6)
    asked(PageClient(app), "/en/funds").at_most(4)


def test_an_award_is_public_in_six_statements(crowded, app):
    asked(PageClient(app), f"/en/awards/{crowded.public_id}").at_most(6)


def test_the_desks_of_an_award_ask_the_same_whatever_stands_on_them(crowded, as_, people, make):
    owner = make.recipient_of(crowded)
    asked(as_(owner), f"/en/awards/{crowded.public_id}/desk").at_most(9)
    asked(as_(owner), "/en/awards").at_most(4)
    asked(as_(people.officer), f"/en/staff/grants/awards/{crowded.public_id}").at_most(16)


def test_a_decision_is_read_in_fourteen_statements(crowded, as_, people, make):
    decision = make.decision(views=["supports", "objects", "supports_if"])
    for person in (people.approver, people.consultee, people.officer):
        asked(as_(person), f"/en/staff/grants/decisions/{decision.id}").at_most(14)
    asked(as_(people.approver), "/en/staff/grants/decisions?show=open").at_most(6)


def test_payments_and_entries_are_read_in_a_few(crowded, as_, people):
    asked(as_(people.finance), "/en/staff/grants/payments?show=paid").at_most(4)
    asked(as_(people.finance), "/en/staff/grants/funds/crowded/entries/reserved").at_most(9)


def test_files_ask_one_question_for_any_number_of_awards(crowded, app):
    client = PageClient(app)
    with statements() as sent:
        page = client.get("/en/funds/crowded/awards.csv")
        assert page.html.count("\n") == MANY + 2
    sent.at_most(2)


def test_figures_in_the_public_count_what_is_given_and_nothing_else(crowded, app):
    page = PageClient(app).get("/en/funds/crowded")
    given = Amounts.of(12_000_00, 3_000_00)
    total = (MANY + 1) * given.total.minor // 100
    assert f"£{total:,} of £400,000 promised to {MANY + 1} projects" in page.text
