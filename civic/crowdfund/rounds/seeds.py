"""The demo's rounds of today: one in the middle of being decided, with work for everybody, and one that takes ideas. Made up."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from civic.accounts.models import Organisation, OrganisationMember, User
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds import seed_judging
from civic.crowdfund.rounds.actions import applying, judging, rounds
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries.rounds import round_by_id
from civic.crowdfund.seed_content import rounds as content
from civic.grants import seeds as grants
from civic.grants.actions import awards, funds
from civic.grants.actions.agreements import Signer
from civic.grants.actions.instalments import Planned
from civic.grants.models import Award, Fund
from civic.grants.proposing import Terms
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import Amounts
from civic.grants.seeds import Desk, at

MINUTES = (
    "expressions_open_at",
    "expressions_close_at",
    "applications_open_at",
    "applications_close_at",
    "campaigns_live_by",
    "targets_by",
)
"""Dates of a round that end at a minute; the others are days."""


def plant(fund: Fund, desk: Desk, *, now: datetime) -> None:
    """A round in the middle of being decided, with work for everybody, and one that takes expressions of interest."""
    today = london_today(now)
    grants.give(
        fund,
        content.BUDGET,
        "MD2605",
        date(2020, 3, 10),
        desk,
        source="london.gov.uk/decisions/md2605",
        now=at(today - timedelta(days=80)),
    )
    autumn = _round(content.AUTUMN, fund, desk, today)
    _applications(autumn, now)
    seed_judging.autumn(autumn, desk, now=now)
    _decided(autumn, desk, now)
    _expressions(_round(content.WINTER, fund, desk, today), desk, now)


def _round(told: content.Today, fund: Fund, desk: Desk, today: date) -> Round:
    """A round as it was written and opened, its dates counted from today."""
    opened = at(today + timedelta(days=told.dates["applications_open_at"] - 1))
    made = rounds.make(fund, slug=told.slug, title=told.title, language="en", by=desk.officer, now=opened)
    days = {name: today + timedelta(days=days) for name, days in told.dates.items()}
    facts: dict[str, Any] = {name: london_minute(day) if name in MINUTES else day for name, day in days.items()}
    with_ideas = "expressions_close_at" in told.dates
    said = {"theme": told.theme, "note": content.MADE_UP, "conditions": content.CONDITION}
    facts["needs_expression"] = with_ideas
    rounds.tell(made, facts | said, by=desk.officer, now=opened)
    tiers = rounds.set_tiers(made, content.TIERS)
    rounds.set_conditions(made, content.CONDITIONS, tiers)
    rounds.set_questions(made, [each for each in content.QUESTIONS if with_ideas or each.stage == "application"])
    seed_judging.criteria(made, content.CRITERIA, desk, now=opened)
    pot = pot_by_owner(made.name)
    assert pot is not None
    funds.allot(pot, told.money, why="For this round.", by=desk.officer, now=opened)
    rounds.open(made, by=desk.officer, now=opened)
    return made


def _expressions(made: Round, desk: Desk, now: datetime) -> None:
    for number, (name, title, borough, answers, feedback) in enumerate(content.EXPRESSIONS):
        organisation = db.session.scalars(select(Organisation).where(Organisation.name == name)).first()
        assert organisation is not None, name
        owner = _runner(organisation.id)
        sent = now - timedelta(days=4 - number, hours=3)
        begun = applying.express(made, organisation=organisation, title=title, language="en", by=owner, now=sent)
        begun.summary, begun.borough, begun.answers = answers["idea"], borough, answers
        applying.submit_expression(begun, by=owner, now=sent)
        if feedback:
            judging.answer_expression(
                begun,
                is_encouraged=True,
                feedback=feedback,
                language="en",
                by=desk.officer,
                now=now - timedelta(days=2),
            )


def _runner(organisation_id: int) -> User:
    """One who runs an organisation."""
    mine = select(User).join(OrganisationMember, OrganisationMember.user_id == User.id)
    mine = mine.where(OrganisationMember.organisation_id == organisation_id).order_by(OrganisationMember.id).limit(1)
    return db.session.scalars(mine).one()


def _applications(made: Round, now: datetime) -> None:
    """Everybody applied a day before the deadline: all whose campaign or organisation the demo has."""
    assert made.applications_close_at is not None
    sent = made.applications_close_at - timedelta(hours=20)
    campaigns = {each.slug: each for each in db.session.scalars(select(Campaign).where(Campaign.imported_from == ""))}
    bodies = {each.name: each for each in db.session.scalars(select(Organisation))}
    for asked in content.APPLICATIONS:
        whole, campaign, body = round_by_id(made.id), campaigns.get(asked.campaign), bodies.get(asked.organisation)
        assert whole is not None
        runs = campaign.organisation_id if campaign else body.id if body else None
        if runs is None:
            continue
        owner = _runner(runs)
        about: dict[str, Any] = {"campaign": campaign, "organisation": body, "title": asked.title, "language": "en"}
        begun = applying.apply(whole, **about, by=owner, now=sent)
        begun.tier_id = whole.tiers[1 if campaign else 0].id
        begun.capital_minor, begun.revenue_minor = asked.ask.capital.minor, asked.ask.revenue.minor
        begun.answers = asked.answers
        if campaign is None:
            begun.summary, begun.borough, begun.cost_minor = asked.summary, asked.borough, asked.cost.minor
            begun.turnover_minor = 18_000_00
        applying.submit(begun, by=owner, now=sent)
    rounds.unseal(made.id, now=made.applications_close_at)


def _decided(made: Round, desk: Desk, now: datetime) -> None:
    """Each application as far as the demo has it."""
    by_title = {
        each.title: each for each in db.session.scalars(select(Application).where(Application.round_id == made.id))
    }
    number = 3100
    for asked in content.APPLICATIONS:
        application = by_title.get(asked.title)
        if application is None or not asked.outcome:
            continue
        if asked.outcome == "turned_down":
            judging.turn_down(
                application, feedback=content.TURNED_DOWN, language="en", by=desk.officer, now=now - timedelta(days=1)
            )
            continue
        terms = Terms(application.ask, _why(asked), made.conditions, now + timedelta(days=100))
        recommended = judging.recommend(application, terms, by=desk.officer, now=now - timedelta(days=4, hours=1))
        if asked.outcome == "consulting":
            continue
        if asked.outcome == "deciding":
            grants.consult(recommended, desk, now=now - timedelta(days=3))
            continue
        number += 1
        award = grants.decide(recommended, f"DD{number}", desk, now=now - timedelta(days=3))
        awards.announce(award, by=desk.officer, now=now - timedelta(days=2, hours=4))
        if asked.outcome == "paying":
            _first_part(award, desk, now)


def _why(asked: content.Asked) -> str:
    return f"Near the top of the list, and strong where the round asks most. {asked.answers['difference']}"


def _first_part(award: Award, desk: Desk, now: datetime) -> None:
    """Agreed, the first part paid, the second waiting for its evidence."""
    assert award.organisation_id is not None
    owner = _runner(award.organisation_id)
    first, second = (
        Amounts(*parts)
        for parts in zip(award.amounts.capital.split([3, 1]), award.amounts.revenue.split([1, 1]), strict=True)
    )
    today = london_today(now)
    planned = [
        Planned("To begin", first, today),
        Planned(
            "When the shed stands", second, today + timedelta(days=60), "Two photographs, and the carpenter’s invoice."
        ),
    ]
    text = (
        "1. The Greater London Authority pays the sum above in the parts below.\n\n2. The group uses it only for what it applied for, and "
        "tells us before anything changes.\n\n3. The group keeps its receipts for six years, and reports on the days below.\n\n"
        "4. What is not spent is paid back."
    )
    signer = Signer(owner, owner.display_name or "Chair", "Chair")
    grants.agree(award, planned, text, signer, desk, now=now - timedelta(days=1, hours=6))
    grants.schedule(
        award,
        [(today + timedelta(days=30), "progress"), (today + timedelta(days=200), "final")],
        desk,
        now=now - timedelta(days=1),
    )
    grants.pay(award, desk, count=1, now=now - timedelta(days=1))
