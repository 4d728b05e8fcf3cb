"""Sending, changing and withdrawing: counted once, anonymous by construction, saved exactly when shown and answered."""

from collections import Counter
from datetime import timedelta
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from civic.core.db import db, transaction
from civic.core.errors import CivicError
from civic.surveys import jobs
from civic.surveys.actions import answering, bulk, counting
from civic.surveys.actions.answering import Someone
from civic.surveys.models.response import Draft, Participation, Response
from civic.surveys.queries.answering import Taking, taking
from civic.surveys.queries.surveys import live_version
from civic.surveys.rules.answers import as_fields, check_answer
from civic.surveys.rules.logic import Shown, settle
from civic.surveys.rules.route import route
from tests.make_surveys import FULL_ANSWERS
from tests.surveys import generated


def at(survey: Any, by: Someone | None = None, key: str | None = "k") -> Taking:
    found = taking(survey.slug, person_id=by.person_id if by else None, key=key)
    assert found is not None
    return found


def keep(
    survey: Any, answers: dict[str, Any], now: Any, by: Someone | None = None, key: str = "k", **more: Any
) -> Draft:
    told: dict[str, Any] = {"asked": list(answers), "passed": True, "place": "streets", "language": "en"} | more
    return answering.keep_page(at(survey, by, key), key=key, by=by or Someone(), answers=answers, now=now, **told)


def send(survey: Any, now: Any, by: Someone | None = None, key: str = "k") -> str:
    return answering.send(at(survey, by, key), by=by or Someone(), now=now)


