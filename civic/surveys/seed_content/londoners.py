"""Made-up Londoners: spread over the boroughs as the census counted them, and different from borough to borough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from civic.places.boroughs import BOROUGHS, Borough

_POPULATION = [borough.population_2021 for borough in BOROUGHS]
# Where many people speak the language at home: a plausible spread, not a statistic.
_POLISH = {"Ealing", "Hounslow", "Brent", "Barnet", "Haringey", "Merton"}
_ARABIC = {"Westminster", "Kensington and Chelsea", "Brent", "Ealing", "Camden"}
_UNDER_FLIGHT_PATHS = {"Hounslow", "Hillingdon", "Richmond upon Thames", "Ealing", "Wandsworth"}
_AGES = {"from_16": 8, "from_25": 21, "from_35": 32, "from_50": 23, "from_65": 16}


@dataclass(frozen=True, slots=True)
class Mood:
    """How a borough differs from the others, each from 0 to 1."""

    density: float
    bad_air: float
    safety: float
    trust: float
    aircraft: float


@dataclass(frozen=True, slots=True)
class Londoner:
    """One made-up person."""

    borough: Borough
    mood: Mood
    age: str
    language: str
    home: str
    tenure: str
    travel: str


@cache
def mood_of(borough: Borough) -> Mood:
    """A borough's mood: inner London is denser, and each borough has a twist that is always the same."""
    twist = Random(borough.gss)  # noqa: S311 - example data
    inner = borough.area == "Inner"
    return Mood(
        density=(0.62 if inner else 0.2) + 0.3 * twist.random(),
        bad_air=(0.5 if inner else 0.2) + 0.3 * twist.random(),
        safety=0.35 + 0.5 * twist.random(),
        trust=0.25 + 0.5 * twist.random(),
        aircraft=0.8 if borough.name in _UNDER_FLIGHT_PATHS else 0.1,
    )


def londoner(rng: Random, languages: tuple[str, ...], borough: Borough | None = None) -> Londoner:
    """Somebody who might answer, in one of the survey's languages; from any borough where none is given."""
    borough = borough or rng.choices(BOROUGHS, _POPULATION)[0]
    mood = mood_of(borough)
    age = pick(rng, _AGES)
    young = age in ("from_16", "from_25")
    private = 30 * (2 if young else 0.8)
    tenure = pick(
        rng,
        {
            "owns": 20 if young else 55,
            "social_rent": 12 + 22 * mood.density,
            "private_rent": private,
            "something_else": 4,
        },
    )
    high, low = 26 * mood.density, 34 * mood.density + 10
    home = pick(
        rng, {"house": 60 * (1.15 - mood.density), "flat_low": low, "flat_high": high, "shared": 9 if young else 3}
    )
    drives = 34 * (1.1 - mood.density)
    travel = pick(rng, {"bus": 27, "train": 33, "walk": 14, "cycle": 6 + 8 * mood.density, "car": drives})
    return Londoner(borough, mood, age, _language(rng, borough, languages), home, tenure, travel)


def pick(rng: Random, weights: Mapping[str, float]) -> str:
    """One key, as likely as its weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def some(rng: Random, chances: Mapping[str, float], most: int | None = None, otherwise: str | None = None) -> list[str]:
    """Every key by its own chance, in the order given, at most so many; `otherwise` where none came up."""
    found = [key for key, chance in chances.items() if rng.random() < chance]
    if most is not None and len(found) > most:
        keep = set(rng.sample(found, most))
        found = [key for key in found if key in keep]
    return found or ([otherwise] if otherwise else [])


def order(rng: Random, weights: Mapping[str, float]) -> list[str]:
    """All keys in an order of preference: heavier ones tend to come first."""
    return sorted(weights, key=lambda key: -weights[key] * rng.random())


def point(rng: Random, lean: float, low: int, high: int) -> int:
    """A point of a scale near `lean` (0 for the lowest, 1 for the highest), with people spread around it."""
    return max(low, min(high, round(rng.gauss(low + lean * (high - low), (high - low) / 4.5))))


def _language(rng: Random, borough: Borough, languages: tuple[str, ...]) -> str:
    weights = {
        "en": 90.0,
        "pl": 13.0 if borough.name in _POLISH else 4.0,
        "ar": 10.0 if borough.name in _ARABIC else 2.0,
    }
    return pick(rng, {language: weights[language] for language in languages})
