"""A programme from the call to what came of it, as everybody may know it; as many statements whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from civic.challenge.applying.models import Call
from civic.challenge.models import Challenge, Programme
from civic.challenge.story.queries.counting import Counts, call_of, counts_of
from civic.challenge.story.queries.finalists import Finalist, finalists_of
from civic.challenge.story.queries.startups import by_test
from civic.challenge.story.wording import STEP_OF
from civic.challenge.support.queries.outcomes import PublicOutcome, outcomes_public
from civic.challenge.support.rules.choices import OUTCOME_MONTHS
from civic.challenge.testing.queries.public import GrantRow, grants_public
from civic.core.money import Money


@dataclass(frozen=True)
class Line:
    """One challenge of a programme: how many applied for it, and who came on."""

    challenge: Challenge
    counts: Counts
    finalists: tuple[Finalist, ...]

    @property
    def matched(self) -> tuple[Finalist, ...]:
        """Those that test with its partner."""
        return tuple(each for each in self.finalists if each.is_matched)


@dataclass(frozen=True)
class Use:
    """How many of the tests' solutions are in use so many months later, as far as that is published."""

    months: int
    yes: int
    partly: int
    no: int
    unknown: int


@dataclass(frozen=True)
class Story:
    """All of it; without a call only the challenges are known."""

    call: Call | None
    lines: tuple[Line, ...]
    grants: tuple[GrantRow, ...] = ()
    outcomes: tuple[PublicOutcome, ...] = ()

    @property
    def given(self) -> Money:
        """What all tests were given together."""
        return sum((each.amount for each in self.grants), Money(0))

    @property
    def paid(self) -> Money:
        """What of it was paid."""
        return sum((each.paid for each in self.grants), Money(0))

    @property
    def steps(self) -> tuple[int, int]:
        """How many of the agreed milestones were signed off, of how many."""
        return sum(each.reached for each in self.grants), sum(each.milestones for each in self.grants)

    @property
    def told(self) -> tuple[tuple[PublicOutcome, tuple[PublicOutcome, ...]], ...]:
        """What came of each test: one of its answers for who it was, then those that may be told, in order of time."""
        return by_test(self.outcomes)

    @property
    def uses(self) -> tuple[Use, ...]:
        """In use after 6, 12 and 24 months: only times of which at least one answer is public."""
        return tuple(use for months in OUTCOME_MONTHS if (use := self._use(months)) and use.yes + use.partly + use.no)

    def _use(self, months: int) -> Use:
        at = [each.in_use for each in self.outcomes if each.months == months]
        return Use(months, at.count("yes"), at.count("partly"), at.count("no"), at.count(None))

    @property
    def counts(self) -> Counts:
        """All applications of the programme."""
        return sum((each.counts for each in self.lines), Counts())

    @property
    def tells_counts(self) -> bool:
        """Whether numbers are public: as long as applications come in, nobody is told how many compete."""
        return self.call is not None and not self.call.is_sealed

    @property
    def finalists(self) -> tuple[Finalist, ...]:
        """Every finalist, by challenge."""
        return tuple(finalist for line in self.lines for finalist in line.finalists)

    @property
    def step(self) -> int:
        """How far it is, of `STEPS`."""
        return STEP_OF[self.call.status] if self.call is not None else 0

    @property
    def mark(self) -> tuple[object, ...]:
        """What a kept page depends on."""
        call = self.call
        return (
            (call.id, call.version, call.status) if call else (),
            [(line.challenge.id, line.challenge.version, dict(line.counts.by_state)) for line in self.lines],
            self.finalists,
            self.grants,
            self.outcomes,
        )


def story_of(programme: Programme, challenges: Sequence[Challenge]) -> Story:
    """The story of a programme with these challenges."""
    call = call_of(programme.id)
    if call is None or call.status == "draft":
        return Story(None, tuple(Line(each, Counts(), ()) for each in challenges))
    counts = counts_of(call.id)
    finalists = finalists_of(call_id=call.id)
    return Story(
        call,
        tuple(
            Line(
                each,
                counts.get(each.id, Counts()),
                tuple(finalist for finalist in finalists if finalist.challenge_id == each.id),
            )
            for each in challenges
        ),
        tuple(grants_public(programme.id)),
        tuple(outcomes_public(programme.id)),
    )


def challenge_story(challenge: Challenge) -> Line | None:
    """The same of one challenge, for its own page; None where there is no call or it is sealed still."""
    call = call_of(challenge.programme_id)
    if call is None or call.is_sealed:
        return None
    counts = counts_of(call.id).get(challenge.id, Counts())
    return Line(challenge, counts, tuple(finalists_of(challenge_id=challenge.id)))
