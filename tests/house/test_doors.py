"""Who may where: every address × every kind of person, reading and sending; no role opens another's door, nothing ever breaks."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from flask import Flask

from civic.accounts.rules.choices import ROLES
from civic.core.i18n import LANGUAGES
from civic.crowdfund.rounds.queries.rounds import eligibility_rules, round_by_slug
from tests.assessment.demo import registered
from tests.house import known as places
from tests.house import routes
from tests.house.routes import Address
from tests.make_grants import A_THING, THING
from tests.make_surveys import EVERY_KIND, FULL_ANSWERS
from tests.support.client import Page, PageClient

PEOPLE = ("visitor", "member", *ROLES, "every role")
LEAVES = {"accounts.sign_out"}


@pytest.fixture
def somebody(app: Flask, make: Any) -> Callable[[str], PageClient]:
    """A reader of a kind, signed in where the kind has an account."""

    def arrive(kind: str) -> PageClient:
        client = PageClient(app)
        if kind != "visitor":
            roles = () if kind == "member" else ROLES if kind == "every role" else (kind,)
            make.sign_in(client, make.staff(*roles) if roles else make.member())
        return client

    return arrive


@pytest.fixture
def known(app: Flask, make: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """Something real for the places in addresses: surveys and campaigns in each stage, their parts, people, money, languages."""
    monkeypatch.setitem(app.extensions["civic"].subjects, THING, A_THING)
    # No part may be called like another: the house would be right to refuse it.
    sections = [each | {"key": f"part_{each['key']}"} for each in EVERY_KIND["sections"]]
    definition = EVERY_KIND | {"sections": sections}
    published = make.survey(definition, slug="published")
    make.responses(published, [FULL_ANSWERS] * 30)
    make.published(published)
    for slug, status in (("open", "live"), ("draft", "draft"), ("published", "delivered")):
        make.campaign(status, slug=slug)  # at the same addresses, so that both rooms have something there
    for slug, status in (("published", "closed"), ("draft", "draft")):
        make.round(status, slug=slug)
    open_round, drafted = make.round(slug="open"), round_by_slug("draft")
    assert drafted is not None
    condition_id = eligibility_rules(drafted)[0].id
    return {
        "expression_id": [make.expression(open_round, "submitted").id, make.expression(open_round).id],
        "application_id": [make.application(open_round, "submitted").id, make.application(open_round).id],
        "step": ["about", "money", "idea", "public"],
        "kind": ["tiers", "conditions"],
        "asks": ["yes_to", "organisation_kinds", "in_london"],
        "tier_id": [drafted.tiers[0].id],
        "question_id": [drafted.questions[0].id],
        "condition_id": [condition_id],
        "part_id": [drafted.tiers[0].id, condition_id],
        "slug": [
            make.survey(definition, slug="open").slug,
            make.survey(definition, slug="draft", status="draft").slug,
            published.slug,
        ],
        "key": ["part_streets", "mode", "part_you", "trust"],
        "language": ["pl", "ar"],
        "notification_id": [make.news(make.member()).id],
        "user_id": [make.member(name="Somebody Else").id, make.staff("researcher", name="A Colleague").id],
        "role": ["researcher"],
        "organisation_id": [make.organisation().id, make.organisation(status="verified").id],
        "charge_id": [make.charge(status="succeeded").id, make.charge(status="declined").id],
        "refund_id": [make.refund().id],
        "dispute_id": [make.dispute().id],
        "transfer_id": [make.transfer(make.payee(make.organisation())).id],
        "difference_id": [make.difference().id],
        **make.places_of_assessment(registered(app, monkeypatch)),
        **places.known_of_public_money(make),
        **places.known_of_matching(make),
        **places.known_of_consultations(app, make),
        **places.known_of_discussions(make),
        **places.known_of_challenge(app, make),
        **places.known_of_testing(make),
        **places.known_of_challenge_matching(app, make),
        **places.known_of_support(make),
        **places.known_of_applying(app, make),
        **make.places_of_moderation(),
        "checked": [f"{kind}:{number}" for kind in app.extensions["civic"].checked for number in (1, 2)],
        **places.known_of_translation(app, make),
        **places.known_of_assistance(app, make),
        **places.known_of_formats(app, make, published),
    }


def walk(
    addresses: Iterable[Address],
    ask: Callable[[Address], Page],
    refuses: Callable[[Address, Page], str] = lambda *_: "",
) -> None:
    """Ask each address; fail with every one that breaks, is out of order, or answers what it should refuse."""
    faults = []
    for address in addresses:
        try:
            page = ask(address)
            fault = f"{page.status}" if page.status >= 500 and page.status != 503 else refuses(address, page)
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        if fault:
            faults.append(f"{address}: {fault[:1500]}")
    assert not faults, f"{len(faults)} addresses:\n" + "\n".join(faults)


def refuses_outsiders(kind: str) -> Callable[[Address, Page], str]:
    """Staff pages send visitors and members to the sign-in, forbid, or are not there."""

    def judge(address: Address, page: Page) -> str:
        sent_away = page.status in (302, 303) and "/sign-in" in (page.location or "")
        refused = page.status in (403, 404) or (sent_away and kind == "visitor")
        return (
            ""
            if refused or not address.is_staff or kind not in ("visitor", "member")
            else f"{page.status} for a {kind}"
        )

    return judge


@pytest.mark.parametrize("kind", PEOPLE)
def test_every_address_answers_everybody_and_staff_pages_refuse_the_others(app, somebody, known, kind):
    client = somebody(kind)
    # One role sees no other pages than every role does, so those are looked at closely once.
    client.checked = kind in ("visitor", "member", "every role")
    # What is not for staff a role sees as a member does.
    mine = (each for each in routes.addresses(app, "GET", known) if client.checked or each.is_staff)
    walk(mine, lambda address: client.get(address.path), refuses_outsiders(kind))


@pytest.mark.parametrize("kind", ("visitor", "member", "every role"))
def test_every_address_bears_an_empty_form_and_staff_acts_refuse_the_others(app, somebody, known, kind):
    client = somebody(kind)
    acts = [each for each in routes.addresses(app, "POST", known) if each.endpoint not in LEAVES]
    walk(acts, lambda address: client.post(address.path, {}), refuses_outsiders(kind))


@pytest.mark.parametrize("kind", ("visitor", "administrator"))
def test_no_form_is_taken_without_its_token(app, somebody, known, kind):
    client = somebody(kind)
    walk(
        routes.addresses(app, "POST", known),
        lambda address: client.post(address.path, {}, token=False),
        lambda address, page: "" if page.status in (400, 403, 404) else f"{page.status} without a token",
    )


@pytest.mark.parametrize("kind", ("visitor", "administrator"))
def test_strange_addresses_are_no_surprise(app, somebody, kind):
    client = somebody(kind)
    walk(routes.hostile_addresses(app, "GET"), lambda address: client.get(address.path))


@pytest.mark.parametrize("kind", ("visitor", "member", "researcher", "administrator"))
def test_no_page_has_a_word_that_was_not_translated(app, somebody, known, kind):
    client = somebody(kind)
    mine = (
        each for each in routes.addresses(app, "GET", known, "xx", most=4)
        if kind in ("visitor", "member") or each.is_staff
    )  # fmt: skip
    walk(mine, lambda address: client.get(address.path))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_page_speaks_every_language(app, client, known, language):
    walk(routes.addresses(app, "GET", known, language), lambda address: client.get(address.path))
