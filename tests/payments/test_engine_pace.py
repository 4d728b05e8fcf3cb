"""The pace of asking: 10,000 pledges stay within the provider's rate (docs/proofs.md, P18), and nobody who is busy is pressed."""

from collections import Counter
from heapq import heapify, heapreplace

import pytest

from civic.payments.engine.pace import Breaker, Bucket, Pace, Stopped
from civic.payments.provider import ConfigurationError, RateLimited, Unknown, Waiting

RATE, JOBS = 20.0, 16


class Crowd:
    """Workers with a time of their own each: the one that is furthest back acts next, as threads would."""

    def __init__(self, workers: int, rate: float = RATE):
        self.times = [(0.001 * number, number) for number in range(workers)]
        heapify(self.times)
        self.at = 0.0
        self.pace = Pace(rate, clock=lambda: self.at, sleep=self.sleep)
        self.seen: dict[str, list[float]] = {"create": [], "confirm": []}
        self.limit = 10**9

    def sleep(self, seconds: float) -> None:
        self.at += seconds

    def answer(self, kind: str) -> Waiting:
        """The provider: notes when it was asked, and refuses what is more than its limit in the last second."""
        times = self.seen[kind]
        if sum(each > self.at - 1 for each in times[-60:]) >= self.limit:
            raise RateLimited(1.0)
        times.append(self.at)
        self.at += 0.25  # seconds until it answers
        return Waiting("pi")

    def work(self, pledges: int) -> float:
        """Each pledge is prepared and confirmed; the seconds until the last one was."""
        left = Counter(create=pledges, confirm=0)
        while left.total():
            self.at, number = self.times[0]
            kind = "confirm" if left["confirm"] else "create"
            try:
                self.pace.call(kind, lambda kind=kind: self.answer(kind))
            except RateLimited:
                heapreplace(self.times, (self.at, number))
                continue
            left[kind] -= 1
            left["confirm"] += kind == "create"
            heapreplace(self.times, (self.at, number))
        return max(at for at, _ in self.times)


def most_in_a_second(times: list[float]) -> int:
    """The largest number of calls in any second, wherever it begins."""
    ordered, first, most = sorted(times), 0, 0
    for last, moment in enumerate(ordered):
        while ordered[first] <= moment - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("workers", [1, 8, 40])
def test_ten_thousand_pledges_respect_the_rate_of_each_endpoint(workers):
    crowd = Crowd(workers)
    seconds = crowd.work(10_000)
    assert {kind: len(times) for kind, times in crowd.seen.items()} == {"create": 10_000, "confirm": 10_000}
    for times in crowd.seen.values():
        assert most_in_a_second(times) <= JOBS + 1
    assert seconds >= 10_000 / JOBS - 1
    if workers == 40:  # enough to keep the buckets busy: eleven minutes, and not much more
        assert seconds < 10_000 / JOBS * 1.1


def test_a_provider_that_takes_less_than_we_thought_is_not_pressed_and_nothing_is_lost():
    crowd = Crowd(8)
    crowd.limit = 5
    crowd.work(1000)
    assert len(crowd.seen["confirm"]) == 1000
    assert all(most_in_a_second(times) <= 5 for times in crowd.seen.values())


def test_too_many_halves_the_rate_once_a_second_and_success_brings_it_back():
    now = [100.0]
    bucket = Bucket(16.0, clock=lambda: now[0], sleep=lambda seconds: None)
    for _ in range(8):
        bucket.slow_down()
    assert bucket.rate == 8.0
    for _ in range(20):
        now[0] += 1.1
        bucket.slow_down()
    assert bucket.rate == 1.0
    for _ in range(1000):
        bucket.speed_up()
    assert bucket.rate == 16.0


def test_people_who_save_a_card_have_a_fifth_of_the_rate_to_themselves():
    assert Pace(20.0).bucket("create").top == 16.0


def test_wrong_keys_open_the_circuit_at_once():
    now = [0.0]
    pace = Pace(1000, clock=lambda: now[0], sleep=lambda seconds: None)

    def refused() -> None:
        raise ConfigurationError("no such key")

    with pytest.raises(ConfigurationError):
        pace.call("create", refused)
    with pytest.raises(Stopped):
        pace.call("create", lambda: Waiting("pi"))
    now[0] += 601
    assert pace.call("create", lambda: Waiting("pi")) == Waiting("pi")


def test_five_lost_answers_in_a_row_open_the_circuit_and_each_time_for_longer():
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])
    for seconds in (30, 60, 120, 240, 480, 600, 600):
        for _ in range(5):
            assert not breaker.is_open()
            breaker.lost()
        assert breaker.is_open()
        now[0] += seconds - 0.1
        assert breaker.is_open()
        now[0] += 0.2
    breaker.heard()
    for _ in range(4):
        breaker.lost()
    breaker.heard()
    breaker.lost()
    assert not breaker.is_open()


def test_an_answer_that_is_unknown_counts_as_lost():
    pace = Pace(1000, clock=lambda: 0.0, sleep=lambda seconds: None)
    for _ in range(5):
        assert pace.call("confirm", lambda: Unknown()) == Unknown()
    assert pace.breaker.is_open()
