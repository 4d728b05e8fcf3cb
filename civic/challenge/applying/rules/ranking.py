"""The last result: what assessors gave on paper, and what was heard in an interview, put together by a published share."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

NEAR_BPS = 300
"""Three points of a hundred: so near to the line that a manager looks twice."""


@dataclass(frozen=True)
class Judged:
    """One application: its results in hundredths of a percent, and (once placed) where it stands."""

    number: int
    title: str
    written: int | None
    heard: int | None = None
    final: int | None = None
    rank: int | None = None
    is_within: bool = False
    is_near: bool = False


def final_of(written: int | None, heard: int | None, weight: int) -> int | None:
    """The last result: with an interview `weight` percent of it count for the interview; half a hundredth is rounded up."""
    if written is None or heard is None:
        return written
    return (written * (100 - weight) + heard * weight + 50) // 100


def placed(found: Iterable[Judged], weight: int, places: int) -> list[Judged]:
    """From the best down: whoever was heard before whoever was not, then by the last result, then by title and number.

    Equal results share a rank. `is_within` are those that `places` reach (all of an equal last result); `is_near` stand on
    either side of the line by at most NEAR_BPS. What has no result yet comes last, without a rank.
    """
    whole = [replace(each, final=final_of(each.written, each.heard, weight)) for each in found]
    ordered = sorted(whole, key=_key)
    ranked: list[Judged] = []
    for place, each in enumerate(ordered, 1):
        if each.final is None:
            ranked.append(each)
            continue
        before = ranked[-1] if ranked else None
        same = before is not None and _result(before) == _result(each)
        ranked.append(replace(each, rank=before.rank if same and before else place))
    within = [each for each in ranked if each.rank is not None and each.rank <= places]
    beyond = [each for each in ranked if each.rank is not None and each.rank > places]
    return [_against(each, within, beyond, places) for each in ranked]


def _against(each: Judged, within: list[Judged], beyond: list[Judged], places: int) -> Judged:
    if each.rank is None or each.final is None:
        return each
    inside = each.rank <= places
    other = (beyond[0] if beyond else None) if inside else (within[-1] if within else None)
    near = other is not None and other.final is not None and abs(other.final - each.final) <= NEAR_BPS
    near = near and other is not None and (other.heard is None) == (each.heard is None)
    return replace(each, is_within=inside, is_near=near)


def _result(each: Judged) -> tuple[bool, int | None]:
    return each.heard is None, each.final


def _key(each: Judged) -> tuple[bool, bool, int, str, int]:
    return each.final is None, each.heard is None, -(each.final or 0), each.title.casefold(), each.number
