"""Who may what with match funding: every address of both rooms × every kind of person, reading and sending."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from civic.core.db import db
from civic.core.money import GBP
from civic.crowdfund.matching.actions import drafts, schemes
from civic.crowdfund.matching.models import MatchSignal
from tests.crowdfund.matching.desk import join
from tests.crowdfund.matching.test_core_signals import CAPPED, look, same_card
from tests.house.routes import rules
from tests.support.client import Page, PageClient

STAFF: dict[str, tuple[str, ...]] = {
    "researcher": ("researcher",),
    "moderator": ("moderator",),
    "administrator": ("administrator",),
    "consultee": ("consultee",),
    "finance": ("finance_officer",),
    "manager": ("challenge_manager",),  # runs funds, and none that pays here
    "officer": ("funds_officer",),
    "proposer": ("funds_officer", "approver"),
    "gradeless": ("approver",),
    "approver": ("approver",),
    "party": ("funds_officer", "approver"),  # stands behind the campaign
}
PEOPLE = ("visitor", "member", "organiser", *STAFF)
EVERYBODY = set(PEOPLE)
RUN = {"officer", "proposer", "party"}
APPROVERS = {"proposer", "gradeless", "approver", "party"}
DESK = RUN | APPROVERS | {"manager"}

MAY: dict[str, set[str]] = {
    "matching.list_schemes": EVERYBODY,
    "matching.show_scheme": EVERYBODY,
    "matching.show_working": EVERYBODY,
    "matching.download_working": EVERYBODY,
    "match_desk.list_schemes": DESK,
    "match_desk.show_simulator": DESK,
    "match_desk.draft_simulation": RUN | {"manager"},
    "match_desk.new_scheme": RUN | {"manager"},
    "match_desk.create_scheme": RUN | {"manager"},
    "match_desk.show_scheme": RUN | APPROVERS,
    "match_desk.approve_scheme": {"approver"},
    "match_desk.return_scheme": RUN | {"gradeless", "approver"},
    **dict.fromkeys(
        (
            "match_desk.edit_scheme",
            "match_desk.save_scheme",
            "match_desk.list_payers",
            "match_desk.new_payer",
            "match_desk.create_payer",
            "match_desk.edit_payer",
            "match_desk.update_payer",
            "match_desk.remove_payer",
            "match_desk.list_campaigns",
            "match_desk.confirm_removal",
            "match_desk.remove_campaign",
            "match_desk.new_proposal",
            "match_desk.create_proposal",
            "match_desk.confirm_end",
            "match_desk.end_scheme",
            "match_desk.confirm_discard",
            "match_desk.discard_scheme",
            "match_desk.list_signals",
            "match_desk.look_now",
            "match_desk.show_signal",
            "match_desk.show_gift",
        ),
        RUN,
    ),
    **dict.fromkeys(
        (
            "match_desk.add_campaign",
            "match_desk.decide_signal",
            "match_desk.reopen_signal",
            "match_desk.exclude_gift",
            "match_desk.include_gift",
        ),
        RUN - {"party"},
    ),
}
DRAFT = ("edit_scheme", "save_scheme", "_payer", "_proposal", "campaign", "_removal", "discard")


@dataclass
class Place:
    """One scheme in each state, with a campaign, a gift and a signal."""

    people: dict[str, Any]
    schemes: dict[str, str]
    campaign: Any
    gift: int
    signal: int

    def scheme_for(self, endpoint: str) -> str:
        """The scheme in whose state there is something at this address."""
        if endpoint in ("match_desk.approve_scheme", "match_desk.return_scheme"):
            return self.schemes["proposed"]
        if endpoint.startswith("match_desk.") and any(each in endpoint for each in DRAFT):
            return self.schemes["draft"]
        return self.schemes["running"]

    def filled(self, rule: Any) -> str:
        """A real address of this rule."""
        known = {
            "lang": "en",
            "slug": self.campaign.slug if rule.endpoint.startswith("matching.") else self.scheme_for(rule.endpoint),
            "scheme": self.schemes["running"],
            "campaign": self.campaign.slug,
            "step": "about",
            "place": 1,
            "signal_id": self.signal,
            "pledge_id": self.gift,
        }
        return rule.build({name: known[name] for name in rule.arguments})[1]


@pytest.fixture
def place(avenue) -> Place:
    people = {name: avenue.make.staff(*roles) for name, roles in STAFF.items() if name != "approver"}
    people |= {"approver": avenue.mayor, "member": avenue.make.member(), "organiser": avenue.make.member()}
    campaign = avenue.live()
    running = avenue.running(campaign, formula=CAPPED)
    given = same_card(avenue, campaign, "ada@example.org", "ben@example.org")
    look(avenue, running)
    made = {"running": running.slug}
    for state in ("draft", "proposed"):
        each = avenue.draft()
        schemes.enrol(each, campaign, by=avenue.officer, now=avenue.now)
        made[state] = each.slug
        if state == "proposed":
            drafts.propose(each, why="Good.", by=people["proposer"], now=avenue.now)
    join(campaign, people["party"])
    join(campaign, people["organiser"])
    signal = db.session.query(MatchSignal.id).scalar()
    return Place(people, made, campaign, given[0].id, signal)


@pytest.fixture
def browser(app: Flask, place: Place, as_) -> Callable[[str], PageClient]:
    return lambda kind: PageClient(app) if kind == "visitor" else as_(place.people[kind])


def is_let_in(page: Page) -> bool:
    """Whether somebody got past the door, whatever became of what they sent."""
    return page.status not in (403, 404) and "/sign-in" not in (page.location or "")


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_address_lets_in_whom_it_should_and_nobody_else(app, place, browser, kind):
    client, wrong = browser(kind), []
    for method in ("GET", "POST"):
        mine = [each for each in rules(app, method) if each.endpoint.startswith(("matching.", "match_desk."))]
        # What throws away comes last, so that everything else still finds the draft.
        for rule in sorted(mine, key=lambda each: ("discard" in each.endpoint, each.endpoint)):
            sent = {"campaign": place.campaign.slug}
            path = place.filled(rule)
            page = client.get(path) if method == "GET" else client.post(path, sent)
            if is_let_in(page) != (kind in MAY[rule.endpoint]) or page.status >= 500:
                wrong.append(f"{rule.endpoint}: {page.status}")
    assert not wrong, "\n".join(wrong)


def test_nothing_happens_without_what_must_be_said(avenue, place, app, browser):
    client, before = browser("officer"), avenue.match(place.campaign)
    for rule in rules(app, "POST"):
        if rule.endpoint.startswith("match_desk.") and "discard" not in rule.endpoint:
            client.post(place.filled(rule), {})
    states = {name: avenue.scheme(schemes.queries.scheme_by_slug(slug)).status for name, slug in place.schemes.items()}
    assert states == {"running": "running", "draft": "draft", "proposed": "proposed"}
    assert db.session.query(MatchSignal).one().status == "open"
    assert avenue.match(place.campaign) == before == GBP(40)
