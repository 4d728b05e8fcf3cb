"""What was done with the money: reports to the pound, explained where they differ, published for everybody."""

import re
from datetime import timedelta

import pytest

from civic.core.db import db
from civic.core.money import GBP, Money
from civic.core.states import IllegalMove, advance
from civic.crowdfund.actions import delivery as actions
from civic.crowdfund.models import CampaignTotal, DeliveryReport, Milestone
from civic.crowdfund.queries import delivery as queries
from civic.crowdfund.rules.delivery import Account, Fault, Line, faults
from tests.crowdfund.pictures import jpeg


def account(*lines: tuple[int, int, str], raised: int = 1000, fees: int = 0) -> Account:
    made = tuple(Line(n, GBP(planned), GBP(spent), note) for n, (planned, spent, note) in enumerate(lines))
    return Account(made, GBP(raised), GBP(fees))


@pytest.fixture
def organiser(make, client):
    person = make.member()
    make.sign_in(client, person)
    return person


@pytest.fixture
def funded(make, organiser):
    campaign = make.campaign("funded", owner=organiser)
    total = db.session.get(CampaignTotal, campaign.id)
    total.collected_minor, total.pledged_minor = 100_000, 100_000
    db.session.commit()
    return campaign


@pytest.mark.parametrize(
    ("kind", "money", "unspent", "expected"),
    [
        ("progress", account((700, 500, ""), (300, 0, "")), "", []),
        ("progress", account((700, 800, ""), (300, 0, "")), "", [Fault("note", 0)]),
        ("progress", account((700, 800, "Oak is dear"), (300, 0, "")), "", []),
        ("final", account((700, 700, ""), (300, 300, "")), "", []),
        ("final", account((700, 690, ""), (300, 300, "")), "Kept", [Fault("note", 0)]),
        ("final", account((700, 690, "Cheaper"), (300, 300, "")), "", [Fault("unspent")]),
        ("final", account((700, 690, "Cheaper"), (300, 300, "")), "Kept for water", []),
        ("final", account((700, 700, ""), (300, 300, ""), raised=1100), "", [Fault("unspent")]),
        ("final", account((700, 700, ""), (300, 300, ""), raised=1020, fees=20), "", []),
    ],
)
def test_every_difference_is_explained_before_it_is_published(kind, money, unspent, expected):
    assert faults(kind, money, text="Done", unspent=unspent) == expected


def test_a_report_says_something():
    assert Fault("text") in faults("progress", account((1, 1, "")), text="", unspent="")


def test_sums_are_of_the_lines_and_what_is_left_is_what_came_without_fees():
    money = account((700, 650, "x"), (300, 310, "y"), raised=1050, fees=30)
    assert (money.planned, money.spent, money.received, money.left) == (GBP(1000), GBP(960), GBP(1020), GBP(60))


def test_a_report_from_the_first_word_to_the_last_pound(client, funded, make, outbox, run_jobs):
    client.get(f"/en/campaigns/{funded.slug}/reports")
    client.click("Write a report")
    client.submit("Begin", kind="final")
    page = client.follow()
    trees, workshops = (each for each in re.findall(r'name="spent_(\d+)"', page.html))
    client.submit(
        "Save and look at it",
        {f"spent_{trees}": "690.50", f"note_{trees}": "The nursery gave a discount.", f"spent_{workshops}": "300"},
        text="The trees are planted.",
        volunteers="42",
        learned="Ask the school earlier.",
    )
    page = client.follow()
    assert "£9.50" in page.text and "42 volunteers" in page.text
    page = client.submit("Publish it")
    assert page.status == 422
    assert "Say what happens with what is left" in page.text
    client.submit("Save and look at it", unspent="It buys water in a dry summer.")
    client.follow()
    client.click("Add a picture")
    client.submit("Add the picture", picture=[(jpeg(), "trees.jpg")], alt="Six young lime trees stand in a row.")
    assert "Six young lime trees" in client.follow().html
    assert client.submit("Publish it").status == 303
    db.session.expire_all()
    assert funded.status == "delivered"
    client.client.delete_cookie("session")
    page = client.get(f"/en/campaigns/{funded.slug}/reports")
    page = client.click("Final report")
    assert "The trees are planted." in page.text and "£990.50" in page.text
    run_jobs()


