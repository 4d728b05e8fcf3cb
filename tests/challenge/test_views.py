"""What residents see and do: problems, challenges, programmes and partners, each page within its ceiling."""

from typing import Any

import pytest
from sqlalchemy import select

from civic.challenge.actions import deciding
from civic.challenge.actions.showing import show_problem
from civic.challenge.models import BriefRemark, Problem
from civic.core.db import db
from tests.support.client import PageClient
from tests.support.sql import statements

pytestmark = pytest.mark.usefixtures("at_noon", "in_request")
SAID = {"reason": "A challenge of next year begins here.", "language": "en", "as_role": "Head of Innovation"}


@pytest.fixture
def visitor(app) -> PageClient:
    return PageClient(app)


def the(model: Any) -> Any:
    db.session.expire_all()
    return db.session.scalars(select(model).order_by(model.id.desc())).first()


def test_a_member_proposes_and_another_supports(as_, make):
    amina, joe = make.settled_member(name="Amina"), make.settled_member(name="Joe")
    client = as_(amina)
    client.get("/en/problems")
    client.click("Propose a problem")
    page = client.submit("Propose this problem", {"title": "Night buses"})
    assert page.status == 422 and "Describe what is wrong." in page.main
    client.submit(
        "Propose this problem",
        {"title": "Night buses", "text": "None after one.", "for_whom": "Nurses", "theme": "getting_around"},
    )
    page = client.follow()
    assert page.h1 == "Night buses" and "Amina" in page.main and "You proposed this problem." in page.main
    number = the(Problem).id
    other = as_(joe)
    other.get(f"/en/problems/{number}")
    other.submit("Support this problem")
    page = other.follow()
    assert "1 support" in page.main and "You support this problem." in page.main
    other.submit("Support it no more")
    assert "0 supports" in other.follow().main


def test_a_visitor_reads_and_is_asked_to_sign_in(visitor, make):
    problem = make.problem()
    page = visitor.get(f"/en/problems/{problem.id}")
    assert page.status == 200 and page.link("Sign in to support it")
    assert visitor.get("/en/problems/new").status == 303 or "sign-in" in visitor.get("/en/problems/new").location


def test_an_author_changes_their_words_until_somebody_supports_them(as_, make):
    amina = make.settled_member()
    problem = make.problem(by=amina)
    client = as_(amina)
    client.get(f"/en/problems/{problem.id}")
    client.click("Change")
    client.submit("Save the change", {"title": "Night buses in the east"})
    assert client.follow().h1 == "Night buses in the east"
    problem.supports = 1
    db.session.flush()
    assert client.get(f"/en/problems/{problem.id}/edit").status == 403


def test_a_hidden_problem_is_its_authors_and_nobody_elses(as_, visitor, make):
    amina = make.settled_member()
    problem = make.problem(by=amina, title="Secret words")
    show_problem(problem.id, "removed", "spam")
    assert visitor.get(f"/en/problems/{problem.id}").status == 404
    assert "A moderator removed this." in as_(amina).get(f"/en/problems/{problem.id}").main
    show_problem(problem.id, "folded", "")
    assert "Read it all the same" in visitor.get(f"/en/problems/{problem.id}").main
    assert "Secret words" not in visitor.get("/en/problems").main


def test_the_list_narrows_searches_and_says_where_nothing_is(visitor, make):
    make.problem(title="Damp walls", theme="homes", borough="E09000012")
    make.problem(title="Night buses")
    page = visitor.get("/en/problems")
    assert "Damp walls" in page.main and "Night buses" in page.main
    page = visitor.click("Homes")
    assert "Damp walls" in page.main and "Night buses" not in page.main
    assert "Damp walls" in visitor.get("/en/problems?words=walls").main
    assert "Nothing found" in visitor.get("/en/problems?words=nowhere").main
    assert visitor.get("/en/problems?status=strange&theme=none&sort=up").status == 200


def test_what_became_of_a_problem_is_public(visitor, make, now):
    problem, challenge, staff = make.problem(), make.challenge(), make.staff("challenge_manager", name="Eilidh")
    deciding.decide(problem, "take_up", challenge=challenge, by=staff, now=now, **SAID)
    page = visitor.get(f"/en/problems/{problem.id}")
    assert all(
        word in page.main for word in ("Taken up", "Eilidh", "Head of Innovation", SAID["reason"], challenge.title)
    )
    assert problem.title in visitor.get(f"/en/challenges/{challenge.slug}").main


def test_a_merged_problem_leads_on(visitor, make, now):
    one, other = make.problem(), make.problem()
    deciding.merge(one, other, by=make.staff("challenge_manager"), now=now, **SAID)
    visitor.get(f"/en/problems/{one.id}")
    page = visitor.click(other.title)
    assert page.h1 == other.title and one.title in page.main and "1 support" in page.main


def test_a_member_comments_on_a_brief(as_, make):
    challenge, amina = make.challenge(), make.settled_member(name="Amina")
    client = as_(amina)
    client.get(f"/en/challenges/{challenge.slug}")
    page = client.submit("Send my comment", {"text": " "})
    assert page.status == 422 and "Write your comment." in page.main
    client.submit("Send my comment", {"text": "Carers need the evening, not the morning."})
    page = client.follow()
    assert "Carers need the evening" in page.main and "Comment 1" in page.main
    assert the(BriefRemark).author_id == amina.id


def test_a_brief_shows_what_it_lacks_and_drafts_are_hidden(visitor, make):
    bare, draft = make.challenge(adoption="", criteria=[]), make.challenge("draft")
    page = visitor.get(f"/en/challenges/{bare.slug}")
    assert "Route to adoption" in page.main and "Not known yet." in page.main
    assert visitor.get(f"/en/challenges/{draft.slug}").status == 404
    assert draft.title not in visitor.get("/en/challenges").main


def test_programmes_and_partners_have_pages(visitor, make):
    programme = make.programme(delivery_partner="", budget_minor=None)
    challenge = make.challenge("final", programme=programme)
    page = visitor.get(f"/en/challenges/programmes/{programme.slug}")
    assert "Not known" in page.main and challenge.title in page.main
    assert visitor.get(f"/en/challenges/programmes/{make.programme(status='draft').slug}").status == 404
    visitor.get("/en/challenges/partners")
    assert challenge.title in visitor.click(challenge.partner.name).main


def test_pages_keep_their_ceilings(app, visitor, make, now):
    challenge, staff = make.challenge(), make.staff("challenge_manager")
    for _ in range(4):
        problem = make.problem(supporters=1)
        deciding.decide(problem, "take_up", challenge=challenge, by=staff, now=now, **SAID)
        make.brief_remark(challenge)
    pages = {
        "/en/problems": 4,
        f"/en/problems/{problem.id}": 8,
        "/en/challenges": 4,
        f"/en/challenges/{challenge.slug}": 7,
        f"/en/challenges/{challenge.slug}/history": 4,
        f"/en/challenges/programmes/{challenge.programme.slug}": 5,
        "/en/challenges/partners": 3,
    }
    for path, ceiling in pages.items():
        visitor.get(path)
        db.session.expire_all()
        with statements() as sent:
            visitor.get(path)
        sent.at_most(ceiling)
