"""Writing a campaign in steps: what each step still needs before the campaign can be sent to be checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from civic.core.money import Money
from civic.crowdfund.rules.campaigns import LARGE_COST, Budget, deadline_problem

# In the order in which people think of them, under the headings of the task list.
GROUPS: dict[str, tuple[str, ...]] = {
    "idea": ("idea", "impact", "story", "pictures", "film", "place", "team"),
    "money": ("costs", "funding", "outcomes", "deadline", "gift_aid"),
    "plan": ("milestones", "permissions", "risks"),
}
STEPS = tuple(step for steps in GROUPS.values() for step in steps)
# Nobody has to do these.
OPTIONAL = frozenset({"pictures", "film", "funding", "gift_aid"})


@dataclass(frozen=True)
class Cost:
    """One cost, as far as the steps look at it."""

    id: int
    amount: Money
    quotes: int


@dataclass(frozen=True)
class Written:
    """Everything that stands in a draft, as far as the steps look at it."""

    texts: dict[str, str]
    impacts: tuple[str, ...]
    borough: str | None
    place_kind: str
    closes_at: datetime | None
    budget: Budget
    costs: tuple[Cost, ...]
    unproved: int  # money and gifts without evidence
    fundings: int
    milestones: int
    pictures: int
    has_film: bool
    is_charity: bool
    claims_gift_aid: bool


@dataclass(frozen=True)
class Gap:
    """What a step lacks; advice does not stand in the way."""

    step: str
    code: str
    is_advice: bool = False


def steps_for(written: Written) -> Iterator[str]:
    """The steps of this campaign: Gift Aid is for charities."""
    return (step for step in STEPS if step != "gift_aid" or written.is_charity)


def gaps(written: Written, now: datetime, *, min_days: int, max_days: int) -> list[Gap]:
    """Everything that is still missing or advised, in the order of the steps."""
    found = [*_missing_texts(written), *_missing_things(written)]
    if problem := deadline_problem(written.closes_at, now, min_days=min_days, max_days=max_days):
        found.append(Gap("deadline", f"deadline_{problem}"))
    return sorted([*found, *_advice(written)], key=lambda gap: STEPS.index(gap.step))


def stands_in_the_way(found: list[Gap]) -> list[Gap]:
    """Those without which nothing can be sent."""
    return [gap for gap in found if not gap.is_advice]


def state_of(step: str, written: Written, found: list[Gap]) -> str:
    """ "missing", "advice", "optional" (nothing there, nothing needed) or "done"."""
    mine = [gap for gap in found if gap.step == step]
    if stands_in_the_way(mine):
        return "missing" if _has_begun(step, written) else "empty"
    if step in OPTIONAL and not _has_begun(step, written):
        return "optional"
    return "advice" if mine else "done"


TEXTS = {
    "title": "idea",
    "summary": "idea",
    "kind": "idea",
    "story": "story",
    "team": "team",
    "too_much": "outcomes",
    "too_little": "outcomes",
    "permissions": "permissions",
    "risks": "risks",
}


def _missing_texts(written: Written) -> Iterator[Gap]:
    return (Gap(step, field) for field, step in TEXTS.items() if not written.texts[field])


def _missing_things(written: Written) -> Iterator[Gap]:
    if not written.impacts:
        yield Gap("impact", "impacts")
    if not written.borough:
        yield Gap("place", "borough")
    if written.place_kind != "borough" and not written.texts["place"]:
        yield Gap("place", "place")
    if not written.costs:
        yield Gap("costs", "costs")
    elif not written.budget.needed:
        yield Gap("funding", "nothing_needed")
    if written.unproved:
        yield Gap("funding", "unproved")
    if not written.milestones:
        yield Gap("milestones", "milestones")


def _advice(written: Written) -> Iterator[Gap]:
    if not written.pictures:
        yield Gap("pictures", "no_picture", is_advice=True)
    if any(cost.quotes == 0 for cost in written.costs):
        yield Gap("costs", "no_quote", is_advice=True)
    if any(cost.amount >= LARGE_COST and cost.quotes == 1 for cost in written.costs):
        yield Gap("costs", "one_quote", is_advice=True)


def _has_begun(step: str, written: Written) -> bool:
    if step == "idea":
        return bool(written.texts["summary"] or written.texts["kind"])
    things = {
        "impact": written.impacts,
        "pictures": written.pictures,
        "film": written.has_film,
        "place": written.borough,
        "costs": written.costs,
        "funding": written.fundings,
        "deadline": written.closes_at,
        "milestones": written.milestones,
        "gift_aid": written.claims_gift_aid,
    }
    if step in things:
        return bool(things[step])
    return any(written.texts[field] for field, of in TEXTS.items() if of == step)
