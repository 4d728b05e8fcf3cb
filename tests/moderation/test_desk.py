"""The moderators' desk: the queue in its stretches, a case, bulk acts, people, election periods; and whom its doors let in."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from civic.core import files
from civic.core.db import db
from civic.moderation import actions
from civic.moderation.actions import deciding
from civic.moderation.models import Case, Decision, ElectionPeriod, StaffNote, Suspension, Warned
from tests.crowdfund.pictures import jpeg
from tests.support.sql import statements

DESK = "/en/staff/moderation"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch, now):
    monkeypatch.setattr("civic.core.clock.now", lambda: now)


@pytest.fixture
def ann(make, client):
    person = make.staff("moderator", name="Ann")
    make.sign_in(client, person)
    return person


@pytest.mark.parametrize("role", ["administrator", "researcher", "funds_officer", "assessor", None])
def test_only_moderators_come_in(client, make, role):
    case, person = make.case(), make.resident()
    make.sign_in(client, make.staff(role) if role else make.resident())
    places = ("", f"/cases/{case.id}", f"/people/{person.id}")
    assert {client.get(DESK + place).status for place in places} == {403}
    acts = ("/decisions", f"/cases/{case.id}/decisions", f"/cases/{case.id}/claims", f"/cases/{case.id}/notes")
    acts += (f"/cases/{case.id}/appeal-decisions", f"/people/{person.id}/warnings", f"/people/{person.id}/suspensions")
    assert {client.post(DESK + act, {"verb": "remove", "words": "x"}).status for act in acts} == {403}
    assert client.get(f"{DESK}/election-periods").status == (200 if role == "administrator" else 403)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 0


def test_the_queue_shows_each_stretch_in_its_order(client, make, ann, now):
    light, heavy = make.case(), make.case()
    make.report(heavy.thing)
    waiting = db.session.scalars(sa.select(Case).where(Case.thing == make.remark(waits=True))).one()
    appealed = make.appealed()
    for show, cases in (
        ("", [light, heavy, waiting]),
        ("heaviest", [heavy, light, waiting]),
        ("reported", [heavy, light]),
        ("waiting", [waiting]),
        ("alike", []),
        ("waves", []),
        ("appeals", [appealed]),
        ("nonsense", [light, heavy, waiting]),
    ):
        page = client.get(f"{DESK}?show={show}")
        assert [item.get("id") for item in page.all("li", class_="civic-row")] == [f"case-{case.id}" for case in cases]
    assert "To moderate" in client.get("/en/staff").text


def test_a_case_shows_the_text_its_language_links_history_and_who_reported(client, make, ann, now):
    author = make.resident(name="Joe")
    thing = make.remark(author, "Zobacz www.example.com – tanio!")
    number = int(thing[7:])
    make.remarks.texts[number] = replace(
        make.remarks.texts[number], language="pl", pictures=("/en/picture",), text="Zobacz www.example.com – tanio!"
    )
    case = make.case(thing)
    page = client.get(f"{DESK}/cases/{case.id}")
    assert page.first("div", lang="pl") is not None and "www.example.com" in page.text
    assert "Polski" in page.text and "Picture 1" in page.text and "Nothing removed before." in page.text
    assert "upheld before: 0, dismissed: 0" in page.text and "counts as 1" in page.text
    client.submit("Add the note", {"note-words": "Known for this."})
    assert "Known for this." in client.follow().text
    assert db.session.scalars(sa.select(StaffNote.case_id)).one() == case.id


def test_a_moderator_removes_and_the_next_one_is_told_with_everything_typed_kept(client, make, ann, now):
    case = make.case()
    client.get(f"{DESK}/cases/{case.id}")
    page = client.submit("Decide", {"verb": "remove", "words": "It insults."})
    assert page.status == 422 and "It insults." in page.html and page.error_of("rule")
    form = client.last
    bea = make.staff("moderator")
    deciding.decide(case, "keep", version=case.version, words="Fine.", language="en", by=bea, now=now)
    db.session.commit()
    client.last = form
    page = client.submit("Decide", {"verb": "remove", "rule": "abuse", "words": "It insults."})
    assert page.status == 409 and "This case has changed since you opened it" in page.text
    assert "It insults." in page.text and case.status == "kept"


def test_a_text_that_was_reported_again_meanwhile_is_looked_at_again(client, make, ann):
    case = make.case()
    client.get(f"{DESK}/cases/{case.id}")
    form = client.last
    make.report(case.thing)
    db.session.commit()
    client.last = form
    fields = {"verb": "remove", "rule": "abuse", "words": "It insults."}
    page = client.submit("Decide", fields)
    assert page.status == 409 and "It insults." in page.html
    # The page that came back is of the case as it is now.
    assert client.submit("Decide", fields).status == 303
    db.session.refresh(case)
    assert case.status == "removed"


def test_a_case_is_taken_and_given_back(client, make, ann, now):
    case, bea = make.case(), make.staff("moderator", name="Bea")
    client.get(f"{DESK}/cases/{case.id}")
    client.submit("Take this case")
    assert "You have taken this case until" in client.follow().text
    make.sign_in(client, bea)
    assert "has taken this case until" in client.get(f"{DESK}/cases/{case.id}").text
    assert "Taken by Ann" in client.get(DESK).text
    client.get(f"{DESK}/cases/{case.id}")
    page = client.submit("Decide", {"verb": "keep", "words": "Fine."})
    assert page.status == 409 and "Another moderator has taken this case" in page.text
    assert client.post(f"{DESK}/cases/{case.id}/claims").status == 409


def test_many_are_decided_for_one_reason_and_a_stale_one_is_left(client, make, ann):
    good, stale = make.case(), make.case()
    client.get(DESK)
    values = {"verb": "remove", "rule": "spam", "words": "Advertising."}
    assert client.post(f"{DESK}/decisions", values).status == 422
    picked = [f"{good.id}:{good.version}", f"{stale.id}:{stale.version - 1}"]
    page = client.post(f"{DESK}/decisions", {**values, "case": picked})
    assert page.status == 409 and "1 case was left" in page.text and "Left: look at it again" in page.text
    assert "Advertising." in page.html
    db.session.expire_all()
    assert (good.status, stale.status) == ("removed", "open")
    page = client.post(
        f"{DESK}/decisions", {**values, "verb": "keep", "case": [f"{stale.id}:{stale.version}", "x:y", "1"]}
    )
    assert page.status == 303 and "1 case decided." in client.follow().text


def test_whoever_removed_a_text_finds_no_form_for_the_appeal(client, make, ann):
    case = make.appealed(by=ann)
    page = client.get(f"{DESK}/cases/{case.id}")
    assert "Somebody else has to decide this" in page.text and "Answer the appeal" not in page.text
    act = f"{DESK}/cases/{case.id}/appeal-decisions"
    assert client.post(act, {"version": case.version, "verb": "uphold", "words": "x"}).status == 403
    make.sign_in(client, make.staff("moderator"))
    client.get(f"{DESK}/cases/{case.id}")
    assert client.submit("Answer the appeal", {"verb": "restore", "words": "You are right."}).status == 303
    db.session.refresh(case)
    assert case.status == "restored"


def test_authors_among_moderators_do_not_decide_about_themselves(client, make, ann):
    case = make.case(author=ann)
    assert "Somebody else has to decide this" in client.get(f"{DESK}/cases/{case.id}").text
    assert client.post(f"{DESK}/cases/{case.id}/decisions", {"verb": "keep", "words": "x"}).status == 403
    assert client.post(f"{DESK}/people/{ann.id}/warnings", {"warning-words": "x"}).status == 403


def test_a_person_is_warned_then_suspended_then_let_back(client, make, ann):
    person = make.resident(name="Loud Larry")
    at = f"{DESK}/people/{person.id}"
    client.get(at)
    page = client.submit("Suspend this person", {"suspension-days": "7", "suspension-words": "It went on."})
    assert page.status == 422 and page.error_of("suspension-without_warning") and "It went on." in page.html
    client.submit("Warn this person", {"warning-words": "Stop shouting."})
    assert "Stop shouting." in client.follow().text
    assert client.submit("Suspend this person", {"suspension-days": "0", "suspension-words": "x"}).status == 422
    client.get(at)
    client.submit("Suspend this person", {"suspension-days": "7", "suspension-words": "It went on."})
    client.follow()
    assert client.submit("End the suspension", {"lift-why": ""}).status == 422
    client.submit("End the suspension", {"lift-why": "They understood."})
    page = client.follow()
    assert "They understood." in page.text
    assert client.submit("Add the note", {"note-words": "Keep an eye open."}).status == 303
    assert db.session.scalars(sa.select(Warned.words)).one() == "Stop shouting."
    assert db.session.scalars(sa.select(Suspension.lifted_why)).one() == "They understood."


def test_an_election_period_is_set_and_ended(client, make, now):
    make.sign_in(client, make.staff("administrator"))
    client.get(f"{DESK}/election-periods")
    begins, ends = {"day": "1", "month": "4", "year": "2027"}, {"day": "1", "month": "3", "year": "2027"}
    fields = {f"starts_at-{key}": value for key, value in begins.items()}
    wrong = {**fields, **{f"ends_at-{key}": value for key, value in ends.items()}}
    assert client.submit("Set this period", {**wrong, "why": "London votes."}).status == 422
    right = {**fields, "ends_at-day": "6", "ends_at-month": "5", "ends_at-year": "2027", "holds_back": "newcomers"}
    assert client.submit("Set this period", {**right, "why": "London votes."}).status == 303
    assert "Posts of new accounts wait" in client.follow().text
    period_id = db.session.scalars(sa.select(ElectionPeriod.id)).one()
    assert client.post(f"{DESK}/election-periods/{period_id}/ending").status == 303
    assert db.session.scalars(sa.select(ElectionPeriod)).all() == []


def test_the_queue_asks_few_questions_however_long_it_is(client, make, ann, now):
    for number in range(30):
        make.case(at=now + timedelta(minutes=number))
    with statements() as asked:
        page = client.get(DESK)
    assert len(page.all("li", class_="civic-row")) == 25
    asked.at_most(8)
    case = db.session.scalars(sa.select(Case).limit(1)).one()
    with statements() as asked:
        client.get(f"{DESK}/cases/{case.id}")
    asked.at_most(12)


def test_the_queue_is_narrowed_to_a_language_and_stays_so(client, make, ann):
    english, polish = make.case(), make.case()
    polish.language = "pl"
    db.session.flush()
    page = client.get(f"{DESK}?language=pl")
    assert [each.get("id") for each in page.all("li", class_="civic-row")] == [f"case-{polish.id}"]
    assert "language=pl" in page.link("Waves").href
    client.submit("Decide", {"case": f"{polish.id}:{polish.version}", "verb": "keep", "words": "Fine."})
    assert client.last.location.endswith("language=pl")
    assert client.follow().all("li", class_="civic-row") == []
    page = client.get(f"{DESK}?language=xx")
    assert [each.get("id") for each in page.all("li", class_="civic-row")] == [f"case-{english.id}"]


def test_an_open_case_follows_the_language_of_its_text(make, now):
    author = make.resident()
    case = make.case(author=author)
    told = {"by": author, "now": now}
    found = actions.screen("remark", "Zupełnie inne słowa", language="pl", place="topic:1", own=case.thing, **told)
    actions.changed(case.thing, found, text="Zupełnie inne słowa", **told)
    assert case.language == "pl"


def test_texts_of_any_kind_are_shown_and_never_run(client, make, ann):
    evil = "<script>alert(1)</script>\u202e' OR 1=1 {{7*7}} [a](javascript:alert(6))"
    author = make.resident()
    thing = make.remark(author, evil)
    case = make.case(thing)
    make.report(thing, rule="other", words=evil)
    page = client.get(f"{DESK}/cases/{case.id}")
    assert "<script>alert(1)" not in page.html and "&lt;script&gt;" in page.html
    client.submit("Decide", {"verb": "remove", "rule": "other", "words": evil})
    make.sign_in(client, author)
    page = client.get(f"/en/account/moderation/{case.id}")
    assert "<script>alert(1)" not in page.html and "alert(1)" in page.text


@pytest.mark.parametrize("language", ["pl", "ar", "xx"])
def test_the_desk_speaks_every_language(client, make, now, language):
    """Each page with something of everything on it; the client judges it."""
    author, other = make.resident(), make.resident()
    ann, bea = make.staff("moderator", name="Ann"), make.staff("moderator", name="Bea")
    make.suspension(author)
    wave, waiting, appealed = make.case(), make.remark(waits=True), make.appealed(other, by=ann)
    wave.is_wave = wave.is_folded = wave.is_alike = wave.is_resubmitted = True
    make.election_period(begins_in=-1)
    deciding.claim(wave, by=ann, now=now)
    db.session.flush()
    case_of_waiting = db.session.scalars(sa.select(Case).where(Case.thing == waiting)).one()
    make.sign_in(client, bea)
    desk = f"/{language}/staff/moderation"
    for place in (
        "",
        "?show=appeals",
        "/election-periods",
        *(f"/cases/{case.id}" for case in (wave, case_of_waiting, appealed)),
        *(f"/people/{person.id}" for person in (author, other)),
    ):
        assert client.get(desk + place).status == 200, place
    client.post(f"{desk}/cases/{wave.id}/decisions", {"version": "1", "verb": "keep", "rule": "", "words": "x"})
    client.post(f"{desk}/decisions", {"verb": "remove", "rule": "", "words": ""})
    for person in (author, other):
        make.sign_in(client, person)
        assert client.get(f"/{language}/account/moderation").status == 200
    assert client.get(f"/{language}/account/moderation/{appealed.id}").status == 200


def test_pictures_are_found_by_their_keys_and_one_click_away(client, make, ann, now):
    drawing = FileStorage(jpeg((90, 60)), filename="drawing.jpg")
    file = files.keep_picture(drawing, now=now)
    db.session.flush()
    thing = make.remark()
    number = int(thing[7:])
    make.remarks.texts[number] = replace(make.remarks.texts[number], pictures=(file.key, "a-key-of-nothing"))
    page = client.get(f"{DESK}/cases/{make.case(thing).id}")
    assert "Picture 2" not in page.text
    assert client.client.get(page.link("Picture 1").href).status_code == 200
