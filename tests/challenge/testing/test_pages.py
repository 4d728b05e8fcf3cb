"""The pages of a test: what each side does there, what comes back refused, and what nobody else sees."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from civic.challenge.testing.models import Change, Milestone, TestGrant
from civic.challenge.testing.queries import changes, subsidy
from civic.challenge.testing.queries import tests as queries
from civic.core.clock import london_today
from civic.core.db import db
from civic.grants.queries.agreements import open_of
from tests.crowdfund.pictures import pdf
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon")


def here(test, rest=""):
    return f"/en/challenges/tests/{test.id}{rest}"


def desk(test, rest=""):
    return f"/en/staff/challenges/tests/{test.id}{rest}"


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def day(name, value):
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def seen_of(page):
    """The mark of what stood there when the page was opened."""
    return next(form.values()["seen"][0] for form in page.forms if "seen" in form.names)


def anew():
    """What pages have written is read afresh."""
    db.session.expire_all()


def fresh(row):
    db.session.expire_all()
    return db.session.get(type(row), row.id)


@pytest.fixture
def people(make):
    return make.test_people


def test_a_manager_sets_money_aside_and_offers_grants_to_those_who_are_matched(make, people, as_):
    make.test_pot()
    first, second = make.matched_application(), make.matched_application(make.startup())
    client = as_(people.manager)
    page = client.get(f"/en/staff/challenges/programmes/{people.programme.slug}/grants")
    assert "2 matched startups have no grant yet." in page.text and "£150,000" in page.text
    page = client.click("Offer test grants")
    path = f"/en/staff/challenges/programmes/{people.programme.slug}/grants"
    sent = {"chosen": [str(first.id)], "amount": "15,000", "spending": "revenue", "rationale": ""}
    page = client.post(path, sent)
    assert page.status == 422 and "Say why you recommend it." in page.text and 'value="15,000"' in page.html
    page = client.post(path, sent | {"rationale": "The panel wants to see it tried."})
    assert page.status == 303
    anew()
    test = queries.of_application(first.id)
    assert test is not None and test.award.status == "proposed"
    notice = subsidy.notice_of(test.award_id)
    assert notice is not None and notice.gross_minor == 1_500_000 and notice.status == "notified"
    assert queries.of_application(second.id) is None


def test_nobody_has_money_set_aside_by_whom_may_not(make, people, as_):
    make.test_pot()
    path = f"/en/staff/challenges/programmes/{people.programme.slug}"
    for person in (people.approver, people.consultee, people.finance, people.owner, people.signer):
        assert as_(person).post(f"{path}/money", {}).status == 403
        assert as_(person).post(f"{path}/grants", {}).status == 403


def test_the_startup_declares_earlier_aid_and_sees_the_sum(make, people, as_):
    test = make.test_grant()
    client = as_(people.owner)
    page = client.get(here(test))
    assert "Confirm which subsidies you were given before." in page.text
    client.click("Confirm earlier subsidies")
    given = london_today(make.now) - timedelta(days=400)
    row = {"giver_1": "Innovate UK", **day("given_on_1", given), "amount_1": "299,999.99", "rows": "1"}
    page = client.post(here(test, "/declaration"), row | {"name": "Ada Okafor", "position": "Director"})
    assert page.status == 422 and "Tick the box to confirm it in writing." in page.text and "Innovate UK" in page.html
    page = client.post(here(test, "/declaration"), row | {"act": "add", "name": "Ada Okafor"})
    assert page.status == 200 and 'name="giver_2"' in page.html and "Ada Okafor" in page.html
    confirmed = row | {"name": "Ada Okafor", "position": "Director", "confirms": "y"}
    assert client.post(here(test, "/declaration"), confirmed).status == 303
    page = client.get(here(test, "/declaration"))
    assert "£314,999.99" in page.text and "has confirmed in writing" in page.text
    client.post(here(test, "/declaration"), confirmed | {"amount_1": "300,000.01"})
    page = client.get(here(test, "/declaration"))
    assert "This is over the ceiling" in page.text and "£315,000.01" in page.text
    anew()
    notice = subsidy.notice_of(test.award_id)
    assert notice is not None and notice.status == "exceeded"


def test_a_day_that_has_not_come_yet_is_refused(make, people, as_):
    test = make.test_grant()
    row = {
        "giver_1": "X",
        **day("given_on_1", london_today(make.now) + timedelta(days=1)),
        "amount_1": "1",
        "rows": "1",
    }
    said = {"name": "Ada", "position": "Director", "confirms": "y"}
    page = as_(people.owner).post(here(test, "/declaration"), row | said)
    assert page.status == 422 and "That day has not come yet." in page.text


def test_both_sides_plan_and_the_rows_must_add_up(make, people, as_):
    test = make.test_grant(upto="declared")
    client = as_(people.owner)
    page = client.get(here(test, "/milestones"))
    assert 'value="15000"' in page.html
    due = london_today(make.now) + timedelta(days=30)
    row = {"title_1": "It runs", "evidence_1": "A page", **day("due_on_1", due), "amount_1": "14,999.99", "rows": "1"}
    page = client.post(here(test, "/milestones"), row | {"seen": seen_of(page)})
    assert page.status == 422 and "add up to the grant, to the penny" in page.text and "£0.01 is missing." in page.text
    page = client.post(here(test, "/milestones"), row | {"seen": seen_of(page), "amount_1": "15,000"})
    assert page.status == 303
    stale = page
    manager = as_(people.manager)
    page = manager.get(here(test, "/budget"))
    line = {"category_1": "people", "title_1": "Developers", "amount_1": "15,000", "rows": "1"}
    assert manager.post(here(test, "/budget"), line | {"seen": seen_of(page)}).status == 303
    assert stale.status == 303 and as_(people.signer).get(here(test, "/budget")).status == 403
    page = manager.post(here(test, "/budget"), line | {"seen": "old"})
    assert page.status == 422 and "Somebody else changed this" in page.text


def test_the_agreement_is_written_from_the_plan(make, people, as_):
    test = make.test_grant(upto="announced")
    client = as_(people.manager)
    client.get(desk(test))
    page = client.submit("Write the agreement from the plan")
    assert page.status == 303
    page = client.get(page.location)
    for words in ("The milestones", "The budget", "Minimal financial assistance", "Northbank Council", "Milestone 2"):
        assert words in page.text
    assert open_of(test.award_id).status == "draft"


def test_evidence_is_handed_in_with_files_returned_and_signed_off(make, people, as_, problems):
    test = make.test_grant("running")
    first = make.milestone(test)
    path = here(test, f"/milestones/{first.id}")
    client = as_(people.owner)
    page = client.get(path)
    file = {"paper": (io.BytesIO(pdf().getvalue()), "log.pdf"), "paper_title": "Log of the week"}
    seen = {"seen": seen_of(page)}
    page = client.post(path, seen | file | {"words": "It runs.", "act": "paper"})
    assert page.status == 303
    page = client.get(path)
    assert "Log of the week" in page.text and "It runs." in page.html
    page = client.post(path, {"seen": seen_of(page), "words": "", "act": "send"})
    assert page.status == 422 and "Say what was reached." in page.text
    page = client.post(path, {"seen": seen_of(page), "words": "It runs.", "act": "send"})
    assert page.status == 303 and fresh(first).status == "handed_in"
    partner = as_(people.signer)
    page = partner.get(path)
    assert "It runs." in page.text
    paper = partner.get(page.link("Log of the week").href)
    assert paper.status == 200 and paper.headers["Content-Type"] == "application/pdf"
    page = partner.post(path + "/judgement", {"act": "return", "words": ""})
    assert page.status == 422 and "Say what is missing." in page.text
    assert partner.post(path + "/judgement", {"act": "return", "words": "Show the second week."}).status == 303
    assert "Show the second week." in client.get(path).text
    page = client.get(path)
    client.post(path, {"seen": seen_of(page), "words": "Both weeks.", "act": "send"})
    page = partner.post(path + "/judgement", {"act": "sign_off", "words": "Seen.", "as_role": ""})
    assert page.status == 422 and "Say in which role you sign." in page.text
    assert partner.post(path + "/judgement", {"act": "sign_off", "as_role": "Head of Innovation"}).status == 303
    assert fresh(first).status == "signed_off" and problems() == []


def test_spending_is_told_by_lines_and_goes_to_the_manager(make, people, as_, problems):
    test = make.test_grant("running")
    make.reach_milestone(test)
    make.pay_milestone(test)
    db.session.commit()
    client = as_(people.owner)
    page = client.get(here(test))
    client.click("Progress report")
    lines = queries.lines_of(test.id)
    path = client.last.path
    told = {f"spent_{lines[0].id}": "5,000", f"spent_{lines[1].id}": "", "text": "We built it."}
    page = client.post(path, told | {"act": "send", f"spent_{lines[1].id}": "0.01"})
    assert page.status == 422 and "more than was paid so far" in page.text
    assert client.post(path, told | {"act": "save", "seen": seen_of(client.get(path))}).status == 303
    assert client.post(path, told | {"act": "send"}).status == 303
    assert "We built it." in as_(people.manager).get(path).text
    assert problems() == []


def test_more_than_a_tenth_over_a_line_asks_for_a_change_first(make, people, as_):
    test = make.test_grant("running")
    for place in (1, 2, 3):
        make.reach_milestone(test, place)
        make.pay_milestone(test, place)
    db.session.commit()
    first, second = queries.lines_of(test.id)
    client = as_(people.owner)
    client.get(here(test))
    client.click("Progress report")
    path = client.last.path
    told = {f"spent_{first.id}": "3,000", f"spent_{second.id}": "5,500.01", "text": "More users.", "act": "send"}
    page = client.post(path, told)
    assert page.status == 422 and "more than ten per cent over its budget" in page.text
    wish = {
        "number_1": str(first.id), "category_1": "people", "title_1": "Developers", "amount_1": "9,000",
        "number_2": str(second.id), "category_2": "users", "title_2": "Carers", "amount_2": "6,000", "rows": "2",
        "why": "More people want to try it.",
    }  # fmt: skip
    assert client.post(here(test, "/changes/new/budget"), wish).status == 303
    assert client.post(path, told).status == 303
    anew()
    change = changes.open_of(test.id)
    manager = as_(people.manager)
    assert manager.post(here(test, f"/changes/{change.id}"), {"act": "agree"}).status == 303
    anew()
    assert [each.amount_minor for each in queries.lines_of(test.id)] == [900_000, 600_000]


def test_nobody_is_offered_a_change_of_milestones_once_all_are_shown(make, people, as_):
    test = make.test_grant("running")
    client = as_(people.owner)
    assert "Change the milestones" in client.get(here(test)).text
    for place in (1, 2, 3):
        make.reach_milestone(test, place)
    db.session.commit()
    page = client.get(here(test))
    assert "Change the milestones" not in page.text and "Change the budget" in page.text


def test_a_pivot_needs_all_three_sides(make, people, as_):
    test = make.test_grant("running")
    client = as_(people.owner)
    page = client.post(here(test, "/changes/new/pivot"), {"what": "", "why": "Nobody uses the app."})
    assert page.status == 422 and "Say what the solution becomes." in page.text
    client.post(here(test, "/changes/new/pivot"), {"what": "A telephone line", "why": "Nobody uses the app."})
    change = db.session.scalars(select(Change)).one()
    path = here(test, f"/changes/{change.id}")
    assert client.post(path, {"act": "agree"}).status == 403
    assert as_(people.signer).post(path, {"act": "agree"}).status == 303
    assert fresh(change).status == "asked"
    page = as_(people.manager).post(path, {"act": "decline", "words": ""})
    assert page.status == 422 and "Say why you decline." in page.text
    assert as_(people.manager).post(path, {"act": "agree"}).status == 303
    assert fresh(change).status == "done" and fresh(test).pivots == 1
    assert as_(people.manager).post(path, {"act": "agree"}).status == 403


def test_another_day_needs_a_new_version_that_both_sides_sign(make, people, as_, problems):
    test = make.test_grant("running")
    client, manager = as_(people.owner), as_(people.manager)
    today = london_today(make.now)
    wish = {"rows": "1", "title_1": "All of it", "evidence_1": "A page", "amount_1": "15,000", "why": "One is enough."}
    wish |= day("due_on_1", today + timedelta(days=200))
    assert client.post(here(test, "/changes/new/milestones"), wish).status == 303
    change = db.session.scalars(select(Change)).one()
    assert manager.post(here(test, f"/changes/{change.id}"), {"act": "agree"}).status == 303
    page = client.get(here(test, f"/milestones/{make.milestone(test).id}"))
    assert "A change of the milestones is being signed." in page.text and "Hand it in" not in page.text
    manager.get(here(test, f"/changes/{change.id}"))
    page = manager.get(manager.submit("Write the new version").location)
    assert "All of it" in page.text and "Milestone 2" not in page.text
    manager.submit("Offer it to the recipient")
    anew()
    with make._speaking():
        make.sign_test(fresh(test))
        db.session.commit()
    anew()
    steps = queries.milestones_of(test.id)
    assert [each.title for each in steps] == ["All of it"] and fresh(change).status == "done"
    assert problems() == []


def test_declining_ends_the_match(make, people, as_):
    test = make.test_grant(upto="declared")
    client = as_(people.owner)
    client.get(here(test))
    client.click("We do not want this grant")
    page = client.post(here(test, "/refusal"), {})
    assert page.status == 422 and "Tick the box if you are sure." in page.text
    assert client.post(here(test, "/refusal"), {"is_sure": "y"}).status == 303
    anew()
    again = queries.fresh(test.id)
    assert again.status == "ended" and again.application.status == "lost"


def test_unspent_money_is_asked_back_from_the_desk(make, people, as_, problems):
    test = make.test_grant("stopped")
    client = as_(people.manager)
    page = client.get(desk(test))
    assert "£5,000 was paid and is neither spent nor asked back." in page.text
    page = client.post(desk(test, "/repayment"), {"kind": "underspend", "why": ""})
    assert page.status == 422
    assert client.post(desk(test, "/repayment"), {"kind": "underspend", "why": "It was stopped."}).status == 303
    assert "Ask £" not in client.get(desk(test)).text
    page = client.post(desk(test, "/repayment"), {"kind": "underspend", "why": "Once more."})
    assert page.status == 409 and "spent or asked back already" in page.text
    assert problems() == []


@pytest.mark.parametrize("state", ["planned", "running", "finished", "stopped", "ended"])
def test_every_page_opens_in_every_state_and_both_directions(make, people, as_, state):
    test = make.test_grant(state)
    clients = {"startup": as_(people.owner), "partner": as_(people.signer), "manager": as_(people.manager)}
    step = make.milestone(test).id if state != "planned" else 0
    for language in ("en", "ar"):
        for client in clients.values():
            for rest in ("", f"/milestones/{step}" if step else ""):
                assert client.get(f"/{language}/challenges/tests/{test.id}{rest}").status == 200
            assert client.get(f"/{language}/challenges/tests").status == 200
        assert clients["startup"].get(f"/{language}/challenges/tests/{test.id}/declaration").status == 200
        assert clients["manager"].get(f"/{language}/staff/challenges/tests/{test.id}").status == 200
        assert clients["manager"].get(f"/{language}/staff/challenges/tests").status == 200


def test_nobody_else_learns_that_there_is_a_test(make, people, as_, client):
    test = make.test_grant("running")
    step = make.milestone(test).id
    for person in (make.member(), make.staff("moderator"), people.approver, people.finance, people.administrator):
        stranger = as_(person)
        for rest in ("", f"/milestones/{step}", "/declaration", "/changes/new/stop"):
            assert stranger.get(here(test, rest)).status == 404
    page = client.get(here(test))
    assert page.status == 303 and "/sign-in" in page.location


def test_a_list_of_tests_asks_the_same_number_of_questions_however_long_it_is(make, people, as_):
    make.test_grant("running")
    client = as_(people.manager)
    path = f"/en/staff/challenges/programmes/{people.programme.slug}/grants"
    with statements() as few:
        client.get(path)
    for _ in range(4):
        make.test_grant("running", startup=make.startup())
    db.session.commit()
    with statements() as many:
        client.get(path)
    assert len(many) == len(few)
    with statements() as own:
        client.get("/en/staff/challenges/tests")
    assert len(own) <= 24
    assert (count(TestGrant), count(Milestone)) == (5, 15)


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [("owner", "/en/challenges/tests/{}", 30), ("manager", "/en/staff/challenges/tests/{}", 38)],
)
def test_a_page_of_a_test_asks_no_more_than_it_needs(make, people, as_, who, path, most):
    test = make.test_grant("running")
    client = as_(getattr(people, who))
    client.get(path.format(test.id))
    with statements() as asked:
        client.get(path.format(test.id))
    asked.at_most(most)
