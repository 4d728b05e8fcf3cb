"""Ideas first: told in two steps, answered by an officer with words of their own, and then the application."""

from datetime import timedelta

import pytest

from civic.core.db import db
from civic.crowdfund.rounds.actions import applying, judging
from civic.crowdfund.rounds.models import Application, Expression
from civic.crowdfund.rounds.queries.applications import expression_by_id


@pytest.fixture
def person(clocked, make):
    clocked.round.needs_expression = True
    return make.member(name="Ida Idea")


def told(town, person, **facts):
    """An idea that is complete."""
    begun = applying.express(town.round, organisation=None, title="A bench", language="en", by=person, now=town.now)
    begun.summary, begun.borough, begun.answers = "For all who walk up.", "E09000012", {"idea": "A bench on the hill."}
    for name, value in facts.items():
        setattr(begun, name, value)
    db.session.flush()
    return expression_by_id(begun.id)


def sent(town, person):
    """The same, handed in."""
    begun = told(town, person)
    applying.submit_expression(begun, by=person, now=town.now)
    return begun


def answered(town, person, *, yes=True):
    """The same, answered."""
    mine = sent(town, person)
    judging.answer_expression(
        mine, is_encouraged=yes, feedback="Think of the rain.", language="en", by=town.officer, now=town.now
    )
    return mine


def question(town):
    return next(each for each in expression_by_id(db.session.query(Expression).first().id).round.questions)


def test_an_idea_from_the_round_to_its_answer_and_on_to_the_application(clocked, arrive, person, outbox):
    client = arrive(person)
    client.get(f"/en/rounds/{clocked.round.slug}")
    client.click("Tell us your idea first")
    client.submit("Start writing")
    assert client.follow().h1 == "Your idea in a few words"
    client.submit("Save and go on", title="A bench", summary="For all.", borough="E09000012")
    assert client.follow().h1 == "Questions about your idea"
    mine = db.session.query(Expression).one()
    name = f"answer_{next(each.id for each in expression_by_id(mine.id).round.questions if each.key == 'idea')}"
    client.submit("Save and go on", {name: "A bench on the hill."})
    assert "Draft, not sent" in client.follow().text
    client.click("Send the idea")
    assert "A bench on the hill." in client.last.text
    client.submit("Send my idea", {"allowed": True, "true": True})
    assert "We answer it and write to you." in client.follow().text
    page = client.get(f"/en/rounds/{clocked.round.slug}/applications/new")
    assert "You can apply once we have answered it." in page.text

    officer = arrive(clocked.officer)
    officer.get(f"/en/staff/rounds/{clocked.round.slug}/expressions")
    officer.click("A bench")
    page = officer.submit("Send the answer")
    assert page.status == 422 and "Choose whether it fits." in page.text and "Write an answer." in page.text
    officer.submit("Send the answer", is_encouraged="no", feedback="Think of the rain.")
    assert "Every idea that was sent is answered." in officer.follow().text
    assert [each.name for each in outbox()] == ["crowdfund/expression_answered"]

    page = client.get(f"/en/expressions/{mine.id}")
    assert "It does not fit this round well." in page.text and "Think of the rain." in page.text
    client.click("Apply with this idea")
    client.submit("Start writing", who="me")
    client.follow()
    begun = db.session.query(Application).one()
    assert (begun.expression_id, begun.title, begun.borough) == (mine.id, "A bench", "E09000012")


def test_of_several_answered_ideas_one_chooses_one_and_never_that_of_somebody_else(clocked, arrive, make, person):
    first, second = answered(clocked, person), answered(clocked, person)
    foreign = answered(clocked, make.member())
    client = arrive(person)
    path = f"/en/rounds/{clocked.round.slug}/applications/new"
    client.get(path)
    assert client.submit("Start writing", who="me").status == 422
    for forged in (foreign.id, 999_999):
        assert client.post(path, {"who": "me", "expression": forged}).status == 422
    client.get(path)
    client.submit("Start writing", who="me", expression=second.id)
    assert db.session.query(Application).one().expression_id == second.id != first.id


