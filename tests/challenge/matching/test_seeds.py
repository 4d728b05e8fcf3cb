"""The demo's functions give what the same acts of people give."""

from datetime import timedelta

import pytest

from civic.challenge.matching import seeds
from civic.challenge.matching.checks import CHECKS
from civic.core.db import db

pytestmark = pytest.mark.usefixtures("in_request")


def test_a_match_of_the_demo_is_computed_from_what_both_sides_rank(make, now):
    made = make.shortlist(2, 2)
    (one, other), (care, bus) = made.startups, made.challenges
    manager, publisher = make.staff("challenge_manager"), make.staff("approver")
    seeds.take(made.call, {care: 1, bus: 2}, by=manager, now=now, minimum=1)
    seeds.rank(made.call, {one: [care, bus], other: [care]}, {care: [other, one], bus: [one]}, now=now)
    run = seeds.publish(made.call, manager=manager, publisher=publisher, now=made.call.ranks_close_at)
    db.session.expire_all()
    assert run.published_at == made.call.ranks_close_at + timedelta(hours=3)
    assert [made.of(0, 1).status, made.of(1, 0).status, made.of(0, 0).status] == ["matched", "matched", "unmatched"]
    assert [fault for check in CHECKS for fault in check()] == []
