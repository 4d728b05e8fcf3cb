"""The demo's rounds: real ones of 2015 to 2018 lived through to payment at their own dates, and two of today. Example data, labelled so."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from civic.accounts.models import Organisation, OrganisationMember, User
from civic.core.clock import london_minute, london_today
from civic.core.db import db
from civic.core.mail import OutgoingMessage
from civic.crowdfund.importing.loading import organisations_named
from civic.crowdfund.models import Campaign
from civic.crowdfund.rounds import seed_judging
from civic.crowdfund.rounds.actions import applying, judging, rounds
from civic.crowdfund.rounds.actions.rounds import Condition, Question, Tier
from civic.crowdfund.rounds.models import Application, Round
from civic.crowdfund.rounds.queries.rounds import round_by_id
from civic.crowdfund.seed_content import rounds as content
from civic.crowdfund.seed_content.pledges import PAST_ROUNDS, PastRound, Pledged
from civic.grants import seeds as grants
from civic.grants.actions import awards, decisions, funds
from civic.grants.actions.agreements import Signer
from civic.grants.actions.instalments import Planned
from civic.grants.models import Award, Fund
from civic.grants.proposing import Proposed, Terms
from civic.grants.queries.funds import pot_by_owner
from civic.grants.rules.amounts import Amounts
from civic.grants.seeds import Desk

EXAMPLE_PEOPLE = " Who recommended, decided and signed, and the agreements’ words, are examples."
PAPER = "The agreement of that time was not found in public sources. This text stands for it in the demo."


def at(day: date) -> datetime:
    """Ten in the morning of a day in London."""
    return london_minute(day, "10:00")


# The past.


def plant_past(fund: Fund, desk: Desk, signer: User, *, now: datetime) -> int:
    """Rounds of the past with their projects, sums, decisions and days; tells how many pledges they hold."""
    for told in PAST_ROUNDS:
        _past(told, fund, desk, signer)
    # Consultees of the demo did not get these messages ten years ago.
    long_ago = OutgoingMessage.created_at < now - timedelta(days=365)
    db.session.execute(delete(OutgoingMessage).where(long_ago))
    return sum(len(each.pledges) for each in PAST_ROUNDS)


def _past(told: PastRound, fund: Fund, desk: Desk, signer: User) -> None:
    opened, closed = at(told.closed_on - timedelta(days=60)), london_minute(told.closed_on)
    grants.give(
        fund,
        told.budget,
        told.budget_number,
        told.decided_on - timedelta(days=90),
        desk,
        source=told.source,
        now=opened,
    )
    made = rounds.make(fund, slug=told.slug, title=told.title, language="en", by=desk.officer, now=opened)
    facts = {
        "theme": told.theme,
        "note": told.note + EXAMPLE_PEOPLE,
        "applications_open_at": opened,
        "applications_close_at": closed,
        "campaigns_live_by": closed,
        "assessed_by": told.decided_on - timedelta(days=10),
        "decided_by": told.decided_on,
        "announced_on": told.announced_on,
        "targets_by": london_minute(told.targets_on),
        "agreements_by": told.targets_on + timedelta(days=60),
        "paid_from": told.targets_on,
        "paid_until": told.targets_on + timedelta(days=120),
    }
    rounds.tell(made, facts, by=desk.officer, now=opened)
    tiers = rounds.set_tiers(made, [Tier(f"Up to £{told.most.minor // 100:,}", told.most)])
    rounds.set_conditions(made, [Condition("in_london", "The project is in Greater London.")], tiers)
    rounds.set_questions(made, [Question("application", "what", "What would you like to do?")])
    seed_judging.criteria(made, [(title, 1, "", "", "") for title in told.criteria], desk, now=opened)
    pot = pot_by_owner(made.name)
    assert pot is not None
    funds.allot(pot, told.budget, why=told.budget_number, by=desk.officer, now=opened)
    rounds.open(made, by=desk.officer, now=opened)
    made.unsealed_at = closed  # there are no scores to be had: nothing is put before assessors
    pledged = [_pledged(made, each, told, desk) for each in told.pledges]
    awards.announce_together([award for award, _ in pledged], by=desk.officer, now=at(told.announced_on))
    for award, each in pledged:
        _lived(award, each, told, desk, signer)
    rounds.close(made, by=desk.officer, now=at(told.targets_on + timedelta(days=300)))


def _pledged(made: Round, each: Pledged, told: PastRound, desk: Desk) -> tuple[Award, Pledged]:
    """A project that applied and was pledged money, as the decision of that day says."""
    campaign = (
        db.session.scalar(select(Campaign).where(Campaign.external_key == each.campaign)) if each.campaign else None
    )
    body = (
        campaign.organisation_id
        if campaign
        else organisations_named({each.recipient}, at(told.closed_on))[each.recipient]
    )
    application = Application(
        round_id=made.id,
        status="submitted",
        tier_id=made.tiers[0].id,
        campaign_id=campaign.id if campaign else None,
        organisation_id=body,
        title=each.title,
        borough=each.borough,
        capital_minor=each.amounts.capital.minor,
        revenue_minor=each.amounts.revenue.minor,
        answers={},
        created_at=at(told.closed_on),
        submitted_at=at(told.closed_on),
        note=each.note,
    )
    db.session.add(application)
    db.session.flush()
    pot = pot_by_owner(made.name)
    assert pot is not None
    proposed = Proposed(
        pot=pot,
        subject=application.name,
        title=each.title,
        summary=campaign.summary if campaign else "",
        language="en",
        place=each.borough,
        organisation_id=body,
        recipient=each.recipient,
        note=each.note,
    )
    terms = Terms(each.amounts, "Among the highest-scoring projects of the round.")
    recommended = decisions.recommend(proposed, terms, by=desk.officer, now=at(told.decided_on - timedelta(days=8)))
    return grants.decide(recommended, told.number, desk, source=told.source, now=at(told.decided_on)), each


def _lived(award: Award, each: Pledged, told: PastRound, desk: Desk, signer: User) -> None:
    """What came of a pledge: the target reached, agreed, paid, reported and published; or the money back in the fund."""
    target = at(told.targets_on)
    if not each.is_reached:
        awards.release(award.subject, "ended", now=target)
        return
    awards.reach(award.subject, now=target)
    agreed, paid = target + timedelta(days=40), target + timedelta(days=55)
    who = Signer(signer, "Name not recorded", "For the project")
    grants.agree(award, [Planned("The whole pledge", award.amounts, paid.date())], PAPER, who, desk, now=agreed)
    grants.pay(award, desk, count=1, now=paid)
    done = paid + timedelta(days=200)
    text = "Example: the report of that time was not found in public sources."
    grants.report(award, text, signer, desk, due_on=done.date(), now=done)
    if each.outcome:
        awards.publish_outcome(award, text=each.outcome, language="en", by=desk.officer, now=done)
        awards.complete(award, by=desk.officer, now=done)


# Today.


def plant_today(fund: Fund, desk: Desk, *, now: datetime) -> None:
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
    autumn = _autumn(fund, desk, today)
    _applications(autumn, desk, now)
    seed_judging.autumn(autumn, desk, now=now)
    _decided(autumn, desk, now)
    _winter(fund, desk, today, now)


def _round(fund: Fund, slug: str, title: str, theme: str, dates: dict[str, int], desk: Desk, today: date, money: Amounts, *, needs_expression: bool) -> Round:  # fmt: skip
    opened = at(today - timedelta(days=76))
    made = rounds.make(fund, slug=slug, title=title, language="en", by=desk.officer, now=opened)
    days = {name: today + timedelta(days=days) for name, days in dates.items()}
    facts = {
        name: london_minute(day) if name.endswith(("_at", "campaigns_live_by", "targets_by")) else day
        for name, day in days.items()
    }
    rounds.tell(
        made,
        facts
        | {
            "theme": theme,
            "note": content.MADE_UP,
            "conditions": content.CONDITION,
            "needs_expression": needs_expression,
        },
        by=desk.officer,
        now=opened,
    )
    tiers = rounds.set_tiers(made, content.TIERS)
    rounds.set_conditions(made, content.CONDITIONS, tiers)
    rounds.set_questions(made, content.QUESTIONS if needs_expression else content.QUESTIONS[2:])
    seed_judging.criteria(made, content.CRITERIA, desk, now=opened)
    pot = pot_by_owner(made.name)
    assert pot is not None
    funds.allot(pot, money, why="For this round.", by=desk.officer, now=opened)
    return made


def _autumn(fund: Fund, desk: Desk, today: date) -> Round:
    dates: dict[str, int] = {
        "applications_open_at": -75, "applications_close_at": -9, "campaigns_live_by": -9, "assessed_by": -4, "decided_by": 6,
        "announced_on": 9, "targets_by": 62, "agreements_by": 100, "paid_from": 1, "paid_until": 160, "monitored_until": 520,
    }  # fmt: skip
    theme = (
        "Places that bring people together: rooms, streets, gardens and markets where Londoners of every kind meet.\n\n"
        "We look for projects that could only happen where they happen, that give unused space a new life, and that many people "
        "give a little for."
    )
    money = Amounts.of(60_000_00, 15_000_00)
    made = _round(
        fund, "autumn-2026", "Crowdfund London, autumn 2026", theme, dates, desk, today, money, needs_expression=False
    )
    rounds.open(made, by=desk.officer, now=at(today - timedelta(days=76)))
    return made


def _winter(fund: Fund, desk: Desk, today: date, now: datetime) -> None:
    dates: dict[str, int] = {
        "expressions_open_at": -6, "expressions_close_at": 24, "applications_open_at": -6, "applications_close_at": 45,
        "campaigns_live_by": 42, "assessed_by": 70, "decided_by": 84, "announced_on": 90, "targets_by": 150, "agreements_by": 190,
        "paid_from": 151, "paid_until": 260, "monitored_until": 620,
    }  # fmt: skip
    theme = (
        "High streets in winter: reasons to come out after dark, and somewhere warm to sit when you do.\n\n"
        "Tell us your idea first. You hear from us within three weeks what would make it stronger, and whether to apply."
    )
    money = Amounts.of(120_000_00, 40_000_00)
    made = _round(
        fund, "winter-2027", "Crowdfund London, winter 2027", theme, dates, desk, today, money, needs_expression=True
    )
    rounds.open(made, by=desk.officer, now=at(today - timedelta(days=7)))
    for number, (name, title, borough, answers, feedback) in enumerate(content.EXPRESSIONS):
        organisation, owner = _body(name)
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


def _body(name: str) -> tuple[Organisation, User]:
    """An organisation of the demo and one who runs it."""
    organisation = db.session.scalars(
        select(Organisation).where(Organisation.name == name).order_by(Organisation.id)
    ).first()
    assert organisation is not None, name
    return organisation, _runner(organisation.id)


def _runner(organisation_id: int) -> User:
    mine = select(User).join(OrganisationMember, OrganisationMember.user_id == User.id)
    mine = mine.where(OrganisationMember.organisation_id == organisation_id).order_by(OrganisationMember.id).limit(1)
    return db.session.scalars(mine).one()


def _applications(made: Round, desk: Desk, now: datetime) -> None:
    """Everybody applied a day before the deadline."""
    assert made.applications_close_at is not None
    sent = made.applications_close_at - timedelta(hours=20)
    for asked in content.APPLICATIONS:
        whole = round_by_id(made.id)
        assert whole is not None
        campaign = (
            db.session.scalar(select(Campaign).where(Campaign.slug == asked.campaign)) if asked.campaign else None
        )
        if asked.campaign and campaign is None:
            continue
        organisation, owner = (None, _runner(campaign.organisation_id)) if campaign else _body(asked.organisation)
        begun = applying.apply(
            whole, campaign=campaign, organisation=organisation, title=asked.title, language="en", by=owner, now=sent
        )
        begun.tier_id = whole.tiers[1 if campaign else 0].id
        begun.capital_minor, begun.revenue_minor = asked.ask.capital.minor, asked.ask.revenue.minor
        begun.answers = asked.answers
        if campaign is None:
            begun.summary, begun.borough, begun.cost_minor, begun.turnover_minor = (
                asked.summary,
                asked.borough,
                asked.cost.minor,
                18_000_00,
            )
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
