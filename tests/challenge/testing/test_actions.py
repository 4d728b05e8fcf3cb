"""What happens to a test: the law before money, the partner before payment, changes by all who must agree."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from civic.assessment.models import Declaration
from civic.challenge.testing.actions import changes, milestones, planning, spending
from civic.challenge.testing.actions.changes import Wish
from civic.challenge.testing.models import Change
from civic.challenge.testing.queries import public
from civic.challenge.testing.queries import spending as spending_queries
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.refusals import (
    BothSides,
    ChangeInSigning,
    ChangeNeeded,
    DoesNotAddUp,
    GrantStays,
    NothingUnspent,
    NotInOrder,
    NotPlannedYet,
    OneChangeAtATime,
    PartnerSignsOff,
    PlanDiffers,
    PlanIsFixed,
    ReportByLines,
    SignedItOff,
    SomethingIsHandedIn,
    SpeaksAlready,
)
from civic.challenge.testing.rules.plans import Line, Step
from civic.core.clock import london_today
from civic.core.db import db
from civic.core.errors import Forbidden
from civic.core.money import GBP, Money
from civic.core.states import IllegalMove
from civic.grants.actions import agreements, decisions, instalments, reports
from civic.grants.models import Award, Decision, Instalment
from civic.grants.proposing import Terms
from civic.grants.queries import awards as award_queries
from civic.grants.refusals import HasInterest
from civic.grants.rules.amounts import Amounts

pytestmark = pytest.mark.usefixtures("in_request")


@pytest.fixture
def people(make):
    return make.test_people


def award_of(test):
    return db.session.get_one(Award, test.award_id)


# The plan and the agreement.


def test_milestones_are_exactly_the_grant_in_order_and_not_in_the_past(make, people):
    test, today = make.test_grant(), london_today(make.now)
    plan = {"language": "en", "by": people.owner, "now": make.now}
    with pytest.raises(DoesNotAddUp):
        planning.plan_milestones(test, [Step("A", "B", today, Money(1_500_001))], **plan)
    late, soon = Step("A", "B", today + timedelta(days=9), GBP(9_000)), Step("A", "B", today, GBP(6_000))
    with pytest.raises(NotInOrder):
        planning.plan_milestones(test, [late, soon], **plan)
    with pytest.raises(planning.InThePast):
        planning.plan_milestones(test, [Step("A", "B", today - timedelta(days=1), GBP(15_000))], **plan)
    planning.plan_milestones(test, [soon, late], **plan)
    planning.plan_milestones(test, [Step("C", "D", today, GBP(15_000))], **plan)
    assert [each.title for each in queries.milestones_of(test.id)] == ["C"]
    with pytest.raises(DoesNotAddUp):
        planning.plan_budget(test, [Line("people", "A", GBP(14_999))], **plan)


def test_an_agreement_is_written_only_from_whole_plans_and_fixes_them(make, people):
    test = make.test_grant(upto="announced")
    for each in queries.lines_of(test.id):
        each.amount_minor += 1
    with pytest.raises(NotPlannedYet):
        make.written(test)
    db.session.rollback()
    test = make.test_grant(startup=make.startup(), upto="written")
    with pytest.raises(PlanIsFixed):
        make.plan_test(test)


def test_instalments_that_somebody_planned_otherwise_are_not_offered(make, people):
    test = make.test_grant(upto="announced")
    agreement = planning.write_agreement(test, language="en", by=people.manager, now=make.now)
    award = award_of(test)
    other = instalments.Planned("All at once", award.amounts, london_today(make.now))
    instalments.plan(award, [other], language="en", by=people.manager, now=make.now)
    with pytest.raises(PlanDiffers):
        agreements.offer(agreement, by=people.manager, now=make.now)


def test_the_text_says_milestones_budget_subsidy_and_sign_off(make, people):
    test = make.test_grant(upto="announced")
    text = planning.write_agreement(test, language="en", by=people.manager, now=make.now).text
    for words in ("Milestone 3, by", "£5,000", "Two developers", "section 36", "Northbank Council looks at it"):
        assert words in text


def test_the_grant_of_a_running_test_does_not_change(make, people):
    test = make.test_grant("running")
    award = award_of(test)
    for amount in (GBP(14_000), GBP(16_000)):
        terms = Terms(Amounts.only("revenue", amount), "Another sum.")
        decisions.recommend_change(award, terms, by=people.manager, now=make.now)
        with pytest.raises(GrantStays):
            make.decide_test(test)
        db.session.rollback()
        award = award_of(test)


# Milestones.


def test_nothing_is_claimed_or_paid_that_the_partner_has_not_signed_off(make, people, problems):
    test = make.test_grant("running")
    part = db.session.get_one(Instalment, make.milestone(test).instalment_id)
    db.session.commit()
    with pytest.raises(PartnerSignsOff):
        instalments.claim(part, words="Done.", language="en", by=people.owner, now=make.now)
    db.session.rollback()
    with pytest.raises(PartnerSignsOff):
        instalments.instruct(part, by=people.manager, now=make.now)
    db.session.rollback()
    make.reach_milestone(test)
    assert make.pay_milestone(test).status == "paid"
    assert problems() == []


def test_a_partner_who_belongs_to_the_startup_signs_nothing_off(make, people):
    test = make.test_grant("running")
    make.partner_member(people.partner, person=people.owner)
    step = make.reach_milestone(test, signed=False)
    said = {"words": "", "language": "en", "as_role": "Head"}
    with pytest.raises(BothSides):
        milestones.sign_off(step, **said, by=people.owner, now=make.now)
    with pytest.raises(BothSides):
        milestones.send_back(step, why="No.", language="en", by=people.owner, now=make.now)


def test_a_partner_with_a_declared_interest_signs_nothing_off(make, people):
    test = make.test_grant("running")
    step = make.reach_milestone(test, signed=False)
    declared = {"user_id": people.signer.id, "subject": test.subject, "has_interest": True}
    db.session.add(Declaration(**declared, words="My brother works there.", declared_at=make.now))
    db.session.flush()
    with pytest.raises(HasInterest):
        milestones.sign_off(step, words="", language="en", as_role="Head", by=people.signer, now=make.now)


def test_who_signed_off_does_not_give_the_instruction_to_pay(make, people):
    both = make.staff("challenge_manager")
    make.partner_member(people.partner, person=both)
    test = make.test_grant("running")
    step = make.reach_milestone(test, signed=False)
    milestones.sign_off(step, words="", language="en", as_role="Head", by=both, now=make.now)
    part = db.session.get_one(Instalment, step.instalment_id)
    with pytest.raises(SignedItOff):
        instalments.instruct(part, by=both, now=make.now)
    db.session.rollback()


def test_a_claim_that_the_officers_return_opens_the_milestone_again(make, people, problems):
    test = make.test_grant("running")
    step = make.reach_milestone(test)
    part = db.session.get_one(Instalment, step.instalment_id)
    instalments.send_back(part, why="The invoice is missing.", by=people.manager, now=make.now)
    step = make.milestone(test)
    assert step.status == "planned" and step.answer == "The invoice is missing." and step.turn == 2
    make.reach_milestone(test)
    assert make.milestone(test).status == "signed_off" and problems() == []


def test_a_signed_milestone_is_not_signed_again(make, people):
    test = make.test_grant("running")
    step = make.reach_milestone(test)
    with pytest.raises(IllegalMove):
        milestones.sign_off(step, words="", language="en", as_role="Head", by=people.colleague, now=make.now)


# Spending.


def test_a_report_without_lines_is_not_sent(make, people):
    test = make.test_grant("running")
    report = award_queries.reports_of(test.award_id)[0]
    with pytest.raises(ReportByLines):
        reports.submit(report, text="x", language="en", spent=Amounts(), by=people.owner, now=make.now)


def test_a_line_that_is_over_by_more_than_a_tenth_needs_a_change(make, people):
    test = make.test_grant("running")
    for place in (1, 2, 3):
        make.reach_milestone(test, place)
        make.pay_milestone(test, place)
    db.session.commit()
    report = award_queries.reports_of(test.award_id)[0]
    line = queries.lines_of(test.id)[0]
    said = {"text": "x", "language": "en", "by": people.owner, "now": make.now}
    with pytest.raises(ChangeNeeded):
        spending.send(test, report, {line.id: GBP(11_001)}, **said)
    db.session.rollback()
    spending.send(test, report, {line.id: GBP(11_000)}, **said)
    assert spending_queries.standing(test)[0].variance == GBP(1_000)


def test_what_is_not_spent_goes_back_once(make, people, problems):
    test = make.test_grant("running")
    make.finish_test(test, share=80)
    test = queries.fresh(test.id)
    assert spending_queries.unspent(test) == GBP(3_000)
    said = {"kind": "underspend", "why": "It cost less.", "language": "en", "by": people.manager, "now": make.now}
    assert spending.ask_back(test, **said).amounts.total == GBP(3_000)
    with pytest.raises(NothingUnspent):
        spending.ask_back(test, **said)
    assert problems() == []


def test_nothing_is_asked_back_while_the_test_runs(make, people):
    test = make.test_grant("running")
    make.reach_milestone(test)
    make.pay_milestone(test)
    with pytest.raises(NothingUnspent):
        spending.ask_back(test, kind="reclaim", why="x", language="en", by=people.manager, now=make.now)


# Changes.


def ask(make, test, kind="pivot", side="startup", by=None, **about):
    wish = Wish(kind, "It must be.", what="A telephone line" if kind == "pivot" else "", **about)
    return changes.ask(test, wish, side=side, by=by or make.test_people.owner, now=make.now)


def test_one_change_at_a_time_and_only_while_the_test_runs(make):
    test = make.test_grant("running")
    ask(make, test)
    with pytest.raises(OneChangeAtATime):
        ask(make, test, "stop")
    planned = make.test_grant(startup=make.startup())
    with pytest.raises(IllegalMove):
        changes.ask(planned, Wish("stop", "x"), side="manager", by=make.test_people.manager, now=make.now)


def test_a_partner_asks_for_no_other_sums(make, people):
    test = make.test_grant("running")
    for kind in ("milestones", "budget"):
        with pytest.raises(IllegalMove):
            ask(make, test, kind, "partner", people.signer)


def test_nobody_speaks_for_two_sides(make, people):
    both = make.staff("challenge_manager")
    make.partner_member(people.partner, person=both)
    test = make.test_grant("running")
    change = ask(make, test)
    changes.agree(change, side="partner", by=both, now=make.now)
    with pytest.raises(SpeaksAlready):
        changes.agree(change, side="manager", by=both, now=make.now)
    changes.agree(change, side="manager", by=people.manager, now=make.now)
    assert queries.fresh(test.id).pivots == 1


def test_a_declined_and_a_withdrawn_change_change_nothing(make, people):
    test = make.test_grant("running")
    change = ask(make, test)
    no = {"why": "Not what we wanted.", "language": "en", "by": people.signer, "now": make.now}
    changes.decline(change, side="partner", **no)
    assert change.status == "declined"
    another = ask(make, test)
    with pytest.raises(IllegalMove):
        changes.withdraw(another, side="partner", by=people.signer, now=make.now)
    changes.withdraw(another, side="startup", by=people.owner, now=make.now)
    assert another.status == "withdrawn" and queries.fresh(test.id).pivots == 0


def amended(make, test, steps):
    change = ask(make, test, "milestones", steps=steps)
    changes.agree(change, side="manager", by=make.test_people.manager, now=make.now)
    return change, planning.write_amendment(test, language="en", by=make.test_people.manager, now=make.now)


def test_new_days_and_sums_count_once_both_sides_have_signed(make, people, problems):
    test = make.test_grant("running")
    make.reach_milestone(test)
    make.pay_milestone(test)
    day = london_today(make.now) + timedelta(days=300)
    steps = [Step("Second", "A page", day, GBP(4_000)), Step("Third", "A film", day, GBP(6_000))]
    change, agreement = amended(make, test, steps)
    assert "A film" in agreement.text and "Milestone 2" not in agreement.text
    agreements.offer(agreement, by=people.manager, now=make.now)
    with pytest.raises(ChangeInSigning):
        make.reach_milestone(test, 2, signed=False)
    assert [each.amount for each in queries.milestones_of(test.id)][1:] == [GBP(5_000)] * 2
    make.sign_test(test)
    assert [each.amount for each in queries.milestones_of(test.id)] == [GBP(5_000), GBP(4_000), GBP(6_000)]
    assert change.status == "done" and problems() == []
    make.reach_milestone(test, 2)
    assert make.pay_milestone(test, 2).amounts.total == GBP(4_000)


def test_a_version_that_is_taken_back_changes_nothing(make, people, problems):
    test = make.test_grant("running")
    change, agreement = amended(make, test, make.steps(parts=2))
    agreements.offer(agreement, by=people.manager, now=make.now)
    agreements.withdraw(agreement, by=people.manager, now=make.now)
    assert change.status == "declined" and len(queries.milestones_of(test.id)) == 3
    assert problems() == []


def test_what_is_being_judged_or_paid_is_not_moved(make):
    test = make.test_grant("running")
    make.reach_milestone(test, signed=False)
    with pytest.raises(SomethingIsHandedIn):
        ask(make, test, "milestones", steps=make.steps())


def test_a_change_of_milestones_is_exactly_what_is_left(make):
    test = make.test_grant("running")
    make.reach_milestone(test)
    with pytest.raises(DoesNotAddUp):
        ask(make, test, "milestones", steps=make.steps())


@pytest.mark.parametrize("side", ["startup", "partner", "manager"])
def test_each_side_can_stop_it_and_grants_decide(make, people, side, problems):
    test = make.test_grant("running")
    make.reach_milestone(test)
    make.pay_milestone(test)
    by = {"startup": people.owner, "partner": people.signer, "manager": people.manager}[side]
    change = ask(make, test, "stop", side, by)
    if side != "manager":
        changes.agree(change, side="manager", by=people.manager, now=make.now)
    assert change.status == "agreed" and queries.fresh(test.id).status == "running"
    make.decide_test(test)
    test = queries.fresh(test.id)
    assert test.status == "stopped" and change.status == "done"
    assert [each.status for each in queries.milestones_of(test.id)] == ["signed_off", "cancelled", "cancelled"]
    assert spending_queries.unspent(test) == GBP(5_000) and test.application.status == "matched"
    assert problems() == []


def test_an_end_that_is_refused_lets_the_test_go_on(make, people):
    test = make.test_grant("running")
    change = ask(make, test, "stop", "manager", people.manager)
    decision = db.session.get_one(Decision, change.decision_id)
    decisions.refuse(decision, reasons="Give them a month.", by=people.approver, now=make.now)
    assert change.status == "declined" and change.answer == "Give them a month."
    assert queries.fresh(test.id).status == "running"


def test_a_test_that_ends_before_anything_was_paid_is_stopped_too(make, problems):
    test = make.test_grant("running")
    ask(make, test)
    make.end_award(test)
    test = queries.fresh(test.id)
    assert test.status == "stopped" and test.award.status == "released"
    assert db.session.scalars(select(Change.status)).one() == "declined"
    assert problems() == []


# What everybody may know.


def test_what_is_published_is_what_was_announced(make, people):
    make.test_grant(upto="decided")
    assert public.grants_public(people.programme.id) == []
    test = make.test_grant("finished", startup=make.startup())
    (row,) = public.grants_public(people.programme.id)
    assert (row.amount, row.paid, row.reached, row.milestones) == (GBP(15_000), GBP(15_000), 3, 3)
    assert row.state == "finished" and row.decisions[0][0].startswith("ADD") and row.test_id == test.id
    assert public.grants_of_challenge(people.challenge.id) == public.grants_of_startup(test.startup_id) == [row]
    steps = public.milestones_public([test.id])[test.id]
    assert [each.status for each in steps] == ["signed_off"] * 3


def test_forbidden_refusals_are_forbidden():
    assert all(issubclass(each, Forbidden) for each in (BothSides, SignedItOff, SpeaksAlready))
