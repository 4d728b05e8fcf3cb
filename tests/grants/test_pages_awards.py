"""An award from its announcement to the closing of its file, walked on pages by everybody who has a part in it."""

from datetime import timedelta

import pytest

from civic.core.clock import london_today
from civic.core.db import db
from civic.grants.actions import awards
from civic.grants.checks import public_money_is_whole
from civic.grants.models import Agreement, Award, Instalment, Report
from civic.grants.queries import awards as queries
from civic.grants.queries.funds import of_pot
from civic.grants.rules.amounts import Amounts
from civic.ledger.checks import books_balance
from tests.crowdfund.pictures import pdf


def desk(award, rest=""):
    return f"/en/staff/grants/awards/{award.public_id}{rest}"


def theirs(award, rest=""):
    return f"/en/awards/{award.public_id}{rest}"


def fresh(row):
    db.session.expire_all()
    return db.session.get(type(row), row.id)


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def invoice():
    return [(pdf(), "invoice.pdf")]


def test_an_award_goes_its_whole_way_on_pages(people, as_, make):
    award = make.award("approved")
    public_id, today = award.public_id, london_today(make.now)
    officer, owner = as_(people.officer), as_(make.recipient_of(award))
    approver, finance = as_(people.approver), as_(people.finance)
    assert owner.get(theirs(award, "/desk")).status == 404

    officer.get(desk(award))
    officer.submit("Announce it now")
    page = officer.follow()
    assert "It is due. An officer plans the instalments" in page.text
    assert "We write the agreement next" in owner.get(theirs(award, "/desk")).text

    officer.click("Plan the instalments")
    officer.submit("Add an instalment", title_1="Stalls", capital_1="6000", revenue_1="1500", **day("due_on_1", today))
    page = officer.last
    assert page.status == 200 and "£6,000" in page.text and 'value="Stalls"' in page.html
    second = {"title_2": "Shelter", "condition_2": "Show the invoices.", "capital_2": "5000", "revenue_2": "1500"}
    page = officer.submit("Save the plan", second | day("due_on_2", today + timedelta(days=60)))
    assert page.status == 422 and "The instalments must add up to what the award gives" in page.text
    officer.submit("Save the plan", {"capital_2": "6000"})
    officer.follow()
    officer.click("Say when reports are due")
    page = officer.submit("Save the days", kind_1="progress", **day("due_on_1", today + timedelta(days=90)))
    assert page.status == 422 and "There must be one final report, and it comes last." in page.text
    officer.submit("Add a report")
    officer.submit("Save the days", kind_2="final", **day("due_on_2", today + timedelta(days=200)))
    page = officer.follow()
    assert "The instalments are planned. An officer writes the agreement." in page.text

    page = officer.click("Write the agreement")
    for words in ("## How much, and when", "Shelter", "Show the invoices.", "six years", "Final report"):
        assert words in page.html, words
    officer.submit("Save the draft")
    page = officer.follow()
    assert "Draft" in page.text and owner.get(theirs(award, "/agreements/1")).status == 404
    officer.submit("Offer it to the recipient")
    assert "The agreement is offered." in officer.get(desk(award)).text

    page = owner.get(theirs(award, "/desk"))
    assert "The agreement is ready." in page.text
    page = owner.click("Read and sign the agreement")
    agreement = db.session.query(Agreement).one()
    assert agreement.sha256 in page.text
    page = owner.submit("Sign the agreement", name="Ada Okafor", position="")
    assert "Enter your position." in page.text and "Tick that you may sign" in page.text
    owner.submit("Sign the agreement", name="Ada Okafor", position="Chair", may_sign=True)
    assert "You have signed." in owner.follow().text
    approver.get("/en/staff/grants/work/signatures")
    approver.click(award_title(award))
    approver.submit("Sign the agreement", name="Grace Achebe", position="Executive Director", may_sign=True)
    page = approver.follow()
    assert "In force" in page.text and "Grace Achebe" in page.text

    first, second = queries.instalments_of(award.id)
    officer.get(desk(award, f"/instalments/{first.id}"))
    officer.submit("Give the instruction to pay £7,500")
    officer.follow()
    page = finance.get("/en/staff/grants/payments")
    assert "1 payment to make: £7,500." in page.text
    finance.click(fresh(first).reference)
    page = finance.submit(
        "Record it as paid", {"bank_reference": "BACS 1"} | day("paid_on", today + timedelta(days=4000))
    )
    assert page.status == 422 and "Enter a day that has already come." in page.text
    finance.submit("Record it as paid", day("paid_on", today))
    assert "Recorded as paid." in finance.follow().text
    owner.get(theirs(award, "/desk"))
    owner.submit("£7,500 has arrived")
    assert "Thank you for telling us." in owner.follow().text

    owner.click("Shelter")
    page = owner.submit("Claim £7,500", words="")
    assert page.status == 422 and "Say how the condition is met." in page.text
    owner.submit("Add this file", words="The shelter stands.", paper=invoice(), paper_title="Invoice of the builder")
    page = owner.follow()
    assert "The shelter stands." in page.html and "Invoice of the builder" in page.text
    owner.submit("Claim £7,500")
    assert "Your claim is with us." in owner.follow().text
    officer.get("/en/staff/grants/work/claims")
    page = officer.click(award_title(award))
    assert "The shelter stands." in page.text
    download = officer.get(page.link("Invoice of the builder").href)
    assert download.headers["Content-Type"] == "application/pdf" and download.response.get_data() == pdf().getvalue()
    officer.get(desk(award, f"/instalments/{second.id}"))
    page = officer.submit("Send the claim back", missing="")
    assert "Say what is missing." in page.text
    officer.submit("Send the claim back", missing="The second page of the invoice.")
    page = owner.get(theirs(award, f"/instalments/{second.id}"))
    assert "The second page of the invoice." in page.text and "The shelter stands." in page.html
    owner.submit("Claim £7,500")
    officer.get(desk(award, f"/instalments/{second.id}"))
    officer.submit("Give the instruction to pay £7,500")
    finance.get(f"/en/staff/grants/payments/{second.id}")
    finance.submit("Record it as paid", {"bank_reference": "BACS 2"} | day("paid_on", today))
    finance.get(f"/en/staff/grants/payments/{second.id}")
    finance.submit("Record that it came back", why="Account closed")
    assert "It waits to be paid again." in finance.follow().text
    finance.submit("Record it as paid", {"bank_reference": "BACS 3"} | day("paid_on", today))
    assert fresh(second).status == "paid"

    progress, final = queries.reports_of(award.id)
    owner.get(theirs(award, f"/reports/{progress.id}"))
    page = owner.submit("Send the report", text="All is built.", spent_capital="99999")
    assert page.status == 422 and "That is more than was paid so far under this award." in page.text
    assert "All is built." in page.html
    owner.submit("Send the report", spent_capital="11900", spent_revenue="3000")
    assert "Your report is with us." in owner.follow().text
    page = officer.get(desk(award, f"/reports/{progress.id}"))
    assert "All is built." in page.text and "£100" in page.text
    officer.submit("Send it back", missing="How many traders?")
    owner.get(theirs(award, f"/reports/{progress.id}"))
    owner.submit("Send the report", text="All is built, for forty traders.")
    officer.get(desk(award, f"/reports/{progress.id}"))
    officer.submit("Accept the report")
    officer.get(desk(award, f"/reports/{final.id}"))
    officer.submit("Do not ask for it any more", why="The first one told everything.")
    assert fresh(final).status == "waived"

    officer.get(desk(award))
    officer.click("Ask for money back")
    page = officer.submit("Propose the repayment", kind="underspend", capital="99999", why="Not spent.")
    assert page.status == 422 and "That is more than was paid and has not gone back yet." in page.text
    officer.submit("Propose the repayment", capital="100")
    path = officer.follow().path
    approver.get(path)
    approver.submit("Approve the repayment")
    assert "£100" in owner.get(theirs(award, "/desk")).text
    assert "Please pay back what we asked for." in owner.last.text
    finance.get(path)
    finance.submit("Record it", {"bank_reference": "IN 1"} | day("received_on", today))
    assert "The money is left in its pot again." in finance.follow().text

    page = officer.get(desk(award))
    assert "What came of it, published Missing" in page.text
    officer.click("Publish what came of it")
    officer.submit("Publish it", text="Forty traders sell there **every Saturday**.")
    page = officer.follow()
    assert "An officer closes the file." in page.text
    officer.submit("Close the file")
    assert "The file is closed" in officer.follow().text
    page = owner.get(f"/en/awards/{public_id}")
    for words in ("Forty traders sell there every Saturday.", "All of it is paid.", "£100 went back to the fund."):
        assert words in page.text, words
    assert [*public_money_is_whole(), *books_balance()] == []


