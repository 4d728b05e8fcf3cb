"""The life of a consultation: every stage and every verb, the check list, the clock, and nothing that happens in silence."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from civic.consultations import refusals
from civic.consultations.actions import clock, following, life, writing
from civic.consultations.models import Consultation, DateChange, Held, OnRecord
from civic.consultations.rules.choices import STATUSES
from civic.core.clock import london_minute
from civic.core.db import db
from civic.core.states import IllegalMove, StateChange, advance, history
from tests.support.client import PageClient

REASON = "The mayor asked for it, and we explain."
VERBS = ("announce", "return", "open", "close", "answer", "withdraw")


@pytest.fixture
def people(in_request, make):
    return make.staff("researcher"), make.staff("researcher"), make.member()


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_stage_and_every_verb(in_request, make, now, status, verb):
    consultation = make.consultation(status)
    target = Consultation.TRANSITIONS.get((status, verb))
    if verb == "announce":
        consultation.announced_at = consultation.announced_at or now
    if target is None:
        with pytest.raises(IllegalMove):
            advance(consultation, verb, by=None, now=now)
        assert consultation.status == status
        assert history(consultation) == []
        return
    if verb == "answer":
        consultation.answered_at = now
    if verb == "withdraw":
        consultation.withdrawn_why = REASON
    advance(consultation, verb, by=None, now=now)
    assert consultation.status == target
    assert [(move.before, move.verb, move.after) for move in history(consultation)] == [(status, verb, target)]


def announced(make, people, now, **facts):
    survey = make.words_survey(opens_at=now, closes_at=now + timedelta(days=60))
    facts = {"opens_at": now + timedelta(days=50), "closes_at": now + timedelta(days=100)} | facts
    return make.consultation("draft", holds=[survey], officer_id=people[0].id, **facts)


def reasons(*codes: str) -> dict[str, str]:
    return dict.fromkeys(codes, REASON)


ASKED = ("no_documents", "one_language", "activity_shorter")


def test_a_consultation_is_announced_with_a_reason_for_each_warning_and_opens_by_the_clock(make, people, now):
    consultation = announced(make, people, now)
    life.announce(consultation, reasons(*ASKED), by=people[0], now=now)
    assert (consultation.status, consultation.is_public) == ("coming_up", True)
    kept = db.session.scalars(select(OnRecord)).all()
    assert {(each.code, each.why, each.by_id) for each in kept} == {(code, REASON, people[0].id) for code in ASKED}
    clock.tick(consultation, consultation.opens_at - timedelta(minutes=1))
    assert consultation.status == "coming_up"
    clock.tick(consultation, consultation.opens_at)
    assert consultation.status == "open"
    clock.tick(consultation, consultation.closes_at)
    assert consultation.status == "considering"
    assert [move.verb for move in history(consultation)] == ["announce", "open", "close"]


@pytest.mark.parametrize("missing", ASKED)
def test_a_warning_without_a_reason_holds_it(make, people, now, missing):
    consultation = announced(make, people, now)
    given = reasons(*ASKED) | {missing: "because"}
    with pytest.raises(refusals.ReasonNeeded) as refused:
        life.announce(consultation, given, by=people[0], now=now)
    assert refused.value.field == f"why-{missing}"


@pytest.mark.parametrize(
    "block", ({"can_change": ""}, {"decision_maker": ""}, {"closes_at": None}, {"background": ""}, {"equality_note": ""})
)  # fmt: skip
def test_no_reason_talks_a_block_away(make, people, now, block):
    consultation = announced(make, people, now, **block)
    with pytest.raises(refusals.NotReady):
        life.announce(consultation, reasons(*ASKED, "short_run"), by=people[0], now=now)
    assert consultation.status == "draft"


@pytest.mark.parametrize("part", ("can_change", "decision_maker"))
def test_postgresql_too_keeps_what_is_asked_formative(make, people, now, part):
    consultation = make.consultation("open")
    setattr(consultation, part, "")
    with pytest.raises(IntegrityError, match="formative"):
        db.session.flush()


def test_one_that_opens_at_once_is_open_at_once_and_its_followers_hear_of_it_later_only(make, people, now):
    consultation = announced(make, people, now, opens_at=now - timedelta(days=1))
    life.announce(consultation, reasons(*ASKED, "christmas"), by=people[0], now=now)
    assert consultation.status == "open"


def test_what_was_announced_can_be_taken_back_before_it_opens_and_not_after(make, people, now):
    consultation = announced(make, people, now)
    life.announce(consultation, reasons(*ASKED), by=people[0], now=now)
    life.take_back(consultation, by=people[1], now=now)
    assert (consultation.status, consultation.is_public) == ("draft", False)
    assert db.session.scalars(select(OnRecord)).all() == []
    life.announce(consultation, reasons(*ASKED), by=people[0], now=now)
    with pytest.raises(refusals.Announced):
        life.take_back(consultation, by=people[1], now=consultation.opens_at)


@pytest.mark.parametrize("part", sorted(writing.DRAFT_ONLY - {"opens_at", "closes_at", "boroughs", "slug"}))
def test_what_people_were_told_stands(make, people, now, part):
    consultation = make.consultation("open")
    with pytest.raises(refusals.Announced):
        writing.change(consultation, {part: "something else"}, by=people[0], now=now)
    writing.change(consultation, {part: getattr(consultation, part), "contact": "Another team"}, by=people[0], now=now)
    assert consultation.contact == "Another team"


def test_two_who_write_at_once_do_not_overwrite_each_other(make, people, now):
    consultation = make.begun(by=people[0])
    seen = consultation.version_id
    writing.change(consultation, {"summary": "Mine"}, by=people[0], now=now, edition=seen)
    with pytest.raises(refusals.ChangedMeanwhile):
        writing.change(consultation, {"summary": "Theirs"}, by=people[1], now=now, edition=seen)
    assert consultation.summary == "Mine"


# Nothing in silence.


def test_more_time_needs_a_later_date_and_a_public_reason(make, people, now, told):
    consultation = make.consultation("open")
    before = consultation.closes_at
    following.follow(consultation, by=people[2], now=now)
    with pytest.raises(refusals.NotLater):
        life.extend(consultation, before, why=REASON, by=people[0], now=now)
    with pytest.raises(refusals.ReasonNeeded):
        life.extend(consultation, before + timedelta(days=7), why="  more  ", by=people[0], now=now)
    life.extend(consultation, before + timedelta(days=7), why=REASON, by=people[0], now=now)
    change = db.session.scalars(select(DateChange)).one()
    assert (change.kind, change.before, change.after) == ("extended", before, before + timedelta(days=7))
    assert told() == [("consultation_dates", people[2].id)]


def test_an_early_end_needs_a_public_reason_and_starts_the_twelve_weeks(make, people, now, told):
    consultation = make.consultation("open")
    following.follow(consultation, by=people[2], now=now)
    with pytest.raises(refusals.ReasonNeeded):
        life.close_early(consultation, why="", by=people[0], now=now)
    life.close_early(consultation, why=REASON, by=people[0], now=now)
    assert (consultation.status, consultation.closes_at) == ("considering", now)
    assert consultation.due_at == london_minute(date(2027, 2, 15))
    assert db.session.scalars(select(DateChange)).one().kind == "closed_early"
    assert told() == [("consultation_dates", people[2].id)]
    with pytest.raises(refusals.NotOpen):
        life.close_early(consultation, why=REASON, by=people[0], now=now)


@pytest.mark.parametrize("stage", ("draft", "coming_up", "considering", "answered", "withdrawn"))
def test_only_what_is_open_is_closed_early(make, people, now, stage):
    with pytest.raises(refusals.NotOpen):
        life.close_early(make.consultation(stage), why=REASON, by=people[0], now=now)


def test_a_withdrawal_says_why_and_is_told(make, people, now, told):
    consultation = make.consultation("considering")
    following.follow(consultation, by=people[2], now=now)
    with pytest.raises(refusals.ReasonNeeded):
        life.withdraw(consultation, why="no", by=people[0], now=now)
    life.withdraw(consultation, why=REASON, by=people[0], now=now)
    assert (consultation.status, consultation.withdrawn_why, consultation.is_public) == ("withdrawn", REASON, True)
    assert told() == [("consultation_withdrawn", people[2].id)]


def test_a_draft_that_is_withdrawn_is_nobodys_business(make, people, now, told):
    consultation = make.consultation("draft")
    life.withdraw(consultation, why=REASON, by=people[0], now=now)
    assert not consultation.is_public
    assert told() == []


# The clock.


def test_the_officer_is_reminded_three_times_and_followers_hear_once_that_it_is_late(make, people, now, told):
    officer, _other, follower = people
    consultation = make.consultation("considering", officer_id=officer.id, closes_at=now)
    following.follow(consultation, by=follower, now=now)
    for day in range(0, 110):
        clock.tick(consultation, now + timedelta(days=day))
        clock.tick(consultation, now + timedelta(days=day, minutes=5))
    assert told("consultation_due") == [("consultation_due", officer.id)] * 3
    assert told("consultation_overdue") == [("consultation_overdue", follower.id)]


def test_a_reason_for_the_delay_is_given_when_there_is_one(make, people, now):
    consultation = make.consultation("considering", closes_at=now)
    with pytest.raises(refusals.NotOverdue):
        life.explain_delay(consultation, REASON, by=people[0], now=now + timedelta(days=84))
    life.explain_delay(consultation, REASON, by=people[0], now=now + timedelta(days=86))
    assert consultation.overdue_reason == REASON


def test_closes_soon_is_told_once_and_once_more_after_an_extension(make, people, now, told):
    consultation = make.consultation("open", closes_at=now + timedelta(days=6))
    following.follow(consultation, by=people[2], now=now)
    for minutes in (0, 5, 10):
        clock.tick(consultation, now + timedelta(minutes=minutes))
    assert told("consultation_closing") == [("consultation_closing", people[2].id)]
    life.extend(consultation, now + timedelta(days=30), why=REASON, by=people[0], now=now)
    clock.tick(consultation, now + timedelta(days=25))
    assert len(told("consultation_closing")) == 2


def test_the_job_steps_what_is_due_and_leaves_the_rest(make, people, now, at_noon):
    due, later = make.consultation("open", closes_at=now), make.consultation("open")
    db.session.commit()
    from civic.consultations.jobs import step_consultations

    step_consultations()
    assert (due.status, later.status) == ("considering", "open")
    assert len(db.session.scalars(select(StateChange)).all()) == 1


# Activities, documents and followers.


def test_an_activity_belongs_to_one_consultation(make, people, now):
    survey = make.words_survey()
    mine, other = make.consultation("draft"), make.consultation("draft")
    name = f"survey:{survey.id}"
    writing.add_activity(mine, name, by=people[0], now=now)
    writing.add_activity(mine, name, by=people[0], now=now)
    with pytest.raises(refusals.Elsewhere):
        writing.add_activity(other, name, by=people[0], now=now)
    assert len(db.session.scalars(select(Held)).all()) == 1
    writing.remove_activity(mine, name, by=people[0], now=now)
    writing.add_activity(other, name, by=people[0], now=now)


@pytest.mark.parametrize("name", ("survey:999999", "survey:0", "nothing:1", "survey", "survey:x", "", "topic:1" * 9))
def test_what_no_package_knows_is_no_activity(make, people, now, name):
    with pytest.raises(refusals.UnknownActivity):
        writing.add_activity(make.consultation("draft"), name, by=people[0], now=now)


def test_documents_come_later_too_and_none_leaves_once_it_was_public(make, people, now):
    consultation = make.consultation("open")
    document = writing.add_document(
        consultation, kind="evidence", title="Heat in London", language="en", published_on=date(2026, 5, 1),
        url="https://example.org/heat", by=people[0], now=now,
    )  # fmt: skip
    with pytest.raises(refusals.Announced):
        writing.remove_document(consultation, document, by=people[0], now=now)


def test_following_twice_is_following_once_and_the_writer_is_not_told_their_own_news(make, people, now, told):
    consultation = make.consultation("open")
    for person in (people[0], people[2], people[2]):
        following.follow(consultation, by=person, now=now)
    writing.post_update(consultation, title="A walk", text="On Sunday.", language="en", by=people[0], now=now)
    assert told() == [("consultation_update", people[2].id)]
    following.unfollow(consultation, by=people[2])
    writing.post_update(consultation, title="It rained", text="Sorry.", language="en", by=people[0], now=now)
    assert len(told()) == 1


def test_nobody_follows_what_is_over(make, people, now):
    with pytest.raises(refusals.Over):
        following.follow(make.consultation("answered"), by=people[2], now=now)


def test_every_notice_has_its_words_in_every_language(app, make, people, now, told):
    from civic.consultations.notices import NOTICES
    from civic.core.i18n import speaking

    consultation = make.consultation("considering")
    update = writing.post_update(consultation, title="News", text="News.", language="en", by=people[0], now=now)
    change = DateChange(
        consultation_id=consultation.id, kind="closed_early", before=now, after=now - timedelta(days=1), why=REASON,
        by_id=None, at=now,
    )  # fmt: skip
    db.session.add(change)
    db.session.flush()
    facts = {"consultation": consultation.id, "update": update.id, "change": change.id, "weeks": 8}
    for language in ("en", "pl", "ar"):
        with speaking(language):
            for notice in NOTICES:
                drawn = notice.draw(facts)
                assert drawn is not None, notice.key
                assert drawn.sentence, notice.key
                assert drawn.url.startswith(f"http://localhost/{language}/consultations/"), notice.key
                assert drawn.quoted, notice.key


def test_news_of_what_is_gone_is_not_told(make, people, now):
    from civic.consultations.notices import NOTICES

    for notice in NOTICES:
        assert notice.draw({"consultation": 999, "update": 999, "change": 999, "weeks": 8}) is None, notice.key


def test_a_closed_door_to_researchers_work(app, make, now):
    consultation = make.consultation("draft")
    client = PageClient(app)
    assert client.get(f"/en/consultations/{consultation.slug}").status == 404
