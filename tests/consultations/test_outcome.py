"""What came of it: contributions into themes, fates, four eyes, and telling everybody once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from civic.consultations import checks, refusals
from civic.consultations.actions import following, linking, telling
from civic.consultations.actions import outcome as actions
from civic.consultations.models import Consultation, Informed, Link, Tie, Writer
from civic.consultations.queries import outcome
from civic.core.db import db, transaction
from civic.notifications.models import Notification

WHY = "There is no money for it before 2028."


def test_contributions_go_into_themes_and_the_counters_follow(make, people, held, now):
    consultation, _survey, names = held
    assert (consultation.given, consultation.with_fate) == (5, 0)
    shade, water = make.theme(consultation, by=people[0]), make.theme(consultation, "Water", by=people[0])
    assert linking.assign(consultation, names[:2], theme_id=shade.id, by=people[0], now=now) == 2
    assert consultation.with_fate == 0
    linking.assign(consultation, names[:2], theme_id=shade.id, fate="taken_up", by=people[0], now=now)
    linking.assign(consultation, names[1:2], theme_id=water.id, fate="noted", by=people[0], now=now)
    linking.assign(consultation, names[3:4], theme_id=None, fate="out_of_scope", why=WHY, by=people[0], now=now)
    assert consultation.with_fate == 3
    counts = outcome.outcome_of(consultation.id)
    assert [counts.heard(each) for each in (shade.id, water.id, None)] == [2, 1, 1]
    assert list(checks.wrong_counts()) == []
    linking.release(consultation, names[:2], by=people[0], now=now)
    assert consultation.with_fate == 1
    assert list(checks.wrong_counts()) == []


def test_a_contribution_that_finds_a_theme_no_longer_stands_outside(make, people, held, now):
    consultation, _survey, names = held
    linking.assign(consultation, names[:1], theme_id=None, fate="noted", by=people[0], now=now)
    shade = make.theme(consultation, by=people[0])
    linking.assign(consultation, names[:1], theme_id=shade.id, by=people[0], now=now)
    assert [link.theme_id for link in db.session.scalars(select(Link))] == [shade.id]


def test_what_was_given_elsewhere_or_never_is_not_sorted(make, people, held, now):
    consultation, _survey, _names = held
    theme = make.theme(consultation, by=people[0])
    strangers = make.says(make.words_survey(), "From somewhere else")
    for names in (strangers, [], ["response:1"], ["comment:7"], ["nonsense"], ["response:99999999999999999999"]):
        with pytest.raises(refusals.NothingChosen):
            linking.assign(consultation, names, theme_id=theme.id, fate="noted", by=people[0], now=now)


def test_a_theme_of_another_consultation_is_unknown_and_postgresql_says_so_too(make, people, held, now):
    consultation, _survey, names = held
    other = make.theme(make.consultation("considering"), by=people[0])
    with pytest.raises(refusals.UnknownTheme):
        linking.assign(consultation, names, theme_id=other.id, fate="noted", by=people[0], now=now)
    db.session.add(Link(consultation_id=consultation.id, contribution=names[0], theme_id=other.id, at=now))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("fate", ("not_taken_up", "out_of_scope"))
def test_a_no_is_never_recorded_without_its_reason(make, people, held, now, fate):
    consultation, _survey, names = held
    theme = make.theme(consultation, by=people[0])
    with pytest.raises(refusals.FateNeedsWhy):
        linking.assign(consultation, names, theme_id=theme.id, fate=fate, why=" no ", by=people[0], now=now)
    db.session.add(Link(consultation_id=consultation.id, contribution=names[0], theme_id=theme.id, fate=fate, at=now))
    with pytest.raises(IntegrityError, match="why"):
        db.session.flush()


def test_without_a_theme_a_fate_is_needed(make, people, held, now):
    consultation, _survey, names = held
    with pytest.raises(refusals.UnknownFate):
        linking.assign(consultation, names, theme_id=None, by=people[0], now=now)


def test_the_fate_of_a_theme_reaches_what_has_none_and_nothing_else(make, people, held, now):
    consultation, _survey, names = held
    theme = make.theme(consultation, by=people[0])
    linking.assign(consultation, names[:1], theme_id=theme.id, fate="taken_up", by=people[0], now=now)
    linking.assign(consultation, names[1:], theme_id=theme.id, by=people[0], now=now)
    assert linking.settle_theme(consultation, theme, fate="not_taken_up", why=WHY, by=people[0], now=now) == 4
    assert outcome.outcome_of(consultation.id).fates(theme.id) == {"taken_up": 1, "not_taken_up": 4}
    assert consultation.with_fate == 5


def test_the_rest_is_sorted_by_a_job_in_stretches_and_twice_is_once(make, people, held, now, run_jobs, monkeypatch):
    consultation, survey, names = held
    monkeypatch.setattr(linking, "MOST_AT_ONCE", 2)
    theme = make.theme(consultation, by=people[0])
    linking.assign(consultation, names[:1], theme_id=theme.id, fate="taken_up", by=people[0], now=now)
    rest = {"theme_id": theme.id, "fate": "noted", "why": "", "by": people[0], "now": now}
    linking.assign_rest(consultation, f"survey:{survey.id}", **rest)
    db.session.commit()
    assert run_jobs() >= 3
    assert outcome.outcome_of(consultation.id).fates(theme.id) == {"taken_up": 1, "noted": 4}
    linking.assign_rest(consultation, f"survey:{survey.id}", **rest)
    db.session.commit()
    run_jobs()
    assert db.session.scalar(select(func.count()).select_from(Link)) == 5
    assert db.session.get(Consultation, consultation.id).with_fate == 5


def test_an_outcome_is_written_only_after_closing(make, people, now):
    for stage in ("draft", "coming_up", "open", "answered", "withdrawn"):
        with pytest.raises(refusals.NotClosed):
            actions.write_summary(make.consultation(stage), "Too early.", by=people[0], now=now)


def test_one_whose_last_minute_has_passed_is_written_on_before_the_job_has_noted_it(make, people, now):
    consultation = make.consultation("open", closes_at=now)
    actions.write_summary(consultation, "In short.", by=people[0], now=now)
    assert consultation.status == "considering"


def test_a_theme_with_contributions_stays(make, people, held, now):
    consultation, _survey, names = held
    theme, empty = make.theme(consultation, by=people[0]), make.theme(consultation, "Empty", by=people[0])
    linking.assign(consultation, names, theme_id=theme.id, by=people[0], now=now)
    with pytest.raises(refusals.HasContributions):
        actions.remove_theme(consultation, theme, by=people[0], now=now)
    actions.remove_theme(consultation, empty, by=people[0], now=now)


# Four eyes.


def handed_over(make, people, consultation, now):
    make.outcome(consultation, by=people[0])
    actions.submit(consultation, by=people[0], now=now)
    return consultation


def test_a_second_person_signs_what_they_read_and_it_is_published(make, people, held, now):
    consultation = handed_over(make, people, held[0], now)
    actions.sign(consultation, by=people[1], now=now, edition=consultation.version_id)
    assert (consultation.status, consultation.answered_at) == ("answered", now)
    assert (consultation.submitted_by_id, consultation.signed_by_id) == (people[0].id, people[1].id)


@pytest.mark.parametrize("hand", ("submitted it", "wrote a theme", "sorted one contribution", "wrote the summary"))
@pytest.mark.parametrize("role", ("researcher", "approver"))
def test_whoever_had_a_hand_in_it_does_not_sign(make, people, held, now, hand, role):
    consultation, _survey, names = held
    theme = make.outcome(consultation, by=people[0])
    one = make.staff(role)
    if hand == "wrote a theme":
        make.decided(consultation, make.theme(consultation, "Another", by=one), by=people[0], number="MD1")
    if hand == "sorted one contribution":
        linking.assign(consultation, names[:1], theme_id=theme.id, by=one, now=now)
    if hand == "wrote the summary":
        actions.write_summary(consultation, "Mine.", by=one, now=now)
    actions.submit(consultation, by=one if hand == "submitted it" else people[0], now=now)
    with pytest.raises(refusals.SamePerson):
        actions.sign(consultation, by=one, now=now, edition=consultation.version_id)
    assert consultation.status == "considering"
    actions.sign(consultation, by=people[1], now=now, edition=consultation.version_id)


@pytest.mark.parametrize("role", ("moderator", "administrator", "funds_officer", "finance_officer", "assessor"))
def test_other_roles_do_not_sign(make, people, held, now, role):
    consultation = handed_over(make, people, held[0], now)
    with pytest.raises(refusals.SamePerson):
        actions.sign(consultation, by=make.staff(role), now=now, edition=consultation.version_id)


def test_postgresql_too_wants_two_people(make, people, held, now):
    consultation = handed_over(make, people, held[0], now)
    consultation.status, consultation.answered_at, consultation.signed_by_id = "answered", now, people[0].id
    with pytest.raises(IntegrityError, match="four_eyes"):
        db.session.flush()


def test_what_waits_for_a_signature_does_not_change_and_what_changed_is_not_signed(make, people, held, now):
    consultation = handed_over(make, people, held[0], now)
    seen = consultation.version_id
    with pytest.raises(refusals.WithSigner):
        actions.write_summary(consultation, "Quickly, another.", by=people[0], now=now)
    actions.send_back(consultation, why="", by=people[0], now=now)
    actions.write_summary(consultation, "Another.", by=people[0], now=now)
    actions.submit(consultation, by=people[0], now=now)
    with pytest.raises(refusals.ChangedMeanwhile):
        actions.sign(consultation, by=people[1], now=now, edition=seen)


def test_what_lacks_something_is_not_handed_over(make, people, held, now):
    consultation = held[0]
    make.theme(consultation, by=people[0])
    with pytest.raises(refusals.Lacking):
        actions.submit(consultation, by=people[0], now=now)
    with pytest.raises(refusals.NotSubmitted):
        actions.sign(consultation, by=people[1], now=now, edition=consultation.version_id)


def test_writers_are_noted_once(make, people, held):
    make.outcome(held[0], by=people[0])
    assert [row.person_id for row in db.session.scalars(select(Writer))] == [people[0].id]


# Telling everybody, once.


def test_everybody_who_took_part_or_follows_is_told_once(make, people, held, now, told, run_jobs):
    consultation, survey, _names = held
    others = [make.member() for _ in range(3)]
    make.says(survey, "Me too", person=others[0])
    for person in (others[0], others[1], people[2]):
        following.follow(consultation, by=person, now=now)
    handed_over(make, people, consultation, now)
    actions.sign(consultation, by=people[1], now=now, edition=consultation.version_id)
    db.session.commit()
    run_jobs()
    telling.tell_outcome(consultation.id)
    wanted = sorted(
        (("consultation_outcome", each.id) for each in (people[2], others[0], others[1])), key=lambda x: x[1]
    )
    assert told("consultation_outcome") == wanted


def test_those_who_took_part_without_a_name_are_told_too(make, people, now, told):
    survey = make.words_survey(status="closed", anonymity="anonymous")
    make.says(survey, "In secret", person=people[2])
    consultation = make.consultation("answered", holds=[survey])
    db.session.commit()
    telling.tell_outcome(consultation.id)
    assert told() == [("consultation_outcome", people[2].id)]


def test_two_workers_tell_each_person_once(shared, make, now):
    people = [make.member() for _ in range(40)]
    consultation = make.consultation("answered")
    for person in people:
        db.session.execute(
            following.Follow.__table__.insert().values(consultation_id=consultation.id, person_id=person.id, at=now)
        )
    db.session.commit()
    ids, number, barrier = [person.id for person in people], consultation.id, Barrier(4)

    def work(_worker: int) -> int:
        with shared.app_context():
            told = 0
            barrier.wait()
            for start in range(0, len(ids), 7):
                with transaction():
                    told += telling.inform(number, ids[start : start + 7], now)
            return told

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(work, range(4))) == 40
    assert db.session.scalar(select(func.count()).select_from(Notification)) == 40
    assert db.session.scalar(select(func.count()).select_from(Informed)) == 40


def test_a_crash_in_the_middle_tells_nobody_twice(make, people, now, told, monkeypatch):
    monkeypatch.setattr(telling, "STRETCH", 2)
    consultation = make.consultation("answered")
    for _ in range(5):
        db.session.add(following.Follow(consultation_id=consultation.id, person_id=make.member().id, at=now))
    db.session.commit()
    ordinary, calls = telling.inform, []

    def crashing(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise RuntimeError("the machine died")
        return ordinary(*arguments)

    monkeypatch.setattr(telling, "inform", crashing)
    with pytest.raises(RuntimeError):
        telling.tell_outcome(consultation.id)
    assert len(told()) == 2
    telling.tell_outcome(consultation.id)
    assert len(told()) == len({person for _notice, person in told()}) == 5


def test_an_account_that_goes_takes_its_name_and_leaves_the_record(make, people, held, now):
    from civic.accounts.models import User

    consultation = handed_over(make, people, held[0], now)
    actions.sign(consultation, by=people[1], now=now, edition=consultation.version_id)
    db.session.flush()
    for person in people[:2]:
        db.session.execute(User.__table__.delete().where(User.id == person.id))
    db.session.expire_all()
    row = db.session.get(Consultation, consultation.id)
    assert (row.status, row.signed_by_id, row.submitted_by_id) == ("answered", None, None)


def test_an_answer_that_its_own_writer_signed_is_found_whoever_let_it_through(make, people, held, now):
    consultation = handed_over(make, people, held[0], now)
    actions.sign(consultation, by=people[1], now=now, edition=consultation.version_id)
    assert list(checks.unsound_answers()) == []
    db.session.add(Writer(consultation_id=consultation.id, person_id=people[1].id))
    db.session.execute(Tie.__table__.delete())
    assert len(list(checks.unsound_answers())) == 2
