"""The steps of which example data are made: one test to the end with a pivot on the way, and one that is stopped."""

from datetime import date, timedelta

import pytest

from civic.challenge.testing import seeds
from civic.challenge.testing.actions.subsidy import Declared
from civic.challenge.testing.queries import public
from civic.challenge.testing.queries import tests as queries
from civic.challenge.testing.rules.plans import Line, Step
from civic.core.clock import london_today
from civic.core.money import GBP
from civic.grants.actions.funds import Given

pytestmark = pytest.mark.usefixtures("in_request")


def test_a_year_can_be_told_step_by_step(make, problems):
    people, now = make.test_people, make.now
    desk = seeds.TestDesk(people.manager, people.consultee, people.approver, people.finance)
    pair = seeds.Pair(people.owner, people.signer, "Ada Okafor")
    given = Given("revenue", GBP(250_000), "MD2286", date(2018, 6, 1), "https://example.org/md2286")
    seeds.fund(people.programme, "Civic Innovation Challenge", "Tests of £15,000.", GBP(120_000), given, desk, now=now)
    today = london_today(now)
    steps = [Step(f"Step {n}", "A page.", today + timedelta(days=30 * n), GBP(7_500)) for n in (1, 2)]
    lines = [Line("people", "Developers", GBP(10_000)), Line("users", "Carers", GBP(5_000))]
    made = []
    for startup in (people.startup, make.startup(owner=people.owner)):
        test = seeds.offer(make.matched_application(startup), make.test_terms(), desk, now=now)
        seeds.declare(test, [Declared(today, "Innovate UK", GBP(20_000))], pair, now=now)
        seeds.plan(test, steps, lines, pair, now=now)
        seeds.decide(test, f"ADD{2301 + len(made)}", desk, now=now)
        seeds.agree(test, pair, desk, now=now)
        seeds.hand_in(test, 1, "It runs.", pair, now=now)
        seeds.sign_off(test, 1, "We saw it.", pair, now=now)
        seeds.pay(test, 1, desk, now=now)
        made.append(test)
    first, second = made
    seeds.pivot(first, "A telephone line", "Nobody used the app.", pair, desk, now=now)
    seeds.hand_in(first, 2, "It is used.", pair, now=now)
    seeds.sign_off(first, 2, "Yes.", pair, now=now)
    seeds.pay(first, 2, desk, now=now)
    for _ in range(2):
        seeds.report(first, "Built.", {"Developers": GBP(10_000), "Carers": GBP(5_000)}, pair, desk, now=now)
    seeds.finish(first, "Forty carers rest on Thursdays.", desk, now=now)
    seeds.stop(second, "The day centre closed.", "ADD2310", desk, now=now)
    assert [queries.fresh(each.id).status for each in made] == ["finished", "stopped"]
    rows = {row.test_id: row for row in public.grants_public(people.programme.id)}
    assert rows[first.id].pivots == 1 and rows[first.id].paid == GBP(15_000) and rows[second.id].paid == GBP(7_500)
    assert public.pivots_public([first.id])[first.id][0][0] == "A telephone line"
    assert problems() == []
