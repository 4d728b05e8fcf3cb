"""What everybody sees: every announced award with its decision and what came of it; nothing that is not announced, and no person's name."""

import csv
import io
import json
from datetime import timedelta

import pytest

from civic.core.db import db
from civic.grants.actions import decisions, repayments
from civic.grants.actions.decisions import Terms
from civic.grants.models import Award, Decision
from civic.grants.queries.funds import pot_by_id
from civic.grants.rules.amounts import Amounts
from tests.house.routes import rules
from tests.support.client import PageClient


def csv_of(page):
    return list(csv.DictReader(io.StringIO(page.html.removeprefix("\ufeff"))))


@pytest.fixture
def fund(make, things):
    return make.fund(slug="crowdfund-london", title="Crowdfund London")


def test_a_fund_says_in_words_how_much_went_to_how_many(make, client, fund):
    pot = make.pot(fund, title="Round 4", owner="thing:401")
    hidden = make.pot(fund, title="A round that nobody knows of", owner="thing:402")
    make.award("agreed", pot=pot, title="Twist on Station Road", place="E09000022")
    make.award("released", pot=pot, title="A bridge for dinosaurs")
    make.award("approved", pot=pot, title="Still a secret")
    db.session.commit()
    page = client.get("/en/funds/crowdfund-london")
    for words in (
        "£15,000 of £400,000 promised to 1 project",
        "Twist on Station Road",
        "Lambeth",
        "MD2163",
        "Good Growth Fund",
        "A bridge for dinosaurs",
        "Ended unpaid",
        "£15,000 promised to 1 project.",
    ):
        assert words in page.text, words
    assert page.link("Round 4").href == "/en/things/401"
    assert "Still a secret" not in page.text and hidden.title not in page.text
    page = client.get("/en/funds")
    assert "£15,000 of £400,000 promised to 1 project." in page.text


def test_a_fund_can_be_read_by_borough(make, client, fund):
    pot = make.pot(fund)
    make.award("agreed", pot=pot, title="In Lambeth", place="E09000022")
    make.award("agreed", pot=pot, title="In Hackney", place="E09000012")
    db.session.commit()
    client.get("/en/funds/crowdfund-london")
    page = client.submit("Show", borough="E09000012")
    assert "In Hackney" in page.main and "In Lambeth" not in page.main
    page = client.get("/en/funds/crowdfund-london?borough=E09000001")
    assert "No award in this borough yet" in page.text
    assert client.get("/en/funds/crowdfund-london?borough=nowhere").status == 200


def test_a_fund_without_money_is_nobodys_page_yet(make, things, client):
    make.fund(slug="empty", budget=Amounts())
    assert client.get("/en/funds/empty").status == 404
    assert "No funds yet" in client.get("/en/funds").text


def test_awards_turn_their_pages(make, client, fund):
    pot = make.pot(fund)
    for number in range(27):
        make.award("announced", Amounts.of(100_00, 0), pot=pot, title=f"Bench {number}", needs_target=True)
    db.session.commit()
    page = client.get("/en/funds/crowdfund-london")
    assert page.main.count("Bench ") == 25 and "promised to 27 projects" in page.text
    assert client.click("Next page").main.count("Bench ") == 2


def test_an_award_tells_its_decision_conditions_payments_and_outcome(make, client, fund):
    award = make.award("completed", pot=make.pot(fund), title="Twist on Station Road")
    db.session.get(Award, award.id).scores = [
        {"title": "Local support", "language": "en", "weight": 30, "value": "3.50", "scale": 5}
    ]
    db.session.get(Award, award.id).note = "Amount: [DD1399](https://example.org/dd1399)."
    db.session.commit()
    page = client.get(f"/en/awards/{award.public_id}")
    for words in (
        "Paid in full, and finished.",
        "£15,000",
        "£12,000 capital and £3,000 revenue",
        "Executive Director",
        "Permission of the landowner, in writing.",
        "3.5 of 5",
        "Forty traders sell there every Saturday.",
        "All of it is paid.",
        "DD1399",
    ):
        assert words in page.text, words


def test_a_person_is_never_named(make, client, fund, people):
    person = make.member(name="Ada Secret")
    address = person.email
    award = make.award("completed", pot=make.pot(fund), person=person, title="Lamp posts")
    decision = db.session.query(Decision).filter_by(award_id=award.id).one()
    db.session.commit()
    public_id = award.public_id
    pages = (
        f"/en/awards/{public_id}",
        f"/en/awards/{public_id}/decisions/{decision.id}",
        "/en/funds/crowdfund-london",
        f"/ar/awards/{public_id}",
    )

    def is_unnamed(path):
        page = client.get(path)
        return page.status == 200 and "Secret" not in page.html and address not in page.html

    assert all(is_unnamed(path) for path in pages)
    assert "An individual" in client.get(pages[0]).text
    db.session.get(Award, award.id).person_id = None  # the account is erased
    db.session.commit()
    assert all(is_unnamed(path) for path in pages)
    assert all(is_unnamed(f"/en/funds/crowdfund-london/awards.{kind}") for kind in ("csv", "json"))