def award_title(award):
    return db.session.query(Award.title).filter_by(id=award.id).scalar()


def test_rows_of_a_plan_are_removed_without_losing_what_was_typed(people, as_, make):
    award = make.award("due")
    make.plan(award, 3)
    client = as_(people.officer)
    client.get(desk(award, "/instalments"))
    page = client.submit("Remove this instalment 2", title_3="The roof")
    assert page.status == 200 and "Instalment 3" not in page.text
    assert 'value="Part 1"' in page.html and 'value="The roof"' in page.html and 'value="Part 2"' not in page.html
    assert len(queries.instalments_of(award.id)) == 3  # nothing is kept before it is saved
    page = client.submit("Save the plan", capital_1="x", title_2="")
    assert page.status == 422
    assert "Enter an amount in pounds, like 20 or 20.50." in page.text and "Say what it is for." in page.text
    client.submit("Save the plan", capital_1="8000", revenue_1="2000", title_2="The roof")
    assert [each.title for each in queries.instalments_of(award.id)] == ["Part 1", "The roof"]


def test_a_plan_that_a_colleague_changed_meanwhile_is_not_overwritten(people, as_, make):
    award = make.award("due")
    make.plan(award)
    client = as_(people.officer)
    client.get(desk(award, "/instalments"))
    make.plan(award, 3)
    db.session.commit()
    page = client.submit("Save the plan", title_1="Mine")
    assert page.status == 422 and "How it stands now" in page.text and "Part 3" in page.text
    client.submit("Save the plan")
    assert [each.title for each in queries.instalments_of(award.id)] == ["Mine", "Part 2"]