def test_the_next_report_begins_with_the_figures_of_the_last(make, funded, organiser, now):
    first = actions.begin_report(funded, kind="progress", language="en", by=organiser, now=now)
    first = queries.report_of(funded, first.id)
    cost = first.lines[0].cost_id
    actions.tell(first, funded, actions.Told("Begun", "", None, "", {cost: (GBP(120), "Deposit")}))
    actions.publish(first, funded, by=organiser, now=now)
    second = queries.report_of(
        funded, actions.begin_report(funded, kind="progress", language="en", by=organiser, now=now).id
    )
    assert [(line.spent_minor, line.note) for line in second.lines] == [(12_000, "Deposit"), (0, "")]


def test_what_is_published_stays(make, funded, organiser, now):
    report = queries.report_of(
        funded, actions.begin_report(funded, kind="progress", language="en", by=organiser, now=now).id
    )
    actions.tell(report, funded, actions.Told("Begun", "", None, "", {}))
    actions.publish(report, funded, by=organiser, now=now)
    with pytest.raises(actions.AlreadyPublished):
        actions.tell(report, funded, actions.Told("Other", "", None, "", {}))
    with pytest.raises(actions.AlreadyPublished):
        actions.publish(report, funded, by=organiser, now=now)


@pytest.mark.parametrize("status", ["live", "collecting", "paying", "failed", "delivered", "withdrawn"])
def test_there_is_nothing_to_report_before_the_money_was_paid_or_after_the_end(make, organiser, now, status):
    campaign = make.campaign(status, owner=organiser)
    with pytest.raises(actions.NothingToReport):
        actions.begin_report(campaign, kind="progress", language="en", by=organiser, now=now)


def test_a_draft_is_for_its_organiser_alone(client, make, funded, organiser, now):
    report = actions.begin_report(funded, kind="progress", language="en", by=organiser, now=now)
    db.session.commit()
    path = f"/en/campaigns/{funded.slug}/reports/{report.id}"
    assert client.get(path).status == 200
    make.sign_in(client, make.member())
    assert client.get(path).status == 404
    assert client.get(f"{path}/edit").status == 404
    for act in ("edit", "publication", "removal", "pictures/new"):
        assert client.post(f"{path}/{act}", {}).status == 404


def test_a_draft_can_be_thrown_away(client, funded, organiser, now):
    report = actions.begin_report(funded, kind="progress", language="en", by=organiser, now=now)
    db.session.commit()
    number = report.id
    client.get(f"/en/campaigns/{funded.slug}/reports/{number}")
    assert client.submit("Throw it away for good").status == 303
    assert queries.report_of(funded, number) is None


def test_a_report_of_another_campaign_is_not_there(client, make, funded, organiser, now):
    other = make.campaign("funded", owner=organiser)
    report = actions.begin_report(other, kind="progress", language="en", by=organiser, now=now)
    db.session.commit()
    assert client.get(f"/en/campaigns/{funded.slug}/reports/{report.id}").status == 404


def test_milestones_are_marked_done_and_not_in_the_future(client, make, organiser, now):
    campaign = make.campaign("live", owner=organiser)
    milestone = Milestone(campaign_id=campaign.id, position=0, title="Planted", due_on=now.date())
    db.session.add(milestone)
    db.session.commit()
    client.get(f"/en/campaigns/{campaign.slug}/milestones?milestone={milestone.id}")
    page = client.submit("Save the day", {"done_on-day": "1", "done_on-month": "1", "done_on-year": "2999"})
    assert page.status == 422 and "Enter today or a day in the past" in page.text
    assert client.submit("Save the day", {"done_on-year": "2025"}).status == 303
    db.session.expire_all()
    assert milestone.done_on.year == 2025


def test_only_a_draft_can_be_published(make, funded, organiser, now):
    report = actions.begin_report(funded, kind="progress", language="en", by=organiser, now=now)
    for status in ("draft", "published"):
        report.status = status
        for verb in ("publish", "approve"):
            if (status, verb) in DeliveryReport.TRANSITIONS:
                continue
            with pytest.raises(IllegalMove):
                advance(report, verb, by=organiser, now=now + timedelta(days=1))


def test_nothing_negative_is_spent(client, funded, organiser, now):
    report = actions.begin_report(funded, kind="progress", language="en", by=organiser, now=now)
    cost = queries.report_of(funded, report.id).lines[0].cost_id
    db.session.commit()
    path = f"/en/campaigns/{funded.slug}/reports/{report.id}/edit"
    for forged in ("-1", "NaN", "1e309", "0.001", "£5 million"):
        client.get(path)
        page = client.submit("Save and look at it", {f"spent_{cost}": forged})
        assert page.status == 422
    db.session.expire_all()
    assert Money(queries.report_of(funded, report.id).lines[0].spent_minor) == Money(0)
