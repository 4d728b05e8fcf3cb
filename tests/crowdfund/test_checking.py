"""Checking a campaign: every point answered, nothing in the way, never one's own, everything on record."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from civic.core import audit, clock, files
from civic.core.db import db
from civic.core.money import GBP, Money
from civic.crowdfund.actions import checking as actions
from civic.crowdfund.models import Campaign, CampaignCheck, CampaignFunding, CampaignTotal
from civic.crowdfund.queries import checking as queries
from civic.crowdfund.queries.campaigns import campaign_by_slug
from civic.crowdfund.rules.campaigns import Budget, budget, card_costs, deadline_problem, moved
from civic.crowdfund.rules.checking import obstacles
from civic.crowdfund.rules.choices import CHECK_ITEMS
from civic.payments import providers
from civic.payments.models import Payee
from tests.crowdfund.pictures import pdf

FINE = dict.fromkeys(CHECK_ITEMS, ("fine", ""))
POLICY = actions.Policy(grace_days=5, minimum_percent=90, platform_fee_bps=150)


@pytest.fixture
def officer(make, client):
    person = make.staff("funds_officer")
    make.sign_in(client, person)
    return person


def registered(campaign: Campaign, now, state: str = "active") -> None:
    provider = providers.current()
    db.session.add(
        Payee(
            organisation_id=campaign.organisation_id,
            provider=provider.name,
            mode=provider.mode,
            account_id=f"acct_{campaign.organisation_id}",
            state=state,
            checked_at=now,
        )
    )
    db.session.flush()


def funding(campaign: Campaign, now, kind: str = "money", pounds: int = 100) -> CampaignFunding:
    proof = files.keep_document(FileStorage(pdf(), filename="bank.pdf"), now=now)
    made = CampaignFunding(
        campaign_id=campaign.id,
        kind=kind,
        giver="Traders",
        what="Fair",
        amount_minor=pounds * 100,
        evidence_id=proof.id,
    )
    db.session.add(made)
    db.session.flush()
    return made


@pytest.fixture
def waiting(make):
    campaign = make.campaign("in_review", slug="shade", closes_at=clock.now() + timedelta(days=30))
    registered(campaign, make.now)
    db.session.commit()
    return campaign


def fresh() -> Campaign:
    db.session.expire_all()
    return campaign_by_slug("shade")


PAGE = "/en/staff/campaigns/shade/checks"


def test_an_officer_checks_point_by_point_and_opens_it(client, waiting, officer, outbox, make):
    client.get("/en/staff/campaigns")
    client.click(waiting.title)
    assert client.get(PAGE).status == 200
    client.submit("Keep what I found", dict.fromkeys(CHECK_ITEMS[:4], "fine"))
    page = client.follow()
    assert "Some points of the check list have no answer yet" in page.text
    client.submit("Keep what I found", dict.fromkeys(CHECK_ITEMS[4:], "fine") | {"budget_note": "Rang the nursery."})
    page = client.follow()
    assert "Nothing stands in the way" in page.text and "Rang the nursery." in page.html
    client.submit("Open it for pledges")
    campaign = fresh()
    assert (campaign.status, campaign.grace_days, campaign.minimum_percent) == ("live", 7, 95)
    assert campaign.opened_at is not None and campaign.target == GBP(1000)
    assert db.session.get(CampaignTotal, campaign.id) is not None
    assert outbox()[-1].name == "crowdfund/campaign_live" and "£1,000" in outbox()[-1].text
    verbs = [entry.verb for entry in db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id))]
    assert verbs.count("campaign.check") == 2 and verbs[-1] == "campaign.approve"


def test_it_keeps_the_rules_of_the_day_it_went_live(make, waiting, officer, in_request):
    now = clock.now()
    actions.note(waiting, FINE, by=officer, now=now)
    actions.approve(waiting, POLICY, by=officer, now=now)
    assert (waiting.grace_days, waiting.minimum_percent, waiting.platform_fee_bps) == (5, 90, 150)


def test_only_what_is_proved_counts_from_the_first_moment(make, waiting, officer, in_request):
    now = clock.now()
    seen, gift, unseen = funding(waiting, now), funding(waiting, now, "in_kind", 50), funding(waiting, now)
    for each in (seen, gift):
        actions.verify_funding(each, waiting, is_proved=True, by=officer, now=now)
    actions.note(waiting, FINE, by=officer, now=now)
    actions.approve(waiting, POLICY, by=officer, now=now)
    total = db.session.get(CampaignTotal, waiting.id, populate_existing=True)
    assert (total.funds_minor, total.in_kind_minor, total.reached_bps) == (10_000, 5_000, 1_500)
    actions.verify_funding(unseen, waiting, is_proved=True, by=officer, now=now)
    actions.verify_funding(unseen, waiting, is_proved=True, by=officer, now=now)
    db.session.refresh(total)
    assert (total.funds_minor, total.reached_bps) == (20_000, 2_500)
    with pytest.raises(actions.NotWaiting):
        actions.verify_funding(unseen, waiting, is_proved=False, by=officer, now=now)


@pytest.mark.parametrize("obstacle", ["unanswered", "problem", "organisation", "payee", "deadline"])
def test_nothing_goes_live_while_something_stands_in_the_way(make, client, officer, obstacle):
    now = clock.now()
    organisation = make.organisation(status="submitted" if obstacle == "organisation" else "verified")
    closes_at = now + timedelta(days=-1 if obstacle == "deadline" else 30)
    campaign = make.campaign("in_review", slug="shade", organisation=organisation, closes_at=closes_at)
    registered(campaign, now, "restricted" if obstacle == "payee" else "active")
    results = dict(FINE)
    if obstacle == "unanswered":
        results.pop("access")
    if obstacle == "problem":
        results["budget"] = ("problem", "Only a spreadsheet")
    actions.note(campaign, results, by=officer, now=now)
    db.session.commit()
    page = client.get(PAGE)
    assert "Before it can go live" in page.text
    page = client.post("/en/staff/campaigns/shade/approval", {})
    assert page.status == 422 and "cannot go live yet" in page.text
    assert fresh().status == "in_review" and db.session.get(CampaignTotal, campaign.id) is None


def test_whoever_finds_a_problem_says_what_it_is(client, waiting, officer):
    client.get(PAGE)
    for result in ("problem", "not_needed"):
        assert client.submit("Keep what I found", {"budget": result}).status == 422
    assert queries.checks_of(fresh(), 1) == {}
    client.submit("Keep what I found", {"budget": "problem", "budget_note": "A quote is missing."})
    page = client.follow()
    assert "A quote is missing." in page.html
    assert queries.checks_of(fresh(), 1)["budget"].checked_by_id == officer.id


def test_it_is_returned_with_questions_and_the_next_round_knows_of_them(client, make, waiting, officer, outbox):
    now = clock.now()
    actions.note(waiting, {"budget": ("problem", "A quote is missing.")}, by=officer, now=now)
    db.session.commit()
    page = client.get(PAGE)
    assert "- A quote is missing." in page.html
    assert client.submit("Return it with these questions", why="").status == 422
    client.submit("Return it with these questions", why="Please add a quote for the trees.")
    assert fresh().status == "draft"
    assert outbox()[-1].name == "crowdfund/campaign_returned" and "a quote for the trees" in outbox()[-1].text
    from civic.core.states import advance

    campaign = fresh()
    for _ in range(2):  # the fixture put it on the desk without sending; from here each is a round
        advance(campaign, "submit", by=None, now=now)
        if queries.round_of(campaign) < 2:
            advance(campaign, "return", by=None, now=now)
    db.session.commit()
    page = client.get(PAGE)
    assert "Last time" in page.text and "A quote is missing." in page.text
    assert queries.checks_of(campaign, 2) == {}


def test_the_organiser_reads_why_it_was_returned(client, make, waiting, officer, in_request):
    actions.send_back(waiting, why="Please add\na quote.", by=officer, now=clock.now())
    owner = make.member()
    from civic.accounts.models import OrganisationMember

    row = OrganisationMember(
        organisation_id=waiting.organisation_id, user_id=owner.id, role="editor", joined_at=make.now
    )
    db.session.add(row)
    make.sign_in(client, owner)
    page = client.get("/en/campaigns/shade/edit")
    assert "returned it with questions" in page.text and "a quote." in page.text


def test_nobody_checks_a_campaign_of_their_own_organisation(client, make):
    officer = make.staff("funds_officer")
    organisation = make.organisation(owner=officer, status="verified")
    campaign = make.campaign("in_review", slug="shade", organisation=organisation)
    db.session.commit()
    make.sign_in(client, officer)
    page = client.get(PAGE)
    assert (
        page.status == 200
        and "somebody else decides" in page.text
        and not [f for f in page.forms if "checks" in f.action]
    )
    for act in ("checks", "approval", "return", "withdrawal"):
        assert client.post(f"/en/staff/campaigns/shade/{act}", {"budget": "fine", "why": "x"}).status == 403
    for act in (
        lambda: actions.note(campaign, FINE, by=officer, now=make.now),
        lambda: actions.approve(campaign, POLICY, by=officer, now=make.now),
        lambda: actions.send_back(campaign, why="x", by=officer, now=make.now),
    ):
        with pytest.raises(actions.OwnOrganisation):
            act()


@pytest.mark.parametrize("role", ["researcher", "moderator", "approver", "administrator", "finance_officer"])
def test_nobody_else_checks(client, make, waiting, role):
    make.sign_in(client, make.staff(role))
    for act in ("checks", "approval", "return", "withdrawal", "fundings/1"):
        assert client.post(f"/en/staff/campaigns/shade/{act}", {"why": "x"}).status == 403
    assert client.get(PAGE).status == (200 if role == "finance_officer" else 403)


@pytest.mark.parametrize("status", ["draft", "live", "collecting", "funded", "withdrawn"])
def test_what_does_not_wait_is_not_decided(client, make, officer, status):
    campaign = make.campaign(status, slug="shade")
    db.session.commit()
    for act, data in (("checks", {"budget": "fine"}), ("approval", {}), ("return", {"why": "x"})):
        assert client.post(f"/en/staff/campaigns/shade/{act}", data).status in (409, 422), act
    assert fresh().status == status and queries.checks_of(campaign, 1) == {}


def test_a_live_campaign_is_stopped_with_a_reason_on_record(client, make, officer, run_jobs, outbox):
    make.campaign("live", slug="shade", closes_at=clock.now() + timedelta(days=9))
    db.session.commit()
    client.get(PAGE)
    client.click("Stop the campaign")
    assert client.submit("Stop the campaign").status == 422
    assert client.submit("Stop the campaign", why="The landowner objects.").status == 303
    campaign = fresh()
    assert campaign.status == "withdrawn"
    entry = db.session.scalars(select(audit.AuditEntry).order_by(audit.AuditEntry.id.desc())).first()
    assert (entry.verb, entry.why, entry.actor_id) == ("campaign.withdraw", "The landowner objects.", officer.id)
    run_jobs()
    assert any(message.name == "crowdfund/organiser_withdrawn" for message in outbox())


def test_the_list_is_cut_and_searched(client, make, officer):
    for number in range(28):
        make.campaign("in_review", title=f"Garden {number}")
    make.campaign("live", title="Lights")
    db.session.commit()
    page = client.get("/en/staff/campaigns")
    assert "Lights" not in page.text and page.text.count("Garden") == 25
    assert client.get("/en/staff/campaigns?q=Garden+27").text.count("Garden 27") >= 1
    assert "Lights" in client.get("/en/staff/campaigns?status=all&q=ligh").text
    assert "Nothing found" in client.get("/en/staff/campaigns?q=%25%27%3B--").text
    for strange in ("status=nonsense", "at=x", "at=W10", "q=" + "x" * 500):
        assert client.get(f"/en/staff/campaigns?{strange}").status in (200, 400)


def test_a_check_is_written_once_a_round_and_changed_in_place(make, waiting, officer):
    now = clock.now()
    assert actions.note(waiting, {"budget": ("fine", "")}, by=officer, now=now) == 1
    assert actions.note(waiting, {"budget": ("fine", "")}, by=officer, now=now) == 0
    assert actions.note(waiting, {"budget": ("problem", "x")}, by=officer, now=now) == 1
    assert len(list(db.session.scalars(select(CampaignCheck)))) == 1


# Arithmetic without a database.


def test_obstacles_are_named_in_order():
    kwargs = {"organisation_is_verified": False, "payee": "none", "closes_at": None, "target_minor": 0}
    assert obstacles({}, now=clock.now(), **kwargs) == ["unanswered", "organisation", "payee", "deadline", "target"]


def test_a_budget_adds_up_and_never_asks_for_less_than_nothing():
    sums = budget([("capital", 100), ("revenue", 50)], [("money", 30), ("in_kind", 200)])
    assert sums == Budget(Money(100), Money(50), Money(30), Money(200))
    assert (sums.target, sums.there, sums.needed) == (Money(150), Money(230), Money(0))


@pytest.mark.parametrize("pounds", [1, 10, 999, 1_000, 37_412, 1_000_000])
@pytest.mark.parametrize("bps", [0, 500])
def test_the_estimate_leaves_what_is_needed_and_no_more_than_a_pound_beyond(pounds, bps):
    needed = GBP(pounds)
    costs = card_costs(needed, percent=Decimal("1.5"), pence=20, bps=bps)
    collected = needed + costs
    share = Decimal("0.015") + Decimal(20) / 3000 + Decimal(bps) / 10_000
    left = collected.minor - collected.minor * share
    assert needed.minor <= left + 1 and left - needed.minor <= 100


def test_nothing_needed_costs_nothing():
    assert card_costs(Money(0), percent=Decimal("1.5"), pence=20) == Money(0)


@pytest.mark.parametrize(
    ("days", "problem"), [(None, "none"), (-1, "soon"), (6.9, "soon"), (7, ""), (90, ""), (91, ""), (91.1, "late")]
)
def test_a_deadline_leaves_enough_days_and_not_too_many(now, days, problem):
    closes_at = None if days is None else now + timedelta(days=days)
    assert deadline_problem(closes_at, now, min_days=7, max_days=90) == problem


def test_moving_stops_at_the_ends():
    assert moved([1, 2, 3], 2, -1) == [2, 1, 3]
    assert moved([1, 2, 3], 1, -1) == [1, 2, 3]
    assert moved([1, 2, 3], 3, 1) == [1, 2, 3]
    assert moved([1, 2, 3], 1, 2) == [2, 3, 1]
