"""Pages of startups and managers: what is typed comes back, nothing is sent twice, and what a page asks of the database stays small."""

from datetime import timedelta

import pytest

from civic.assessment.actions import interests
from civic.assessment.models import Item
from civic.challenge.applying.actions import applying
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.applying.queries.due import due_for, due_for_manager
from civic.challenge.applying.queries.seats import startups_of
from civic.core.clock import in_london
from civic.core.db import db
from tests.support.sql import statements

STAFF = "/en/staff/challenges"


@pytest.fixture
def owner(make):
    return make.member()


@pytest.fixture
def draft(ground, owner):
    return ground.drafted(ground.startup(owner=owner), by=owner)


def own(application, rest=""):
    return f"/en/challenges/applications/{application.id}{rest}"


def test_the_call_tells_conditions_criteria_and_questions_before_one_signs_in(ground, client):
    page = client.get(f"/en/challenges/calls/{ground.programme.slug}")
    for words in (
        "Startups can apply until",
        "Who can use it",
        "40%",
        "Our staff have verified your organisation.",
        "£15,000",
    ):
        assert words in page.text


def test_a_draft_of_a_call_is_seen_by_those_who_run_calls_alone(make, as_, client):
    programme = make.programme()
    make.call(programme, status="draft")
    path = f"/en/challenges/calls/{programme.slug}"
    assert client.get(path).status == 404
    assert "This is a preview." in as_(make.staff("challenge_manager")).get(path).text


def test_whoever_cannot_apply_reads_why_before_writing_anything(ground, make, as_):
    person = make.partner_member(ground.partner)
    ground.startup(owner=person, borough=None)
    page = as_(person).get(f"/en/challenges/{ground.challenge.slug}/apply")
    assert "Somebody in your organisation acts for the partner of this challenge." in page.text
    assert "Your startup’s page names no borough yet." in page.text
    assert "Start writing" not in page.text
    startup = startups_of(person.id)[0]
    page = as_(person).post(f"/en/challenges/{ground.challenge.slug}/apply", {"startup": startup.id})
    assert page.status == 422 and "A condition of this call is not met." in page.text


def test_a_startup_begins_and_comes_back_to_the_same_application(ground, owner, as_):
    startup = ground.startup(owner=owner)
    client, path = as_(owner), f"/en/challenges/{ground.challenge.slug}/apply"
    first = client.post(path, {"startup": startup.id, "declared": ["solvent"]})
    second = client.post(path, {"startup": startup.id})
    assert first.status == second.status == 303 and first.location == second.location
    assert ground.again(db.session.query(ChallengeApplication).one()).declared == ["solvent"]


def test_a_stale_save_keeps_what_was_typed_and_shows_what_stands(ground, draft, owner, as_):
    client = as_(owner)
    client.get(own(draft, "/edit/test"))
    colleague = ground.join(ground.again(draft).startup, ground.make.member(name="Amina Yusuf"))
    draft = ground.again(draft)
    seen = applying.mark_of(draft, "test")
    applying.tell(draft, "test", {"test": "Hers."}, seen=seen, by=colleague, now=ground.now)
    db.session.commit()
    page = client.submit("Save and go on", test="Mine.")
    assert page.status == 409 and "Somebody else saved this" in page.text
    assert "Hers." in page.text and "Mine." in page.text and "Amina Yusuf" in page.text
    assert client.submit("Save and go on", test="Both.").status == 303
    assert ground.again(draft).answers["test"] == "Both."


def test_an_answer_that_is_too_long_is_kept_and_counted_and_cannot_be_sent(ground, draft, owner, as_):
    client = as_(owner)
    client.get(own(draft, "/edit/about"))
    client.submit("Save and go to the list", summary="word " * 61)
    assert "This answer is too long" in client.get(own(draft)).text
    assert "You have used 61 of 60 words" in client.get(own(draft, "/edit/about")).text
    assert "It cannot be sent yet" in client.get(own(draft, "/submission")).text


def test_a_double_click_on_sending_leads_to_the_one_receipt(ground, draft, owner, as_):
    client = as_(owner)
    said = {"allowed": "y", "true": "y"}
    pages = [client.post(own(draft, "/submission"), said) for _ in range(2)]
    assert [each.status for each in pages] == [303, 303]
    assert pages[0].location == pages[1].location and pages[0].location.endswith("/receipt")
    assert ground.again(draft).status == "submitted"


def test_at_the_deadline_sending_is_refused_and_says_why(ground, draft, owner, as_):
    ground.now = ground.call.closes_at
    db.session.commit()
    client = as_(owner)
    page = client.post(own(draft, "/submission"), {"allowed": "y", "true": "y"})
    assert page.status == 422 and "What comes later is not taken" in page.text
    assert ground.again(draft).status == "draft"


def test_nobody_learns_of_the_shortlist_before_it_is_published(ground, owner, as_, make):
    (application,) = ground.judged((5, 5))
    person = db.session.get_one(type(ground.manager), application.started_by_id)
    manager = as_(ground.manager)
    manager.get(f"{STAFF}/applications/{application.id}/answer")
    assert manager.submit("Keep the answer", act="shortlist", feedback="Well done.").status == 303
    page = as_(person).get(own(application))
    assert "It is being judged." in page.text and "Shortlisted" not in page.text and "Well done." not in page.text
    assert manager.post(f"{STAFF}/calls/{ground.programme.slug}/finish").status == 303
    page = as_(person).get(own(application))
    assert "You are a finalist." in page.text and "Well done." in page.text


