"""The pages of those who run a panel: prepare it, open it, share out, ask and take off, close."""

import pytest

from civic.accounts.models import User
from civic.assessment.actions import interests, panels
from civic.assessment.models import Criterion
from civic.assessment.queries import criteria_of, standing
from civic.assessment.queries.items import active_of, assignments_of
from civic.assessment.queries.panels import assessors_of, seat_of
from civic.core.db import db, transaction
from tests.support.sql import statements

BASE = "/en/staff/assessment"


@pytest.fixture(autouse=True)
def _in_request(in_request):
    """Refusals are said in a language."""


@pytest.fixture
def officer(make, client):
    person = make.runner()
    make.sign_in(client, person)
    return person


def made(make, *args, **facts):
    with transaction():
        return make.panel(*args, **facts)


def sitting_on(panel):
    return [db.session.get_one(User, row.user_id) for row in assessors_of(panel)]


def test_a_panel_is_prepared_and_opened(client, make, officer):
    made(make, "draft", criteria=(), assessors=0, title="Make London, round 7")
    priya, omar = make.staff("assessor", name="Priya Raman"), make.staff("funds_officer", name="Omar Haddad")
    db.session.commit()
    page = client.get(f"{BASE}/panels")
    assert "Make London, round 7" in page.text
    page = client.click("Make London, round 7")
    assert "The panel can open once nothing is missing." in page.text
    assert "Open the panel" not in [text for form in page.forms for text in form.buttons]
    client.click("Say by what is judged, and what each score means")
    client.submit(
        "Save the criterion", title="Local support", weight="40", guidance="How many?", anchor_0="None", anchor_5="All"
    )
    page = client.follow()
    assert "2 of 6 scores explained" in page.text
    assert "100%" in page.text
    for person in (priya, omar):
        client.submit("Add to the panel", person=person.id)
        page = client.follow()
    assert "Everything is there." in page.text
    client.submit("Open the panel")
    page = client.follow()
    assert "The panel is open. Its criteria are fixed now." in page.text
    assert "Add a criterion" not in page.text


def test_only_people_who_assess_are_offered_each_with_their_roles(client, make, officer):
    panel = made(make, "draft")
    make.staff("assessor", "approver", name="Priya Raman")
    make.staff("approver", name="Geraldine Achebe")
    make.member(name="Amina Yusuf")
    db.session.commit()
    page = client.get(f"{BASE}/panels/{panel.id}")
    assert "Priya Raman (Approver, Assessor)" in page.text
    assert "Geraldine Achebe" not in page.text
    assert "Amina Yusuf" not in page.text
    page = client.submit("Add to the panel")
    assert page.status == 422
    assert "Choose a person." in page.text


def test_criteria_are_changed_moved_and_removed_while_it_is_prepared(client, make, officer):
    panel = made(make, "draft")
    last = criteria_of(panel)[2]
    client.get(f"{BASE}/criteria/{last.id}")
    client.submit("Save the criterion", title="Worth of every pound", place="1", weight="25")
    page = client.follow()
    assert page.text.index("Worth of every pound") < page.text.index("Deliverability")
    client.get(f"{BASE}/criteria/{last.id}")
    page = client.submit("Save the criterion", title="", weight="0", place="x")
    assert page.status == 422
    for sentence in ("Say what is judged.", "Enter a number from 1 to 100.", "Enter a whole number"):
        assert sentence in page.text
    client.get(f"{BASE}/criteria/{last.id}")
    client.submit("Remove this criterion")
    assert "“Worth of every pound” is removed." in client.follow().text
    assert len(criteria_of(panel)) == 2


def test_a_criterion_is_not_overwritten_and_what_was_typed_stays(client, make, officer):
    panel = made(make, "draft")
    first = criteria_of(panel)[0]
    client.get(f"{BASE}/criteria/{first.id}")
    plan = panels.CriterionPlan("Changed by a colleague", 9, key=first.key)
    with transaction():
        panels.put_criterion(panel, plan, seen=panels.edition_of(first), place=1, by=officer, now=make.now)
    page = client.submit("Save the criterion", title="Changed by me")
    assert page.status == 409
    assert "Changed by me" in page.html
    assert "Changed by a colleague" in page.text
    client.submit("Save the criterion")
    assert "Changed by me" in client.follow().text


@pytest.mark.parametrize("status", ["open", "closed"])
def test_nobody_finds_the_criteria_to_change_once_it_has_opened(client, make, officer, status):
    panel = made(make, status)
    one = criteria_of(panel)[0]
    assert client.get(f"{BASE}/criteria/{one.id}").status == 403
    assert client.get(f"{BASE}/panels/{panel.id}/criteria/new").status == 403
    for path in (f"criteria/{one.id}", f"criteria/{one.id}/removal", f"panels/{panel.id}/criteria"):
        assert client.post(f"{BASE}/{path}", {"title": "x", "weight": "1", "place": "1"}).status == 403
    assert db.session.query(Criterion).count() == 3