def count(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def counts_are_right(survey: Any) -> bool:
    return counting.recounted(survey.id) == counting.kept(survey.id)


@pytest.fixture
def in_context(in_request: Any) -> None:
    """Codes are made with the application's secret."""


@pytest.mark.usefixtures("in_context")
class TestSending:
    def test_a_draft_becomes_one_response_and_is_gone(self, make: Any, now: Any) -> None:
        survey = make.survey()
        keep(survey, FULL_ANSWERS, now)
        code = send(survey, now)
        assert (count(Response), count(Draft)) == (1, 0)
        assert answering.find_by_code(survey, code).answers == FULL_ANSWERS
        assert counts_are_right(survey)

    def test_sending_again_is_refused(self, make: Any, now: Any) -> None:
        survey = make.survey()
        keep(survey, FULL_ANSWERS, now)
        before = at(survey)
        send(survey, now)
        with pytest.raises(answering.AlreadySent):
            answering.send(before, by=Someone(), now=now)
        assert count(Response) == 1

    def test_a_member_cannot_answer_twice_even_with_two_drafts(self, make: Any, now: Any) -> None:
        survey, by = make.survey(), Someone(make.member().id, "borough_given", "E09000012")
        keep(survey, {"cycles": "no"}, now, by, key="one")
        send(survey, now, by, key="one")
        with pytest.raises(answering.AlreadyAnswered):
            keep(survey, {"cycles": "no"}, now, by, key="two")
        keep(survey, {"cycles": "no"}, now, key="three")  # begun as a visitor, sent as a member
        with pytest.raises(answering.AlreadyAnswered):
            send(survey, now, by, key="three")

    def test_what_changed_in_another_window_is_checked_again(self, make: Any, now: Any) -> None:
        survey = make.survey()
        keep(survey, {"cycles": "no"}, now)
        checked = at(survey)
        db.session.expunge_all()
        keep(survey, {"mode": "bus"}, now)
        with pytest.raises(answering.ChangedElsewhere):
            answering.send(checked, by=Someone(), now=now)

    def test_two_windows_on_different_pages_lose_nothing(self, make: Any, now: Any) -> None:
        survey = make.survey()
        first, second = at(survey), at(survey)
        told = {"key": "k", "by": Someone(), "passed": True, "language": "en", "now": now}
        answering.keep_page(first, answers={"cycles": "no"}, asked=["cycles", "mode"], place="streets", **told)
        kept = answering.keep_page(second, answers={"air": 3}, asked=["air"], place="air", **told)
        assert kept.answers == {"cycles": "no", "air": 3} and set(kept.passed) == {"cycles", "mode", "air"}

    def test_an_answer_taken_away_is_taken_away(self, make: Any, now: Any) -> None:
        survey = make.survey()
        keep(survey, {"cycles": "no", "mode": "bus"}, now)
        assert keep(survey, {}, now, asked=["mode"]).answers == {"cycles": "no"}

    def test_at_the_closing_minute_it_is_too_late(self, make: Any, now: Any) -> None:
        survey = make.survey(closes_at=now + timedelta(seconds=1))
        keep(survey, {"cycles": "no"}, now)
        with pytest.raises(answering.SurveyClosed):
            send(survey, now + timedelta(seconds=1))
        assert send(survey, now)

    def test_open_questions_are_named(self, make: Any, now: Any) -> None:
        survey = make.survey()
        keep(survey, {"cycles": "yes"}, now)
        with pytest.raises(answering.Incomplete) as open_questions:
            send(survey, now)
        assert [question.key for question in open_questions.value.questions] == ["miles"]


@pytest.mark.usefixtures("in_context")
class TestChangingAndWithdrawing:
    def test_counts_follow_every_change(self, make: Any, now: Any) -> None:
        survey, codes, random = make.survey(), [], Random(4)
        questionnaire = live_version(survey).questionnaire
        for number in range(20):
            wanted = generated.answers(random, questionnaire) | {"cycles": random.choice(["yes", "no"]), "miles": "3"}
            keep(survey, wanted, now, key=f"k{number}")
            codes.append(send(survey, now, key=f"k{number}"))
        assert counts_are_right(survey)
        for number, code in enumerate(codes[:10]):
            answering.change(survey, answering.find_by_code(survey, code), key=f"c{number}", now=now)
            keep(survey, {"cycles": "no", "air": number % 5}, now, key=f"c{number}", asked=["cycles", "air", "wishes"])
            assert send(survey, now, key=f"c{number}") == ""
        assert counts_are_right(survey) and count(Response) == 20
        for code in codes[5:15]:
            answering.withdraw(survey, answering.find_by_code(survey, code), by=Someone(), now=now)
        assert counts_are_right(survey) and count(Response) == 10
        assert list(counting.wrong_counts()) == []

    def test_a_wrong_count_is_found_and_mended(self, make: Any) -> None:
        survey = make.survey()
        make.responses(survey, [FULL_ANSWERS] * 3)
        db.session.execute(sa.text("update answer_count set n = n + 1 where question = 'air'"))
        assert any(survey.slug in problem for problem in counting.wrong_counts())
        assert counting.recount(survey) and counts_are_right(survey) and not counting.recount(survey)

    def test_who_withdraws_may_answer_again(self, make: Any, now: Any) -> None:
        survey, by = make.survey(anonymity="identified"), Someone(make.member().id, "borough_given", "E09000012")
        for _ in range(2):
            keep(survey, {"cycles": "no"}, now, by)
            code = send(survey, now, by)
            answering.withdraw(survey, answering.find_by_code(survey, code), by=by, now=now)
        assert (count(Response), count(Participation)) == (0, 0) and counts_are_right(survey)

    def test_a_code_opens_only_its_own_survey(self, make: Any, now: Any) -> None:
        survey, other = make.survey(), make.survey()
        keep(survey, {"cycles": "no"}, now)
        code = send(survey, now)
        assert answering.find_by_code(survey, f" {code.lower()} ")
        for wrong in ("", "AAAA-BBBB-CCCC", "x" * 10_000, "\x00", "١٢٣"):
            with pytest.raises(answering.UnknownReceipt):
                answering.find_by_code(survey, wrong)
        with pytest.raises(answering.UnknownReceipt):
            answering.find_by_code(other, code)


@pytest.mark.usefixtures("in_context")
class TestAnonymity:
    def test_no_column_joins_who_took_part_with_what_was_answered(self, make: Any, now: Any) -> None:
        survey = make.survey()
        members = [make.member() for _ in range(3)]
        for member in members:
            by = Someone(member.id, "borough_given", member.borough)
            keep(survey, {"cycles": "no"}, now, by, key=f"k{member.id}")
            send(survey, now, by, key=f"k{member.id}")
        shared = set(Response.__table__.columns.keys()) & set(Participation.__table__.columns.keys())
        assert shared == {"survey_id", "anonymity", "person_id"}
        assert db.session.scalars(sa.select(Response.person_id)).all() == [None] * 3
        assert db.session.scalars(sa.select(Participation.answered_on)).all() == [None] * 3
        responses = db.session.execute(sa.select(Response.__table__)).mappings().all()
        known = {member.id for member in members} | {member.email for member in members}
        assert not [value for row in responses for value in map(str, row.values()) if value in map(str, known)]

    def test_a_response_knows_no_hour_and_no_order(self) -> None:
        kinds = {column.name: column.type for column in Response.__table__.columns}
        assert not [name for name, kind in kinds.items() if isinstance(kind, sa.DateTime | sa.Time | sa.Interval)]
        assert isinstance(kinds["submitted_on"], sa.Date) and isinstance(kinds["id"], sa.Uuid)
        assert not [column for column in Response.__table__.columns if column.identity is not None]

    def test_the_database_refuses_a_name_on_an_anonymous_response(self, make: Any) -> None:
        survey, member = make.survey(), make.member()
        make.responses(survey, [{"cycles": "no"}])
        for statement in (
            "update response set person_id = :person", "update response set person_id = :person, anonymity = 'identified'",
            "insert into participation values (:survey, :person, 'anonymous', current_date)",
            "insert into participation values (:survey, :person, 'identified', current_date)",
            "update survey set anonymity = 'identified'",
        ):  # fmt: skip
            with pytest.raises(IntegrityError), db.session.begin_nested():
                db.session.execute(sa.text(statement), {"person": member.id, "survey": survey.id})

    def test_a_draft_that_changes_a_response_names_nobody(self, make: Any, now: Any) -> None:
        survey, member = make.survey(), make.member()
        by = Someone(member.id)
        keep(survey, {"cycles": "no"}, now, by)
        code = send(survey, now, by)
        draft = answering.change(survey, answering.find_by_code(survey, code), key="c", now=now)
        assert draft.person_id is None
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(Draft).values(person_id=member.id))

    def test_mixing_leaves_one_writer_and_another_order(self, make: Any, now: Any) -> None:
        survey = make.survey()
        people = sorted(make.member().id for _ in range(12))
        for person in people:
            db.session.execute(
                sa.insert(Participation).values(survey_id=survey.id, person_id=person, anonymity="anonymous")
            )
            db.session.flush()
        db.session.commit()
        jobs.mix_participation()
        rows = db.session.execute(sa.text("select person_id, xmin::text from participation order by ctid")).all()
        assert sorted(row.person_id for row in rows) == people and len({row.xmin for row in rows}) == 1


