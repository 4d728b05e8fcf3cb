"""Cases 17, 18, 33, 35, 39: what backers, organisers and staff write about campaigns and money is read as words, everywhere."""

import csv
import io
from contextvars import Context
from typing import Any
from xml.etree import ElementTree

import pytest

from civic.core.db import db, transaction
from civic.core.money import GBP
from civic.crowdfund.actions import talk
from civic.crowdfund.models import Campaign, CampaignCost, CampaignEvidence, CampaignFunding, CampaignUpdate, Milestone
from civic.crowdfund.rules.gift_aid import Donor
from civic.ledger.actions import post
from tests.house.routes import rules
from tests.security.test_hidden_campaigns import a_file
from tests.security.test_inert_words import EVIL, alive

FORMULAS = (
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=HYPERLINK(0)",
    "\uff1d1",
    "\u200b=1",
    "x\n=1",
    "|calc",
    "%0A=1",
)
STATES = ("live", "funded")


def poisoned(make: Any, status: str, owner: Any) -> Any:
    """A campaign with an attack wherever anybody may write."""
    organisation = make.organisation(owner=owner, status="verified", name=EVIL, governance=EVIL)
    words = (
        "title",
        "summary",
        "story",
        "team",
        "impact_story",
        "place",
        "permissions",
        "risks",
        "too_much",
        "too_little",
    )
    campaign = make.campaign(
        status,
        slug=f"evil-{status}",
        organisation=organisation,
        costs=[(EVIL, GBP(1000), "capital")],
        **dict.fromkeys(words, EVIL),
    )
    mine: dict[str, Any] = {"campaign_id": campaign.id}
    db.session.add_all(
        [
            CampaignFunding(**mine, kind="money", giver=EVIL, what=EVIL, amount_minor=100, verified_at=make.now),
            CampaignFunding(**mine, kind="in_kind", giver=EVIL, what=EVIL, amount_minor=100),
            Milestone(**mine, position=0, title=EVIL, due_on=make.now.date()),
            CampaignEvidence(
                **mine,
                file_id=a_file(make.now, public=False).id,
                kind="quote",
                title=EVIL,
                added_by_id=owner.id,
                added_at=make.now,
            ),
        ]
    )
    db.session.flush()
    taken = {"live": "authorised", "funded": "collected"}[status]
    make.pledge(campaign, status=taken, by=make.member(), is_anonymous=False, shown_name=EVIL, message=EVIL)
    news = CampaignUpdate(campaign_id=campaign.id, title=EVIL, text=EVIL, language="en", by_id=owner.id, at=make.now)
    db.session.add(news)
    # Nobody says the same in two places.
    speaker = owner if status == STATES[0] else make.member()
    said = talk.comment(campaign, text=EVIL, language="en", by=speaker, is_organiser=True, now=make.now)
    hidden = talk.comment(
        campaign, text=EVIL + " more", language="en", by=make.member(), is_organiser=False, now=make.now
    )
    hidden.shown, hidden.broke = "removed", "abuse"
    db.session.flush()
    assert said.position == 1
    return campaign


@pytest.mark.parametrize("kind", ("visitor", "owner", "funds_officer", "finance_officer"))
def test_what_was_written_about_a_campaign_is_read_and_never_run(app, arrive, make, kind):
    owner = make.member()
    owner.display_name, owner.display_name_folded = EVIL, "evil"
    campaigns = [poisoned(make, status, owner) for status in STATES]
    with transaction():
        post(
            "charge",
            "ch_1",
            {"clearing:sandbox": GBP(10), f"campaign:{campaigns[1].id}": GBP(-10)},
            at=make.now,
            memo=EVIL,
        )
    slugs = [campaign.slug for campaign in campaigns]
    client = arrive("member", owner) if kind == "owner" else arrive(kind)
    faults, seen = [], 0
    for rule in rules(app, "GET"):
        if ("slug" in rule.arguments and "/campaigns/" in rule.rule) or rule.rule.startswith(
            "/<lang:lang>/staff/money"
        ):
            for slug in slugs if "slug" in rule.arguments else slugs[:1]:
                parts = dict.fromkeys(rule.arguments, 1) | {"lang": "en", "slug": slug, "step": "story"}
                page = client.get(rule.build(parts, append_unknown=False)[1])
                assert page.status < 500, rule.rule
                if page.is_html and page.status == 200:
                    seen += "x-evil" in page.html
                    faults += [f"{rule.rule}: {fault}" for fault in alive(page)]
    for path in ("/en/", "/en/campaigns", "/en/account/campaigns", "/en/staff", "/en/staff/campaigns?status=all"):
        faults += [f"{path}: {fault}" for fault in alive(client.get(path))]
    assert not faults, "\n".join(faults[:20])
    assert seen >= 5


