"""What happens by itself: the run in its stretches, giving up, looking again, letting go."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from civic.core import jobs
from civic.core.db import db, transaction
from civic.payments import events
from civic.payments import jobs as ours
from civic.payments.actions import charges, setups
from civic.payments.engine import recovery, run
from tests.payments.town import Town


@pytest.fixture
def here(here, in_request) -> Town:
    """The town, with the queue's jobs in it."""
    jobs.bind(in_request)
    return here


def waiting() -> list[str]:
    rows = db.session.execute(sa.text("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"))
    return [row.task_name for row in rows]


def test_what_is_queued_is_taken_by_a_job_of_the_same_transaction(here, run_jobs):
    here.queue(here.card(), here.card())
    assert waiting() == ["payments.run_charges"]
    run_jobs()
    assert here.states() == ["succeeded"] * 2


def test_nothing_queued_is_no_job(here):
    assert charges.queue([], group="campaign:1", now=here.now) == 0
    assert waiting() == []


def test_a_run_that_is_not_done_goes_on_in_a_job_of_its_own(here, monkeypatch, run_jobs):
    here.queue(here.card(), here.card())
    db.session.execute(sa.text("DELETE FROM procrastinate_jobs"))
    monkeypatch.setattr(ours, "SLICE", timedelta(0))
    ours.run_charges()
    assert here.states() == ["queued"] * 2
    assert waiting() == ["payments.run_charges"]


def test_one_process_has_one_run(here, monkeypatch):
    here.queue(here.card())
    seen = []

    def work(**_):
        seen.append("outer")
        ours.run_charges()
        return False

    monkeypatch.setattr(run, "work", work)
    ours.run_charges()
    assert seen == ["outer"]


def test_charges_that_cannot_be_given_up_yet_are_given_up_later(here, run_jobs):
    one, two = here.queue(here.card("insufficient_funds"), here.card("slow"))
    run_jobs()
    with transaction():
        charges.give_up([one.id, two.id], now=here.now)
    db.session.commit()
    ours.give_charges_up(ids=[one.id, two.id])
    assert here.states() == ["cancelled", "processing"]
    left = db.session.scalars(sa.text("SELECT args FROM procrastinate_jobs WHERE scheduled_at IS NOT NULL")).all()
    assert left == [{"ids": [two.id]}]
    here.provider.pay(here.charges()[1].provider_payment_id)
    ours.give_charges_up(ids=[two.id])
    assert here.states() == ["cancelled", "succeeded"]
    here.books_balance()


def test_a_person_who_never_comes_back_from_the_bank_is_looked_after(here, run_jobs):
    here.queue(here.card("ask"))
    run_jobs()
    (charge,) = here.charges()
    assert recovery.start(charge, return_path="/en/pledge") == "https://bank.example"
    assert waiting() == ["payments.look_at_charge"]
    here.provider.pay(charge.provider_payment_id)
    run_jobs()
    assert here.states() == ["succeeded"]
    assert type(here.told[-1]) is events.ChargeSucceeded


def test_cards_are_let_go_by_a_job(here, run_jobs):
    card = here.card()
    with transaction():
        setups.let_go([card.id, card.id], now=here.now)
    run_jobs()
    assert here.provider.detached == [card.provider_id]


@pytest.mark.parametrize("fault", ["limit", "drop_before", "drop_after", "error_after"])
def test_a_person_who_pays_while_the_line_dies_pays_once(here, run_jobs, fault):
    card = here.card(["insufficient_funds", "works"])
    here.queue(card)
    run_jobs()
    here.provider.faults[len(here.provider.writes()) + 1] = fault
    with pytest.raises(recovery.PaymentsUnavailable):
        recovery.start(here.charges()[0], return_path="/en/pledge")
    run_jobs()
    recovery.start(here.charges()[0], return_path="/en/pledge")
    assert here.states() == ["succeeded"]
    assert set(here.provider.charged.values()) == {1}
    here.books_balance()
