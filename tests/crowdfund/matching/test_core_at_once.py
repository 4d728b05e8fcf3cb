"""Many gifts at once to campaigns that share their patrons: nobody waits in a circle, and not a penny over is promised."""

import os
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.core.states import advance
from civic.crowdfund.actions import settlement, totals
from civic.crowdfund.matching.rules.terms import PerBacker, Ratio
from civic.crowdfund.models import Campaign, Pledge
from civic.crowdfund.queries.campaigns import shared_lock
from civic.crowdfund.queries.pledges import pledge_lock
from tests.crowdfund.matching.avenue import Avenue

ROUNDS = int(os.environ.get("MATCH_ROUNDS", "1"))
GIFTS = 8


@pytest.fixture
def avenue(shared, make, demo_subject):
    with shared.test_request_context("/en/", method="POST"):
        shared.preprocess_request()
        made = Avenue(shared, make)
        db.session.commit()
        yield made


def at_once(app: Any, acts: list[Callable[[], None]]) -> list[str]:
    """Every act in a thread and a transaction of its own; what went wrong."""
    together, wrong = Barrier(len(acts)), list[str]()

    def run(act: Callable[[], None]) -> None:
        with app.test_request_context("/en/", method="POST"):
            app.preprocess_request()
            together.wait()
            try:
                with transaction():
                    act()
            except Exception as error:
                wrong.append(f"{type(error).__name__}: {error}")

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def becomes(pledge_id: int, verb: str, now: Any) -> Callable[[], None]:
    """What the acts of campaigns do to a gift: its campaign is held first, then the gift."""

    def act() -> None:
        campaign_id = db.session.get_one(Pledge, pledge_id).campaign_id
        if shared_lock(campaign_id).status != "live":
            return  # the close came first
        pledge = pledge_lock(pledge_id)
        before = totals.sums_of(pledge)
        advance(pledge, verb, by=None, now=now)
        pledge.authorised_at = now if verb == "authorise" else pledge.authorised_at
        pledge.ended_at = now if verb == "cancel" else None
        totals.follow(pledge, before)

    return act


@pytest.mark.parametrize("round", range(ROUNDS))
def test_gifts_changes_and_a_close_at_the_same_moment(avenue, round):
    first, second, third = (avenue.live(target=GBP(500)) for _ in range(3))
    avenue.running(first, second, contributions=(GBP(90), GBP(45)))
    avenue.running(third, second, first, formula=PerBacker(GBP(5), GBP(10)), contributions=(GBP(40),))
    avenue.running(third, formula=Ratio(50), contributions=(GBP(60),))
    goes = [avenue.gift(each, GBP(30)) for each in (first, second, third, second)]
    comes = [
        avenue.make.pledge(
            each, amount=GBP(20), status="awaiting_card", payment_method_id=avenue.make.payment_method().id
        )
        for each in (first, second, third) * (GIFTS // 3 + 1)
    ]
    db.session.commit()
    now, closing = avenue.now, first.id
    at_close = db.session.get_one(Campaign, closing).closes_at + timedelta(seconds=1)
    acts = [becomes(each.id, "cancel", now) for each in goes] + [becomes(each.id, "authorise", now) for each in comes]
    wrong = at_once(avenue.app, [*acts, lambda: settlement.close(closing, at_close)])
    db.session.rollback()
    db.session.expire_all()
    assert wrong == []
    assert avenue.problems() == []
