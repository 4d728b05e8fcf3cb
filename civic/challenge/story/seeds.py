"""The demo's programmes from call to outcome: the real one of 2018, and an example that has ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete

from civic.accounts.models import User
from civic.challenge.actions import briefs, programmes
from civic.challenge.applying.actions import calls
from civic.challenge.applying.models import ChallengeApplication
from civic.challenge.models import Challenge, Partner, PartnerMember, Programme
from civic.challenge.story import seed_2018
from civic.challenge.story import seed_content as content
from civic.challenge.story.seeding import choosing, testing
from civic.challenge.story.seeding.cast import Applicant, Cast, Days, Year
from civic.challenge.support import seeds as support
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.core.money import Money
from civic.grants.models import Fund

CRITERIA = [("How well it solves the problem", 50), ("Who can use it", 30), ("What it costs to keep", 20)]
YEAR_SLUG = "example-ended"


def plant(cast: Cast, people: Sequence[User], *, now: datetime) -> Iterator[str]:
    """2018, and the example that has ended; in one transaction of the caller's. `people` are members of the demo."""
    money = Money(60_000_000)
    fund = testing.fund(
        cast, **dict(zip(("slug", "title", "summary"), content.FUND, strict=True)), money=money, number="MD2286",
        on=date(2018, 6, 1), source="", now=seed_2018.LAUNCH,
    )  # fmt: skip
    number = seed_2018.plant(cast, fund, people[0])
    yield f"the programme of 2018 from {number} applications to eight grants, as far as sources tell"
    year = _year(cast, people[10:50], now)
    _lived(year, people[10:50], fund, now)
    # Nobody of the demo was written to in those years.
    db.session.execute(delete(OutgoingMessage).where(OutgoingMessage.created_at < now - timedelta(days=60)))
    yield f"an example that has ended: {len(year.applications)} applications, {len(year.matched)} tests, and what came of them"


def _year(cast: Cast, people: Sequence[User], now: datetime) -> Year:
    """Some three years ago: partners, briefs, and people on every side."""
    begins = london_today(now) - timedelta(days=1_150)
    at = london_minute(begins, "10:00")
    programme = programmes.create_programme(
        slug=YEAR_SLUG, year=begins.year, title=content.YEAR_TITLE, summary=content.YEAR_SUMMARY, language="en",
        delivery_partner="Tidewater Labs (example)", budget_minor=12_000_000, decision_number="", is_example=True, by=cast.manager,
        now=at,
    )  # fmt: skip
    programmes.move_programme(programme, "announce", by=cast.manager, now=at)
    partners = {
        slug: programmes.create_partner(
            slug=slug, name=name, kind=kind, brings=brings, language="en", by=cast.manager, now=at
        )
        for slug, name, kind, brings in content.YEAR_PARTNERS
    }
    seats = {
        partner.id: _seat(partner, person, cast, at) for partner, person in zip(partners.values(), people, strict=False)
    }
    made = [_brief(programme, each, partners, cast, at) for each in content.YEAR_CHALLENGES]

    def day(days: int, clock: str = "10:00") -> datetime:
        return london_minute(begins + timedelta(days=days), clock)

    days = Days(
        opens=day(25), closes=day(60, "23:59"), shortlist=day(85), ranks_close=day(100, "23:59"), match=day(105),
        decided=day(120), starts=day(135),
    )  # fmt: skip
    return Year(programme, made, Cast(**(vars(cast) | {"partners": seats})), days)


def _brief(
    programme: Programme, told: tuple[str, str, str, str], partners: dict[str, Partner], cast: Cast, at: datetime
) -> Challenge:
    slug, title, theme, partner = told
    made = briefs.create(
        programme=programme, partner=partners[partner], criteria=CRITERIA, by=cast.manager, now=at, slug=slug, title=title,
        theme=theme, language="en", statement=content.YEAR_STATEMENT[slug],
        success="After the test those who wait say that they wait less, and the partner’s own figures say the same.",
        adoption="The partner buys it from next year’s budget if the test shows it.", pilot_sites="", data_offered="",
    )  # fmt: skip
    briefs.open_for_comment(made, closes_at=at + timedelta(days=15), by=cast.manager, now=at)
    briefs.publish(made, by=cast.publisher, now=at + timedelta(days=16))
    return made


