"""What may be published, at which pace, and what waits."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.accounts.models import User
from civic.core.db import db
from civic.moderation import actions, refusals
from civic.moderation.jobs import forget_texts
from civic.moderation.models import Case, ScreenedText
from tests.make_moderation import WORDS

MINUTE = timedelta(minutes=1)


def screen(text, by, now, **how):
    return actions.screen("remark", text, by=by, now=now, language="en", **{"place": "topic:1", **how})


@pytest.fixture
def remarks(make):
    return make.remarks


@pytest.fixture
def newcomers(app, monkeypatch):
    monkeypatch.setitem(app.config, "NEWCOMER_DAYS", 3)


def case_of(thing):
    return db.session.scalars(sa.select(Case).where(Case.thing == thing)).one_or_none()


def test_an_ordinary_text_is_shown_and_opens_no_case(make):
    thing = make.remark()
    assert make.remarks.texts[int(thing[7:])].shown == "shown" and case_of(thing) is None


def test_a_suspended_person_is_told_until_when_and_where_to_appeal(in_request, make, remarks, now):
    person = make.resident()
    make.suspension(person, days=7)
    with pytest.raises(refusals.Suspended) as refused:
        screen(WORDS, person, now)
    assert "30 November 2026" in str(refused.value.sentence) and "appeal" in str(refused.value.sentence)
    assert screen(WORDS, person, now + timedelta(days=7)).shown == "shown"


def test_two_texts_within_seconds_are_refused_wherever_they_stand(make, now):
    person = make.resident()
    make.remark(person)
    with pytest.raises(refusals.TooFast):
        screen("Something else", person, now + timedelta(seconds=19), place="topic:2")
    assert screen("Something else", person, now + timedelta(seconds=20), place="topic:2").shown == "shown"


def test_slow_mode_holds_in_its_place_only(in_request, make, now):
    person = make.resident()
    make.remark(person)
    with pytest.raises(refusals.SlowMode):
        screen("Something else", person, now + 9 * MINUTE, pause=10 * MINUTE)
    assert screen("Something else", person, now + 9 * MINUTE, pause=10 * MINUTE, place="topic:2").shown == "shown"
    assert screen("Something else", person, now + 10 * MINUTE, pause=10 * MINUTE).shown == "shown"


def test_a_flood_ends_at_thirty_an_hour(make, now):
    person = make.resident()
    for number in range(30):
        make.remark(person, f"Remark {number}", at=now + number * MINUTE)
    with pytest.raises(refusals.TooMany):
        screen("One more", person, now + 31 * MINUTE)
    assert screen("One more", person, now + 91 * MINUTE).shown == "shown"


def test_new_accounts_post_less_and_no_links(make, remarks, now, newcomers):
    person = make.resident(days=1)
    with pytest.raises(refusals.NoLinksYet):
        screen("Look at www.example.com", person, now)
    for number in range(5):
        make.remark(person, f"Remark {number}", at=now + number * MINUTE)
    with pytest.raises(refusals.TooMany):
        screen("One more", person, now + 6 * MINUTE)
    older = make.resident(days=3)
    assert screen("Look at www.example.com", older, now).shown == "shown"
    with pytest.raises(refusals.TooManyLinks):
        screen("www.example.com " * 11, older, now)


def test_nearly_the_same_words_again_are_refused_for_a_fortnight_anywhere(make, now):
    person = make.resident()
    make.remark(person, WORDS)
    again = WORDS.replace("summer", "spring").upper()
    with pytest.raises(refusals.SaidBefore):
        screen(again, person, now + timedelta(days=3), place="topic:2")
    assert screen(again, person, now + timedelta(days=15), place="topic:2").shown == "shown"
    assert screen(again, make.resident(), now).shown == "shown"


def test_short_words_may_be_said_again_elsewhere_and_not_in_one_place(make, now):
    person = make.resident()
    make.remark(person, "I agree.")
    with pytest.raises(refusals.SaidBefore):
        screen("i agree", person, now + timedelta(hours=2))
    assert screen("I agree.", person, now + timedelta(hours=2), place="topic:2").shown == "shown"


def test_copies_by_many_people_are_shown_and_brought_before_moderators(make, now):
    things = [make.remark(text=WORDS + " " + "!" * number) for number in range(4)]
    assert [case_of(thing) for thing in things[:3]] == [None] * 3
    case = case_of(things[3])
    assert case.is_alike and not case.is_waiting and make.remarks.texts[int(things[3][7:])].shown == "shown"


def test_what_waits_opens_a_case_that_says_why(make):
    thing = make.remark(waits=True)
    case = case_of(thing)
    assert case.is_waiting and case.waits_for == "place" and make.remarks.texts[int(thing[7:])].shown == "waiting"
    assert case.place == "topic:1"


def test_before_an_election_everybody_waits_or_only_new_accounts_and_staff_never_do(make, remarks, now, newcomers):
    make.election_period(begins_in=-1, holds_back="newcomers")
    assert screen(WORDS, make.resident(), now).shown == "shown"
    assert screen(WORDS, make.resident(days=1), now).reasons == ("election",)
    make.election_period(begins_in=-1)
    assert screen(WORDS, make.resident(), now).waits == "election"
    assert screen(WORDS, make.staff("moderator"), now, waits=True).shown == "shown"
    assert screen(WORDS, make.resident(), now + timedelta(days=40)).shown == "shown"


def test_a_change_is_no_repetition_of_itself_and_no_flood(make, now):
    person = make.resident()
    thing = make.remark(person)
    text = make.remarks.texts[int(thing[7:])].text
    found = screen(text + "?", person, now, own=thing)
    actions.changed(thing, found, text=text + "?", by=person, now=now)
    assert db.session.scalar(sa.select(sa.func.count()).where(ScreenedText.thing == thing)) == 2


def test_an_open_case_of_a_text_that_changes_gets_a_new_version(make, now):
    person = make.resident()
    thing = make.remark(person)
    case = make.case(thing)
    before = case.version
    actions.changed(thing, screen("Other words", person, now, own=thing), text="Other words", by=person, now=now)
    assert case.version == before + 1 and case.status == "open"


def test_a_removed_text_that_is_changed_waits_for_a_moderator_again(make, now):
    person = make.resident()
    case = make.removed(person)
    later = now + timedelta(hours=1)
    text = db.session.scalars(sa.select(ScreenedText.text).where(ScreenedText.thing == case.thing)).one()
    with pytest.raises(refusals.NothingChanged):
        found = screen(text, person, later, own=case.thing)
        actions.changed(case.thing, found, text=text.upper(), by=person, now=later)
    found = screen("Kinder words", person, later, own=case.thing)
    actions.changed(case.thing, found, text="Kinder words", by=person, now=later)
    assert (case.status, case.is_resubmitted, case.is_waiting) == ("open", True, True)
    assert make.remarks.changes[-1] == (int(case.thing[7:]), "waiting", "")


def test_copies_are_forgotten_after_a_month_unless_there_is_a_case(make, now, monkeypatch):
    kept, gone = make.remark(), make.remark()
    make.report(kept)
    db.session.commit()
    monkeypatch.setattr("civic.core.clock.now", lambda: now + timedelta(days=31))
    forget_texts()
    assert set(db.session.scalars(sa.select(ScreenedText.thing))) == {kept} != {gone}


@pytest.mark.parametrize(
    "text", ["\u202e", "💚" * 2_000, "ﷺ" * 500, "Z̸͑" * 300, "a" * 20_000, "' OR 1=1 --", "ＷＷＷ．ｘ"]
)
def test_strange_texts_are_screened_without_a_surprise(make, now, text):
    thing = make.remark(text=text)
    assert make.report(thing).status == "standing"
    with pytest.raises(refusals.SaidBefore):
        screen(text, db.session.get_one(User, case_of(thing).author_id), now + timedelta(hours=1))
