"""The Mayor's pledge where words grow long or run from right to left: the staff pages of each step on a screen of 320 pixels."""

from collections.abc import Iterator

import pytest

from civic.assessment import queries as assessment
from civic.core.db import db, transaction
from civic.crowdfund.rounds.actions import judging
from civic.grants.proposing import Terms
from civic.grants.rules.amounts import Amounts
from tests.crowdfund.rounds.town import again
from tests.journeys.hall import OTHERS, Hall, hall, look
from tests.support import seen

pytestmark = pytest.mark.browser


@pytest.fixture
def here(shared, app, address, make, now, browse, monkeypatch) -> Iterator[Hall]:
    with hall(app, address, make, now, browse, monkeypatch) as made:
        yield made


@pytest.fixture
def paths(here) -> list[str]:
    """A round after its deadline: one application recommended, one still with the assessors."""
    with here.speaking():
        here.town.seat()
        db.session.commit()
    waiting, mine = here.applied(here.campaign_of(*OTHERS), capital=30_000_00), here.applied()
    here.after_the_deadline()
    with here.speaking(), transaction():
        here.town.assess(mine, 5, 2)
        terms = Terms(Amounts.of(8_000_00, 0), "Ranked first.", "Planning permission for the roof.")
        decision = judging.recommend(again(mine), terms, by=here.town.officer, now=here.town.now)
    panel = assessment.panel_of(here.round.name)
    rounds = f"rounds/{here.round.slug}"
    return [
        rounds,
        f"{rounds}/ranking",
        f"rounds/applications/{waiting.id}",
        f"rounds/applications/{waiting.id}/recommendation",
        f"assessment/panels/{panel.id}",
        f"grants/decisions/{decision.id}",
    ]


@pytest.mark.parametrize("language", ["ar", "xx"])
def test_the_pages_of_staff_in_other_languages_on_a_narrow_screen(here, paths, language):
    odette = here.comes(here.town.officer, narrow=True)
    for path in paths:
        odette.visit(f"/{language}/staff/{path}")
        look(odette, f"{language}-{path.replace('/', '-')}", seen.reflow_faults)