def test_a_new_plan_keeps_what_the_recipient_has_written(people, as_, make):
    award = make.award("agreed")
    first = queries.instalments_of(award.id)[0]
    owner = as_(make.recipient_of(award))
    owner.get(theirs(award, f"/instalments/{first.id}"))
    owner.submit("Add this file", words="Nearly done.", paper=invoice(), paper_title="Invoice")
    officer = as_(people.officer)
    officer.get(desk(award, "/instalments"))
    officer.submit("Save the plan", title_1="Stalls and shelter")
    assert (fresh(first).title, fresh(first).claim) == ("Stalls and shelter", "Nearly done.")
    assert "Invoice" in owner.get(theirs(award, f"/instalments/{first.id}")).text


def test_an_agreement_is_not_offered_before_its_instalments_add_up(people, as_, make):
    award = make.award("due")
    client = as_(people.officer)
    page = client.get(desk(award, "/agreement"))
    assert "The instalments do not add up to the award yet." in page.text
    client.submit("Save the draft", text="## Ours\n\nWords.")
    client.follow()
    page = client.submit("Offer it to the recipient")
    assert page.status == 409 and "The instalments do not add up to the award. Plan them first." in page.text


def test_a_draft_is_not_overwritten_and_a_version_is_taken_back(people, as_, make):
    award = make.award("due")
    make.plan(award)
    first, second = as_(people.officer), as_(people.second_officer)
    for client in (first, second):
        client.get(desk(award, "/agreement"))
    first.submit("Save the draft", text="The first text.")
    page = second.submit("Save the draft", text="The second text.")
    assert page.status == 409 and "The first text." in page.text and "The second text." in page.html
    second.submit("Save the draft")
    second.follow()
    second.submit("Offer it to the recipient")
    second.follow()
    page = first.get(desk(award, "/agreement"))
    assert first.submit("Save the draft").status == 409
    second.submit("Take it back", why="A wrong amount.")
    second.follow()
    first.get(desk(award, "/agreement"))
    first.submit("Save the draft", text="The third text.")
    assert [each.version for each in db.session.query(Agreement).order_by(Agreement.version)] == [1, 2]


def test_awards_are_announced_together_after_a_summary(people, as_, make, client):
    pot = make.pot()
    chosen, kept = [make.award("approved", pot=pot) for _ in range(2)], make.award("approved", pot=pot)
    officer = as_(people.officer)
    page = officer.get(f"/en/staff/grants/pots/{pot.id}/announcement")
    page = officer.submit("See what will be announced", chosen=[each.id for each in chosen])
    assert page.h1 == "Announce 2 awards" and "Together £30,000" in page.text
    officer.submit("Announce them now")
    assert "2 awards are announced." in officer.follow().text
    assert [client.get(theirs(fresh(each))).status for each in (*chosen, kept)] == [200, 200, 404]


