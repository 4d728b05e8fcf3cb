"""The last steps for staff, page by page: reading, sorting, deciding, and a second person who signs; and who finds a closed door."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.consultations.actions import outcome as actions
from civic.consultations.models import Consultation, Link, Theme
from civic.core.db import db
from tests.support.client import PageClient
from tests.support.sql import statements

HOME = "/en/staff/consultations"

pytestmark = pytest.mark.usefixtures("at_noon")


def only():
    db.session.expire_all()
    return db.session.scalars(select(Consultation)).one()


@pytest.fixture
def closed(make, people):
    survey = make.words_survey(status="closed", title={"en": "Heat survey"})
    names = make.says(survey, "Trees at bus stops, please", "Water taps", "Free ice cream")
    return make.counted(make.consultation("considering", holds=[survey], slug="heat")), survey, names


def test_reading_sorting_deciding_and_signing(as_, make, people, closed, run_jobs):
    staff = as_(people[0])
    staff.get(f"{HOME}/heat/outcome/summary")
    staff.submit("Save", summary="You asked for shade. It comes.")
    staff.follow()
    staff.click("Add a theme")
    staff.submit("Save the theme", title="Shade", heard="People want shade where they wait.")
    staff.follow()
    theme = db.session.scalars(select(Theme)).one()
    page = staff.click("Read what people gave")
    assert "Water taps" in page.text
    chosen = [box.get("value") for box in page.all("input", name="chosen")]
    assert sorted(chosen) == sorted(closed[2])
    page = staff.submit("Sort the ticked ones", theme=str(theme.id))
    assert (page.status, "Tick at least one contribution." in page.text) == (422, True)
    page = staff.submit("Sort the ticked ones", theme="0", fate="out_of_scope", chosen=chosen[:1])
    assert page.error_of("why") == "Error: Say why. The people who gave it will read this."
    staff.submit("Sort the ticked ones", theme=str(theme.id), fate="taken_up", chosen=chosen[:2])
    page = staff.follow()
    assert "2 contributions were sorted." in page.text
    assert len(page.all("input", name="chosen")) == 1
    page = staff.click("Shade")
    assert len(page.all("input", name="chosen")) == 2
    staff.submit("Take them out of every theme", theme=str(theme.id), chosen=chosen[:1])
    assert len(staff.follow().all("input", name="chosen")) == 1
    staff.get(f"{HOME}/heat/contributions")
    page = staff.submit("Sort the rest", theme=str(theme.id), fate="not_taken_up", why="no")
    assert (page.status, page.errors) == (422, ["Say why. The people who gave it will read this."])
    staff.submit("Sort the rest", theme=str(theme.id), fate="", why="")
    staff.follow()
    run_jobs()
    assert db.session.query(Link).count() == 3
    staff.get(f"{HOME}/heat/outcome")
    staff.click("2 without a fate: Shade")
    page = staff.submit("Record it")
    assert page.errors == ["Choose what became of it."]
    staff.submit("Record it", fate="noted")
    staff.follow()
    staff.click("Add a decision")
    staff.submit(
        "Save the decision",
        {
            "decided": "Trees first.",
            "because": "That is where people wait.",
            "number": "MD2300",
            "decided_on-day": "2",
            "decided_on-month": "11",
            "decided_on-year": "2026",
            "themes": [str(theme.id)],
        },
    )
    page = staff.follow()
    assert "Still missing" not in page.text
    staff.submit("Hand it to a second person")
    page = staff.follow()
    assert "Sign and publish" not in page.text
    signer = as_(people[1])
    page = signer.get(f"{HOME}/heat/outcome")
    assert "Trees first." in page.text
    page = signer.submit("Sign and publish the outcome")
    assert page.error_of("read") == "Error: Tick the box once you have read it."
    signer.submit("Sign and publish the outcome", read=True)
    assert "The outcome is published." in signer.follow().text
    row = only()
    assert (row.status, row.given, row.with_fate, row.signed_by_id) == ("answered", 3, 3, people[1].id)
    assert "MD2300" in PageClient(signer.app).get("/en/consultations/heat/outcome").text


def test_the_writer_meets_no_button_to_sign_and_a_closed_door(as_, make, people, closed, now):
    make.outcome(closed[0], by=people[0])
    actions.submit(closed[0], by=people[0], now=now)
    db.session.commit()
    writer = as_(people[0])
    page = writer.get(f"{HOME}/heat/outcome")
    assert "Sign and publish the outcome" not in page.text
    answer = writer.post(f"{HOME}/heat/outcome/signature", {"read": "y", "edition": str(closed[0].version_id)})
    assert (answer.status, only().status) == (403, "considering")


def test_the_second_person_sends_it_back_and_it_can_be_changed(as_, make, people, closed, now):
    make.outcome(closed[0], by=people[0])
    actions.submit(closed[0], by=people[0], now=now)
    db.session.commit()
    signer = as_(people[1])
    signer.get(f"{HOME}/heat/outcome")
    signer.submit("Let its writers change it", why="A number is wrong.")
    assert signer.follow().status == 200
    assert only().submitted_at is None
    as_(people[0]).get(f"{HOME}/heat/outcome").link("Write the summary")


def test_an_outcome_that_changed_since_it_was_read_is_not_signed(as_, make, people, closed, now):
    make.outcome(closed[0], by=people[0])
    actions.submit(closed[0], by=people[0], now=now)
    db.session.commit()
    signer = as_(people[1])
    signer.get(f"{HOME}/heat/outcome")
    actions.send_back(closed[0], why="", by=people[0], now=now)
    actions.write_summary(closed[0], "Quite another.", by=people[0], now=now)
    actions.submit(closed[0], by=people[0], now=now)
    db.session.commit()
    page = signer.submit("Sign and publish the outcome", read=True)
    assert (page.status, only().status) == (422, "considering")


@pytest.mark.parametrize("role", ("moderator", "funds_officer", "finance_officer", "administrator", "assessor"))
def test_other_roles_find_nothing_here(as_, make, people, role):
    make.consultation("considering", slug="heat")
    db.session.commit()
    client = as_(make.staff(role))
    for path in (HOME, f"{HOME}/heat", f"{HOME}/heat/outcome", f"{HOME}/heat/contributions"):
        assert client.get(path).status == 403, path


def test_an_approver_reads_and_does_not_write(as_, make, people):
    make.consultation("considering", slug="heat")
    db.session.commit()
    client = as_(people[1])
    assert client.get(f"{HOME}/heat").status == 200
    assert client.get(f"{HOME}/heat/outcome").status == 200
    for path in ("contributions", "outcome/summary", "updates", "withdrawal"):
        assert client.get(f"{HOME}/heat/{path}").status == 403, path


def test_what_is_owed_waits_on_the_front_page_of_staff(as_, make, people, now):
    closes = now - timedelta(days=70)
    make.consultation("considering", opens_at=closes - timedelta(days=50), closes_at=closes)
    make.consultation("considering")
    db.session.commit()
    assert "1 waiting" in as_(people[0]).get("/en/staff").text


def test_staff_pages_ask_little_however_much_there_is(as_, make, people, now):
    surveys = [make.words_survey(status="closed") for _ in range(3)]
    for each in surveys:
        make.says(each, *(f"Words {number}" for number in range(40)))
    row = make.counted(make.consultation("considering", holds=surveys, slug="heat"))
    for number in range(6):
        theme = make.theme(row, f"Theme {number}", by=people[0])
        make.decided(row, theme, by=people[0], number=f"MD{number}")
    for _ in range(20):
        make.consultation("open")
    db.session.commit()
    staff = as_(people[0])
    for path, ceiling in (("", 4), ("/heat", 10), ("/heat/outcome", 14), ("/heat/contributions", 16)):
        assert staff.get(HOME + path).status == 200
        with statements() as sent:
            staff.get(HOME + path)
        sent.at_most(ceiling)