def test_an_idea_is_answered_once_and_only_by_those_who_run_the_round_and_not_by_its_author(clocked, arrive, make):
    author = make.staff("funds_officer")
    mine = sent(clocked, author)
    path = f"/en/staff/rounds/expressions/{mine.id}"
    answer = {"is_encouraged": "yes", "feedback": "Fine.", "language": "en"}
    for other in (author, make.staff("challenge_manager")):
        client = arrive(other)
        assert client.get(path).status == 404 and client.post(f"{path}/answer", answer).status == 404
    for other in (make.member(), clocked.consultee, clocked.approver, clocked.finance, clocked.administrator):
        client = arrive(other)
        assert client.get(path).status == 403 and client.post(f"{path}/answer", answer).status == 403
    assert (
        "You stand behind it, so you see nothing of it."
        in arrive(author).get(f"/en/staff/rounds/{clocked.round.slug}/expressions").text
    )
    client = arrive(clocked.officer)
    client.get(path)
    assert client.submit("Send the answer", answer).status == 303
    assert client.post(f"{path}/answer", answer).status == 404
    assert "Our answer" in client.get(path).text
    with pytest.raises(judging.SaidAlready):
        judging.answer_expression(
            mine, is_encouraged=True, feedback="x", language="en", by=clocked.other_officer, now=clocked.now
        )


def test_a_draft_of_an_idea_is_nobody_elses_business(clocked, arrive, make, person):
    draft = told(clocked, person)
    assert arrive(clocked.officer).get(f"/en/staff/rounds/expressions/{draft.id}").status == 404
    for other in (make.member(), clocked.officer):
        client = arrive(other)
        for path in ("", "/edit/about", "/submission", "/withdrawal"):
            assert client.get(f"/en/expressions/{draft.id}{path}").status == 404


def test_what_was_typed_is_kept_and_both_versions_are_shown(clocked, arrive, person):
    draft = told(clocked, person)
    one, two = arrive(person), arrive(person)
    path = f"/en/expressions/{draft.id}/edit/about"
    one.get(path)
    two.get(path)
    assert two.submit("Save and go on", title="Two").status == 303
    page = one.submit("Save and go on", title="One")
    assert page.status == 409 and "One" in page.html and "Two" in page.text
    page = one.submit("Save and go on", title="x" * 81)
    assert page.status == 422 and "Use 80 characters or fewer." in page.text and "x" * 81 in page.html


def test_an_idea_closes_to_the_minute_and_can_be_given_up(clocked, arrive, person):
    draft = told(clocked, person)
    client = arrive(person)
    clocked.now += timedelta(days=1)
    client = arrive(person)
    assert "This round takes no ideas now. What you wrote is kept." in client.get(f"/en/expressions/{draft.id}").text
    page = client.post(f"/en/expressions/{draft.id}/submission", {"allowed": "y", "true": "y"})
    assert page.status == 422 and "What you wrote is kept." in page.text
    assert "This round takes no ideas any more." in client.get(f"/en/rounds/{clocked.round.slug}/expressions/new").text
    assert client.post(f"/en/rounds/{clocked.round.slug}/expressions/new", {"who": "me"}).status == 422
    client.get(f"/en/expressions/{draft.id}/withdrawal")
    client.submit("Give it up", why="No time.")
    assert "You gave it up." in client.follow().text


@pytest.mark.parametrize("language", ("pl", "ar", "xx"))
def test_every_page_of_an_idea_speaks_every_language(clocked, arrive, person, language):
    draft, waiting, done = told(clocked, person, answers={}), sent(clocked, person), answered(clocked, person)
    client, officer = arrive(person), arrive(clocked.officer)
    for path in ("", "/edit/about", "/edit/questions", "/submission", "/withdrawal"):
        assert client.get(f"/{language}/expressions/{draft.id}{path}").status == 200, path
    for each in (waiting, done):
        assert client.get(f"/{language}/expressions/{each.id}").status == 200
        assert officer.get(f"/{language}/staff/rounds/expressions/{each.id}").status == 200
    for path in ("applications/new", "expressions/new"):
        assert client.get(f"/{language}/rounds/{clocked.round.slug}/{path}").status == 200
    for show in ("submitted", "answered"):
        assert officer.get(f"/{language}/staff/rounds/{clocked.round.slug}/expressions?show={show}").status == 200