def _seat(partner: Partner, person: User, cast: Cast, at: datetime) -> User:
    seat = PartnerMember(
        partner_id=partner.id, person_id=person.id, title="Head of Innovation", added_by_id=cast.manager.id, added_at=at
    )
    db.session.add(seat)
    db.session.flush()
    return person


def _lived(year: Year, people: Sequence[User], fund: Fund, now: datetime) -> None:
    """From the call to two years after the tests."""
    cast = year.cast
    choosing.open_call(year, grant=Money(1_500_000))
    applicants = [
        Applicant(
            name=f"{name} (example)",
            owner=people[5 + place],
            summary=content.YEAR_OFFER,
            title=f"{name}: how we would do it",
            score=5 - min(place // 6, 4),
        )
        for place, name in enumerate(content.YEAR_APPLICANTS)
    ]
    choosing.apply(year, applicants, at=year.days.opens + timedelta(days=20))
    choosing.judge(year)
    choosing.shortlist(year)
    choosing.match(year, two_places=1)
    for each in testing.grant(year, fund, number="ADD-EXAMPLE"):
        testing.start(year, each)
        testing.reach(year, each)
        testing.finish(year, each)
    _supported(year, people[35:], cast)
    testing.tell_outcomes(year, year.matched, _told(year), until=now - timedelta(days=20))
    ended = now - timedelta(days=30)
    calls.close(year.call, by=cast.manager, now=ended)
    programmes.move_programme(year.programme, "close", by=cast.manager, now=ended)


def _supported(year: Year, people: Sequence[User], cast: Cast) -> None:
    """A mentor with a plan and a session, and the demo day."""
    days, journey = year.days, year.matched[0]
    owner, person = year.owners[journey.startup_id], people[0]
    mentor = support.mentor_in(
        year.programme, person, by=cast.manager, now=days.match, topics=["procurement", "evidence"], minutes=600,
        title="Bought for a health trust until last year", about="I know how a purchase goes wrong, and how it does not.",
    )  # fmt: skip
    support.plan_for(
        journey, needs=["procurement", "pricing"], diagnosis="It sells to families, and has never sold to a public body.",
        goals="A price and a contract that a trust can sign.", by=cast.manager, now=days.decided,
        actions=[("Write down the price for one ward and for six", "startup", days.starts.date() + timedelta(days=30), True)],
    )  # fmt: skip
    support.pair_up(journey, mentor, owner=owner, by=cast.manager, now=days.decided)
    support.meet(
        journey, mentor, person=person, owner=owner, starts_at=days.starts + timedelta(days=20),
        about="What a trust asks before it signs", agreed="A first offer for one ward by the end of the month.",
    )  # fmt: skip
    day = support.PlannedDay(
        starts_at=days.starts + timedelta(days=125, hours=4), hours=3, place="City Hall, Kamal Chunchie Way, London E16 1ZE",
        step_free="Step-free from the street and in every room.", hearing_loop="In the chamber.",
        sign_language="BSL interpreters are there all the time.", capacity=120,
    )  # fmt: skip
    announced = day.starts_at - timedelta(days=40)
    support.demo_day(year.programme, day, year.matched, list(people[1:5]), by=cast.manager, now=announced, held=True)


def _told(year: Year) -> testing.Told:
    """Most are in use in the end, one is not, and of one nobody tells any more."""
    place = {each.id: number for number, each in enumerate(year.matched)}

    def told(application: ChallengeApplication, months: int) -> dict[str, object] | None:
        number = place[application.id]
        if number == 3 and months == 24:
            return None
        use, text, used_by = content.TOLD_NOT if number == 1 else content.TOLD[months]
        contract = 4_800_000 if use == "yes" and months == 24 else None
        return {
            "in_use": use, "used_by": used_by, "contract_minor": contract, "jobs": 3 if use == "yes" else None,
            "investment_minor": None, "text": text, "language": "en",
        }  # fmt: skip

    return told
