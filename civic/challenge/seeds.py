"""The demo's challenge, made by the same actions that people use: the real programme of 2018, and an example of today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from civic.accounts.models import User
from civic.challenge import seed_content as content
from civic.challenge.actions import briefs, deciding, problems, programmes, remarks
from civic.challenge.models import Challenge, Partner, Problem, Programme
from civic.challenge.queries.programmes import programme_by_slug
from civic.core.clock import london_minute, london_today
from civic.core.db import db

SLUG_2018, SLUG_NOW = "2018", "example"
OFFICE = "Head of Civic Innovation"
LAUNCH_2018 = datetime(2018, 6, 11, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """Who runs the demo's challenge, and who publishes what they wrote."""

    manager: User
    publisher: User


def is_planted() -> bool:
    """Whether the demo's challenge is there."""
    return programme_by_slug(SLUG_2018) is not None


def plant(desk: Desk, members: Sequence[int], *, now: datetime) -> Iterator[str]:
    """The programme of 2018, then today's with its briefs and the problems behind them; in one transaction of the caller's."""
    _year_2018(desk.manager, now)
    yield f"the Civic Innovation Challenge of 2018 with {len(content.CHALLENGES_2018)} real challenges"
    people = [db.session.get_one(User, number) for number in members[:90]]
    made = _problems(people, now)
    carers, damp = _briefs(desk, people, now)
    for planned, problem in zip(content.PROBLEMS, made, strict=True):
        challenge = carers if "Carers" in planned.title else damp
        _decide(planned, problem, made, challenge, desk.manager, now)
    yield f"{len(made)} problems in every state, a brief that is open for comment and one that is final"


def _year_2018(by: User, now: datetime) -> None:
    programme = programmes.create_programme(
        slug=SLUG_2018, year=2018, title="Civic Innovation Challenge 2018", language="en", delivery_partner="",
        summary="The first year: seven challenges of London’s organisations, eight winners with £15,000 each, and a test with a partner. "
        "Names, sums and partners are real as far as sources tell; applicants without a name, the deadline’s day and who signed "
        "are examples, and one line stands for the winner whose name was not found.",
        budget_minor=25_000_000, decision_number="MD2286", is_example=False, by=by, now=now,
    )  # fmt: skip
    for verb in ("announce", "close"):
        programmes.move_programme(programme, verb, by=by, now=now)
    for kind, title, value, source in content.FACTS_2018:
        programmes.add_fact(programme, kind=kind, title=title, value=value, source=source, by=by, now=now)
    partners = {
        slug: _partner(slug, name, kind, content.BRINGS_2018, by, now) for slug, name, kind in content.PARTNERS_2018
    }
    for title, slug, theme, partner, finalists, winner in content.CHALLENGES_2018:
        briefs.record(
            programme=programme, partner=partners.get(partner), published_at=LAUNCH_2018, by=by, now=now, slug=slug,
            theme=theme, title=title, language="en",
            statement=content.STATEMENT_2018.format(finalists=finalists, winner=winner),
        )  # fmt: skip


def _partner(slug: str, name: str, kind: str, brings: str, by: User, now: datetime) -> Partner:
    return programmes.create_partner(slug=slug, name=name, kind=kind, brings=brings, language="en", by=by, now=now)


def _problems(people: Sequence[User], now: datetime) -> list[Problem]:
    """Each by somebody of its own, supported by those who come after."""
    made = []
    for number, planned in enumerate(content.PROBLEMS):
        author, at = people[number], now - timedelta(days=planned.days)
        problem = problems.propose(
            title=planned.title, text=planned.text, for_whom=planned.for_whom, borough=planned.borough, theme=planned.theme,
            language=planned.language, by=author, now=at,
        )  # fmt: skip
        others = [each for each in people if each.id != author.id]
        start = number * 7
        for each in (others[start:] + others[:start])[: planned.supports]:
            problems.support(problem, by=each, now=at + timedelta(hours=5))
        made.append(problem)
    return made


def _decide(
    planned: content.Planned, problem: Problem, made: list[Problem], challenge: Challenge, by: User, now: datetime
) -> None:
    at = now - timedelta(days=3)
    said = {"reason": planned.reason, "language": "en", "as_role": OFFICE}
    if planned.verb == "merge":
        # Before what it is merged into is taken up.
        return
    if planned.verb == "take_up":
        place = made.index(problem)
        for other, each in zip(content.PROBLEMS, made, strict=True):
            if other.verb == "merge" and other.into == place:
                deciding.merge(each, problem, reason=other.reason, language="en", as_role=OFFICE, by=by, now=at)
    if planned.verb:
        deciding.decide(problem, planned.verb, challenge=challenge, by=by, now=at, **said)


def _briefs(desk: Desk, people: Sequence[User], now: datetime) -> tuple[Challenge, Challenge]:
    """One brief that is final, and one that is open for comment and was changed because of one."""
    by, begun = desk.manager, now - timedelta(days=30)
    programme = programmes.create_programme(
        slug=SLUG_NOW, year=now.year, title="An example of today’s programme", language="en", delivery_partner="Tidewater Labs (example)",
        summary="Two challenges that began with problems of residents. Everything in it is made up, to show how it works.",
        budget_minor=18_000_000, decision_number="", is_example=True, by=by, now=begun,
    )  # fmt: skip
    programmes.move_programme(programme, "announce", by=by, now=begun)
    partners = {
        slug: _partner(slug, name, kind, brings, by, begun) for slug, name, kind, brings in content.PARTNERS_NOW
    }
    carers = _brief(content.EVENING, programme, partners, by, begun)
    briefs.open_for_comment(carers, closes_at=now - timedelta(days=6), by=by, now=begun)
    briefs.publish(carers, by=desk.publisher, now=now - timedelta(days=5))
    damp = _brief(content.DAMP, programme, partners, by, begun)
    briefs.open_for_comment(
        damp,
        closes_at=london_minute(london_today(now) + timedelta(days=16), "23:59"),
        by=by,
        now=now - timedelta(days=9),
    )
    _talk(damp, people, by, now)
    return carers, damp


def _brief(
    planned: content.PlannedBrief, programme: Programme, partners: dict[str, Partner], by: User, at: datetime
) -> Challenge:
    texts = {name: getattr(planned, name) for name in (*briefs.TEXTS, "slug", "theme")}
    return briefs.create(
        programme=programme, partner=partners[planned.partner], criteria=planned.criteria, by=by, now=at, language="en", **texts
    )  # fmt: skip


def _talk(damp: Challenge, people: Sequence[User], by: User, now: datetime) -> None:
    said = [
        remarks.remark(damp, text=text, language=language, by=people[20 + n], now=now - timedelta(days=8 - n))
        for n, (text, language, _answer, _result) in enumerate(content.REMARKS_DAMP)
    ]
    at = now - timedelta(days=4)
    texts = {name: getattr(damp, name) for name in (*briefs.TEXTS, "slug", "theme", "language")}
    assert damp.partner is not None
    briefs.change(
        damp, programme=damp.programme, partner=damp.partner, criteria=list(content.DAMP.criteria), by=by, now=at,
        what_changed=content.WHAT_CHANGED, **(texts | {"adoption": content.DAMP_ADOPTION}),
    )  # fmt: skip
    for made, (_text, _language, answer, result) in zip(said, content.REMARKS_DAMP, strict=True):
        if answer:
            remarks.answer(made, result=result, text=answer, language="en", as_role=OFFICE, by=by, now=at)
