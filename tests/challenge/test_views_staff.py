"""The desk: problems decided, programmes and partners written, a brief from its draft to its publication by another."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from civic.challenge.models import BriefRemark, Challenge, Partner, Problem, Programme, ProgrammeFact
from civic.core.db import db
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")
DESK = "/en/staff/challenges"


def the(model: Any) -> Any:
    db.session.expire_all()
    return db.session.scalars(select(model).order_by(model.id.desc())).first()


@pytest.fixture
def manager(make):
    return make.staff("challenge_manager", name="Eilidh Macrae")


def decide(client, problem, verb, **fields):
    client.get(f"{DESK}/problems/{problem.id}")
    return client.submit(
        "Tell everybody", {"verb": verb, "reason": "It fits the programme.", "as_role": "Head of Innovation"} | fields
    )


@pytest.mark.parametrize("role", [None, "moderator", "researcher"])
def test_others_have_no_desk(as_, make, role):
    client = as_(make.staff(role) if role else make.member())
    assert client.get(DESK).status in (303, 403)


def test_a_manager_declines_and_takes_up(as_, make, manager):
    problem, other, challenge, client = make.problem(), make.problem(), make.challenge(), as_(manager)
    page = decide(client, problem, "decline", reason="")
    assert page.status == 422 and "deserves a reason" in page.main
    decide(client, problem, "decline")
    assert "It fits the programme." in client.follow().main and the(Problem).id == other.id
    page = decide(client, other, "take_up")
    assert page.status == 422 and "Choose the challenge" in page.main
    decide(client, other, "take_up", challenge=challenge.slug)
    assert challenge.title in client.follow().main


def test_a_manager_merges_by_number(as_, make, manager):
    one, other, client = make.problem(), make.problem(), as_(manager)
    page = decide(client, one, "merge", into="99999")
    assert page.status == 422 and "another problem that is open" in page.main
    decide(client, one, "merge", into=str(other.id))
    assert other.title in client.follow().main
    assert one.title in client.get(f"{DESK}/problems?status=merged").main
    assert one.title not in client.get(f"{DESK}/problems").main


def test_a_programme_is_written_and_announced_with_its_facts(as_, manager):
    client = as_(manager)
    client.get(DESK)
    client.click("Add a programme")
    assert client.submit("Save the programme", {"title": "2027"}).status == 422
    client.submit(
        "Save the programme", {"title": "Challenge 2027", "year": "2027", "summary": "One year.", "budget": "250000"}
    )
    page = client.follow()
    assert page.h1 == "Challenge 2027" and "£250,000" in page.main
    page = client.submit("Add this fact", {"title": "Grants", "value": "£15,000"})
    assert page.status == 422 and "Say where this is written." in page.main
    client.submit("Add this fact", {"title": "Grants", "value": "£15,000", "source": "DD2185"})
    assert "DD2185" in client.follow().main
    client.submit("Take away Grants")
    assert client.follow().status == 200 and the(ProgrammeFact) is None
    client.submit("Announce this programme")
    assert the(Programme).status == "announced"
    client.get(f"{DESK}/programmes/challenge-2027/edit")
    client.submit("Save the programme", {"year": "1900"})
    assert the(Programme).year == 2027


def test_a_partner_is_written_and_changed(as_, manager):
    client = as_(manager)
    client.get(f"{DESK}/partners/new")
    client.submit("Save the partner", {"name": "Hackney Council", "brings": "Two estates."})
    client.get(f"{DESK}/partners/hackney-council")
    client.submit("Save the partner", {"brings": "Three estates."})
    assert the(Partner).brings == "Three estates."
    client.get(f"{DESK}/partners/new")
    page = client.submit("Save the partner", {"name": "Partners", "brings": "Nothing."})
    assert page.status == 303 or "Another page" in page.main


def test_a_brief_goes_from_its_draft_to_its_publication_by_another(as_, make, manager, now):
    programme, partner, client = make.programme(), make.challenge_partner(), as_(manager)
    client.get(f"{DESK}/briefs/new")
    words = {
        "title": "An hour of rest", "programme": programme.slug, "partner": partner.slug, "statement": "Carers are tired.",
        "success": "They rest.", "name1": "Solves it", "weight1": "70", "name2": "Usable", "weight2": "20",
    }  # fmt: skip
    page = client.submit("Save the brief", words)
    assert page.status == 422 and "exactly 100" in page.main
    client.submit("Save the brief", words | {"weight2": "30"})
    page = client.follow()
    assert page.h1 == "An hour of rest" and "route to adoption is not a good challenge" in page.main
    day = now + timedelta(days=14)
    fields = {"comments_close_at-day": str(day.day), "comments_close_at-month": str(day.month)}
    client.submit(
        "Open it for comment", fields | {"comments_close_at-year": str(day.year), "comments_close_at-time": "12:00"}
    )
    assert "Brief open for comment" in client.follow().main
    remark = make.brief_remark(the(Challenge))
    client.get(f"{DESK}/briefs/an-hour-of-rest/edit")
    page = client.submit("Save the brief", {"adoption": "The council buys it."})
    assert page.status == 422 and "Say what you changed and why" in page.main
    client.submit("Save the brief", {"adoption": "The council buys it.", "what_changed": "Comment 1 asked who pays."})
    client.follow()
    client.click("Answer Comment 1")
    page = client.submit("Save the answer", {"text": "Now it says who pays."})
    assert page.status == 422
    client.submit("Save the answer", {"result": "changed", "text": "Now it says who pays.", "as_role": "Head of Care"})
    assert client.follow().status == 200 and the(BriefRemark).id == remark.id and the(BriefRemark).result == "changed"
    the(Challenge).comments_close_at = now - timedelta(minutes=1)
    db.session.flush()
    page = client.get(f"{DESK}/briefs/an-hour-of-rest")
    assert "somebody else has to publish it" in page.main
    page = client.post(f"{DESK}/briefs/an-hour-of-rest/state", {"act": "publish"})
    assert page.status == 422 and the(Challenge).status == "commenting"
    other = as_(make.staff("approver"))
    other.get(f"{DESK}/briefs/an-hour-of-rest")
    other.submit("Publish the final brief")
    assert the(Challenge).status == "final"
    history = other.get("/en/challenges/an-hour-of-rest/history").main
    assert "Comment 1 asked who pays." in history and "Route to adoption" in history


def test_a_criterion_needs_both_halves(as_, make, manager):
    client = as_(manager)
    client.get(f"{DESK}/briefs/{make.challenge('draft').slug}/edit")
    page = client.submit("Save the brief", {"name3": "Fair", "weight3": ""})
    assert page.status == 422 and "Give each criterion a name and a weight." in page.main


def test_the_staff_front_page_counts_what_waits(as_, make, manager):
    make.problem()
    make.brief_remark(make.challenge())
    assert "2" in as_(manager).get("/en/staff").main


def test_desk_pages_keep_their_ceilings(as_, make, manager):
    challenge, client = make.challenge(), as_(manager)
    for _ in range(3):
        problem = make.problem()
        make.brief_remark(challenge)
    for path, ceiling in {
        "": 14, "/problems": 10, f"/problems/{problem.id}": 12, f"/briefs/{challenge.slug}": 14,
    }.items():  # fmt: skip
        client.get(DESK + path)
        db.session.expire_all()
        with statements() as sent:
            client.get(DESK + path)
        sent.at_most(ceiling)
