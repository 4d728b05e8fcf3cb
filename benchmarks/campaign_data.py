"""100,000 campaigns and 1,000,000 pledges, by statements that make whole sets: CAMPAIGNS and PLEDGES say how many."""

import os
from collections.abc import Callable
from datetime import datetime
from time import perf_counter

import sqlalchemy as sa

from civic.core import clock
from civic.core.db import db

CAMPAIGNS = int(os.environ.get("CAMPAIGNS", "100000"))
FEW, MANY = 10_000, int(os.environ.get("PLEDGES", "1000000"))
FEW_SLUG, MANY_SLUG = "benchmark-10", "benchmark-20"
"""Two campaigns that are open: one with 10,000 pledges, one with all the others."""

# One in fifty is open, one in three of the rest came too short; kinds and boroughs take turns.
ORGANISATIONS = """insert into organisation (name, kind, registration_number, governance, language, status, created_at)
    select 'Friends of Street ' || n, 'cic', '', '', 'en', 'verified', :now from generate_series(1, 1000) n"""
ROWS = """insert into campaign (slug, status, organisation_id, language, title, summary, story, team, kind, impacts, impact_story,
        borough, place_kind, place, postcode, permissions, risks, too_much, too_little, currency, collection_mode, target_minor,
        gift_aid, closes_at, grace_days, minimum_percent, platform_fee_bps, created_at, imported_from, figures_note, version)
    select 'benchmark-' || n, 'draft', (select max(id) from organisation) - n % 1000, 'en', 'A garden for street ' || n,
        'Trees, benches and a tap, so that street ' || n || ' has shade in summer.',
        '## Why here' || chr(10) || chr(10) || repeat('The street has no shade, and the nearest park is a mile away. ', 20),
        'Amina plants and Joe builds.',
        (array['sport_play', 'parks_gardens', 'arts_culture', 'buildings', 'food_farming', 'streets_infrastructure'])[1 + n % 6],
        '["environment"]', 'Shade for 2,000 people.', 'E090000' || lpad((1 + n % 33)::text, 2, '0'), 'area', 'Street ' || n, '',
        'The council agreed.', 'A dry summer.', 'More trees.', 'Everything is given back.', 'GBP', 'deferred', 5000000, false,
        :now + (case when n % 50 in (10, 20) then 1 else -1 end) * interval '1 hour' * (1 + n % 1000), 7, 95, 0,
        :now - interval '1 year', '', '', 1
    from generate_series(1, :campaigns) n"""
COSTS = """insert into campaign_cost (campaign_id, position, title, amount_minor, spending, note)
    select id, k, 'Thing number ' || k, 1250000, case when k < 3 then 'capital' else 'revenue' end, ''
    from campaign, generate_series(1, 4) k where slug in (:few_slug, :many_slug)"""
LAUNCH = """update campaign set opened_at = :now - interval '300 days' + interval '1 minute' * (id % 100000),
        status = case when closes_at > :now then 'live' when id % 3 = 0 then 'failed' else 'funded' end
    where slug like 'benchmark-%'"""
TOTALS = """insert into campaign_total (campaign_id, pledged_minor, backers, offline_minor, offline_backers, funds_minor, in_kind_minor,
        match_minor, collected_minor, collected, past_due_minor, past_due, dropped_minor, dropped, comments, updates, follows,
        reached_bps)
    select id, 50000 * (id % 130), id % 130, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100 * (id % 130)
    from campaign where slug like 'benchmark-%'"""
PLEDGES = """insert into pledge (public_id, campaign_id, email, language, amount_minor, tip_minor, currency, is_anonymous, shown_name,
        message, status, setups, collected_minor, created_at, authorised_at)
    select :slug || '-' || n, (select id from campaign where slug = :slug), 'backer' || n || '@example.org', 'en',
        1000 + 100 * (n % 50), 0, 'GBP', n % 3 = 0, case when n % 3 = 0 then '' else 'Backer ' || n end,
        case when n % 7 = 0 then 'Good luck from number ' || n else '' end, 'authorised', 1, 0, :now, :now - interval '1 second' * n
    from generate_series(1, :pledges) n"""
TALK = (
    """insert into campaign_update (campaign_id, title, text, language, at)
       select id, 'News number ' || k, repeat('We have begun to dig. ', 20), 'en', :now from campaign, generate_series(1, 5) k
       where slug in (:few_slug, :many_slug)""",
    """insert into campaign_comment (campaign_id, position, text, language, is_organiser, at, shown, broke)
       select id, k, 'A question number ' || k, 'en', false, :now, 'shown', '' from campaign, generate_series(1, 500) k
       where slug in (:few_slug, :many_slug)""",
    """update campaign_total set comments = 500, updates = 5, pledged_minor = 3200000, backers = 2000
       where campaign_id in (select id from campaign where slug in (:few_slug, :many_slug))""",
)


def fill(say: Callable[[str], None]) -> None:
    """Campaigns in every stage with their sums; two open ones with costs, pledges, news and comments."""
    now, start = clock.now(), perf_counter()
    with db.engine.begin() as connection:
        for statement in (ORGANISATIONS, ROWS, COSTS, LAUNCH, TOTALS):
            _run(connection, statement, now)
    say(f"{CAMPAIGNS:,} campaigns: {perf_counter() - start:.1f} s")
    start = perf_counter()
    with db.engine.begin() as connection:
        for slug, number in ((FEW_SLUG, FEW), (MANY_SLUG, MANY)):
            _run(connection, PLEDGES, now, slug=slug, pledges=number)
        for statement in TALK:
            _run(connection, statement, now)
    say(f"{FEW + MANY:,} pledges: {perf_counter() - start:.1f} s")


def _run(connection: sa.Connection, statement: str, now: datetime, **more: str | int) -> None:
    known = {"now": now, "campaigns": CAMPAIGNS, "few_slug": FEW_SLUG, "many_slug": MANY_SLUG, **more}
    connection.execute(sa.text(statement), {name: value for name, value in known.items() if f":{name}" in statement})