@pytest.mark.parametrize("status", STATES)
def test_a_feed_is_well_formed_whatever_was_written(arrive, make, status):
    odd = EVIL + "\x0b\x0c\x1b\ufffe\uffff]]>&"
    campaign = make.campaign(status, slug="odd", title=odd[:400], summary=odd[:400])
    db.session.add(CampaignUpdate(campaign_id=campaign.id, title=odd, text=odd, language="en", at=make.now))
    db.session.flush()
    client = arrive("visitor")
    for path in ("/en/campaigns/feed", "/en/campaigns/odd/updates/feed"):
        page = client.get(path)
        tree = ElementTree.fromstring(page.html)
        assert tree.tag.endswith("feed") and not [each for each in tree.iter() if "evil" in each.tag], path


def test_what_was_written_is_inert_in_mail_to_backers(arrive, make, outbox, run_jobs):
    evil = "<x-evil onclick=alert(1)>'\"><img src=x onerror=alert(3)>[a](javascript:alert(6)){{7*7*1915711}}"
    owner = make.member()
    organisation = make.organisation(owner=owner, status="verified", name=evil)
    campaign = make.campaign("live", slug="evil", title=evil, organisation=organisation)
    make.pledge(campaign, by=make.member(), message=evil)
    client = arrive("member", owner)
    base = f"/en/campaigns/{campaign.slug}"
    assert (
        client.post(f"{base}/messages", {"subject": evil[:80] + "\r\nBcc: x@example.org", "text": evil}).status == 303
    )
    assert (
        client.post(f"{base}/updates/new", {"title": evil[:80] + "\r\nBcc: x@example.org", "text": evil}).status == 303
    )
    run_jobs()
    assert len(outbox()) >= 2
    for message in outbox():
        page = client.get(f"/en/outbox/{message.id}/html")
        assert not alive(page), message.subject
        assert "\n" not in message.subject and "\r" not in message.subject and "\n" not in message.to_address


def fetched(client: Any, method: str, path: str, form: Any) -> tuple[int, Any, str]:
    """A file that is written while it is read, read to its end."""
    answer = client.client.open(path, method=method, data=form)
    return answer.status_code, answer.headers, answer.get_data(as_text=True)


def test_no_cell_of_money_or_gift_aid_is_a_formula(arrive, make):
    owner = make.member()
    charity = make.organisation(owner=owner, status="verified", kind="registered_charity", name="=A charity")
    campaign = make.campaign("funded", slug="charity", organisation=charity, gift_aid=True, title="=1+1")
    for number, words in enumerate(FORMULAS):
        pledge = make.pledge(campaign, status="collected")
        make.charge(reference=f"pledge:{pledge.public_id}", amount=pledge.total, status="succeeded")
        make.declaration(pledge, Donor(words[:4], words, words, words, "SE15 4QN"))
        with transaction():
            lines = {"clearing:sandbox": GBP(10), f"campaign:{campaign.id}": GBP(-10)}
            post("charge", f"{words} {number}", lines, at=make.now, memo=words)
    desks = (
        (arrive("member", owner), "POST", "/en/campaigns/charity/gift-aid/exports"),
        (arrive("finance_officer"), "GET", "/en/staff/money/transactions.csv"),
        (arrive("visitor"), "GET", "/en/campaigns/charity/ledger.csv"),
    )
    for client, method, path in desks:
        form = {"csrf_token": client.token(), "which": "every"} if method == "POST" else None
        status, headers, text = Context().run(fetched, client, method, path, form)
        assert status == 200 and headers["Content-Type"].startswith("text/csv")
        assert headers["Content-Disposition"].startswith("attachment; filename=")
        assert headers["X-Content-Type-Options"] == "nosniff"
        cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")) for cell in row]
        assert len(cells) > 12
        for cell in cells:
            is_number = cell.lstrip("-").replace(".", "").isdigit()
            assert is_number or cell.lstrip(" \t\r\n\u200b\x00")[:1] not in {*"=+-@|%\uff1d"}, cell
            assert "\n=" not in cell or cell.startswith("'"), cell


@pytest.mark.parametrize(
    "name", ("Ada\u202e", "A\u200bda", "GLA Staff", "Mayor of London", "\u0410da", "Ada\r\nBcc: x", "\u2067Ada\u2069")
)
def test_no_name_of_a_campaign_cost_or_giver_misleads_by_signs_that_nobody_sees(arrive, make, name):
    owner = make.member()
    make.organisation(owner=owner, status="verified")
    client = arrive("member", owner)
    assert client.post("/en/campaigns/new", {"title": f"Garden {name}", "organisation": _only(client)}).status == 303
    slug = client.last.location.split("/")[3]
    client.post(f"/en/campaigns/{slug}/edit/costs/new", {"title": name, "amount": "10", "spending": "capital"})
    client.post(f"/en/campaigns/{slug}/edit/funding/new", {"kind": "money", "giver": name, "what": name, "amount": "5"})
    kept = [title for (title,) in db.session.query(CampaignCost.title)] + [
        giver for (giver,) in db.session.query(CampaignFunding.giver)
    ]
    kept += [title for (title,) in db.session.query(Campaign.title)]
    assert len(kept) >= 2
    assert not [each for each in kept if {"\r", "\n", "\u202e", "\u2067", "\u200b"} & {*each}], kept


def _only(client: Any) -> str:
    page = client.get("/en/campaigns/new")
    return next(value for form in page.forms for value in form.values().get("organisation", []) if value)
