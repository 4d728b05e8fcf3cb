"""The demo's match funding: one scheme in full swing, one that begins today, one that waits for an approver. Made up."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.matching.actions import drafts, schemes
from civic.crowdfund.matching.actions.drafts import Payer, Plan
from civic.crowdfund.matching.models import MatchScheme
from civic.crowdfund.matching.rules.terms import Formula, LumpSum, Ratio
from civic.crowdfund.models import Campaign
from civic.crowdfund.seed_content import current
from civic.grants import seeds as grants
from civic.grants.models import Fund
from civic.grants.rules.amounts import Amounts
from civic.grants.seeds import Desk

MADE_UP = "This scheme and those who pay for it are made up, to show how match funding works."


def plant(desk: Desk, *, now: datetime) -> int:
    """Two funds of other givers and three schemes; tells how many run."""
    traders = _fund("traders-of-somers-town", "Traders of Somers Town", desk, now)
    neighbours = _fund("good-neighbours-trust", "Good Neighbours Trust", desk, now)
    market = _scheme(
        "somers-town-doubles",
        "Somers Town doubles",
        "For each pound that somebody gives to the market, its traders and a trust add another 50p.",
        Ratio(50, per_gift=GBP(25), per_person=GBP(25), per_campaign=GBP(1_400)),
        [(traders, GBP(1_000)), (neighbours, GBP(500))],
        [current.CHALTON.slug],
        desk,
        counts_past=True,
        now=now,
    )
    rooms = _scheme(
        "rooms-to-meet",
        "Rooms to meet",
        "Every pound counts double, up to £20 a gift, for rooms that everybody may use.",
        Ratio(100, per_gift=GBP(20), per_person=GBP(20), per_person_in_scheme=GBP(40)),
        [(neighbours, GBP(2_500))],
        [current.EAST_STREET.slug],
        desk,
        now=now,
    )
    last_mile = _scheme(
        "the-last-mile",
        "The last mile",
        "A campaign that has got nearly there on its own gets the rest of the way.",
        LumpSum(GBP(600), percent=97),
        [(neighbours, GBP(1_200))],
        [current.KINGS_CRESCENT.slug],
        desk,
        now=now,
    )
    for number, scheme in enumerate((market, rooms), 1):
        schemes.approve(scheme, number=f"DD32{number:02}", by=desk.approver, now=now - timedelta(days=2))
    assert last_mile.status == "proposed"
    return 2


def _fund(slug: str, title: str, desk: Desk, now: datetime) -> Fund:
    made = grants.fund(slug, title, MADE_UP, desk, consultees=0, now=now - timedelta(days=30))
    grants.give(
        made, Amounts(Money(0), GBP(6_000)), "EXAMPLE-1", date(now.year, 9, 1), desk, now=now - timedelta(days=29)
    )
    return made


def _scheme(
    slug: str,
    title: str,
    summary: str,
    formula: Formula,
    payers: list[tuple[Fund, Money]],
    campaigns: list[str],
    desk: Desk,
    *,
    counts_past: bool = False,
    now: datetime,
) -> MatchScheme:
    begun = now - timedelta(days=6)
    plan = Plan(title, f"{summary} {MADE_UP}", "en", formula, counts_past=counts_past)
    made = drafts.make(slug, plan, by=desk.officer, now=begun)
    drafts.set_funders(made, [Payer(fund, fund.title, most) for fund, most in payers], now=begun)
    for campaign in db.session.scalars(select(Campaign).where(Campaign.slug.in_(campaigns)).order_by(Campaign.id)):
        schemes.enrol(made, campaign, by=desk.officer, now=begun)
    drafts.propose(made, why="Small gifts of many people count more when they are matched.", by=desk.officer, now=begun)
    return made
