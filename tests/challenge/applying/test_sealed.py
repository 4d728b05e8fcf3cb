"""What was sent is sealed: before the deadline no address shows a word of it to anybody; after it none to who has an interest."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from civic.accounts.rules.choices import ROLES
from civic.assessment.actions import interests
from civic.challenge.applying import access
from civic.challenge.applying.actions import calls, judging
from civic.challenge.applying.people_data import CARDS
from civic.core import subjects
from civic.core.db import db
from civic.privacy.queries import rows_about
from tests.challenge.applying.ground import SECRET, Ground
from tests.crowdfund.rounds.test_pages_sealed import everywhere
from tests.support.client import PageClient

OWN = ("applying.",)
FAR = ("surveys.", "payments.", "sandbox.", "accessibility.", "money.", "rounds.", "round_desk.", "outbox.")


def places(ground: Ground, application: Any) -> dict[str, list[Any]]:
    """Something real for every place in an address that could lead to the application."""
    return {
        "entry_id": [application.id],
        "startup_id": [application.startup_id],
        "programme": [ground.programme.slug],
        "partner": [ground.partner.slug],
        "slug": [ground.challenge.slug],
        "chapter": ["about"],
        "subject": [application.name],
        "organisation_id": [1],
        "user_id": [application.started_by_id],
        "language": ["pl"],
        "name": ["x"],
    }


def somebody(kind: str, app: Flask, make: Any, ground: Ground) -> PageClient:
    """A reader of a kind, who is nobody behind the application."""
    person = None
    if kind == "another startup":
        person = make.member()
        ground.startup(owner=person)
    elif kind == "the partner":
        person = make.partner_member(ground.partner)
    elif kind:
        person = make.staff(*(ROLES if kind == "every role" else kind.split(", ")))
    return _client(app, make, person)


def _client(app: Flask, make: Any, person: Any) -> PageClient:
    db.session.commit()
    client = PageClient(app, checked=False)
    if person is not None:
        make.sign_in(client, person)
    return client


def told_of_it(client: PageClient, app: Flask, ground: Ground, application: Any) -> list[str]:
    """The addresses at which a reader is told something of the application."""
    found = []
    for endpoint, path in everywhere(app, places(ground, application), FAR):
        page = client.get(path)
        text = page.response.get_data(as_text=True) if "text" in (page.response.mimetype or "") or page.is_html else ""
        if SECRET in text:
            found.append(f"{endpoint} {path}")
    return found


@pytest.fixture
def sealed(ground: Ground, make: Any) -> Any:
    """An application with a secret in its title, its answers and its startup's page."""
    owner = make.member(name="Quiet Person")
    startup = ground.startup(owner=owner, summary=f"{SECRET} for all.", team=f"{SECRET} people.")
    sent = ground.sent(startup, by=owner, title=f"{SECRET} bench", solution=f"{SECRET} will meet.")
    db.session.commit()
    return ground.again(sent)


@pytest.mark.parametrize("kind", ("", "another startup", "the partner", "every role"))
def test_before_the_deadline_nobody_is_told_a_word_anywhere(app, ground, make, sealed, kind):
    assert told_of_it(somebody(kind, app, make, ground), app, ground, sealed) == []


def test_the_walk_would_find_it_where_it_is_told(app, ground, make, sealed):
    """Its own people see it, and after the deadline a manager: else the test above would prove nothing."""
    owner = db.session.get_one(type(ground.manager), sealed.started_by_id)
    found = " ".join(told_of_it(_client(app, make, owner), app, ground, sealed))
    assert "applying.show_application" in found and "applying.show_startup" in found
    ground.seat()
    ground.after_the_deadline()
    found = " ".join(told_of_it(_client(app, make, ground.manager), app, ground, sealed))
    for endpoint in ("show_application", "list_applications", "show_shortlist", "new_answer"):
        assert f"manage_applying.{endpoint}" in found


def test_before_the_deadline_nothing_is_drawn_and_nobody_may_read_it(ground, make, sealed, app):
    assert subjects.drawn(sealed.name) == "" and subjects.public_url_of(sealed.name) == ""
    for role in ROLES:
        with app.test_request_context("/en/"):
            from flask_login import login_user

            person = make.staff(role)
            session, _token = make.session(person)
            person.session = session
            login_user(person)
            assert not access.may_read(sealed), role


@pytest.mark.parametrize("why", ("interest", "party of every role"))
def test_after_the_deadline_nobody_with_an_interest_is_told_a_word(app, ground, make, sealed, why):
    person = make.staff(*ROLES) if why == "party of every role" else ground.other
    if why == "interest":
        interests.declare(sealed.name, user=person, has_interest=True, words="A neighbour.", now=ground.now)
    else:
        sealed.edited_by_id = person.id
    ground.seat()
    ground.after_the_deadline()
    found = told_of_it(_client(app, make, person), app, ground, sealed)
    # The engine's own lists name what one has declared an interest in, and nothing else of it.
    assert [each for each in found if not each.startswith("assessment.")] == []


@pytest.mark.parametrize("kind", ("", "another startup", "the partner", "researcher, moderator, administrator"))
def test_after_the_deadline_those_without_a_part_in_it_are_told_nothing(app, ground, make, sealed, kind):
    ground.after_the_deadline()
    assert told_of_it(somebody(kind, app, make, ground), app, ground, sealed) == []


def test_the_partner_reads_finalists_once_the_shortlist_is_public_and_others_read_their_names_alone(
    app, ground, make, sealed
):
    ground.seat()
    ground.after_the_deadline()
    ground.score(sealed.name, 4, 4)
    judging.shortlist(sealed, by=ground.manager, now=ground.now)
    assert told_of_it(somebody("the partner", app, make, ground), app, ground, sealed) == []
    calls.finish(ground.call, by=ground.manager, now=ground.now)
    found = told_of_it(somebody("", app, make, ground), app, ground, sealed)
    public = {"applying.show_startup", "challenge.show_challenge", "challenge_story.show_programme"}
    assert {each.split()[0] for each in found} == public
    page = _client(app, make, None).get(f"/en/challenges/startups/{sealed.startup_id}")
    assert f"{SECRET} for all." in page.text and f"{SECRET} people" not in page.text and "bench" not in page.text


def test_a_draft_that_was_never_sent_stays_with_its_people(app, ground, make):
    draft = ground.drafted(title=f"{SECRET} bench", solution=SECRET)
    ground.now += timedelta(days=90)
    calls.unseal(ground.call.id, now=ground.now)
    assert told_of_it(somebody("every role", app, make, ground), app, ground, draft) == []


def test_letters_before_the_deadline_go_to_its_people_alone(ground, sealed, outbox):
    told = [each for each in outbox() if SECRET in each.text + each.subject]
    assert {each.person_id for each in told} == {sealed.started_by_id}


def test_what_one_may_take_away_of_oneself_tells_nothing_of_what_became_of_it(ground, sealed):
    ground.seat()
    ground.after_the_deadline()
    ground.score(sealed.name, 4, 4)
    judging.pass_over(sealed, f"{SECRET}: tell us more.", by=ground.manager, now=ground.now)
    taken = [row for card in CARDS for row in rows_about(card, sealed.started_by_id)]
    assert {"id": sealed.id, "challenge_id": sealed.challenge_id}.items() <= taken[-1].items()
    assert SECRET not in str(taken) and "not_shortlisted" not in str(taken)
    mine = [row for card in CARDS for row in rows_about(card, ground.manager.id)]
    assert f"{SECRET}: tell us more." in str(mine) and "bench" not in str(mine)
