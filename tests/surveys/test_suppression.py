"""Nobody can be found in a printed table: readers who know the procedure try, on every small table and on thousands of real ones."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import product
from random import Random

import pytest

from civic.surveys.rules.suppression import SMALLEST, Choosing, hidden_in_choices, hidden_in_whole

Table = tuple[int, ...]
NAMES = "abcdefgh"


def printed(table: Table, hidden: Iterable[str]) -> tuple[int | None, ...]:
    held_back = set(hidden)
    return tuple(None if name in held_back else n for name, n in zip(NAMES, table, strict=False))


def named(table: Table) -> dict[str, int]:
    return dict(zip(NAMES, table, strict=False))


def possible_values(tables: Iterable[Table], print_it: Callable[[Table], tuple[int | None, ...]]) -> int:
    """The strongest reader: knows the procedure, makes every table that would be printed alike, and compares them.
    Returns the fewest values that any cell held back may have."""
    alike = defaultdict(list)
    for table in tables:
        alike[print_it(table)].append(table)
    fewest = 10**9
    for seen, candidates in alike.items():
        for place, cell in enumerate(seen[: len(candidates[0])]):
            if cell is None:
                fewest = min(fewest, len({candidate[place] for candidate in candidates}))
    return fewest


@pytest.mark.parametrize(
    ("smallest", "spread", "cells", "most"),
    [(3, 2, 3, 14), (4, 2, 3, 20), (3, 2, 4, 12), (4, 3, 4, 11), (3, 2, 5, 7), (5, 3, 3, 24)],
)
def test_no_small_table_with_a_printed_total_gives_a_cell_away(
    smallest: int, spread: int, cells: int, most: int
) -> None:
    tables = [table for table in product(range(most + 1), repeat=cells) if sum(table) >= smallest]
    seen = lambda table: (*printed(table, hidden_in_whole(named(table), smallest, spread)), sum(table))  # noqa: E731
    assert possible_values(tables, seen) >= 2


@pytest.mark.parametrize(
    ("cells", "alone", "fewest", "most_choices", "most_people"),
    [(3, "", 1, None, 10), (3, "c", 1, None, 10), (3, "", 2, None, 10), (3, "c", 1, 1, 10), (4, "d", 1, 2, 7), (2, "b", 1, None, 12),
     (3, "", 2, 2, 9), (3, "bc", 1, None, 12), (4, "ad", 1, 2, 8)],
)  # fmt: skip
def test_no_small_table_of_choices_gives_a_cell_away(
    cells: int, alone: str, fewest: int, most_choices: int | None, most_people: int
) -> None:
    def is_possible(table: Table, people: int) -> bool:
        counts = named(table)
        others = people - sum(counts[name] for name in alone)
        shared = [n for name, n in counts.items() if name not in alone]
        most = most_choices or len(shared)
        return others >= 0 and all(n <= others for n in shared) and fewest * others <= sum(shared) <= most * others

    for people in range(3, most_people + 1):
        choosing = Choosing(people, frozenset(alone), fewest, most_choices)
        tables = [table for table in product(range(people + 1), repeat=cells) if is_possible(table, people)]
        seen = lambda table: printed(table, hidden_in_choices(named(table), choosing, 3, 2))  # noqa: B023, E731
        assert possible_values(tables, seen) >= 2


def assignments(total: int, cells: int, most: int) -> Iterable[Table]:
    if cells == 1:
        if total <= most:
            yield (total,)
        return
    for first in range(min(total, most) + 1):
        yield from ((first, *rest) for rest in assignments(total - first, cells - 1, most))


def generated(seed: int) -> Table:
    """A table as surveys make them: a few large answers, a tail of small ones."""
    random = Random(seed)
    people = random.choice([12, 25, 40, 80, 150])
    weights = [random.choice([0.01, 0.05, 0.3, 1.0]) * random.random() for _ in range(random.randint(2, 5))]
    counts = [0] * len(weights)
    for _ in range(people):
        counts[random.choices(range(len(weights)), weights)[0]] += 1
    return tuple(counts)


def test_a_reader_who_tries_every_possibility_finds_no_cell_in_thousands_of_generated_tables() -> None:
    hidden_cells = 0
    for seed in range(4000):
        table = generated(seed)
        hidden = hidden_in_whole(named(table))
        if not hidden:
            assert min(table) >= SMALLEST
            continue
        places = [place for place in range(len(table)) if NAMES[place] in hidden]
        held_back = sum(table[place] for place in places)
        if len(places) > 3 or held_back > 160:
            continue  # many unknowns: hidden among even more possibilities
        found: dict[int, set[int]] = {place: set() for place in places}
        for guess in assignments(held_back, len(places), held_back):
            candidate = list(table)
            for place, n in zip(places, guess, strict=True):
                candidate[place] = n
            if hidden_in_whole(named(tuple(candidate))) == hidden:
                for place, n in zip(places, guess, strict=True):
                    found[place].add(n)
        assert all(len(values) >= 2 for values in found.values()), (table, hidden)
        hidden_cells += len(places)
    assert hidden_cells > 3000


def test_hiding_only_the_small_cell_would_have_given_it_away() -> None:
    assert hidden_in_whole({"yes": 93, "no": 7}) == {"yes", "no"}
    assert hidden_in_whole({"yes": 60, "no": 33, "unsure": 7}) == {"no", "unsure"}


def test_two_small_cells_hide_each_other_unless_their_sum_says_it_all() -> None:
    assert hidden_in_whole({"a": 60, "b": 4, "c": 5}) == {"b", "c"}
    assert hidden_in_whole({"a": 60, "b": 30, "c": 0, "d": 1}) == {"b", "c", "d"}
    assert hidden_in_whole({"a": 90, "b": 50, "c": 9, "d": 9}) == {"b", "c", "d"}


def test_a_table_without_small_numbers_is_printed_whole() -> None:
    assert hidden_in_whole({"a": 10, "b": 11, "c": 400}) == frozenset()
    assert hidden_in_choices({"a": 10, "b": 11}, Choosing(20)) == frozenset()


def test_what_stands_alone_does_not_tell_the_only_other_choice() -> None:
    assert hidden_in_choices({"cycle": 5, "none": 45}, Choosing(50, frozenset({"none"}))) == {"cycle", "none"}


def test_a_choice_that_everybody_needs_to_have_made_is_not_worked_out() -> None:
    assert hidden_in_choices({"a": 11, "b": 9}, Choosing(20)) == {"a", "b"}


def test_a_large_table_is_quick() -> None:
    counts = {str(n): 10_000 + n for n in range(400)} | {"small": 3}
    assert len(hidden_in_whole(counts)) <= 4
