"""The Mayor's pledge, third part: announced, the target reached, signed by both sides, paid, confirmed and reported on."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from civic.core.clock import london_today
from civic.core.db import db
from civic.core.money import GBP
from civic.grants.actions import awards
from civic.grants.models import Award
from tests.crowdfund.pictures import pdf
from tests.crowdfund.rounds.town import again
from tests.journeys.hall import TITLE, Hall, fresh, hall, look, type_day

pytestmark = pytest.mark.browser
CONDITION = "Show the invoice of the carpenters."


@pytest.fixture
def here(shared, app, address, make, now, browse, monkeypatch) -> Iterator[Hall]:
    with hall(app, address, make, now, browse, monkeypatch) as made:
        yield made


@pytest.fixture
def award(here) -> Award:
    """£8,000 was decided for Amina's campaign, and nobody outside knows it."""
    application = here.applied()
    here.after_the_deadline()
    with here.speaking():
        award = here.town.given(again(application), capital=6_000_00, revenue=2_000_00)
        db.session.commit()
    return award


def due(here, award) -> Award:
    """A decided award, announced, and the crowd gave the rest of the target."""
    with here.speaking():
        awards.announce(fresh(award), by=here.town.officer, now=here.town.now)
        db.session.commit()
    reach_the_target(here)
    return fresh(award)


def reach_the_target(here) -> None:
    """The crowd gives the rest, the campaign closes, and every card is charged."""
    for _ in range(3):
        here.here.pledge(here.campaign, GBP(4_000))
    here.until(fresh(here.campaign).closes_at)


def test_a_pledge_is_announced_and_the_target_reached_with_it(here, award):
    odette, reader = here.comes(here.town.officer), here.browse(phone=True, script=False)
    page = f"/en/campaigns/{here.campaign.slug}"
    assert "£8,000" not in reader.visit(page).text
    odette.visit("/en/staff/grants").click("Awards to announce").click(TITLE)
    look(odette, "award-decided").click("Announce it now").look_closely()
    look(reader.visit(page).sees("Mayor of London"), "campaign-announced").visit(f"/en/rounds/{here.round.slug}")
    look(reader.sees(TITLE), "round-announced").visit(f"/en/awards/{award.public_id}")
    look(reader, "award-announced")
    reach_the_target(here)
    look(reader.visit(page).sees("£20,000"), "campaign-reached")
    odette.visit(f"/en/staff/grants/awards/{award.public_id}").sees("It is due.")


def plan_and_offer(here, odette, award):
    today = london_today(here.town.now)
    odette.visit(f"/en/staff/grants/awards/{award.public_id}")
    look(odette, "award-due").click("Plan the instalments")
    odette.fill("What for?", "Timber and glass").fill("Capital", "5,000").fill("Revenue", "")
    type_day(odette, "When is it meant to be paid?", today + timedelta(days=7)).click("Add an instalment")
    row = "Instalment 2"
    odette.fill("What for?", "The roof stands", within=row).fill("What must be shown first?", CONDITION, within=row)
    odette.fill("Capital", "1,000", within=row)
    type_day(odette, "When is it meant to be paid?", today + timedelta(days=60))
    look(odette.refused("Save the plan"), "plan").fill("Revenue", "2,000", within=row)
    odette.click("Save the plan").click("Say when reports are due").select("Which report?", "Final report")
    look(type_day(odette, "Due on", today + timedelta(days=200)), "schedule").click("Save the days")
    look(odette.click("Write the agreement"), "agreement-write").click("Save the draft")
    look(odette, "agreement-draft").click("Offer it to the recipient").sees("Offered")


def sign(here, amina, award):
    amina.visit("/en/awards")
    look(amina, "awards").click(TITLE)
    look(amina.sees("The agreement is ready."), "desk-offered").click("Read and sign the agreement")
    look(amina, "agreement").refused("Sign the agreement").fill("Your full name", "Amina Yusuf")
    amina.fill("Your position", "Chair of the trustees").choose("I may sign").click("Sign the agreement")
    grace = here.comes(here.town.approver)
    grace.visit("/en/staff/grants").click("Agreements to sign").click(TITLE)
    look(grace, "agreement-approver").fill("Your full name", "Grace Achebe").fill("Your position", "Executive Director")
    look(grace.choose("I may sign").click("Sign the agreement").sees("In force"), "agreement-in-force")


def pay(here, odette, amina, award):
    odette.visit(f"/en/staff/grants/awards/{award.public_id}").click("Timber and glass")
    look(odette, "instalment").click("Give the instruction to pay £5,000").look_closely()
    farah = here.comes(here.town.finance)
    farah.visit("/en/staff/grants")
    farah.click("Payments to make")
    look(farah, "payments").click("CL")
    look(farah, "payment").refused("Record it as paid").fill("Reference of the finance system", "BACS 4711")
    type_day(farah, "Day of the payment", london_today(here.town.now)).click("Record it as paid")
    farah.sees("Recorded as paid.")
    amina.visit(f"/en/awards/{award.public_id}/desk")
    look(amina, "desk-paid").click("£5,000 has arrived").sees("Thank you for telling us.")


def claim_and_report(here, amina, odette, award):
    amina.click("The roof stands")
    look(amina, "claim").fill("How is the condition met?", "The roof stands, and the invoice shows it.")
    amina.upload("A file", "invoice.pdf", pdf().getvalue(), "application/pdf")
    amina.fill("What does the file show?", "Invoice of the carpenters").click("Add this file")
    look(amina, "claim-evidence").click("Claim £3,000").sees("Your claim is with us.")
    amina.visit(f"/en/awards/{award.public_id}/desk").click("Final report")
    amina.fill("What was done", "The roof stands.").fill("Capital", "9,000")
    look(amina.refused("Send the report"), "report").fill("Capital", "5,000").click("Send the report")
    look(amina.sees("Your report is with us."), "desk-reported")
    odette.visit("/en/staff/grants")
    odette.click("Claims to check").click(TITLE)
    look(odette, "claim-officer").visit("/en/staff/grants").click("Reports to read").click(TITLE)
    look(odette, "report-officer").click("Accept the report").look_closely()


def test_both_sides_sign_and_the_money_is_paid_confirmed_and_reported_on(here, award, outbox):
    award = due(here, award)
    odette, amina = here.comes(here.town.officer), here.comes(here.amina, narrow=True, script=False)
    plan_and_offer(here, odette, award)
    sign(here, amina, award)
    pay(here, odette, amina, award)
    claim_and_report(here, amina, odette, award)
    with here.speaking():
        assert here.town.problems() == []
    here.here.is_in_order()