class TestManyAtOnce:
    def test_fifty_parallel_sends_make_one_response_and_one_receipt(
        self, shared: Any, make: Any, now: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("civic.core.clock.now", lambda: now)
        survey, member = make.survey(), make.member()
        client = shared.test_client()
        make.sign_in(client, member)
        db.session.commit()
        monkeypatch.setitem(shared.config, "WTF_CSRF_ENABLED", False)
        slug = survey.slug
        client.get(f"/en/surveys/{slug}/answers/streets")
        client.post(f"/en/surveys/{slug}/answers/streets", data={"cycles": "no", "asked": "cycles mode wishes"})
        cookies = {cookie.key: cookie.value for cookie in client._cookies.values()}
        ready, answers = Barrier(50), []

        def press() -> None:
            own = shared.test_client()
            for name, value in cookies.items():
                own.set_cookie(name, value)
            ready.wait()
            sent = own.post(f"/en/surveys/{slug}/responses")
            receipt = own.get(f"/en/surveys/{slug}/receipt").get_data(as_text=True)
            answers.append((sent.status_code, receipt.partition("civic-code")[2][2:16]))

        threads = [Thread(target=press) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {status for status, _ in answers} == {303}
        assert len({code for _, code in answers}) == 1 and answers[0][1].count("-") == 2, answers[0]
        assert (count(Response), count(Participation), count(Draft)) == (1, 1, 0)
        assert counts_are_right(survey)

    def test_eight_clients_on_every_post_meet_no_server_error(
        self, shared: Any, make: Any, now: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("civic.core.clock.now", lambda: now)
        monkeypatch.setitem(shared.config, "WTF_CSRF_ENABLED", False)
        monkeypatch.setitem(shared.config, "PROPAGATE_SURPRISES", False)
        survey = make.survey()
        db.session.commit()
        slug, statuses = survey.slug, Counter()
        base = f"/en/surveys/{slug}"

        def take() -> None:
            for _ in range(4):
                own = shared.test_client()
                own.get(f"{base}/answers/streets")
                for path, data in (
                    ("/answers/streets", {"cycles": "no", "asked": "cycles"}), ("/answers/air", {"air": "3"}), ("/responses", {}),
                    ("/responses", {}), ("/response", {"act": "change"}), ("/answers/you", {"more": "x", "check": "1"}), ("/responses", {}),
                    ("/response", {"act": "withdraw", "sure": "1"}), ("/draft-deletion", {}), ("/next-person", {}),
                    ("/draft-links", {"email": "a@b.cd"}),
                ):  # fmt: skip
                    with own.session_transaction() as session:
                        codes = session.get("receipts") or [["", ""]]
                    if path == "/response":
                        data = data | {"code": codes[-1][1]}
                    statuses[path, own.post(base + path, data=data).status_code] += 1

        threads = [Thread(target=take) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not [key for key in statuses if key[1] >= 500], statuses
        assert counts_are_right(survey) and count(Response) == 0


@pytest.mark.usefixtures("in_context")
class TestSavedMeansShownAndAnswered:
    def test_on_generated_questionnaires(self, make: Any, now: Any) -> None:
        kept = hidden = 0
        for seed in range(120):
            random = Random(seed)
            questionnaire = generated.questionnaire(random)
            survey = make.survey(questionnaire)
            key = f"k{seed}"
            typed = walk(survey, questionnaire, random, now, key)
            draft = at(survey, key=key)
            assert draft.draft is not None
            if answering.missing(questionnaire, draft.draft.answers):
                continue
            send(survey, now, key=key)
            response = db.session.scalars(sa.select(Response).where(Response.survey_id == survey.id)).one()
            shown = settle(questionnaire, response.answers)
            for question in questionnaire.questions():
                was_answered = question.key in typed
                is_shown = shown[question.key] is Shown.SHOWN and question.is_asked
                assert (question.key in response.answers) == (is_shown and was_answered), (seed, question.key)
                kept, hidden = kept + (question.key in response.answers), hidden + (was_answered and not is_shown)
            assert counts_are_right(survey)
        assert kept > 200 and hidden > 5

    def test_bulk_and_single_responses_are_counted_alike(self, make: Any, now: Any) -> None:
        random = Random(9)
        questionnaire = generated.questionnaire(random)
        one, many = make.survey(questionnaire), make.survey(questionnaire)
        given = [generated.answers(random, questionnaire) for _ in range(30)]
        given = [each for each in given if not answering.missing(questionnaire, each)]
        for number, each in enumerate(given):
            keep(one, each, now, key=f"k{number}")
            send(one, now, key=f"k{number}")
        version = live_version(many)
        bulk.bulk_respond(many, version, [bulk.Reply(each, now.date(), mode="web") for each in given])
        assert counting.kept(one.id) == counting.kept(many.id) == counting.recounted(many.id)

    def test_bulk_refuses_what_a_page_would_refuse(self, make: Any, now: Any) -> None:
        survey = make.survey()
        with pytest.raises(CivicError), db.session.begin_nested():
            make.responses(survey, [{"cycles": "no"}, {"cycles": "perhaps"}])
        assert count(Response) == 0


def walk(survey: Any, questionnaire: Any, random: Random, now: Any, key: str) -> dict[str, Any]:
    """Answer as a person would: page by page, sometimes going back to change a page; gives what was typed last."""
    typed: dict[str, Any] = {}
    one_at_a_time, posted = random.random() < 0.5, 0
    pages: list[str] = []
    while posted < 60:
        draft = at(survey, key=key).draft
        answers, passed = (draft.answers, draft.passed) if draft else ({}, ())
        way = route(questionnaire, answers, passed, one_at_a_time=one_at_a_time)
        place = way.at(random.choice(pages)) if pages and random.random() < 0.15 else way.first_unseen(passed)
        if place is None:
            break
        wanted = generated.answers(random, questionnaire)
        values = {name: wanted[name] for name in place.asked if name in wanted}
        for name, value in values.items():  # through the fields of a form, and back
            question = questionnaire.question(name)
            assert check_answer(question, MultiDict(as_fields(question, value))).value == value
        for name in place.asked:
            typed.pop(name, None)
        typed |= values
        keep(survey, values, now, key=key, asked=list(place.asked), place=place.key)
        pages.append(place.key)
        posted += 1
    return typed


def test_drafts_nobody_came_back_to_are_forgotten(in_request: Any, make: Any, now: Any) -> None:
    survey, old = make.survey(), make.survey(closes_at=now - timedelta(days=31), opens_at=now - timedelta(days=60))
    keep(survey, {"cycles": "no"}, now, key="fresh")
    keep(survey, {"cycles": "no"}, now - timedelta(days=9), key="stale")
    keep(old, {"cycles": "no"}, now - timedelta(days=40), key="closed")
    db.session.execute(sa.update(Draft).where(Draft.key == "stale").values(updated_at=now - timedelta(days=61)))
    assert jobs.forget(now) == 2
    assert db.session.scalars(sa.select(Draft.key)).all() == ["fresh"]


def test_a_transaction_that_fails_leaves_neither_response_nor_counts(in_request: Any, make: Any, now: Any) -> None:
    survey = make.survey()
    keep(survey, FULL_ANSWERS, now)
    db.session.commit()
    with pytest.raises(RuntimeError), transaction():
        send(survey, now)
        raise RuntimeError
    assert (count(Response), count(Draft)) == (0, 1) and counts_are_right(survey)
