"""A year for the tests: seven challenges with partners, and as many applicants as wanted."""

from datetime import timedelta
from typing import Any

from civic.challenge.story.seeding.cast import Applicant, Cast, Days, Year
from civic.core.clock import london_minute, london_today


def a_year(make: Any, *, challenges: int = 7) -> Year:
    """A programme that was announced, with final briefs and people on every side."""
    programme = make.programme(slug="the-year", title="The year")
    made = [make.challenge("final", programme=programme, slug=f"challenge-{number}") for number in range(challenges)]
    partners = {each.partner_id: make.partner_member(each.partner) for each in made}
    cast = Cast(
        manager=make.staff("challenge_manager"), publisher=make.staff("challenge_manager"),
        assessors=[make.staff("assessor") for _ in range(3)], consultee=make.staff("consultee"), approver=make.staff("approver"),
        finance=make.staff("finance_officer"), partners=partners,
    )  # fmt: skip
    make.money_people.give_grade(cast.approver, "director", make.now)
    today = london_today(make.now)

    def day(days: int, clock: str = "10:00") -> Any:
        return london_minute(today + timedelta(days=days), clock)

    days = Days(
        opens=day(1), closes=day(40, "23:59"), shortlist=day(60), ranks_close=day(80, "23:59"), match=day(85), decided=day(95),
        starts=day(110),
    )  # fmt: skip
    return Year(programme=programme, challenges=made, cast=cast, days=days)


def applicants(make: Any, many: int) -> list[Applicant]:
    """So many applicants, the first of each challenge the best."""
    return [
        Applicant(
            name=f"Company {number} Ltd",
            owner=make.member(),
            summary="We bring an evening sitter within a day.",
            title=f"Answer {number}",
            score=5 - min(number // 7, 4),
        )
        for number in range(many)
    ]
