"""Reporting: once a person, weighed at once; folding by weight; waves weigh less and are seen."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.core.errors import NotFound
from civic.moderation import refusals
from civic.moderation.actions import appealing, deciding, reporting
from civic.moderation.checks import CHECKS
from civic.moderation.models import Case, Report
from civic.moderation.queries import queue


def case_of(thing):
    return db.session.scalars(sa.select(Case).where(Case.thing == thing).order_by(Case.id.desc()).limit(1)).one()


def faults():
    return [fault for check in CHECKS for fault in check()]


def shown(make, thing):
    return make.remarks.texts[int(thing[7:])].shown


@pytest.fixture
def proven(make, now):
    """Makes people one of whose reports was upheld, and whose accounts are old and far apart in age."""
    ages = iter(range(400, 4000, 40))

    def person():
        reader = make.resident(days=next(ages))
        case = db.session.get_one(Case, make.report(make.remark(), reader).case_id)
        words = {"rule": "abuse", "words": "It insults.", "language": "en", "by": make.staff("moderator"), "now": now}
        deciding.decide(case, "remove", version=case.version, **words)
        return reader

    return person


def test_the_first_report_brings_a_text_before_moderators(make, now):
    thing = make.remark()
    said = make.report(thing, words="It names my sister.")
    (row,) = queue.queue("reported", now).items
    assert row.case.id == said.case_id and row.rules == [("abuse", 1)] and row.case.weight == 100
    assert queue.how_many()["reported"] == 1 and shown(make, thing) == "shown" and faults() == []


def test_one_person_reports_one_text_once(make):
    thing, person = make.remark(), make.resident()
    make.report(thing, person)
    with pytest.raises(refusals.ReportedBefore):
        make.report(thing, person, rule="spam")
    assert case_of(thing).reports == 1


def test_changed_words_can_be_reported_again_once_the_first_report_was_answered(make, now):
    author, person, moderator = make.resident(), make.resident(), make.staff("moderator")
    thing = make.remark(author)
    first = make.report(thing, person)
    make.changed_remark(thing, author, "Other words about the same bench in the same park.")
    with pytest.raises(refusals.ReportedBefore) as refused:
        make.report(thing, person)
    assert refused.type is refusals.ReportedBefore
    case = case_of(thing)
    deciding.decide(case, "keep", version=case.version, words="Fine.", language="en", by=moderator, now=now)
    with pytest.raises(refusals.AnsweredBefore):
        make.report(thing, person)
    assert case_of(thing).id == case.id
    make.changed_remark(thing, author, "And now an insult about the bench and whoever sits on it.")
    again = make.report(thing, person)
    assert again.id != first.id and again.case_id != case.id and case_of(thing).reports == 1
    with pytest.raises(refusals.ReportedBefore):
        make.report(thing, person)
    reporting.withdraw(again, by=person, now=now)
    assert make.report(thing, person).id == again.id and faults() == []


def test_after_a_won_appeal_only_changed_words_are_reported_again(make, now):
    author, person = make.resident(), make.resident()
    thing = make.remark(author)
    case = db.session.get_one(Case, make.report(thing, person).case_id)
    decided = {"words": "So.", "language": "en", "by": make.staff("moderator"), "now": now}
    deciding.decide(case, "remove", version=case.version, rule="abuse", **decided)
    appealing.appeal(case, words="It is not.", language="en", by=author, now=now)
    appealing.decide_appeal(case, "restore", version=case.version, **decided | {"by": make.staff("moderator")})
    with pytest.raises(refusals.AnsweredBefore):
        make.report(thing, person)
    make.changed_remark(thing, author, "Quite other words about the pond, and a duck.")
    assert make.report(thing, person).status == "standing" and faults() == []


def test_nobody_reports_their_own_words(make):
    person = make.resident()
    with pytest.raises(refusals.OwnText):
        make.report(make.remark(person), person)


def test_what_is_gone_or_removed_cannot_be_reported(make):
    with pytest.raises(NotFound):
        make.report(make.removed().thing)
    with pytest.raises(NotFound):
        make.report("remark:999")


def test_somebody_reports_twenty_texts_an_hour_at_most(make, now):
    person = make.resident()
    for _each in range(20):
        make.report(make.remark(), person)
    with pytest.raises(refusals.TooManyReports):
        make.report(make.remark(), person)
    make.report(make.remark(), person, now=now + timedelta(hours=2))


def test_a_report_taken_back_counts_no_more_and_closes_the_case(make, now):
    thing, person = make.remark(), make.resident()
    said = make.report(thing, person)
    reporting.withdraw(said, by=person, now=now)
    case = case_of(thing)
    assert (said.status, case.status, case.weight, case.reports) == ("withdrawn", "closed", 0, 0)
    reporting.withdraw(said, by=person, now=now)
    again = make.report(thing, person, rule="spam")
    assert again.id == said.id and again.status == "standing" and again.rule == "spam"
    assert case_of(thing).id != case.id and case_of(thing).weight == 100 and faults() == []


def test_a_report_that_was_decided_cannot_be_taken_back(make, now):
    person = make.resident()
    case = db.session.get_one(Case, make.report(make.remark(), person).case_id)
    deciding.decide(
        case, "keep", version=case.version, words="Fine.", language="en", by=make.staff("moderator"), now=now
    )
    said = db.session.scalars(sa.select(Report).where(Report.case_id == case.id)).one()
    with pytest.raises(refusals.CannotWithdraw):
        reporting.withdraw(said, by=person, now=now)


def test_three_people_with_a_record_fold_a_text_until_a_moderator_has_seen_it(make, now, proven):
    thing = make.remark()
    for _each in range(2):
        make.report(thing, proven())
    assert shown(make, thing) == "shown"
    make.report(thing, proven())
    case = case_of(thing)
    assert shown(make, thing) == "folded" and case.is_folded and case.weight == 360
    deciding.decide(
        case, "keep", version=case.version, words="Fine.", language="en", by=make.staff("moderator"), now=now
    )
    assert shown(make, thing) == "shown"
    # Seen is seen: however many report these very words now, they are not folded again.
    for _each in range(4):
        make.report(thing, proven())
    assert shown(make, thing) == "shown" and case_of(thing).weight == 480 and faults() == []


def test_the_setting_moves_where_a_text_is_folded(make, app, monkeypatch, proven):
    monkeypatch.setitem(app.config, "FOLD_WEIGHT", 6)
    thing = make.remark()
    for _each in range(4):
        make.report(thing, proven())
    assert shown(make, thing) == "shown"


def test_whoever_reported_well_weighs_more(make, proven):
    reader = proven()
    said = make.report(make.remark(), reader)
    assert said.weight == 120


@pytest.mark.parametrize("spread", [1, 8])
def test_two_hundred_sock_puppets_fold_nothing_unseen_and_are_seen_as_a_wave(make, now, spread):
    """All against one author: on one text, and spread over several."""
    author = make.resident()
    things = [make.remark(author, at=now - timedelta(minutes=spread - number)) for number in range(spread)]
    puppets = [make.resident(days=40 + number % 2) for number in range(200)]
    for number, puppet in enumerate(puppets):
        make.report(things[number % spread], puppet, now=now + timedelta(seconds=7 * number))
    for thing in things:
        case = case_of(thing)
        assert shown(make, thing) == "shown" and not case.is_folded
        assert case.is_wave and case.weight <= 100 and case.reports == 200 // spread
    assert {row.case.thing for row in queue.queue("waves", now).items} == set(things)
    assert queue.how_many()["waves"] == spread and faults() == []
    # One neighbour's honest report beside them still counts in full.
    make.report(things[0], make.resident(days=900), now=now + timedelta(hours=1))
    assert case_of(things[0]).weight == 200


def test_puppets_with_old_accounts_of_every_age_fold_nothing_either(make, now):
    thing = make.remark()
    for number in range(60):
        make.report(thing, make.resident(days=400 + 30 * number), now=now + timedelta(seconds=number))
    assert shown(make, thing) == "shown" and case_of(thing).weight == 250


def test_a_brigade_that_always_reports_together_is_seen_even_with_a_record(make, now, proven):
    brigade = [proven() for _each in range(6)]
    for target in range(12):
        thing = make.remark()
        for person in brigade:
            make.report(thing, person, now=now + timedelta(days=target))
    assert case_of(thing).is_wave and case_of(thing).weight == 120
