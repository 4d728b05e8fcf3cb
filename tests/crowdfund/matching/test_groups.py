"""Rings and crowds: every one is found, none twice, and nothing that is not one."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from civic.crowdfund.matching.rules.groups import clusters, rings
from tests.conftest import NOW
from tests.crowdfund.matching.cases import MANY

arrows = st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=18)


@MANY
@given(arrows)
def test_every_ring_is_found_once_and_none_holds_another(found):
    """Against all rings there are, made by trying every row of numbers."""
    ours = list(rings(found))
    every = [ring for length in (2, 3, 4) for ring in rows(length) if closes(ring, found)]
    smallest = [ring for ring in every if not any(set(other) < set(ring) for other in every)]
    assert sorted(ours) == sorted(smallest)


def rows(length):
    if length == 1:
        return [(first,) for first in range(1, 7)]
    return [(*row, each) for row in rows(length - 1) for each in range(row[0] + 1, 7) if each not in row]


def closes(ring, found):
    return all(arrow in found for arrow in zip(ring, (*ring[1:], ring[0]), strict=True))


moments = st.lists(st.integers(0, 60), max_size=14)


@MANY
@given(moments, st.integers(2, 4), st.integers(0, 12))
def test_groups_hold_everything_that_is_close_enough_to_enough_others(hours, least, span):
    told = [(NOW + timedelta(hours=hour), number) for number, hour in enumerate(hours)]
    groups = clusters(told, least, timedelta(hours=span))
    inside = [item for group in groups for item in group]
    assert len(inside) == len(set(inside))
    for moment, number in told:
        starts = [start for start, _ in told if timedelta(0) <= moment - start <= timedelta(hours=span)]
        crowded = any(
            sum(timedelta(0) <= other - start <= timedelta(hours=span) for other, _ in told) >= least
            for start in starts
        )
        assert ((moment, number) in inside) == crowded


def test_groups_that_overlap_are_one_and_others_are_apart():
    told = [(NOW + timedelta(hours=hour), hour) for hour in (0, 1, 2, 3, 10, 11, 12, 20)]
    groups = clusters(told, 3, timedelta(hours=2))
    assert [[hour for _, hour in group] for group in groups] == [[0, 1, 2, 3], [10, 11, 12]]