MARK = "Xanadu-Zwölf"


@pytest.mark.parametrize("status", ["proposed", "approved", "withdrawn", "turned_down"])
def test_nothing_of_what_is_not_announced_is_public_anywhere(app, make, fund, status, as_, people):
    shown = make.award("agreed", pot=make.pot(fund, title="Round 4"))
    decision = db.session.query(Decision).filter_by(award_id=shown.id).one()
    db.session.commit()
    before = PageClient(app).get("/en/funds/crowdfund-london").main
    secret = make.award(
        status, pot=pot_of(shown), title=MARK, summary=MARK,
        conditions=MARK, rationale=MARK, number="DD-9999", organisation=make.organisation(name=f"Friends of {MARK}"),
    )  # fmt: skip
    hidden = db.session.query(Decision).filter_by(award_id=secret.id).one()
    db.session.commit()
    parts = {"slug": "crowdfund-london", "public_id": shown.public_id, "decision_id": decision.id}
    secrets = {"slug": "crowdfund-london", "public_id": secret.public_id, "decision_id": hidden.id}
    readers = [PageClient(app), as_(make.member()), as_(make.recipient_of(secret)), as_(people.administrator)]
    asked = 0
    for client in readers:
        for rule in rules(app, "GET"):
            if rule.endpoint.startswith("grants."):
                for known in (parts, secrets, parts | {"decision_id": hidden.id}):
                    filled = {"lang": "en", "version": 1, "instalment_id": 1, "report_id": 1, "paper_id": 1} | known
                    page = client.get(rule.build(filled, append_unknown=False)[1], checked=False)
                    asked += 1
                    if page.response.mimetype == "application/pdf":
                        assert known is parts  # a document of what is public; others are not there
                        continue
                    assert MARK not in page.html and "DD-9999" not in page.html, (rule.endpoint, known)
    assert asked > 100
    assert PageClient(app).get("/en/funds/crowdfund-london").main == before


def pot_of(award):
    return pot_by_id(award.pot_id)


