"""Cases 1, 2, 3, 22: campaigns that were never launched, papers, and what belongs to one campaign are there for their keepers alone."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from civic.core import files
from civic.core.db import db
from civic.crowdfund.models import (
    Campaign,
    CampaignCost,
    CampaignEvidence,
    CampaignFunding,
    CampaignPicture,
    DeliveryReport,
    Milestone,
)
from tests.house.routes import rules
from tests.security.test_hidden_things import SECRET_COLUMNS, told
from tests.support.page import words_of

OUTSIDERS = ("visitor", "member", "organiser of another", "moderator", "researcher", "administrator")
UNSEEN = ("draft", "in_review", "withdrawn")
WORDS = "Unheard Secret"
STEPS = {"step": "idea", "key": "none", "language": "pl", "lang": "en"}
PARTS: dict[str, Any] = {
    "picture_id": CampaignPicture,
    "cost_id": CampaignCost,
    "funding_id": CampaignFunding,
    "evidence_id": CampaignEvidence,
    "milestone_id": Milestone,
    "report_id": DeliveryReport,
}


def a_file(now: Any, *, public: bool) -> files.StoredFile:
    kind = "image/webp" if public else "application/pdf"
    return files.keep_bytes(b"%PDF-1.4 secret", name="quote.pdf", media_type=kind, is_public=public, now=now)


def filled(make: Any, status: str, **facts: Any) -> Campaign:
    """A campaign with something of every kind in it."""
    campaign, now = make.campaign(status, title=WORDS, summary=WORDS, **facts), make.now
    mine: dict[str, Any] = {"campaign_id": campaign.id}
    db.session.add_all(
        [
            CampaignPicture(
                **mine, file_id=a_file(now, public=True).id, place="story", position=0, alt="A", caption=""
            ),
            CampaignEvidence(
                **mine, file_id=a_file(now, public=False).id, kind="quote", title="Q", added_by_id=None, added_at=now
            ),
            CampaignFunding(
                **mine, kind="money", giver="G", what="W", amount_minor=100, evidence_id=a_file(now, public=False).id
            ),
            Milestone(**mine, position=0, title="Dig", due_on=now.date()),
            DeliveryReport(
                **mine,
                kind="progress",
                status="draft",
                text=WORDS,
                learned="",
                unspent="",
                language="en",
                created_at=now,
            ),
        ]
    )
    db.session.flush()
    return campaign


def someone(arrive: Any, make: Any, kind: str) -> Any:
    if kind != "organiser of another":
        return arrive(kind)
    person = make.member()
    make.campaign("live", owner=person)
    return arrive("member", person)


def numbers(campaign: Campaign) -> dict[str, int]:
    """The number of one part of each kind."""
    return {
        name: db.session.scalars(sa.select(part.id).where(part.campaign_id == campaign.id).limit(1)).one()
        for name, part in PARTS.items()
    }


def ask(client: Any, rule: Any, method: str, parts: dict[str, Any]) -> Any:
    path = rule.build({name: parts.get(name, 1) for name in rule.arguments}, append_unknown=False)[1]
    return client.get(path) if method == "GET" else client.post(path, {})


@pytest.mark.parametrize("method", ("GET", "POST"))
@pytest.mark.parametrize("kind", OUTSIDERS)
def test_a_campaign_that_was_never_launched_reads_like_a_missing_one(app, arrive, make, kind, method):
    every = [filled(make, status, slug=f"hidden-{number}") for number, status in enumerate(UNSEEN)]
    client, told_apart = someone(arrive, make, kind), []
    parts = [STEPS | {"slug": each.slug} | numbers(each) for each in every]
    for number, rule in enumerate(each for each in rules(app, method) if "slug" in each.arguments):
        mine = parts[number % len(parts)]
        answers = [told(ask(client, rule, method, mine | {"slug": slug}), slug) for slug in (mine["slug"], "absent")]
        if answers[0] != answers[1]:
            told_apart.append(f"{rule.rule} ({mine['slug']}): {answers[0][:2]} and {answers[1][:2]}")
    assert not told_apart, "\n".join(told_apart)


def test_no_list_search_map_feed_or_sum_tells_of_it(app, arrive, make):
    for number, status in enumerate(UNSEEN):
        make.campaign(status, slug=f"hidden-{number}", title=WORDS, summary=WORDS)
    everywhere = ["/en/", "/sitemap.xml", "/en/account/campaigns", "/en/account/data", "/en/account/pledges"]
    for query in (
        "",
        "?words=unheard",
        "?show=all&words=secret",
        "?kind=parks_gardens&show=ended",
        "?show=draft&status=draft",
    ):
        everywhere.append(f"/en/campaigns{query}")
    everywhere += ["/en/campaigns/feed", "/en/surveys"]
    for kind in OUTSIDERS:
        client = someone(arrive, make, kind)
        for path in everywhere:
            page = client.get(path)
            assert "Unheard" not in page.html and "hidden-" not in page.html, (kind, path)


@pytest.mark.parametrize("path", ("/en/campaigns", "/en/campaigns/open-one/comments", "/en/campaigns/open-one/backers"))
def test_nothing_but_what_is_offered_sorts_or_narrows_a_list_of_campaigns(arrive, make, path):
    campaign = make.campaign("live", slug="open-one")
    make.campaign("draft", slug="closed-one")
    make.pledge(campaign, is_anonymous=False, shown_name="Ada")
    client = arrive("visitor")
    plain = words_of(client.get(path).first("main"))
    for query in SECRET_COLUMNS:
        assert words_of(client.get(f"{path}?{query}").first("main")) == plain, query


def test_a_paper_is_under_no_public_address_and_a_draft_picture_only_under_its_secret_one(arrive, make):
    campaign = filled(make, "live", slug="open-one")
    paper, proof, picture = (
        db.session.scalars(sa.select(files.StoredFile).join(part, column == files.StoredFile.id)).one()
        for part, column in (
            (CampaignEvidence, CampaignEvidence.file_id),
            (CampaignFunding, CampaignFunding.evidence_id),
            (CampaignPicture, CampaignPicture.file_id),
        )
    )
    client = arrive("visitor")
    for each in (paper, proof):
        for name in (each.name, "large.webp", "small.webp", "quote.pdf", "film.mp4"):
            assert client.get(f"/files/{each.key}/{name}").status == 404
    for guess in (picture.id, paper.id, picture.key[:-1], picture.key.lower(), "%"):
        assert client.get(f"/files/{guess}/large.webp").status == 404, guess
    assert len(picture.key) >= 24
    parts = numbers(campaign)
    for kind in ("visitor", "member", "organiser of another", "moderator", "researcher", "administrator"):
        reader = someone(arrive, make, kind)
        for path in (f"evidence/{parts['evidence_id']}", f"funding/{parts['funding_id']}/proof"):
            page = reader.get(f"/en/campaigns/open-one/{path}")
            assert page.status in (303, 404) and "secret" not in page.html, (kind, path)


def test_no_part_of_another_campaign_is_reached_through_ones_own(app, arrive, make):
    """Every address with the number of a part in it, asked by an organiser of one campaign for a part of another."""
    theirs = filled(make, "funded", slug="theirs")
    person = make.member()
    for status in ("draft", "funded"):
        filled(make, status, slug=f"mine-{status}", owner=person)
    client, taken = arrive("member", person), []
    before, foreign = _state(), numbers(theirs)
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if "slug" in rule.arguments and set(PARTS) & rule.arguments:
                for slug in ("mine-draft", "mine-funded"):
                    page = ask(client, rule, method, STEPS | foreign | {"slug": slug})
                    is_sent_away = slug == "mine-funded" and page.status == 303  # it is no draft any more
                    if page.status not in (403, 404, 409) and not is_sent_away:
                        taken.append(f"{method} {rule.rule} {slug}: {page.status}")
    assert not taken, taken
    assert _state() == before


@pytest.mark.parametrize("status", ("in_review", "live", "funded", "failed"))
def test_its_organiser_rewrites_nothing_that_staff_or_backers_rely_on(app, arrive, make, status):
    """Every form of writing, sent for a campaign that is no draft any more."""
    person = make.member()
    campaign = filled(make, status, slug="settled", owner=person)
    client, before = arrive("member", person), _state()
    forged = {"title": "Other", "amount": "1", "kind": "money", "giver": "x", "what": "y", "due_on": "2027-01-01", "alt": "x",
              "story": "x", "risks": "x", "seen": "x", "target_minor": "1", "status": "live", "closes_at": "2030-01-01"}  # fmt: skip
    for rule in rules(app, "POST"):
        if re.match(r"/<lang:lang>/campaigns/<slug>/edit", rule.rule):
            for step in ("idea", "story", "costs", "risks", "deadline", "place", "team", "outcomes", "permissions"):
                if step == "idea" or "step" in rule.arguments:
                    parts = STEPS | numbers(campaign) | {"slug": "settled", "step": step}
                    path = rule.build({name: parts.get(name, 1) for name in rule.arguments}, append_unknown=False)[1]
                    assert client.post(path, forged).status < 500
    assert _state() == before


def _state() -> list[Any]:
    db.session.expire_all()
    return [
        [tuple(row) for row in db.session.execute(model.__table__.select().order_by(model.__table__.c.id))]
        for model in (Campaign, *PARTS.values())
    ]