def test_what_is_passed_over_without_words_comes_back_with_what_was_chosen(ground, as_):
    (application,) = ground.judged((2, 2))
    manager = as_(ground.manager)
    manager.get(f"{STAFF}/applications/{application.id}/answer")
    assert "This part could have been stronger." in manager.last.text
    page = manager.submit("Keep the answer", act="pass_over", feedback=" ")
    assert page.status == 422 and "Write what would have made it stronger." in page.text


def test_a_call_is_made_and_opened_at_the_desk(make, ground, as_):
    programme = make.programme()
    make.challenge("final", programme=programme)
    manager = as_(ground.manager)
    manager.get(f"{STAFF}/calls/new")
    begins, ends = in_london(ground.now - timedelta(days=1)), in_london(ground.now + timedelta(days=30))
    dates = {
        f"{name}-{part}": value
        for name, day in (("opens_at", begins), ("closes_at", ends))
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year), ("time", "17:00"))
    }
    page = manager.submit("Save the call", dates | {"programme": programme.id})
    assert page.status == 303
    assert "Each challenge whose brief is final gets a panel" in manager.follow().text
    assert manager.submit("Open the call").status == 303
    assert "The call is open." in manager.follow().text
    manager.get(f"{STAFF}/calls/{programme.slug}/edit")
    page = manager.submit("Save the call", grant="20000")
    assert page.status == 422 and "this cannot be changed any more" in page.text


def test_a_partner_gets_people_with_an_account_only(make, ground, as_):
    person, manager = make.member(), as_(ground.manager)
    path = f"{STAFF}/partners/{ground.partner.slug}/people"
    manager.get(path)
    assert manager.submit("Give them a seat", email="nobody@example.org").status == 422
    assert "Nobody has an account with this address" in manager.last.text
    assert manager.submit("Give them a seat", email=person.email, title="Head of Care").status == 303
    assert "Head of Care" in manager.follow().text
    manager.post(f"{path}/{person.id}/removal")
    assert "Nobody yet" in manager.follow().text


def test_what_is_due_is_told_to_whom_it_concerns(ground, draft, owner, make):
    (mine,) = due_for(owner.id, ground.now)
    assert mine.role == "startup" and "Send your application" in mine.sentence and mine.on is not None
    assert due_for(make.member().id, ground.now) == []
    assert ["Seat assessors" in each.sentence for each in due_for_manager(ground.now)] == [True]
    ground.sent()
    ground.seat()
    ground.after_the_deadline()
    assert due_for(owner.id, ground.now) == []
    (waiting,) = due_for_manager(ground.now)
    assert waiting.sentence.startswith("1 application is neither")


def crowd(ground, number):
    """So many applications of so many startups, before the assessors."""
    owner = ground.make.member()
    startups = [ground.startup(owner=owner) for _ in range(number)]
    rows = [
        ChallengeApplication(
            call_id=ground.call.id, challenge_id=ground.challenge.id, startup_id=each.id, status="submitted", title=f"Entry {at}",
            created_at=ground.now, submitted_at=ground.now, profile={"name": f"Startup {at}"}, answers={},
        )
        for at, each in enumerate(startups)
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    ground.after_the_deadline()
    db.session.execute(Item.__table__.update().values(status="scored", result_bps=Item.id % 9000, spread_bps=0))
    db.session.commit()
    return rows


@pytest.mark.parametrize("number", (3, 60))
def test_the_managers_pages_ask_no_more_however_many_apply(ground, as_, number):
    crowd(ground, number)
    manager = as_(ground.manager)
    desk = f"{STAFF}/calls/{ground.programme.slug}"
    manager.get(desk)
    for path, ceiling in (
        (desk, 14), (f"{desk}/applications", 12), (f"{desk}/shortlist/{ground.challenge.slug}", 18),
    ):  # fmt: skip
        with statements() as seen:
            assert manager.get(path).status == 200
        seen.at_most(ceiling)


def test_a_long_list_is_cut_into_pages(ground, as_):
    crowd(ground, 55)
    manager = as_(ground.manager)
    page = manager.get(f"{STAFF}/calls/{ground.programme.slug}/applications")
    assert "Entry 49" in page.text and "Entry 50" not in page.text
    assert "Entry 54" in manager.click("Next page").text


def test_hidden_applications_are_numbers_in_lists(ground, as_):
    (application,) = ground.judged((5, 5))
    interests.declare(application.name, user=ground.other, has_interest=True, words="A friend.", now=ground.now)
    manager = as_(ground.other)
    for path in ("applications", f"shortlist/{ground.challenge.slug}"):
        page = manager.get(f"{STAFF}/calls/{ground.programme.slug}/{path}")
        assert "You declared an interest" in page.text and "Number 1" not in page.text


def test_whoever_has_no_organisation_is_shown_where_to_register_one(make, as_):
    member = as_(make.member())
    assert member.post("/en/challenges/startups", {"organisation": 1}).status == 303
    assert "Register yours first" in member.follow().text


def test_a_call_that_lacks_a_panel_offers_to_make_it(ground, make, as_):
    make.challenge("final", programme=ground.programme)
    manager = as_(ground.manager)
    manager.get(f"{STAFF}/calls/{ground.programme.slug}")
    assert manager.submit("Make the missing panels").status == 303
    assert "Make the missing panels" not in manager.follow().text