def test_a_visitors_browser_fetches_a_page_once(make, client, fund, people):
    award = make.award("due", pot=make.pot(fund))
    db.session.commit()
    for path in ("/en/funds", "/en/funds/crowdfund-london", f"/en/awards/{award.public_id}"):
        page = client.get(path)
        tag = page.headers["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status == 304, path
        assert "public" in page.headers["Cache-Control"]
    tag = client.get(f"/en/awards/{award.public_id}").headers["ETag"]
    make.sign(make.offer(db.session.get(Award, award.id)))
    db.session.commit()
    page = client.get(f"/en/awards/{award.public_id}", headers={"If-None-Match": tag})
    assert page.status == 200 and "Agreed, and paid in instalments." in page.text


def test_the_csv_is_exact(make, client, fund):
    organisation = make.organisation(name="Friends of Station Road", status="verified", registration_number="11 22 334")
    award = make.award(
        "completed", Amounts.of(1_200_05, 300_00), pot=make.pot(fund, title="Round 2"), organisation=organisation,
        title="Twist", summary="A market.", number="DD1399", place="E09000022", conditions="Open to all.",
    )  # fmt: skip
    db.session.commit()
    (row,) = csv_of(client.get("/en/funds/crowdfund-london/awards.csv"))
    assert row == {
        "id": f"360G-example-{award.public_id}",
        "title": "Twist",
        "description": "A market.",
        "language": "en",
        "currency": "GBP",
        "amount_capital": "1200.05",
        "amount_revenue": "300.00",
        "amount_total": "1500.05",
        "decided_on": "2026-11-23",
        "announced_on": "2026-11-23",
        "decisions": "DD1399",
        "conditions": "Open to all.",
        "recipient_id": "GB-CHC-1122334",
        "recipient": "Friends of Station Road",
        "borough": "Lambeth",
        "borough_code": "E09000022",
        "fund": "Crowdfund London",
        "pot": "Round 2",
        "state": "completed",
        "paid": "1500.05",
        "given_back": "0.00",
        "outcome": "Forty traders sell there **every Saturday**.",
        "note": "",
        "url": f"http://localhost/en/awards/{award.public_id}",
    }


def test_no_cell_is_a_formula(make, client, fund):
    organisation = make.organisation(name="=cmd|' /C calc'!A0", status="verified")
    make.award("agreed", pot=make.pot(fund, title="@round"), organisation=organisation, title="+SUM(1)", summary="-2+3")
    db.session.commit()
    (row,) = csv_of(client.get("/en/funds/crowdfund-london/awards.csv"))
    assert [row[name] for name in ("recipient", "title", "description", "pot")] == [
        "'=cmd|' /C calc'!A0",
        "'+SUM(1)",
        "'-2+3",
        "'@round",
    ]


def test_the_json_is_a_360giving_package(make, client, fund, now):
    pot = make.pot(fund)
    organisation = make.organisation(name="Friends of Station Road", status="verified", registration_number="1122334")
    award = make.award(
        "agreed", pot=pot, organisation=organisation, title="Twist", summary="A market.", place="E09000022"
    )
    make.pay(award)
    make.award("released", pot=pot_of(award), title="Never given")
    lone = make.award(
        "agreed", pot=pot_of(award), person=make.member(name="Ada Secret"), title="Lamps", summary="", place=None
    )
    db.session.commit()
    page = client.get("/en/funds/crowdfund-london/awards.json")
    assert page.headers["Content-Type"] == "application/json; charset=utf-8"
    package = json.loads(page.html)
    assert package["version"] == "1.4" and package["license"].startswith("https://www.nationalarchives.gov.uk/")
    assert package["publisher"]["name"] == "Greater London Authority"
    first, second = package["grants"]
    url = "http://localhost/en/funds/crowdfund-london"
    assert first == {
        "id": f"360G-example-{award.public_id}",
        "title": "Twist",
        "description": "A market.",
        "currency": "GBP",
        "amountAwarded": 15000,
        "amountDisbursed": 7500,
        "awardDate": "2026-11-23",
        "url": f"http://localhost/en/awards/{award.public_id}",
        "plannedDates": [{"startDate": "2026-12-23", "endDate": "2027-11-23"}],
        "recipientOrganization": [
            {"id": "GB-CHC-1122334", "name": "Friends of Station Road", "charityNumber": "1122334"}
        ],
        "fundingOrganization": [{"id": "360G-example-org:owner", "name": "Greater London Authority"}],
        "beneficiaryLocation": [{"name": "Lambeth", "geoCode": "E09000022", "geoCodeType": "LONB"}],
        "grantProgramme": [{"code": "crowdfund-london", "title": "Crowdfund London", "url": url}],
    }
    assert second["recipientIndividual"] == {
        "id": f"360G-example-{lone.public_id}-individual",
        "name": "An individual",
    }
    assert "beneficiaryLocation" not in second and second["description"] == "Lamps"
    assert not {"recipientOrganization", "amountDisbursed"} & set(second)


def test_files_of_a_fund_without_awards_are_whole(make, client, fund):
    db.session.commit()
    assert json.loads(client.get("/en/funds/crowdfund-london/awards.json").html)["grants"] == []
    assert csv_of(client.get("/en/funds/crowdfund-london/awards.csv")) == []
    page = client.get("/en/funds/crowdfund-london/awards/data")
    assert "Open Government Licence v3.0" in page.text and "amount_capital" in page.text


def test_amounts_of_pence_stay_exact_in_json(make, client, fund):
    make.award("agreed", Amounts.of(10_10, 0), pot=make.pot(fund))
    db.session.commit()
    assert '"amountAwarded": 10.1,' in client.get("/en/funds/crowdfund-london/awards.json").html


def test_an_award_that_was_stopped_before_anything_was_paid_says_so(make, client, fund, people):
    award = make.award("agreed", pot=make.pot(fund))
    with make._speaking():
        ending = decisions.recommend_change(award, Terms(Amounts(), "It ended."), by=people.officer, now=make.now)
        decisions.give_view(ending, view="supports", words="", language="en", by=people.consultee, now=make.now)
        make._bring_decision(ending, "decided", "DD9")
    db.session.commit()
    page = client.get(f"/en/awards/{award.public_id}")
    assert "Nothing was paid" in page.text and "It was ended by a decision before anything was paid." in page.text


def test_an_offer_says_until_when_it_stands_and_what_it_depends_on(make, client, fund, now):
    award = make.award("announced", pot=make.pot(fund), needs_target=True, expires_at=now + timedelta(days=30))
    db.session.commit()
    page = client.get(f"/en/awards/{award.public_id}")
    assert "It is paid only if the target is reached and an agreement is signed." in page.text
    assert "The agreement must be signed by 23 December 2026." in page.text


def test_money_that_came_back_is_told(make, client, fund, people):
    award = make.award("completed", pot=make.pot(fund))
    with make._speaking():
        back = repayments.ask(
            award,
            kind="underspend",
            amounts=Amounts.of(100_00, 0),
            why="x",
            language="en",
            by=people.officer,
            now=make.now,
        )
        repayments.approve(back, by=people.approver, now=make.now)
        received = {"received_on": make.now.date(), "bank_reference": "IN 1"}
        repayments.receive(back, **received, by=people.finance, now=make.now)
    db.session.commit()
    assert "£100 went back to the fund." in client.get(f"/en/awards/{award.public_id}").text
    (row,) = csv_of(client.get("/en/funds/crowdfund-london/awards.csv"))
    assert row["given_back"] == "100.00"