def test_an_award_that_ends_while_one_looks_is_not_signed(people, as_, make):
    award = make.award("due", expires_at=make.now + timedelta(days=30))
    make.offer(award)
    owner = as_(make.recipient_of(award))
    owner.get(theirs(award, "/agreements/1"))
    with make._speaking():
        awards.release(award.subject, "expired", now=make.now)
    db.session.commit()
    page = owner.submit("Sign the agreement", name="Ada", position="Chair", may_sign=True)
    assert page.status == 409
    page = owner.get(theirs(award, "/desk"))
    assert "The promise has ended, and nothing is paid." in page.text and "Taken back" in page.text


def test_an_instruction_is_taken_back(people, as_, make):
    award = make.award("agreed")
    first = queries.instalments_of(award.id)[0]
    client = as_(people.officer)
    client.get(desk(award, f"/instalments/{first.id}"))
    client.submit("Give the instruction to pay £7,500")
    client.get(desk(award, f"/instalments/{first.id}"))
    page = client.submit("Take it back", why="")
    assert "Say why." in page.text
    client.submit("Take it back", why="The account has changed.")
    assert fresh(first).status == "planned"
    assert "The account has changed." in client.get(desk(award, f"/instalments/{first.id}")).text


def test_what_cannot_be_had_back_is_given_up_by_somebody_else(people, as_, make):
    award = make.award("completed")
    officer, approver = as_(people.officer), as_(people.approver)
    officer.get(desk(award, "/repayments/new"))
    officer.submit("Propose the repayment", kind="reclaim", revenue="50", why="Spent on something else.")
    path = officer.follow().path
    assert "You asked for this yourself" in officer.last.text
    approver.get(path)
    approver.submit("Approve the repayment")
    approver.follow()
    page = approver.submit("Give up £50", reason="")
    assert "Say why it cannot be had back." in page.text
    approver.submit("Give up £50", reason="The group has dissolved.")
    assert "Given up" in approver.follow().text
    page = officer.get("/en/staff/grants/repayments?show=ended")
    assert "Given up" in page.text


def test_a_repayment_is_refused(people, as_, make):
    award = make.award("completed")
    officer, approver = as_(people.officer), as_(people.approver)
    officer.get(desk(award, "/repayments/new"))
    officer.submit("Propose the repayment", kind="underspend", capital="50", why="Not spent.")
    path = officer.follow().path
    approver.get(path)
    approver.submit("Do not ask for it", why="It was spent after all.")
    assert "Taken back" in approver.follow().text


@pytest.mark.parametrize("kind", (Instalment, Report))
def test_a_part_of_another_award_is_not_there(people, as_, make, kind):
    one, other = make.award("agreed"), make.award("agreed")
    part = (queries.instalments_of if kind is Instalment else queries.reports_of)(other.id)[0]
    path = f"/{'instalments' if kind is Instalment else 'reports'}/{part.id}"
    assert as_(people.officer).get(desk(one, path)).status == 404
    assert as_(make.recipient_of(one)).get(theirs(one, path)).status == 404


def test_the_overview_counts_what_waits_for_me_and_leads_there(people, as_, make):
    award = make.award("agreed")
    make.award("approved", pot=award.pot)
    make.decision()
    page = as_(people.officer).get("/en/staff/grants")
    assert "Awards to announce 1" in page.text and "Claims to check" not in page.text
    page = as_(people.approver).get("/en/staff/grants")
    assert "Decisions to take 1" in page.text
    page = as_(people.consultee).get("/en/staff/grants")
    assert "Nothing waits for you at the moment." in page.text  # the consultee has spoken
    assert "Public money" in as_(people.officer).get("/en/staff").text


def test_the_finance_systems_file_is_exact_and_holds_no_formula(people, as_, make):
    organisation = make.organisation(name="=HYPERLINK(1)", status="verified")
    award = make.award("agreed", Amounts.of(7_000_05, 500_00), organisation=organisation, title="+Garden", number="DD7")
    client = as_(people.officer)
    first = queries.instalments_of(award.id)[0]
    client.get(desk(award, f"/instalments/{first.id}"))
    client.submit("Give the instruction to pay £3,750.03")
    page = as_(people.finance).get("/en/staff/grants/payments.csv")
    fund = of_pot(award.pot_id).title
    assert page.html.removeprefix("\ufeff").splitlines() == [
        "reference,recipient,award,capital,revenue,total,fund,decisions,due_on",
        f"{fresh(first).reference},'=HYPERLINK(1),'+Garden,3500.03,250.00,3750.03,{fund},DD7,{first.due_on:%Y-%m-%d}",
    ]
    assert page.headers["Cache-Control"] == "no-store"
