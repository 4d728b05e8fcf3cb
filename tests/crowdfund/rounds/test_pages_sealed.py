"""What was handed in is sealed: before the deadline no address shows a word of it to anybody; after it none to who has an interest."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from civic.accounts.rules.choices import ROLES
from civic.assessment.actions import interests
from civic.core.db import db
from civic.crowdfund.rounds.actions import applying
from tests.crowdfund.rounds.town import RoundTown, again
from tests.house.routes import rules
from tests.support.client import PageClient

SECRET = "Zanzibar-Heliotrope"
SUM = "4,321"
OWN = ("rounds.", "outbox.")  # pages of whoever applies; the outbox of a developer's machine holds everybody's mail
FAR = ("surveys.", "payments.", "sandbox.", "accessibility.", "money.")  # rooms that know nothing of rounds


def places(town: RoundTown, application: Any) -> dict[str, list[Any]]:
    """Something real for every place in an address that could lead to the application."""
    return {
        "application_id": [application.id],
        "slug": [town.round.slug, town.fund.slug],
        "subject": [application.name],
        "expression_id": [1],
        "panel_id": [1],
        "item_id": [1],
        "key": ["x"],
        "step": ["money"],
        "kind": ["tiers"],
        "asks": ["yes_to"],
        "user_id": [application.person_id],
        "organisation_id": [1],
        "language": ["pl"],
        "name": ["x"],
    }


def everywhere(app: Flask, known: dict[str, list[Any]], besides: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every address of the house that answers a reader, with its endpoint; feeds, files and searches too."""
    for rule in rules(app, "GET"):
        if rule.endpoint.startswith(besides):
            continue
        wanted = sorted(rule.arguments - {"lang"})
        for at in range(max((len(known.get(each, [1])) for each in wanted), default=1)):
            values = {each: known.get(each, [1])[at % len(known.get(each, [1]))] for each in wanted}
            built = rule.build(values | ({"lang": "en"} if "lang" in rule.arguments else {}), append_unknown=False)
            if built is not None:
                yield rule.endpoint, built[1]
    for query in ("?words=zanzibar", "?show=all&words=heliotrope"):
        yield "crowdfund.list_campaigns", f"/en/campaigns{query}"
    yield "home.show_audit", "/en/staff/audit?verb=application"


def somebody(kind: str | None, app: Flask, make: Any) -> PageClient:
    client = PageClient(app, checked=False)
    person = None
    if kind == "organiser of another":
        person = make.member()
        make.campaign("live", owner=person)
    elif kind:
        person = make.staff(*(ROLES if kind == "every role" else kind.split(", ")))
    db.session.commit()
    if person is not None:
        make.sign_in(client, person)
    return client


def told_of_it(
    client: PageClient, app: Flask, town: RoundTown, application: Any, besides: tuple[str, ...] = FAR
) -> list[str]:
    """The addresses at which a reader is told something of the application."""
    found = []
    for endpoint, path in everywhere(app, places(town, application), besides):
        page = client.get(path)
        text = page.response.get_data(as_text=True) if "text" in (page.response.mimetype or "") or page.is_html else ""
        if not endpoint.startswith("outbox.") and (SECRET in text or re.search(SUM, text)):
            found.append(f"{endpoint} {path}")
    return found


@pytest.fixture
def sealed(clocked: RoundTown) -> Any:
    """An application of one person, with a secret in its title, its answers and its sum."""
    person = clocked.make.member(name="Quiet Person")
    draft = clocked.application(
        None,
        capital=4_321_00,
        tier=0,
        by=person,
        title=f"{SECRET} bench",
        summary=f"{SECRET} for all.",
        answers={"difference": f"{SECRET} will meet.", "bank": "yes"},
    )
    sent = clocked.letter(draft, referee=f"{SECRET} Residents")
    applying.submit(sent, by=person, now=clocked.now)
    db.session.commit()
    return again(sent)


@pytest.mark.parametrize("kind", (None, "organiser of another", "every role"))
def test_before_the_deadline_nobody_is_told_a_word_anywhere(app, clocked, make, sealed, kind):
    assert told_of_it(somebody(kind, app, make), app, clocked, sealed, besides=("nowhere.",)) == []


def test_the_walk_would_find_it_where_it_is_told(app, clocked, make, sealed):
    """Whoever applies sees it, and after the deadline an officer: else the test above would prove nothing."""
    client = PageClient(app, checked=False)
    make.sign_in(client, db.session.get(type(clocked.officer), sealed.person_id))
    assert any("rounds.show_application" in each for each in told_of_it(client, app, clocked, sealed))
    clocked.seat()
    clocked.after_the_deadline()
    client = PageClient(app, checked=False)
    make.sign_in(client, clocked.officer)
    found = " ".join(told_of_it(client, app, clocked, sealed))
    assert "round_desk.show_application" in found and "round_desk.list_applications" in found
    assert "round_desk.export_applications" in found and "round_desk.show_ranking" in found


@pytest.mark.parametrize("why", ("interest", "party of every role"))
def test_after_the_deadline_nobody_with_an_interest_is_told_a_word(app, clocked, make, sealed, why):
    person = make.staff(*ROLES) if why == "party of every role" else clocked.officer
    if why == "interest":
        interests.declare(sealed.name, user=person, has_interest=True, words="A neighbour.", now=clocked.now)
    else:
        sealed.edited_by_id = person.id
    clocked.seat()
    clocked.after_the_deadline()
    db.session.commit()
    client = PageClient(app, checked=False)
    make.sign_in(client, person)
    # The ranked list names what one has declared an interest in, and nothing else of it.
    titles = {"round_desk.show_ranking"}
    found = [each for each in told_of_it(client, app, clocked, sealed) if each.split()[0] not in titles]
    assert [each for each in found if not each.startswith("assessment.")] == []
    page = client.get(f"/en/staff/rounds/{clocked.round.slug}/ranking")
    assert SUM not in page.text and "will meet" not in page.text


@pytest.mark.parametrize("kind", (None, "organiser of another", "researcher, moderator, administrator"))
def test_after_the_deadline_those_without_a_part_in_it_are_told_nothing(app, clocked, make, sealed, kind):
    clocked.after_the_deadline()
    assert told_of_it(somebody(kind, app, make), app, clocked, sealed) == []


def test_an_assessor_who_was_not_asked_is_told_who_asks_for_what_to_declare_an_interest(app, clocked, make, sealed):
    clocked.after_the_deadline()
    client = somebody("assessor", app, make)
    (only,) = told_of_it(client, app, clocked, sealed)
    page = client.get(only.split()[1])
    assert "assessment.show_interest" in only
    assert SUM not in page.text and "will meet" not in page.text


def test_a_draft_that_was_never_sent_stays_with_its_author(app, clocked, make):
    person = make.member()
    draft = clocked.application(
        None, capital=4_321_00, tier=0, by=person, title=f"{SECRET} bench", answers={"difference": SECRET}
    )
    clocked.now += timedelta(days=90)
    db.session.commit()
    assert told_of_it(somebody("every role", app, make), app, clocked, draft) == []


def test_mails_before_the_deadline_go_to_those_who_apply_alone(clocked, sealed, outbox):
    told = [each for each in outbox() if SECRET in each.text + each.subject]
    assert {each.person_id for each in told} == {sealed.person_id}
