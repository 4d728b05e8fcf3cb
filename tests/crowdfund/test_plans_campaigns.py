"""The plans of the questions behind the list and a campaign's page, over many rows: by index, never sorting what is long."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from civic.core.db import db
from civic.crowdfund.models import Campaign
from civic.crowdfund.queries import books, campaigns, desk, figures, listing, talk
from civic.crowdfund.queries.listing import Wish
from tests.surveys.test_plans import nodes, plans

pytestmark = pytest.mark.xdist_group("plans of campaigns")  # one filling for all of them

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CAMPAIGNS, PLEDGES, COMMENTS = 20_000, 60_000, 20_000
LARGE = {
    "campaign",
    "campaign_total",
    "pledge",
    "campaign_comment",
    "campaign_update",
    "ledger_entry",
    "ledger_transaction",
}
LONG = 1_500
"""More rows than this are not sorted to answer one request; 400 campaigns are open at once."""

FILL = (
    """insert into organisation (name, kind, registration_number, governance, language, status, created_at)
       select 'Organisation ' || n, 'cic', '', '', 'en', 'verified', :now from generate_series(1, 500) n""",
    """insert into campaign (slug, status, organisation_id, language, title, summary, story, team, kind, impacts, impact_story, borough,
            place_kind, place, postcode, permissions, risks, too_much, too_little, currency, collection_mode, target_minor, gift_aid,
            closes_at, grace_days, minimum_percent, platform_fee_bps, created_at, opened_at, imported_from, figures_note, version)
       select 'plan-' || n, case when n % 50 = 0 then 'live' when n % 3 = 0 then 'failed' else 'funded' end,
              (select min(id) from organisation) + n % 500, 'en', 'A garden for street ' || n, 'Shade and benches', 'A story', '',
              (array['sport_play', 'parks_gardens', 'arts_culture', 'buildings', 'food_farming'])[1 + n % 5], '[]', '',
              'E0900' || lpad((1 + n % 33)::text, 4, '0'), 'area', 'Street ' || n, '', '', '', '', '', 'GBP', 'deferred', 100000, false,
              :now + (case when n % 50 = 0 then 1 else -1 end) * n * interval '5 minutes', 7, 95, 0, :now - interval '1 year',
              :now - interval '300 days' - n * interval '1 minute', '', '', 1
       from generate_series(1, :campaigns) n""",
    """insert into campaign_total (campaign_id, pledged_minor, backers, offline_minor, offline_backers, funds_minor, in_kind_minor,
            match_minor, collected_minor, collected, past_due_minor, past_due, dropped_minor, dropped,
            comments, updates, follows, reached_bps)
       select id, 1000 * (id % 130), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100 * (id % 130) from campaign""",
    """insert into pledge (public_id, campaign_id, email, language, amount_minor, tip_minor, currency, is_anonymous, shown_name, message,
            status, setups, collected_minor, created_at, authorised_at)
       select 'plan-' || n, c.id, 'backer' || n || '@example.org', 'en', 2000, 0, 'GBP', n % 3 = 0, 'Backer ' || n, '', 'authorised',
              1, 0, :now, :now - n * interval '1 second'
       from generate_series(1, :pledges) n join campaign c on c.slug = 'plan-' || (case when n % 30 = 0 then 50 else 1 + n % 20000 end)""",
    """insert into campaign_comment (campaign_id, position, answers_id, text, language, is_organiser, at, shown, broke)
       select c.id, n, null, 'Words ' || n, 'en', false, :now, 'shown', '' from generate_series(1, :comments) n
       join campaign c on c.slug = 'plan-' || (case when n % 2 = 0 then 50 else 1 + n end)""",
    """insert into campaign_update (campaign_id, title, text, language, at)
       select id, 'News', 'Words', 'en', :now from campaign where id % 2 = 0""",
    """insert into ledger_account select 'campaign:' || id from campaign where slug ~ '^plan-[0-9]{1,3}$'""",
    "insert into ledger_account values ('clearing:plan')",
    """insert into ledger_transaction (kind, ref, at, memo) select 'charge', 'ch_' || n, :now, '' from generate_series(1, 40000) n""",
    """insert into ledger_entry (transaction_id, account, minor)
       select t.id, a.account, a.minor from ledger_transaction t
       cross join lateral (values ('campaign:' || (select id from campaign where slug = 'plan-' || 1 + t.id % 900), -100),
                                  ('clearing:plan', 100)) a (account, minor)""",
    "analyze",
)


@pytest.fixture(scope="module")
def many(app: Any) -> Iterator[Callable[..., list[dict]]]:
    """Tables with many rows, in a transaction that is undone; gives what asks the planner about whatever a call does."""
    numbers = {"now": NOW, "campaigns": CAMPAIGNS, "pledges": PLEDGES, "comments": COMMENTS}
    with app.app_context(), db.engine.connect() as connection:
        undo = connection.begin()
        on_it = {"bind": connection, "binds": {}, "join_transaction_mode": "create_savepoint"}
        with mock.patch.dict(db.sessionmaker.kw, on_it):
            for statement in FILL:
                bound = {key: value for key, value in numbers.items() if f":{key}" in statement}
                connection.execute(sa.text(statement), bound)
            yield lambda call: plans(connection, call)
            db.session.close()
        undo.rollback()


def slow(found: list[dict]) -> list[str]:
    """Steps that go through a whole large table, or sort a long list; what stops at a limit goes through no whole."""
    told = []
    stopped = [
        id(part) for plan in found for node in nodes(plan) if node["Node Type"] == "Limit" for part in node["Plans"]
    ]
    for step in (node for plan in found for node in nodes(plan)):
        if step["Node Type"] == "Seq Scan" and step.get("Relation Name") in LARGE and id(step) not in stopped:
            told.append(f"goes through all of {step['Relation Name']}")
        if step["Node Type"] in ("Sort", "Incremental Sort") and step["Plan Rows"] > LONG:
            told.append(f"sorts {step['Plan Rows']} rows by {step['Sort Key']}")
    return told


def busy() -> Campaign:
    return db.session.scalars(sa.select(Campaign).where(Campaign.slug == "plan-50")).one()


WISHES = [
    Wish(), Wish(show="soon"), Wish(show="nearly"), Wish(sort="newest"), Wish(borough="E09000012"), Wish(kind="buildings"),
    Wish(show="settling"), Wish(show="all"), Wish(show="all", sort="reached"), Wish(words="street 1234"), Wish(show="withdrawn"),
    Wish(show="all", borough="E09000012"),
]  # fmt: skip


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_the_list_goes_by_index(many, wish):
    assert slow(many(lambda: listing.campaigns(wish, NOW, "en"))) == []


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_boroughs_are_counted_by_index(many, wish):
    assert slow(many(lambda: listing.by_borough(wish, NOW, "en") or "too many")) == []


def test_no_more_is_counted_than_a_page_can_wait_for(many):
    assert listing.by_borough(Wish(), NOW, "en")["E09000012"] > 0
    assert listing.by_borough(Wish(show="all"), NOW, "en") is None


@pytest.mark.parametrize("gss", [None, "E09000012"])
def test_the_front_page_goes_by_index(many, gss):
    assert slow(many(lambda: listing.near(gss, NOW, 3))) == []


def test_the_campaign_and_its_parts_are_found_by_index(many):
    assert slow(many(lambda: campaigns.campaign_by_slug("plan-50"))) == []
    campaign = busy()
    assert slow(many(lambda: campaigns.parts(campaign))) == []
    assert slow(many(lambda: figures.figures(campaign))) == []


def test_news_comments_and_backers_are_found_by_index_in_their_order(many):
    campaign = busy()
    assert slow(many(lambda: talk.updates(campaign))) == []
    assert slow(many(lambda: talk.comments(campaign))) == []
    assert slow(many(lambda: talk.comments(campaign, before=9_000))) == []
    assert slow(many(lambda: talk.backers(campaign))) == []


def test_the_second_page_of_backers_costs_what_the_first_does(many):
    campaign = busy()
    mark = talk.backers(campaign).next
    assert slow(many(lambda: talk.backers(campaign, at=mark))) == []


def test_the_ledger_of_a_campaign_is_found_by_index(many):
    campaign = busy()
    assert slow(many(lambda: books.postings(campaign))) == []
    assert slow(many(lambda: books.books(campaign))) == []


def test_the_desk_reads_the_pledges_of_its_own_campaign(many):
    campaign = busy()
    assert slow(many(lambda: desk.supporters(campaign))) == []
    assert [step for step in slow(many(lambda: desk.weeks(campaign, NOW))) if "goes through" in step] == []


def test_the_feed_goes_by_index(many):
    assert slow(many(lambda: listing.newest(30, NOW + timedelta(days=1)))) == []
