"""What somebody takes away of themselves holds what they did, and no list of anybody; an erased account undoes no match."""

import json

import pytest
import sqlalchemy as sa

from civic.challenge.matching.checks import CHECKS
from civic.challenge.matching.models import Override, Ranking, Run
from civic.challenge.matching.people_data import CARDS
from civic.core.db import db
from civic.privacy.queries import rows_about

pytestmark = pytest.mark.usefixtures("in_request")


def test_nobody_takes_away_whom_others_rank(make):
    made = make.ranked([[0], [0]], [[1, 0]])
    run = make.match_run(made, "published")
    people = {run.made_by_id, run.proposed_by_id, run.published_by_id, made.founder(0).id, made.partner(0).id}
    told = [row for card in CARDS for person in people for row in rows_about(card, person)]
    # Computed, proposed and published; and two lists, each edited and sent by its own side.
    # Computed, proposed and published; and two lists, each edited and sent by its own side.
    assert len(told) == 7
    assert not {"inputs", "result", "why"} & {name for row in told for name in row}
    assert run.inputs_hash not in json.dumps(told, default=str)


def test_without_the_people_who_made_it_a_published_match_still_stands(make):
    run = make.match_run(make.ranked([[0]], [[0]]), "published")
    for model, columns in (
        (Run, ("made_by_id", "proposed_by_id", "published_by_id")),
        (Override, ("proposed_by_id", "decided_by_id")),
        (Ranking, ("edited_by_id", "sent_by_id")),
    ):
        db.session.execute(sa.update(model).values(dict.fromkeys(columns)))
    db.session.expire_all()
    assert run.made_by_id is None and [fault for check in CHECKS for fault in check()] == []
