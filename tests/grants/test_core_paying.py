"""Agreements, instalments, reports and repayments: signed by both, paid by somebody apart, and what goes back."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from civic.core.clock import london_today
from civic.core.db import db
from civic.core.errors import Forbidden
from civic.core.money import Money
from civic.core.states import IllegalMove
from civic.grants import jobs, refusals
from civic.grants.actions import agreements, awards, decisions, instalments, repayments, reports
from civic.grants.actions.agreements import Signer
from civic.grants.actions.awards import Ruled
from civic.grants.models import Agreement, Instalment, Report
from civic.grants.proposing import Terms
from civic.grants.queries import agreements as agreement_queries
from civic.grants.queries import awards as queries
from civic.grants.queries import funds
from civic.grants.rules.amounts import Amounts

PAID_ON = date(2026, 12, 1)


@pytest.fixture
def due(office):
    """An award whose target is reached, planned in two parts."""
    award = office.award(300_00, 100_00, needs_target=False)
    awards.announce(award, by=office.officer, now=office.now)
    office.plan(award, 2)
    assert award.status == "due"
    return award


@pytest.fixture
def agreed(office, due):
    office.agree(due)
    return due


def first(award):
    return queries.instalments_of(award.id)[0]


def test_it_is_an_obligation_once_both_sides_have_signed(office, due):
    agreement = agreements.draft(due, text="We agree.", language="en", by=office.officer, now=office.now)
    agreements.offer(agreement, by=office.officer, now=office.now)
    agreements.sign_for_recipient(agreement, Signer(office.make.member(), "Ada", "Chair"), now=office.now)
    assert (due.status, funds.balance_of(office.pot.id).committed) == ("due", Amounts())
    agreements.sign_for_authority(agreement, Signer(office.approver, "G", "Director"), now=office.now)
    assert (due.status, agreement.status) == ("agreed", "in_force")
    assert funds.balance_of(office.pot.id).committed == Amounts.of(300_00, 100_00)
    assert office.problems() == []


def test_one_person_never_signs_for_both_sides(office, due):
    agreement = agreements.draft(due, text="We agree.", language="en", by=office.officer, now=office.now)
    agreements.offer(agreement, by=office.officer, now=office.now)
    agreements.sign_for_recipient(agreement, Signer(office.approver, "G", "Chair"), now=office.now)
    with pytest.raises(Forbidden):
        agreements.sign_for_authority(agreement, Signer(office.approver, "G", "Director"), now=office.now)
    other = {"authority_signed_by_id": office.approver.id}
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(Agreement).values(other))


def test_an_agreement_is_not_offered_before_the_instalments_add_up(office):
    award = office.award(300_00, needs_target=False)
    awards.announce(award, by=office.officer, now=office.now)
    agreement = agreements.draft(award, text="We agree.", language="en", by=office.officer, now=office.now)
    with pytest.raises(refusals.NotPlanned):
        agreements.offer(agreement, by=office.officer, now=office.now)


def test_an_expired_offer_is_not_signed_any_more(office):
    until = office.now + timedelta(days=10)
    award = office.award(300_00, needs_target=False, expires_at=until)
    awards.announce(award, by=office.officer, now=office.now)
    office.plan(award)
    agreement = agreements.draft(award, text="We agree.", language="en", by=office.officer, now=office.now)
    agreements.offer(agreement, by=office.officer, now=office.now)
    signer = Signer(office.make.member(), "Ada", "Chair")
    with pytest.raises(refusals.Expired):
        agreements.sign_for_recipient(agreement, signer, now=until)
    agreements.sign_for_recipient(agreement, signer, now=until - timedelta(seconds=1))


def test_a_larger_award_needs_a_new_version_before_more_is_paid(office, agreed):
    more = decisions.recommend_change(
        agreed, Terms(Amounts.of(400_00, 100_00), "More benches."), by=office.officer, now=office.now
    )
    office.consult(more)
    office.decide(more)
    balance = funds.balance_of(office.pot.id)
    assert (balance.reserved, balance.committed) == (Amounts.of(100_00, 0), Amounts.of(300_00, 100_00))
    office.plan(agreed, 2)
    for each in queries.instalments_of(agreed.id)[:1]:
        instalments.instruct(each, by=office.officer, now=office.now)
    with pytest.raises(instalments.NotAgreed):
        instalments.instruct(queries.instalments_of(agreed.id)[1], by=office.officer, now=office.now)
    office.agree(agreed)
    assert [each.status for each in agreement_queries.versions_of(agreed.id)] == ["in_force", "superseded"]
    assert funds.balance_of(office.pot.id).committed == Amounts.of(400_00, 100_00)
    assert office.problems() == []


def test_an_agreement_that_says_something_else_than_was_decided_since_is_not_signed(office, due):
    agreement = agreements.draft(due, text="We agree.", language="en", by=office.officer, now=office.now)
    agreements.offer(agreement, by=office.officer, now=office.now)
    less = decisions.recommend_change(due, Terms(Amounts.of(200_00, 0), "Less."), by=office.officer, now=office.now)
    office.consult(less)
    office.decide(less)
    with pytest.raises(agreements.OutOfDate):
        agreements.sign_for_recipient(agreement, Signer(office.make.member(), "Ada", "Chair"), now=office.now)


def test_the_second_signature_comes_too_late_for_an_award_that_has_ended(office, due):
    agreement = agreements.draft(due, text="We agree.", language="en", by=office.officer, now=office.now)
    agreements.offer(agreement, by=office.officer, now=office.now)
    agreements.sign_for_authority(agreement, Signer(office.approver, "G", "Director"), now=office.now)
    awards.release(due.subject, "ended", now=office.now)
    assert agreement.status == "withdrawn"
    with pytest.raises(IllegalMove):
        agreements.sign_for_recipient(agreement, Signer(office.make.member(), "Ada", "Chair"), now=office.now)
    assert funds.balance_of(office.pot.id).left == Amounts.of(1_000_00, 500_00)
    assert office.problems() == []


@pytest.mark.parametrize("who", ("approver", "officer"))
def test_who_decided_or_instructed_never_pays(office, agreed, who):
    part = first(agreed)
    instalments.instruct(part, by=office.officer, now=office.now)
    with pytest.raises(Forbidden):
        instalments.pay(part, paid_on=PAID_ON, bank_reference="B", by=getattr(office, who), now=office.now)
    person = {"paid_by_id": getattr(office, who).id}
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.update(Instalment).where(Instalment.id == part.id).values(person))


def test_money_is_claimed_instructed_paid_and_confirmed(office, agreed):
    part, member = first(agreed), office.make.member()
    instalments.claim(part, words="The benches are ordered.", language="en", by=member, now=office.now)
    instalments.send_back(part, why="Send the order.", by=office.officer, now=office.now)
    instalments.claim(part, words="Here it is.", language="en", by=member, now=office.now)
    instalments.instruct(part, by=office.officer, now=office.now)
    instalments.pay(part, paid_on=PAID_ON, bank_reference="BACS 1", by=office.finance, now=office.now)
    assert funds.balance_of(office.pot.id).paid == part.amounts
    instalments.confirm(part, by=member, now=office.now)
    assert part.status == "confirmed"
    assert office.problems() == []


def test_a_payment_that_came_back_is_paid_again(office, agreed):
    part = first(agreed)
    instalments.instruct(part, by=office.officer, now=office.now)
    for number in (1, 2):
        instalments.pay(part, paid_on=PAID_ON, bank_reference=f"B{number}", by=office.finance, now=office.now)
        if number == 1:
            instalments.bounce(part, why="Account closed.", by=office.other_finance, now=office.now)
            assert funds.balance_of(office.pot.id).paid == Amounts()
    assert funds.balance_of(office.pot.id).paid == part.amounts
    assert office.problems() == []


def test_a_smaller_award_is_never_less_than_what_is_being_paid(office, agreed):
    part = first(agreed)
    instalments.instruct(part, by=office.officer, now=office.now)
    less = part.amounts - Amounts.of(1, 0)
    with pytest.raises(refusals.LessThanPaid):
        decisions.recommend_change(agreed, Terms(less, "Less."), by=office.officer, now=office.now)
    change = decisions.recommend_change(agreed, Terms(part.amounts, "Less."), by=office.officer, now=office.now)
    office.consult(change)
    office.decide(change)
    assert (agreed.amounts, agreed.agreed) == (part.amounts, part.amounts)
    assert office.problems() == []


def test_stopping_pays_nothing_more_and_frees_the_rest(office, agreed):
    part = first(agreed)
    instalments.instruct(part, by=office.officer, now=office.now)
    instalments.pay(part, paid_on=PAID_ON, bank_reference="B", by=office.finance, now=office.now)
    stop = decisions.recommend_change(agreed, Terms(Amounts(), "The site was sold."), by=office.officer, now=office.now)
    office.consult(stop)
    office.decide(stop)
    assert agreed.status == "stopped"
    assert agreed.amounts == part.amounts
    balance = funds.balance_of(office.pot.id)
    assert (balance.committed, balance.paid) == (Amounts(), part.amounts)
    assert [each.status for each in queries.instalments_of(agreed.id)] == ["paid", "cancelled"]
    assert office.problems() == []


def test_what_was_not_spent_goes_back_with_two_people_behind_it(office, agreed):
    office.pay(agreed)
    back = Amounts.of(50_00, 10_00)
    asked = repayments.ask(
        agreed, kind="underspend", amounts=back, why="Cheaper.", language="en", by=office.officer, now=office.now
    )
    with pytest.raises(refusals.TooMuchBack):
        repayments.ask(
            agreed,
            kind="reclaim",
            amounts=Amounts.of(250_01, 0),
            why="All.",
            language="en",
            by=office.officer,
            now=office.now,
        )
    with pytest.raises(Forbidden):
        repayments.approve(asked, by=office.officer, now=office.now)
    repayments.approve(asked, by=office.approver, now=office.now)
    with pytest.raises(Forbidden):
        repayments.receive(asked, received_on=PAID_ON, bank_reference="R", by=office.approver, now=office.now)
    repayments.receive(asked, received_on=PAID_ON, bank_reference="R", by=office.finance, now=office.now)
    balance = funds.balance_of(office.pot.id)
    assert balance.paid == Amounts.of(250_00, 90_00)
    assert balance.left == Amounts.of(750_00, 410_00)
    assert office.problems() == []


def test_the_file_is_closed_when_everything_is_there(office, agreed):
    office.pay(agreed)
    with pytest.raises(refusals.StillOpen):
        awards.complete(agreed, by=office.officer, now=office.now)
    report = queries.reports_of(agreed.id)[0]
    with pytest.raises(reports.MoreThanPaid):
        reports.submit(
            report, text="Done.", language="en", spent=Amounts.of(300_01, 0), by=office.make.member(), now=office.now
        )
    reports.submit(
        report, text="Done.", language="en", spent=Amounts.of(300_00, 90_00), by=office.make.member(), now=office.now
    )
    reports.accept(report, by=office.officer, now=office.now)
    assert queries.what_is_missing(agreed) == ["outcome"]
    awards.publish_outcome(agreed, text="Six benches.", language="en", by=office.officer, now=office.now)
    awards.complete(agreed, by=office.officer, now=office.now)
    assert agreed.status == "completed"
    assert office.problems() == []


def test_reports_are_reminded_of_and_not_twice_a_day(office, agreed):
    report = queries.reports_of(agreed.id)[0]
    told = []
    for days in (-20, -14, -13, 0, 0, 3, 7, 14):
        at = office.now + (report.due_on - london_today(office.now)) + timedelta(days=days)
        told.append(reports.remind(report.id, now=at))
    assert told == [False, True, False, True, False, False, True, True]


def test_the_last_report_is_the_final_one(office, agreed):
    today = london_today(office.now)
    for days in (
        [(today, "progress")],
        [(today, "final"), (today + timedelta(days=1), "final")],
        [(today, "final"), (today + timedelta(days=1), "progress")],
    ):
        with pytest.raises(reports.OneFinalReport):
            reports.schedule(agreed, days, by=office.officer, now=office.now)


def test_nobody_behind_it_acts_for_the_authority(office, agreed, monkeypatch):
    monkeypatch.setattr(
        "civic.core.subjects.parties_of", lambda name: frozenset({office.officer.id, office.finance.id})
    )
    part = first(agreed)
    for act in (
        lambda: instalments.instruct(part, by=office.officer, now=office.now),
        lambda: instalments.pay(part, paid_on=PAID_ON, bank_reference="B", by=office.finance, now=office.now),
        lambda: reports.accept(queries.reports_of(agreed.id)[0], by=office.officer, now=office.now),
        lambda: awards.publish_outcome(agreed, text="x", language="en", by=office.officer, now=office.now),
    ):
        with pytest.raises(refusals.IsTheirOwn):
            act()


def test_the_jobs_release_what_expired_and_remind(office, now, monkeypatch):
    until = office.now + timedelta(days=10)
    award = office.award(300_00, expires_at=until)
    db.session.commit()
    monkeypatch.setattr("civic.core.clock.now", lambda: until)
    jobs.look_after_awards()
    db.session.refresh(award)
    assert award.status == "released"
    assert funds.left_in(office.pot.id).capital == Money(1_000_00)


def test_a_formula_becomes_an_award_and_shrinks_when_gifts_go_back(office):
    from civic.grants.actions import books

    books.reserve(office.pot.id, "scheme:1", Amounts.of(0, 200_00), now=office.now)
    books.reserve(office.pot.id, "scheme:1", Amounts.of(0, 150_00), now=office.now)
    assert office.problems() == []
    ruled = Ruled("DD1", "A rule.", office.officer.id, office.now, office.mayor.id, office.now)
    award = awards.work_out(office.proposed(), "scheme:1", ruled, now=office.now)
    assert award is not None and award.status == "due"
    assert office.problems() == []
    assert awards.correct(award, Amounts.of(0, 120_00), now=office.now, why="A gift went back.") == Amounts()
    assert funds.balance_of(office.pot.id).reserved == Amounts.of(0, 120_00)
    office.plan(award)
    office.agree(award)
    part = first(award)
    instalments.instruct(part, by=office.officer, now=office.now)
    with pytest.raises(Forbidden):  # who approved the rule never pays what it gave
        instalments.pay(part, paid_on=PAID_ON, bank_reference="B", by=office.mayor, now=office.now)
    office.pay(award)
    assert awards.correct(award, Amounts.of(0, 100_00), now=office.now, why="Another.") == Amounts.of(0, 20_00)
    assert office.problems() == []


def test_a_state_that_the_table_does_not_know_is_refused(office, agreed):
    report, part = queries.reports_of(agreed.id)[0], first(agreed)
    for act in (
        lambda: reports.accept(report, by=office.officer, now=office.now),
        lambda: instalments.confirm(part, by=office.make.member(), now=office.now),
        lambda: awards.announce(agreed, by=office.officer, now=office.now),
    ):
        with pytest.raises(IllegalMove):
            act()
    assert db.session.get(Report, report.id).status == "due"
