"""Deciding: with a reason, by one moderator at a time, told to those concerned; and every move of a case and a report."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.audit import AuditEntry
from civic.core.db import db
from civic.core.states import IllegalMove, StateChange, advance, can
from civic.moderation import refusals
from civic.moderation.actions import appealing, deciding, reporting
from civic.moderation.actions.deciding import Picked
from civic.moderation.models import Appeal, Case, Decision, Report, Warned
from civic.notifications.models import Notification

STATES = ("open", "kept", "removed", "appealed", "upheld", "restored", "closed")
REPORT_STATES = ("standing", "withdrawn", "upheld", "dismissed", "closed")


def decide(case, verb="remove", *, by, now, version=None, rule="abuse", words="It insults."):
    version = case.version if version is None else version
    return deciding.decide(case, verb, version=version, rule=rule, words=words, language="en", by=by, now=now)


@pytest.fixture
def ann(make):
    return make.staff("moderator", name="Ann")


@pytest.fixture
def bea(make):
    return make.staff("moderator", name="Bea")


def told(notice):
    found = sa.select(Notification).where(Notification.notice == notice).order_by(Notification.id)
    return list(db.session.scalars(found))


@pytest.mark.parametrize(("model", "states"), [(Case, STATES), (Report, REPORT_STATES)])
def test_every_state_knows_exactly_its_verbs(make, now, model, states):
    case = make.case()
    row = case if model is Case else db.session.scalars(sa.select(Report)).one()
    for state in states:
        for verb in sorted({verb for _state, verb in model.TRANSITIONS}):
            row.status = state
            db.session.flush()
            wanted = model.TRANSITIONS.get((state, verb))
            assert can(row, verb) == (wanted is not None)
            if wanted is None:
                with pytest.raises(IllegalMove):
                    advance(row, verb, by=None, now=now)
            else:
                advance(row, verb, by=None, now=now)
                assert row.status == wanted in states


def test_a_removal_is_written_down_and_told_to_author_and_reporters(make, now, ann):
    author, reader = make.resident(), make.resident()
    thing = make.remark(author)
    case = db.session.get_one(Case, make.report(thing, reader).case_id)
    decision = decide(case, by=ann, now=now + timedelta(hours=3))
    assert case.status == "removed" and make.remarks.changes[-1][1:] == ("removed", "abuse")
    assert (decision.rule, decision.words, decision.by_id) == ("abuse", "It insults.", ann.id)
    assert decision.at - decision.waited_since == timedelta(hours=3)
    assert [each.person_id for each in told("moderation.decided")] == [author.id]
    assert [each.person_id for each in told("moderation.report_answered")] == [reader.id]
    moves = db.session.scalars(sa.select(StateChange).where(StateChange.thing == "moderation_case")).all()
    assert [(move.before, move.verb, move.after, move.actor_id) for move in moves] == [
        ("open", "remove", "removed", ann.id)
    ]
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "moderation.remove")).one()
    assert entry.actor_id == ann.id and entry.why == "It insults."
    assert db.session.scalars(sa.select(Report.status)).one() == "upheld"


def test_whoever_was_only_reported_hears_nothing_when_the_text_stays(make, now, ann):
    case = make.case()
    decide(case, "keep", by=ann, now=now)
    assert case.status == "kept" and told("moderation.decided") == []
    assert len(told("moderation.report_answered")) == 1
    assert db.session.scalars(sa.select(Report.status)).one() == "dismissed"


def test_whose_words_waited_is_told_that_they_are_shown(make, now, ann):
    author = make.resident()
    thing = make.remark(author, waits=True)
    case = db.session.scalars(sa.select(Case)).one()
    decide(case, "keep", by=ann, now=now)
    assert make.remarks.texts[int(thing[7:])].shown == "shown"
    assert [each.person_id for each in told("moderation.decided")] == [author.id]


def test_a_removal_needs_a_rule(make, now, ann):
    with pytest.raises(refusals.NeedsARule):
        decide(make.case(), rule="", by=ann, now=now)


def test_a_stale_version_does_nothing(make, now, ann, bea):
    case = make.case()
    seen = case.version
    make.report(case.thing)
    with pytest.raises(refusals.Stale):
        decide(case, by=ann, now=now, version=seen)
    decide(case, by=ann, now=now)
    with pytest.raises(refusals.Stale):
        decide(case, "keep", by=bea, now=now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Decision)) == 1


def test_a_case_that_somebody_has_taken_is_theirs_for_a_quarter_of_an_hour(make, now, ann, bea):
    case = make.case()
    deciding.claim(case, by=ann, now=now)
    with pytest.raises(refusals.Taken):
        deciding.claim(case, by=bea, now=now + timedelta(minutes=14))
    with pytest.raises(refusals.Taken):
        decide(case, by=bea, now=now + timedelta(minutes=14))
    deciding.release(case, by=bea, now=now)
    assert case.claimed_by_id == ann.id
    deciding.claim(case, by=bea, now=now + timedelta(minutes=15))
    deciding.release(case, by=bea, now=now)
    decide(case, by=ann, now=now + timedelta(minutes=16))
    assert case.claimed_by_id is None
    with pytest.raises(refusals.Stale):
        deciding.claim(case, by=ann, now=now + timedelta(minutes=17))


def test_nobody_decides_about_their_own_words(make, now, ann):
    case = make.case(author=ann)
    with pytest.raises(refusals.NeedsSomebodyElse):
        decide(case, by=ann, now=now)


def test_a_text_that_is_gone_closes_its_case(make, now, ann):
    case = make.case()
    make.remarks.texts.clear()
    assert decide(case, by=ann, now=now) is None
    assert case.status == "closed" and db.session.scalars(sa.select(Report.status)).one() == "closed"
    assert told("moderation.decided") == []


def test_a_warning_goes_with_a_removal_where_it_is_asked_for(make, now, ann):
    case = make.case()
    deciding.decide(
        case, "remove", version=case.version, rule="hate", words="No.", language="en", by=ann, now=now, warn=True
    )
    warned = db.session.scalars(sa.select(Warned)).one()
    assert (warned.person_id, warned.words, warned.case_id) == (case.author_id, "No.", case.id)
    assert len(told("moderation.warned")) == 1


def test_many_cases_are_decided_at_once_and_what_changed_is_left(make, now, ann, bea):
    good, changed, taken, own = make.case(), make.case(), make.case(), make.case(author=ann)
    picked = [Picked(each.id, each.version) for each in (good, changed, taken, own)]
    make.report(changed.thing)
    deciding.claim(taken, by=bea, now=now)
    done = deciding.decide_many(
        [*picked, Picked(10**9, 1)], "remove", rule="spam", words="Advertising.", language="en", by=ann, now=now
    )
    assert done.decided == [good.id] and set(done.left) == {changed.id, taken.id, own.id}
    assert [each.status for each in (good, changed, taken, own)] == ["removed", "open", "open", "open"]
    again = deciding.decide_many(picked[:1], "keep", words="x", language="en", by=ann, now=now)
    assert again.decided == [] and set(again.left) == {good.id}
    with pytest.raises(refusals.NeedsARule):
        deciding.decide_many(picked, "remove", words="x", language="en", by=ann, now=now)


# Appeals.


def answer(case, verb, *, by, now):
    return appealing.decide_appeal(
        case, verb, version=case.version, words="I looked again.", language="en", by=by, now=now
    )


def test_an_appeal_is_heard_by_somebody_else_and_puts_the_text_back(make, now, ann, bea):
    author = make.resident()
    case = make.appealed(author, by=ann)
    assert case.status == "appealed"
    with pytest.raises(refusals.NeedsSomebodyElse):
        answer(case, "restore", by=ann, now=now)
    answer(case, "restore", by=bea, now=now + timedelta(hours=5))
    asked = db.session.scalars(sa.select(Appeal)).one()
    assert (case.status, asked.outcome, asked.decided_by_id) == ("restored", "restored", bea.id)
    assert make.remarks.changes[-1][1] == "shown"
    # Who reported it was not right after all, and their record says so.
    assert db.session.scalars(sa.select(Report.status)).one() == "dismissed"
    assert [each.person_id for each in told("moderation.appeal_decided")] == [author.id]


def test_a_text_may_stay_removed_and_there_is_no_second_appeal(make, now, ann, bea):
    author = make.resident()
    case = make.appealed(author, by=ann)
    with pytest.raises(refusals.AppealedBefore):
        appealing.appeal(case, words="Again.", language="en", by=author, now=now)
    answer(case, "uphold", by=bea, now=now)
    assert case.status == "upheld" and make.remarks.changes[-1][1] == "removed"
    with pytest.raises(refusals.AppealedBefore):
        appealing.appeal(case, words="Again.", language="en", by=author, now=now)


def test_only_its_author_appeals_and_only_against_a_removal(make, now, ann):
    case = make.removed()
    with pytest.raises(refusals.CannotAppeal):
        appealing.appeal(case, words="Why?", language="en", by=make.resident(), now=now)
    author = make.resident()
    kept = make.case(author=author)
    decide(kept, "keep", by=ann, now=now)
    with pytest.raises(refusals.CannotAppeal):
        appealing.appeal(kept, words="Why?", language="en", by=author, now=now)


def test_postgresql_itself_refuses_that_one_person_decides_twice(make, now, ann):
    case = make.appealed(by=ann)
    asked = db.session.scalars(sa.select(Appeal).where(Appeal.case_id == case.id)).one()
    asked.decided_by_id, asked.decided_at, asked.outcome = ann.id, now, "upheld"
    with pytest.raises(sa.exc.IntegrityError, match="ck_moderation_appeal_somebody_else"), db.session.begin_nested():
        db.session.flush()


def test_there_is_one_unfinished_case_of_a_text(make):
    case = make.case()
    second = Case(thing=case.thing, language="en", created_at=case.created_at, opened_at=case.opened_at)
    with pytest.raises(sa.exc.IntegrityError, match="uq_moderation_case_thing"), db.session.begin_nested():
        db.session.add(second)
        db.session.flush()


def test_an_appeal_about_a_text_that_is_gone_is_closed(make, now, bea):
    case = make.appealed()
    make.remarks.texts.clear()
    assert answer(case, "restore", by=bea, now=now) is None
    assert case.status == "closed" and db.session.scalars(sa.select(Appeal.outcome)).one() == "closed"


def test_an_answered_appeal_is_stale_for_the_next(make, now, ann, bea):
    case = make.appealed(by=ann)
    version = case.version
    answer(case, "uphold", by=bea, now=now)
    with pytest.raises(refusals.Stale):
        appealing.decide_appeal(
            case, "restore", version=version, words="x", language="en", by=make.staff("moderator"), now=now
        )


def test_a_report_is_decided_with_its_case_and_a_withdrawn_one_stays_withdrawn(make, now, ann):
    thing, quitter = make.remark(), make.resident()
    make.report(thing)
    said = make.report(thing, quitter)
    reporting.withdraw(said, by=quitter, now=now)
    decide(db.session.get_one(Case, said.case_id), by=ann, now=now)
    assert sorted(db.session.scalars(sa.select(Report.status))) == ["upheld", "withdrawn"]
