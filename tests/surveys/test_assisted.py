"""Typing for somebody: two people for a form on paper, a call read back; once, never twice, and nothing of it left behind."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.states import IllegalMove, advance
from civic.surveys.actions.answering import AlreadyAnswered, find_by_code
from civic.surveys.actions.counting import wrong_counts
from civic.surveys.assisted import jobs, queries
from civic.surveys.assisted.actions import batches, typing
from civic.surveys.assisted.actions.sending import DoesNotCount, PersonNeeded
from civic.surveys.assisted.models import STATUSES, AssistedForm, TypedEntry
from civic.surveys.models.response import Participation, Response
from tests.make_surveys import FULL_ANSWERS

VERBS = ("type", "agree", "differ", "settle", "set_aside", "restart")
OTHERS = FULL_ANSWERS | {"air": 3}


@pytest.fixture(autouse=True)
def on_site(in_request):
    """Everything here happens in a request."""


def responses() -> list[Response]:
    return list(db.session.scalars(select(Response)))


def second(on: Any, form: Any, answers: dict[str, Any], by: Any, now: Any, person: Any = None) -> str:
    return typing.type_in(on, queries.locked_form(form.id), answers, person=person, by=by, now=now)


def test_what_two_people_read_the_same_becomes_one_response_like_any_other(make, now):
    survey = make.survey()
    on, form = make.typed(make.paper_batch(survey), 3, FULL_ANSWERS)
    assert (form.status, responses()) == ("once", [])
    assert second(on, form, FULL_ANSWERS, make.staff("assistant"), now) == "sent"
    (response,) = responses()
    assert response.answers == FULL_ANSWERS
    assert (response.mode, response.language, response.level, response.person_id) == ("paper", "en", "nothing", None)
    assert list(wrong_counts()) == [] and list(queries.wrong_numbers()) == []


def test_nothing_that_was_typed_is_left_once_it_is_counted(make, now):
    on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS)
    second(on, form, FULL_ANSWERS, make.staff("assistant"), now)
    db.session.commit()
    assert [entry.answers for entry in db.session.scalars(select(TypedEntry))] == [{}, {}]
    told = [repr((entry.before, entry.after, entry.why)) for entry in db.session.scalars(select(AuditEntry))]
    assert not any("boat" in each or "trees" in each for each in told)
    assert [entry.verb for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))] == [
        "paper_batch.begin", "assisted_form.typed", "assisted_form.typed", "assisted_form.sent",
    ]  # fmt: skip


def test_the_same_person_corrects_what_they_typed_and_is_never_the_second(make, now):
    mina = make.staff("assistant")
    on, form = make.typed(make.paper_batch(make.survey()), 1, OTHERS, by=mina)
    assert second(on, form, FULL_ANSWERS, mina, now) == "once"
    assert (form.typed, responses()) == (1, [])
    assert queries.entries(form)[0].answers == FULL_ANSWERS


def test_the_database_itself_wants_two_people(make, now):
    mina = make.staff("assistant")
    _on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS, by=mina)
    with pytest.raises(IntegrityError, match="uq_typed_entry_form_id_typist_id"), db.session.begin_nested():
        db.session.add(TypedEntry(form_id=form.id, place=2, typist_id=mina.id, answers={}, at=now))
        db.session.flush()
    with pytest.raises(IntegrityError, match="ck_assisted_form_two_people"), db.session.begin_nested():
        form.status = "sent"
        db.session.flush()


@pytest.mark.parametrize("who", ["first", "second", "third"])
def test_a_difference_is_settled_by_either_of_the_two_or_a_third(make, now, who):
    people = {name: make.staff("assistant") for name in ("first", "second", "third")}
    on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS, by=people["first"])
    assert second(on, form, OTHERS, people["second"], now) == "differs"
    assert responses() == []
    typing.settle(on, form.id, {"air": 3}, by=people[who], now=now)
    (response,) = responses()
    assert response.answers["air"] == 3
    assert (form.status, form.settled_by_id) == ("sent", people[who].id)


def test_a_settled_routing_question_brings_back_what_hung_on_it(make, now):
    on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS)
    wrong = {"cycles": "no"} | {key: value for key, value in FULL_ANSWERS.items() if key != "cycles"}
    assert second(on, form, wrong, make.staff("assistant"), now) == "differs"
    typing.settle(on, form.id, {"cycles": "yes"}, by=make.staff("assistant"), now=now)
    assert responses()[0].answers == FULL_ANSWERS


def test_a_settlement_that_leaves_out_what_must_be_answered_is_refused(make, now):
    on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS)
    second(on, form, FULL_ANSWERS | {"miles": "20"}, make.staff("assistant"), now)
    with pytest.raises(typing.StillOpen):
        typing.settle(on, form.id, {"miles": None}, by=make.staff("assistant"), now=now)
    assert form.status == "differs" and responses() == []


def test_what_must_be_answered_must_be_typed(make, now):
    with pytest.raises(typing.StillOpen):
        make.typed(make.paper_batch(make.survey()), 1, {"cycles": "yes"})


def test_a_form_is_counted_once(make, now):
    on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS)
    second(on, form, FULL_ANSWERS, make.staff("assistant"), now)
    with pytest.raises(IllegalMove):
        second(on, form, FULL_ANSWERS, make.staff("assistant"), now)
    with pytest.raises(IllegalMove):
        typing.settle(on, form.id, {}, by=make.staff("assistant"), now=now)
    assert len(responses()) == 1


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", STATUSES)
def test_every_state_and_every_verb(make, now, status, verb):
    _on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS)
    form.status, form.typed = status, 2
    db.session.flush()
    after = AssistedForm.TRANSITIONS.get((status, verb))
    if after is None:
        with pytest.raises(IllegalMove):
            advance(form, verb, by=None, now=now)
    else:
        advance(form, verb, by=None, now=now)
        assert form.status == after


def test_a_form_set_aside_is_emptied_and_can_be_begun_again(make, now):
    batch = make.paper_batch(make.survey())
    on, form = make.typed(batch, 1, FULL_ANSWERS)
    typing.set_aside(form.id, why="Torn", by=make.staff("assistant"), now=now)
    assert db.session.scalar(select(func.count()).select_from(TypedEntry)) == 0
    with pytest.raises(IllegalMove):
        second(on, form, FULL_ANSWERS, make.staff("assistant"), now)
    typing.restart(form.id, by=make.staff("assistant"), now=now)
    make.typed(batch, 1, FULL_ANSWERS)
    assert (form.status, form.typed) == ("once", 1)


# Calls.


def test_a_call_counts_when_whoever_took_it_has_read_it_back(make, now):
    survey, mina = make.survey(), make.staff("assistant")
    on, form = make.telephoned(survey, FULL_ANSWERS, by=mina)
    assert responses() == []
    with pytest.raises(typing.SomebodyElsesCall):
        typing.read_back(on, form.id, by=make.staff("assistant"), now=now)
    with pytest.raises(typing.SomebodyElsesCall):
        second(on, form, OTHERS, make.staff("assistant"), now)
    second(on, form, OTHERS, mina, now)
    code = typing.read_back(on, form.id, by=mina, now=now)
    (response,) = responses()
    assert (response.answers, response.mode) == (OTHERS, "phone")
    assert find_by_code(survey, code).id == response.id
    with pytest.raises(IllegalMove):
        typing.read_back(on, form.id, by=mina, now=now)


def test_a_call_that_was_set_aside_is_over(make, now):
    mina = make.staff("assistant")
    _on, form = make.telephoned(make.survey(), FULL_ANSWERS, by=mina)
    typing.set_aside(form.id, why="Rang off", by=mina, now=now)
    with pytest.raises(IllegalMove):
        typing.restart(form.id, by=mina, now=now)


def test_a_paper_form_is_not_read_back(make, now):
    mina = make.staff("assistant")
    on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS, by=mina)
    with pytest.raises(IllegalMove):
        typing.read_back(on, form.id, by=mina, now=now)


# Whose answers they are.


def test_an_anonymous_survey_keeps_no_person_whoever_was_named(make, now):
    on, form = make.typed(make.paper_batch(make.survey()), 1, FULL_ANSWERS, person=make.member())
    second(on, form, FULL_ANSWERS, make.staff("assistant"), now, person=None)
    assert form.person_id is None and responses()[0].person_id is None
    assert db.session.scalar(select(func.count()).select_from(Participation)) == 0


def test_a_survey_with_names_counts_a_member_once_on_paper_and_on_the_website(make, now):
    survey, ada = make.survey(anonymity="identified", who_may_answer="borough_given"), make.member()
    batch = make.paper_batch(survey)
    on, form = make.typed(batch, 1, FULL_ANSWERS, person=ada)
    with pytest.raises(typing.NotTheSamePerson):
        second(on, form, FULL_ANSWERS, make.staff("assistant"), now, person=make.member())
    second(on, form, FULL_ANSWERS, make.staff("assistant"), now, person=ada)
    (response,) = responses()
    assert (response.person_id, response.level, response.borough) == (ada.id, "borough_given", "E09000012")
    again, other = make.typed(batch, 2, FULL_ANSWERS, person=ada)
    with pytest.raises(AlreadyAnswered):
        second(again, other, FULL_ANSWERS, make.staff("assistant"), now, person=ada)
    assert list(wrong_counts()) == []


def test_a_survey_for_members_with_names_wants_an_account_that_may_answer(make, now):
    survey = make.survey(anonymity="identified", who_may_answer="borough_given")
    batch = make.paper_batch(survey)
    for person in (None, make.member(borough=None)):
        with pytest.raises(PersonNeeded):
            make.typed(batch, 1, FULL_ANSWERS, person=person)


def test_a_survey_with_names_for_everybody_also_takes_those_without_an_account(make, now):
    on, form = make.typed(make.paper_batch(make.survey(anonymity="identified")), 1, FULL_ANSWERS)
    second(on, form, FULL_ANSWERS, make.staff("assistant"), now)
    assert (responses()[0].person_id, responses()[0].level) == (None, "nothing")


def test_an_anonymous_survey_for_members_is_not_on_paper(make):
    assert queries.on_paper(make.survey(who_may_answer="email_confirmed").slug) is None


# When.


def test_after_the_close_only_paper_that_had_arrived_counts_with_a_reason(make, now):
    survey = make.survey(closes_at=now + timedelta(days=1))
    batch, later = make.paper_batch(survey), now + timedelta(days=4)
    on, form = make.typed(batch, 1, FULL_ANSWERS)
    with pytest.raises(DoesNotCount):
        second(on, form, FULL_ANSWERS, make.staff("assistant"), later)
    batches.arrived(batch.id, on=now.date(), reason="The post was late", by=make.staff("assistant"), now=later)
    assert second(on, form, FULL_ANSWERS, make.staff("assistant"), later) == "sent"


@pytest.mark.parametrize("days", [15, 400])
def test_two_weeks_after_the_close_nothing_is_typed_in_any_more(make, now, days):
    survey = make.survey(closes_at=now + timedelta(days=1))
    batch = make.paper_batch(survey)
    batches.arrived(batch.id, on=now.date(), reason="The post was late", by=make.staff("assistant"), now=now)
    on, form = make.typed(batch, 1, FULL_ANSWERS)
    with pytest.raises(DoesNotCount):
        second(on, form, FULL_ANSWERS, make.staff("assistant"), now + timedelta(days=days))


def test_nothing_is_typed_into_a_survey_that_was_archived(make, now):
    survey = make.survey()
    on, form = make.typed(make.paper_batch(survey), 1, FULL_ANSWERS)
    survey.status = "archived"
    with pytest.raises(DoesNotCount):
        second(on, form, FULL_ANSWERS, make.staff("assistant"), now)


def test_calls_count_only_while_the_survey_is_open(make, now):
    mina = make.staff("assistant")
    on, form = make.telephoned(make.survey(closes_at=now + timedelta(hours=1)), FULL_ANSWERS, by=mina)
    with pytest.raises(DoesNotCount):
        typing.read_back(on, form.id, by=mina, now=now + timedelta(hours=2))


def test_a_batch_cannot_have_arrived_tomorrow(make, now):
    batch = make.paper_batch(make.survey())
    with pytest.raises(batches.ComesLater):
        batches.arrived(batch.id, on=now.date() + timedelta(days=1), reason="x", by=make.staff(), now=now)


def test_unfinished_forms_are_emptied_sixty_days_after_the_close(make, now, monkeypatch):
    old = make.survey(closes_at=now + timedelta(days=1))
    _on, gone = make.typed(make.paper_batch(old), 1, FULL_ANSWERS)
    _on, kept = make.typed(make.paper_batch(make.survey(closes_at=now + timedelta(days=50))), 1, FULL_ANSWERS)
    monkeypatch.setattr("civic.core.clock.now", lambda: now + timedelta(days=62))
    jobs.forget_typed()
    assert db.session.get(AssistedForm, gone.id).status == "set_aside"
    assert [entry.form_id for entry in db.session.scalars(select(TypedEntry))] == [kept.id]