def test_settings_are_changed_and_after_the_opening_only_what_hurts_nobody(client, make, officer):
    panel = made(make, "draft")
    client.get(f"{BASE}/panels/{panel.id}/settings")
    typed = {"due_at-day": "18", "due_at-month": "12", "due_at-year": "2026", "due_at-time": "17:00"}
    client.submit("Save the settings", {"quorum": "3", "scale": "4", "gap": "30", "publishes_scores": True, **typed})
    page = client.follow()
    assert "Scores are asked for by 18 December 2026, 5:00pm" in page.text
    assert "30 of 100 points apart" in page.text
    assert criteria_of(panel)[0].anchors == {"0": "Nobody"}
    client.get(f"{BASE}/panels/{panel.id}/settings")
    page = client.submit("Save the settings", {"quorum": "1", "scale": "11", "gap": "0", "title": ""})
    assert page.status == 422
    for sentence in ("Enter a title.", "Enter a number from 2 to 20.", "Enter a number from 1 to 10."):
        assert sentence in page.text
    other = made(make)
    page = client.get(f"{BASE}/panels/{other.id}/settings")
    assert "scale" not in page.forms[-1].names
    with transaction():
        panels.tell(
            other, {"title": "By a colleague"}, seen=panels.edition_of_settings(other), by=officer, now=make.now
        )
    page = client.submit("Save the settings", title="By me")
    assert page.status == 409
    assert "By a colleague" in page.text
    client.submit("Save the settings")
    assert client.follow().h1 == "By me"
    assert client.post(f"{BASE}/panels/{other.id}/settings", {"title": "x", "scale": "9", "seen": ""}).status == 409
    assert other.scale == 5


def test_items_are_shared_out_as_shown(client, make, officer):
    panel = made(make, assessors=3)
    with transaction():
        for number in range(1, 7):
            make.item(panel, f"demo:{number}")
    page = client.get(f"{BASE}/panels/{panel.id}")
    assert "6 lack assessors" in page.text
    page = client.click("Share out the items")
    assert "12 assessments would be given out" in page.text
    client.submit("Share them out like this")
    page = client.follow()
    assert "Shared out." in page.text
    assert sorted(each.given for each in standing(panel).people) == [4, 4, 4]
    page = client.get(f"{BASE}/panels/{panel.id}/sharing")
    assert "Every item has enough assessors" in page.text


def test_a_plan_that_changed_is_shown_again(client, make, officer):
    panel = made(make)
    with transaction():
        make.item(panel)
    client.get(f"{BASE}/panels/{panel.id}/sharing")
    with transaction():
        item = make.item(panel)
    page = client.submit("Share them out like this")
    assert page.status == 409
    assert "4 assessments would be given out" in page.text
    assert active_of(item) == []


def test_items_that_cannot_be_filled_are_told_before_and_after(client, make, officer):
    panel = made(make)
    first = sitting_on(panel)[0]
    with transaction():
        item = make.item(panel, "demo:1")
        interests.declare("demo:1", user=first, has_interest=True, words="Mine.", now=make.now)
    page = client.get(f"{BASE}/panels/{panel.id}/sharing")
    assert "1 item cannot get enough assessors." in page.text
    client.submit("Share them out like this")
    page = client.follow()
    assert "1 item still lacks assessors." in page.text
    page = client.get(f"{BASE}/panels/{panel.id}/sharing")
    assert "nobody on the panel can be asked" in page.text
    assert len(active_of(item)) == 1


def test_an_assessor_is_asked_taken_off_and_may_write_anew(client, make, officer):
    panel = made(make, assessors=3)
    with transaction():
        item = make.item(panel, title="A bandstand for all")
    page = client.get(f"{BASE}/panels/{panel.id}/items")
    assert "2 more are needed" in page.text
    client.click("A bandstand for all")
    first, second, _third = sitting_on(panel)
    for person in (first, second):
        client.submit("Ask them", person=person.id)
        page = client.follow()
    assert page.text.count("Not begun") == 2
    client.click(f"Take off {second.display_name}")
    page = client.submit("Take it off them")
    assert "Give a reason." in page.text
    client.submit("Take it off them", why="On leave until January.")
    page = client.follow()
    assert "Taken off. Somebody else can be asked." in page.text
    with transaction():
        make.send(make.assignment(item, second), 2)
    page = client.get(f"{BASE}/items/{item.id}")
    client.click(f"Let them change it {second.display_name}")
    client.submit("Let them change it", why="They pressed too early.")
    assert "What they sent is kept." in client.follow().text
    assert [each.status for each in assignments_of(item)] == ["assigned", "released", "reading"]


