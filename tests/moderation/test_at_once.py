"""At the same moment: of two moderators one acts and the other is told; reports are counted once; nothing waits in a circle."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.accounts.models import User
from civic.core.db import db
from civic.core.subjects import named
from civic.crowdfund.actions import talk, totals
from civic.crowdfund.models import CampaignComment
from civic.moderation import refusals
from civic.moderation.actions import appealing, deciding, reporting
from civic.moderation.actions.deciding import Picked
from civic.moderation.checks import CHECKS
from civic.moderation.models import Case, Decision, Report
from tests.assessment.test_at_once import at_once

SIX = 6


@pytest.fixture
def said(shared, make, now):
    """A comment on a campaign, committed."""
    campaign = make.campaign("live")
    with shared.test_request_context("/en/"):
        comment = talk.comment(
            campaign, text="Nonsense", language="en", by=make.resident(), is_organiser=False, now=now
        )
    db.session.commit()
    return comment


def report(comment, by, now):
    return reporting.report(named(talk.COMMENT, comment.id), rule="abuse", words="", language="en", by=by, now=now)


def remove(case_id, version, by, now):
    case = db.session.get_one(Case, case_id)
    return deciding.decide(
        case, "remove", version=version, rule="abuse", words="It insults.", language="en", by=by, now=now
    )


def faults():
    return [*(fault for check in CHECKS for fault in check()), *totals.wrong_totals()]


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_of_two_moderators_one_acts_and_the_other_is_told(shared, make, now, said):
    with shared.test_request_context("/en/"):
        case = db.session.get_one(Case, report(said, make.resident(), now).case_id)
    people = [make.staff("moderator") for _each in range(SIX)]
    db.session.commit()
    number, version = case.id, case.version
    given = at_once(shared, *(lambda by=by: remove(number, version, by, now) for by in people))
    assert sorted(type(each).__name__ for each in given) == ["Decision"] + ["Stale"] * (SIX - 1)
    assert count(Decision) == 1 and faults() == []


def test_one_report_sent_six_times_stands_once_and_six_people_are_six(shared, make, now, said):
    person, people = make.resident(), [make.resident() for _each in range(SIX)]
    db.session.commit()
    given = at_once(shared, *(lambda: report(said, person, now) for _each in range(SIX)))
    assert sorted(type(each).__name__ for each in given) == ["Report"] + ["ReportedBefore"] * (SIX - 1)
    at_once(shared, *(lambda by=by: report(said, by, now) for by in people))
    case = db.session.scalars(sa.select(Case)).one()
    assert case.reports == count(Report) == 7 and faults() == []


def test_two_moderators_with_the_same_hundred_cases_decide_each_once(shared, make, now):
    campaign, people = make.campaign("live"), [make.resident() for _each in range(8)]
    cases = []
    with shared.test_request_context("/en/"):
        for number in range(24):
            at = now + timedelta(minutes=number)
            comment = talk.comment(
                campaign, text=f"Nonsense {number}", language="en", by=people[number % 7], is_organiser=False, now=at
            )
            cases.append(db.session.get_one(Case, report(comment, people[7], at + timedelta(hours=2 * number)).case_id))
    ann, bea = make.staff("moderator"), make.staff("moderator")
    db.session.commit()
    picked = [Picked(each.id, each.version) for each in cases]
    given = at_once(
        shared,
        lambda: deciding.decide_many(picked, "remove", rule="spam", words="x", language="en", by=ann, now=now),
        lambda: deciding.decide_many(picked[::-1], "keep", words="y", language="en", by=bea, now=now),
    )
    assert sorted(len(each.decided) for each in given) == [0, 24] and count(Decision) == 24 and faults() == []


def test_deciding_reporting_and_changing_at_once_neither_waits_in_a_circle_nor_loses_anything(shared, make, now, said):
    ann, author = make.staff("moderator"), db.session.get_one(CampaignComment, said.id).author_id
    readers = [make.resident() for _each in range(3)]
    with shared.test_request_context("/en/"):
        case = db.session.get_one(Case, report(said, make.resident(), now).case_id)
    db.session.commit()
    number, version = case.id, case.version

    def change():
        by = db.session.get_one(User, author)
        comment = db.session.get_one(CampaignComment, said.id)
        talk.change_comment(comment, text="Something kinder", language="en", by=by, now=now + timedelta(minutes=5))

    at_once(
        shared,
        lambda: remove(number, version, ann, now),
        change,
        *(lambda by=by: report(said, by, now) for by in readers),
    )
    assert faults() == []


def test_an_appeal_is_made_once_and_answered_once(shared, make, now, said):
    with shared.test_request_context("/en/"):
        case = db.session.get_one(Case, report(said, make.resident(), now).case_id)
        remove(case.id, case.version, make.staff("moderator"), now)
    author = db.session.get_one(User, said.author_id)
    people = [make.staff("moderator") for _each in range(3)]
    db.session.commit()
    number = case.id

    def appeal():
        return appealing.appeal(db.session.get_one(Case, number), words="No.", language="en", by=author, now=now)

    given = at_once(shared, *(appeal for _each in range(SIX)))
    assert sorted(type(each).__name__ for each in given) == ["Appeal"] + ["AppealedBefore"] * (SIX - 1)
    version = db.session.get_one(Case, number).version

    def answer(by):
        return appealing.decide_appeal(
            db.session.get_one(Case, number), "restore", version=version, words="Yes.", language="en", by=by, now=now
        )

    given = at_once(shared, *(lambda by=by: answer(by) for by in people))
    assert sorted(type(each).__name__ for each in given) == ["Decision", "Stale", "Stale"]
    assert isinstance(given[0], Decision | refusals.Stale) and faults() == []
