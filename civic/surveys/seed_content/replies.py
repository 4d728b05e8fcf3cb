"""How made-up Londoners answer the demo's surveys: plausibly, differently by borough, and not always everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from civic.places.boroughs import borough as borough_of
from civic.surveys.actions.bulk import Reply
from civic.surveys.rules.questionnaire import DECLINED, OTHER, Questionnaire
from civic.surveys.seed_content import voices
from civic.surveys.seed_content.londoners import Londoner, londoner, order, pick, point, some

Answering = Callable[[Random, Londoner, date], dict[str, Any]]
SKIPS = 0.05
DECLINES = 0.06
WRITES = 0.18


@dataclass(frozen=True)
class Crowd:
    """Who answers a survey: how, in which languages, on which days, and the share whose borough is known."""

    questionnaire: Questionnaire
    answering: Answering
    first: date
    last: date
    seed: int


def replies(crowd: Crowd, number: int, people: Sequence[tuple[int, str | None]] = ()) -> Iterator[Reply]:
    """So many replies, the same for the same seed; the first ones by `people` (number and borough of an account)."""
    rng = Random(crowd.seed)  # noqa: S311 - example data, which must come out the same every time
    required = {question.key for question in crowd.questionnaire.questions() if question.required}
    days = (crowd.last - crowd.first).days
    for position in range(number):
        account, gss = people[position] if position < len(people) else (None, None)
        person = londoner(rng, crowd.questionnaire.languages, borough_of(gss) if gss else None)
        # Most answer in the first days and again before the end.
        day = crowd.first + timedelta(days=min(days, int(days * rng.betavariate(0.7, 0.9))))
        answers = crowd.answering(rng, person, day)
        kept = {key: value for key, value in answers.items() if key in required or rng.random() > SKIPS}
        if account is None:
            yield _from_outside(rng, person, kept, day)
        else:
            yield Reply(kept, day, person.language, "web", "borough_given" if gss else "email_confirmed", gss, account)


def _from_outside(rng: Random, person: Londoner, answers: Mapping[str, Any], day: date) -> Reply:
    mode = pick(rng, {"web": 95, "paper": 4, "phone": 1})
    level = pick(rng, {"nothing": 34, "email_confirmed": 8, "borough_given": 58}) if mode == "web" else "nothing"
    return Reply(answers, day, person.language, mode, level, person.borough.gss if level == "borough_given" else None)


def heat(rng: Random, who: Londoner, day: date) -> dict[str, Any]:
    """Cooler streets, cleaner air."""
    mood, high = who.mood, who.home == "flat_high"
    suffers = rng.random() < 0.36 + 0.3 * mood.density + 0.12 * high
    home: Any = {OTHER: said(rng, voices.HOMES, who)} if rng.random() < 0.02 else who.home
    noise = 20 * mood.density + 25 * mood.aircraft
    cooling: list[Any] = some(
        rng,
        {"fan": 0.7, "curtains": 0.55, "windows": 0.6, "air_conditioning": 0.08, "went_out": 0.2 + 0.1 * mood.density},
        otherwise="nothing",
    )
    if rng.random() < 0.04 and cooling != ["nothing"]:
        cooling.append({OTHER: said(rng, voices.COOLING, who)})
    answers: dict[str, Any] = about_you(rng, who) | {
        "borough": who.borough.gss,
        "connection": some(rng, {"live": 0.94, "work": 0.55, "study": 0.12, "run_something": 0.05}, otherwise="none"),
        "home_kind": home,
        "too_hot": "yes" if suffers else "no",
        "hot_nights": str(min(92, max(1, int(rng.lognormvariate(2.1 + 0.4 * high, 0.7))))),
        "kept_cool": cooling,
        "windows_at_night": declined(rng) or pick(
            rng, {"yes": 42, "no_noise": noise, "no_safety": 24 - 16 * mood.safety, "no_design": 22 if high else 9}
        ),
        "near_you": {
            row: pick(rng, {"easy": easy, "not_easy": 0.45, "none": 0.9 - easy, "dont_know": 0.12})
            for row, easy in (("shade", 0.75 - 0.4 * mood.density), ("water", 0.2 + 0.15 * mood.density),
                              ("toilets", 0.2), ("cool_space", 0.15 + 0.25 * mood.density))
        },
        "air_today": point(rng, 0.85 - 0.7 * mood.bad_air, 1, 5),
        "air_causes": order(
            rng,
            {"traffic": 1 + mood.density, "building_work": 0.4 + 0.5 * mood.density, "wood_burning": 0.7,
             "aircraft": 0.2 + 1.6 * mood.aircraft},
        ),
        "ulez_change": declined(rng) or pick(
            rng, {"walk_cycle": 14, "public_transport": 16, "new_vehicle": 5 + 14 * (1 - mood.density), "no_change": 58}
        ),
        "new_vehicle_kind": said(rng, voices.VEHICLES, who),
        "priorities": some(
            rng,
            {"trees": 0.55, "water": 0.32, "homes": 0.35 + 0.2 * (who.tenure == "social_rent"), "school_streets": 0.25,
             "cool_spaces": 0.28, "clean_buses": 0.2 + 0.35 * mood.bad_air},
            most=3, otherwise="dont_know",
        ),
        "cool_space_use": point(rng, 0.35 + 0.2 * mood.density + 0.1 * suffers, 0, 10),
    }  # fmt: skip
    if rng.random() < 0.4:
        answers["plans_changed_on"] = (day - timedelta(days=rng.randrange(3, 900))).isoformat()
    if rng.random() < WRITES:
        answers["one_idea"] = said(rng, voices.HEAT_IDEAS, who)
    return answers


def budget(rng: Random, who: Londoner, day: date) -> dict[str, Any]:
    """What should London put first?"""
    mood = who.mood
    wants = {
        "policing": 1.5 - 1.1 * mood.safety,
        "transport": 0.95,
        "homes": 0.75 + 0.6 * (who.tenure in ("private_rent", "social_rent")),
        "clean_air": 0.35 + 0.9 * mood.bad_air,
        "young_people": 0.7 + 0.3 * (who.age == "from_16"),
        "culture": 0.3 + 0.25 * mood.density,
    }
    preferred = order(rng, wants)
    less: Any = pick(rng, {key: 1.7 - want for key, want in wants.items()} | {"dont_know": 1.2})
    if rng.random() < 0.03:
        less = {OTHER: said(rng, voices.SAVINGS, who)}
    answers: dict[str, Any] = about_you(rng, who) | {
        "order": preferred,
        "more_money": in_order(preferred[:2], wants) if rng.random() < 0.95 else ["none"],
        "less_money": declined(rng, 0.02) or less,
        "council_tax": pick(rng, {"rise": 10 + 22 * mood.trust, "rise_prices": 26, "stay": 30, "fall": 17, "dont_know": 8}),
        "satisfied": {
            row: pick(rng, {"happy": happy, "neither": 0.25, "unhappy": 0.95 - happy, "dont_know": 0.07})
            for row, happy in (("police", 0.15 + 0.5 * mood.safety), ("fire", 0.75), ("buses", 0.4 + 0.25 * mood.density),
                               ("tube", 0.35 + 0.3 * mood.density), ("parks", 0.8 - 0.2 * mood.density))
        },
        "travel": who.travel,
        "fares": pick(rng, {"price": 42, "often": 22 + 18 * (1 - mood.density), "step_free": 9 + 16 * (who.age == "from_65"), "night": 12}),
        "leave_car": pick(rng, {"buses": 30, "lanes": 14, "fares": 16, "nothing": 38}),
        "answered_before": "yes" if rng.random() < 0.22 else "no",
        "heard": point(rng, 0.15 + 0.5 * mood.trust, 0, 10),
        "borough": who.borough.gss,
        "tenure": declined(rng) or who.tenure,
    }  # fmt: skip
    if rng.random() < WRITES:
        answers["message"] = said(rng, voices.BUDGET_MESSAGES, who)
    return answers


def safety(rng: Random, who: Londoner, day: date) -> dict[str, Any]:
    """Feeling safe where you live."""
    mood = who.mood
    sex = pick(rng, {"female": 53, "male": 44, DECLINED: 3})
    reasons: list[Any] = some(
        rng,
        {"lighting": 0.45, "groups": 0.4, "drugs": 0.3 + 0.2 * mood.density,
         "harassment": 0.45 if sex == "female" else 0.15, "empty": 0.35},
    ) or [{OTHER: said(rng, voices.FEARS, who)}]  # fmt: skip
    why: Any = pick(rng, {"reported": 50, "help": 28, "stopped": 22 if who.age in ("from_16", "from_25") else 7})
    if rng.random() < 0.05:
        why = {OTHER: said(rng, voices.CONTACTS, who)}
    answers: dict[str, Any] = about_you(rng, who) | {
        "borough": who.borough.gss,
        "safe_by_day": point(rng, 0.6 + 0.35 * mood.safety, 1, 5),
        "safe_after_dark": point(rng, 0.25 + 0.5 * mood.safety - 0.12 * (sex == "female"), 1, 5),
        "why_unsafe": [DECLINED] if rng.random() < DECLINES else reasons,
        "contact": "yes" if rng.random() < 0.24 else "no",
        "contact_why": declined(rng) or why,
        "fairly_treated": point(rng, 0.3 + 0.4 * mood.trust, 1, 5),
        "agree": {
            row: pick(rng, {"agree": agree, "neither": 0.3, "disagree": 1 - agree})
            for row, agree in (("seen", 0.25 + 0.2 * mood.density), ("known", 0.12), ("relied", 0.2 + 0.4 * mood.safety))
        },
        "sex": sex,
    }  # fmt: skip
    if rng.random() < WRITES:
        answers["better"] = said(rng, voices.SAFETY_WISHES, who)
    return answers


def about_you(rng: Random, who: Londoner) -> dict[str, Any]:
    """The answers about the person; some would rather not say."""
    older = who.age in ("from_50", "from_65")
    return {
        "age": declined(rng) or who.age,
        "health": declined(rng) or ("yes" if rng.random() < (0.34 if older else 0.15) else "no"),
        "health_effect": declined(rng, 0.03) or pick(rng, {"a_lot": 34, "a_little": 46, "not_at_all": 20}),
    }


def declined(rng: Random, chance: float = DECLINES) -> str | None:
    """“Prefer not to say”, now and then."""
    return DECLINED if rng.random() < chance else None


def said(rng: Random, texts: Mapping[str, Sequence[str]], who: Londoner) -> str:
    """Something in the person's language."""
    return rng.choice(texts[who.language])


def in_order(chosen: Sequence[str], options: Mapping[str, Any]) -> list[str]:
    """Choices in the order in which they are offered, as a form sends them."""
    return [key for key in options if key in chosen]