def test_refusals_to_ask_stand_at_the_field(client, make, officer, demo):
    panel = made(make)
    with transaction():
        item = make.item(panel, "demo:1")
    first, second = sitting_on(panel)
    demo.parties[1] = {first.id}
    client.get(f"{BASE}/items/{item.id}")
    page = client.submit("Ask them")
    assert "Choose a person." in page.text
    page = client.submit("Ask them", person=first.id)
    assert page.status == 403, "who has no part in it is refused as a whole"
    with transaction():
        make.assignment(item, second, "recused")
    page = client.post(f"{BASE}/items/{item.id}/assignments", {"person": second.id})
    assert page.status == 422


def test_who_leaves_gives_a_reason_and_a_panel_is_never_left_short(client, make, officer):
    panel = made(make, assessors=3)
    people = sitting_on(panel)
    client.get(f"{BASE}/panels/{panel.id}")
    client.click(f"Take off {people[0].display_name}")
    page = client.submit("Take off the panel")
    assert "Give a reason." in page.text
    client.submit("Take off the panel", why="Leaves City Hall.")
    assert "No longer on the panel." in client.follow().text
    seat = seat_of(panel.id, people[1].id)
    client.get(f"{BASE}/assessors/{seat.id}/removal")
    page = client.submit("Take off the panel", why="Leaves too.")
    assert page.status == 422
    assert "fewer assessors than each item needs" in page.text
    assert client.get(f"{BASE}/assessors/99999/removal").status == 404


def test_it_is_closed_with_a_warning_and_opened_again_with_a_reason(client, make, officer):
    panel = made(make)
    with transaction():
        make.item(panel)
    client.get(f"{BASE}/panels/{panel.id}")
    page = client.click("Close the panel")
    assert "1 item has no agreed result yet." in page.text
    client.submit("Close the panel")
    page = client.follow()
    assert "nothing more is scored or agreed" in page.text
    client.click("Open the panel again")
    page = client.submit("Open the panel again")
    assert "Give a reason." in page.text
    client.submit("Open the panel again", why="An appeal was upheld.")
    page = client.follow()
    assert "The panel is open again." in page.text
    assert "An appeal was upheld." in page.text
    page = client.get(f"{BASE}/panels/{panel.id}/reopening")
    assert "The panel is not closed" in page.text


def test_a_panel_without_what_it_needs_does_not_open_whatever_is_sent(client, make, officer):
    panel = made(make, "draft", assessors=1)
    page = client.post(f"{BASE}/panels/{panel.id}/opening")
    assert page.status == 422
    assert "The panel cannot open yet." in page.text


@pytest.mark.parametrize(
    "kind", ["assessor", "approver", "consultee", "finance_officer", "administrator", "researcher"]
)
def test_only_those_who_run_panels_find_their_pages(client, make, kind):
    panel = made(make)
    with transaction():
        item = make.item(panel)
    make.sign_in(client, make.staff(kind))
    for path in ("", "/settings", "/items", "/sharing", "/moderation", "/meetings/new", "/means", "/closure"):
        assert client.get(f"{BASE}/panels/{panel.id}{path}").status == 403
    assert client.get(f"{BASE}/items/{item.id}").status == 403
    assert client.get(f"{BASE}/interests").status == 403
    results = 200 if kind == "approver" else 403
    for path in ("ranking", "comparison"):
        assert client.get(f"{BASE}/panels/{panel.id}/{path}").status == results
    assert client.get(f"{BASE}/panels").status == results


def test_the_pages_of_a_panel_ask_few_questions_however_many_items(client, make, officer):
    panel = made(make)
    with transaction():
        for number in range(60):
            make.item(panel, f"demo:{number + 1}")
    for path, ceiling in (("", 14), ("/items", 5)):
        client.get(f"{BASE}/panels/{panel.id}{path}")
        with statements() as sent:
            client.get(f"{BASE}/panels/{panel.id}{path}")
        sent.at_most(ceiling)


def test_the_front_page_of_staff_says_what_waits(client, make, officer):
    panel = made(make)
    with transaction():
        make.assignment(make.item(panel), sitting_on(panel)[0], "assigned")
    page = client.get("/en/staff")
    assert "Assessment panels" in page.text
    make.sign_in(client, sitting_on(panel)[0])
    page = client.get("/en/staff")
    assert "My assessments" in page.text
    assert "1 waiting" in page.text
