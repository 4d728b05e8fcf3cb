"""Recommend, consult, decide: by people apart, within limits, within the budget."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.assessment import queries as assessment
from civic.core.db import db
from civic.core.errors import Forbidden
from civic.core.money import Money
from civic.core.states import IllegalMove
from civic.grants import refusals
from civic.grants.actions import awards, decisions
from civic.grants.models import Award, Decision
from civic.grants.proposing import Terms
from civic.grants.queries import figures, funds
from civic.grants.rules.amounts import Amounts
from tests.grants.office import parties


def test_a_decision_reserves_the_money_in_both_its_parts(office):
    award = office.award(300_00, 100_00)
    balance = funds.balance_of(office.pot.id)
    assert award.status == "approved"
    assert balance.reserved == Amounts.of(300_00, 100_00)
    assert balance.left == Amounts.of(700_00, 400_00)
    assert figures.of_fund(office.fund).reserved == balance.reserved
    assert office.problems() == []


def test_capital_never_pays_for_revenue(office):
    decision = office.recommend(0, 500_00)
    office.consult(decision)
    office.award(0, 1)
    with pytest.raises(refusals.NotEnough) as refused:
        office.decide(decision)
    assert refused.value.field == "revenue"
    assert funds.balance_of(office.pot.id).reserved == Amounts.of(0, 1)


def test_more_than_is_left_is_not_even_recommended(office):
    with pytest.raises(refusals.NotEnough):
        office.recommend(1_000_01)


@pytest.mark.parametrize("who", ("officer", "consultee", "assessor", "party", "interested"))
def test_nobody_decides_who_did_something_else_about_it(office, monkeypatch, who):
    decision = office.recommend(100_00)
    office.consult(decision)
    person = office.approver_of("mayor")
    if who == "officer":
        decision.recommended_by_id = person.id
    elif who == "consultee":
        decisions.give_view(decision, view="supports", words="", language="en", by=person, now=office.now)
    elif who == "assessor":
        monkeypatch.setattr(assessment, "who_assessed", lambda subject: frozenset({person.id}))
    elif who == "party":
        parties[int(decision.award.subject.split(":")[1])] = frozenset({person.id})
    else:
        monkeypatch.setattr(assessment, "has_interest", lambda subject, user_id: user_id == person.id)
    for act in (
        lambda: office.decide(decision, by=person),
        lambda: decisions.refuse(decision, reasons="No.", by=person, now=office.now),
    ):
        with pytest.raises(Forbidden):
            act()
    assert db.session.get(Decision, decision.id).decided_by_id is None


def test_the_database_wants_other_people_too(office, monkeypatch):
    decision = office.recommend(100_00)
    db.session.commit()
    for values in (
        {"decided_by_id": office.officer.id},
        {"decided_by_id": office.mayor.id, "assessed_by": [office.mayor.id]},
    ):
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(Decision).where(Decision.id == decision.id).values(values))


def test_it_is_decided_only_once_enough_consultees_have_spoken(office):
    decision = office.recommend(100_00)
    with pytest.raises(refusals.NotConsulted):
        office.decide(decision)
    office.consult(decision)
    assert office.decide(decision).status == "approved"


@pytest.mark.parametrize(
    "grade, total, may",
    (
        ("manager", 10_000_00, True),
        ("manager", 10_000_01, False),
        ("director", 150_000_01, False),
        ("mayor", 900_000_00, True),
    ),
)
def test_an_approver_decides_up_to_and_including_the_limit(office, grade, total, may):
    office.pot = office.pot_of("demo:99999", Amounts.of(1_000_000_00, 0))
    decision = office.recommend(total)
    office.consult(decision)
    if may:
        assert office.decide(decision, by=office.approver_of(grade)).capital_minor == total
    else:
        with pytest.raises(refusals.BeyondLimit):
            office.decide(decision, by=office.approver_of(grade))


def test_an_approver_without_a_grade_decides_nothing(office):
    decision = office.recommend(100)
    office.consult(decision)
    with pytest.raises(refusals.NoDelegation):
        office.decide(decision, by=office.make.staff("approver"))


def test_a_refusal_gives_nothing_and_the_thing_may_be_recommended_again(office):
    proposed = office.proposed()
    terms = Terms(Amounts.of(100_00, 0), "Good.")
    decision = decisions.recommend(proposed, terms, by=office.officer, now=office.now)
    with pytest.raises(refusals.AlreadyRecommended):
        decisions.recommend(proposed, terms, by=office.other_officer, now=office.now)
    decisions.refuse(decision, reasons="Not now.", by=office.approver, now=office.now)
    assert decision.award.status == "turned_down"
    assert funds.balance_of(office.pot.id).left == Amounts.of(1_000_00, 500_00)
    again = decisions.recommend(proposed, terms, by=office.officer, now=office.now)
    office.consult(again)
    office.decide(again)
    with pytest.raises(refusals.AlreadyAwarded):
        decisions.recommend(proposed, terms, by=office.officer, now=office.now)
    assert office.problems() == []


def test_several_are_decided_together_or_not_at_all(office):
    chosen = [office.recommend(400_00) for _ in range(3)]
    for each in chosen:
        office.consult(each)
    with pytest.raises(refusals.NotEnough), db.session.begin_nested():
        decisions.decide_together(chosen, number="DD1399", reasons="", by=office.approver, now=office.now)
    db.session.expire_all()
    assert {each.status for each in db.session.scalars(sa.select(Decision))} == {"recommended"}
    decisions.decide_together(chosen[:2], number="DD1399", reasons="", by=office.approver, now=office.now)
    assert funds.left_in(office.pot.id).capital == Money(200_00)


@pytest.mark.parametrize("capital, revenue, left", ((450_00, 0, 550_00), (50_00, 0, 950_00), (0, 300_00, 1_000_00)))
def test_a_new_decision_makes_it_larger_or_smaller(office, capital, revenue, left):
    award = office.award(300_00)
    terms = Terms(Amounts.of(capital, revenue), "Costs have changed.")
    change = decisions.recommend_change(award, terms, by=office.officer, now=office.now)
    office.consult(change)
    office.decide(change)
    assert (award.capital_minor, award.revenue_minor) == (capital, revenue)
    assert funds.left_in(office.pot.id).capital == Money(left)
    assert office.problems() == []


def test_a_decision_to_end_an_offer_gives_the_money_back(office):
    award = office.award(300_00, 20_00)
    end = decisions.recommend_change(award, Terms(Amounts(), "It is not needed."), by=office.officer, now=office.now)
    office.consult(end)
    office.decide(end)
    assert award.status == "released"
    assert funds.left_in(office.pot.id) == Amounts.of(1_000_00, 500_00)
    assert office.problems() == []


def test_an_offer_expires_by_itself_and_not_a_second_before(office):
    until = office.now + timedelta(days=30)
    award = office.award(300_00, expires_at=until)
    assert not awards.expire(award.id, now=until - timedelta(seconds=1))
    assert awards.expire(award.id, now=until)
    assert not awards.expire(award.id, now=until)
    assert db.session.get(Award, award.id).status == "released"
    assert figures.of_fund(office.fund).released == Amounts.of(300_00, 0)
    assert office.problems() == []


def test_what_is_decided_is_not_decided_again(office):
    decision = office.recommend(100_00)
    office.consult(decision)
    office.decide(decision)
    for act in (
        lambda: office.decide(decision, by=office.mayor),
        lambda: decisions.refuse(decision, reasons="No.", by=office.mayor, now=office.now),
        lambda: decisions.withdraw(decision, by=office.officer, now=office.now),
        lambda: office.consult(decision),
    ):
        with pytest.raises(IllegalMove):
            act()
    assert funds.balance_of(office.pot.id).reserved == Amounts.of(100_00, 0)
